import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {type Unchecked, unseenFinding} from '../../../core/unchecked.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import type {DeployPorts} from '../../deploy/ports.ts';
import {findSeries} from '../../series/find-series.ts';
import {namesLately} from '../../series/lately.ts';
import {readObjects} from '../reading/read-objects.ts';
import {toldUnread} from '../reading/read-target.ts';
import {namespaceField} from '../recovery/find-incident.ts';
import {judgeSlo} from '../sla/judge-slo.ts';
import {countersOfQueries, countersOfService, type RequestCounter} from '../sla/request-counter.ts';
import {type SlaRow, slaFinding, slaSchema, slaText} from '../sla/sla-output.ts';
import {objectivePercent, type Slo, type SloPorts} from '../sla/slo-file.ts';

/** Each asks the metrics server a dozen times. */
const mostObjectives = 50;

const promql = (what: string) =>
	checkedText(4000, /\$window/, 'expected PromQL with [$window] where the time stands')
		.optional()
		.describe(`PromQL of requests ${what}, over [$window]`);

const input = z.object({
	names: z
		.array(checkedText(317, /^[^\p{Cc}]+$/u, 'expected the name of an objective or Service'))
		.default([])
		.describe('Objectives or Services; all if left out'),
	namespace: namespaceField,
	objective: objectivePercent.default(99.9).describe('Per cent, where slo.yaml says nothing'),
	window: checkedText(4, /^[1-9]\d{0,2}d$/, 'expected days, such as 30d')
		.default('30d')
		.describe('Over which that is promised'),
	good: promql('answered well'),
	total: promql('in all'),
});
type Input = z.output<typeof input>;
type Around = {
	readonly metrics: Metrics;
	readonly services: readonly KubeObject[];
	readonly pods: readonly KubeObject[];
	readonly toMs: number;
};

/** What is judged: the query that was given, what the file holds, and every Service beside them. */
async function wantedOf(
	{names, namespace, objective, window, good, total}: Input,
	services: readonly KubeObject[],
	{slos}: SloPorts,
): Promise<readonly Slo[]> {
	if (good !== undefined && total !== undefined) return [{name: names[0] ?? 'query', objective, window, good, total}];
	if (good !== undefined || total !== undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'half-an-objective',
			what: '--good and --total go together',
			next: 'Give both queries, or neither',
		});
	const written = (await slos()).filter(slo => namespace === undefined || slo.namespace === undefined || slo.namespace === namespace);
	const isWritten = ({metadata}: KubeObject) =>
		written.some(({service, namespace: place}) => service === metadata.name && (place === undefined || place === metadata.namespace));
	const usual = services
		.filter(service => Object.keys(objectAt(service, 'spec', 'selector')).length > 0 && !isWritten(service))
		.map(
			({metadata}): Slo => ({
				service: metadata.name,
				...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
				objective,
				window,
			}),
		);
	const all = [...written, ...usual];
	const found = names.length === 0 ? all : all.filter(({name, service}) => names.some(word => word === name || word === service));
	const lost = names.find(word => !found.some(({name, service}) => word === name || word === service));
	if (lost === undefined) return found;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-objective',
		what: `There is no objective and no Service called ${lost}${namespace === undefined ? '' : ` in namespace ${namespace}`}`,
		next: 'See all of them with: mkcoa incident sla',
	});
}

/** Who counts the requests of an objective, or why nobody does. */
async function counterFor(
	slo: Slo,
	{metrics, services, pods}: Around,
): Promise<{readonly counter: RequestCounter; readonly service?: KubeObject} | string> {
	if (slo.good !== undefined && slo.total !== undefined) return {counter: countersOfQueries(metrics, slo.good, slo.total)};
	const service = services.find(
		({metadata}) => metadata.name === slo.service && (slo.namespace === undefined || metadata.namespace === slo.namespace),
	);
	if (service === undefined) return 'there is no such Service';
	const {name, namespace = ''} = service.metadata;
	const own = pods.filter(
		({metadata}) => metadata.namespace === namespace && fitsSelector({matchLabels: objectAt(service, 'spec', 'selector')}, metadata.labels),
	);
	const lately = namesLately(own);
	const {requests} = await findSeries(metrics, {namespace, pods: lately, service: name});
	if (requests === undefined) return `${metrics.source} counts no requests of it`;
	return {counter: countersOfService(metrics, requests, {namespace, names: requests.place.by === 'pod' ? lately : [name]}), service};
}

const dayMs = 86_400;

async function judged(slo: Slo, around: Around): Promise<SlaRow | Unchecked> {
	const place = slo.namespace === undefined ? '' : `${slo.namespace}/`;
	const name = slo.name ?? `${place}${slo.service}`;
	try {
		const found = await counterFor(slo, around);
		if (typeof found === 'string') return {what: name, why: found};
		const promised = {
			name,
			...(found.service === undefined ? {} : {resource: refOf(found.service)}),
			objectivePercent: slo.objective,
			windowSeconds: Number.parseInt(slo.window, 10) * dayMs,
		};
		return (await judgeSlo(found.counter, promised, around.toMs)) ?? {what: name, why: `no requests within ${slo.window}`};
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		return {what: name, why: `${around.metrics.source}: ${error.trouble.what}`};
	}
}

export const slaMonitor = readTool({
	name: 'sla_monitor',
	summary: 'Tells how Services keep their objectives: availability, error budget left, burn rates',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'sla'],
	positionals: ['names'],
	input,
	output: slaSchema,
	findings: ({objectives, notChecked}) => [...objectives.map(slaFinding), ...notChecked.map(unseenFinding)],
	text: slaText,

	async run(asked, {ports, clock, signal, emit}: Context<DeployPorts & SloPorts>) {
		const {namespace} = asked;
		emit({kind: 'progress', text: 'Asking the metrics of each Service'});
		const [{context}, {objects, unread}, source] = await Promise.all([
			ports.cluster.target(undefined),
			readObjects(ports.cluster, ['Service', 'Pod'], {namespace, signal}),
			ports.metrics(),
		]);
		const services = objects.filter(({kind}) => kind === 'Service');
		const wanted = await wantedOf(asked, services, ports);
		const {metrics} = source;
		const unseen = toldUnread(unread);
		if (metrics === undefined) return {context, objectives: [], notChecked: [...unseen, {what: 'every objective', why: source.why}]};
		const toMs = (await metrics.query('vector(1)'))[0]?.atMs ?? clock.now();
		const around = {metrics, services, pods: objects.filter(({kind}) => kind === 'Pod'), toMs};
		const rows: (SlaRow | Unchecked)[] = [];
		for (const slo of wanted.slice(0, mostObjectives)) {
			signal.throwIfAborted();
			rows.push(await judged(slo, around));
		}
		const left = wanted.length - mostObjectives;
		return {
			context,
			source: metrics.source,
			// What has the least left comes first.
			objectives: rows.filter(row => 'burnRates' in row).toSorted((a, b) => a.budgetLeftPercent - b.budgetLeftPercent),
			notChecked: [
				...unseen,
				...rows.filter(row => 'why' in row),
				...(left > 0 ? [{what: `${left} more objectives`, why: `${mostObjectives} are judged at once: name them, or a namespace`}] : []),
			],
		};
	},
});
