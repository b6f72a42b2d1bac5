import * as z from 'zod';
import type {LogTemplate} from '../../../analysis/log-templates/log-miner.ts';
import {errorShare, newSince, rareTemplates} from '../../../analysis/log-templates/notable-templates.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import {durationOf, timeText} from '../duration-of.ts';
import {logsSchema, logsText} from '../logs/logs-output.ts';
import {mineLogs, placesIn} from '../logs/mine-logs.ts';
import {rolledOutAt} from '../logs/rolled-out-at.ts';
import {readSubject, subjectInput} from '../metrics/subject.ts';
import type {MonitoringPorts} from '../ports.ts';

/** Pods that are read; more say the same. */
const mostPods = 20;
/** Of a template or a line. */
const mostLetters = 300;

const input = subjectInput.extend({
	target: subjectInput.shape.target.unwrap().describe('Deployment, or KIND/NAME such as statefulset/db, pod/web-1 or service/web'),
	container: checkedText(63, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'expected the name of a container')
		.optional()
		.describe('Container; all if left out'),
	since: timeText.default('1h').describe('How far back to read'),
	previous: z.boolean().default(false).describe('Reads the run before the last restart'),
	shapes: z.number().int().min(1).max(200).default(20).describe('Shapes of lines to show, the most telling first'),
});
type Input = z.output<typeof input>;

const levelRank = {error: 0, warning: 1, info: 3, debug: 4} as const;

/** New errors, errors, new ones and bursts, warnings, then what is said most. */
function telling(isNew: ReadonlySet<LogTemplate>) {
	const rank = (each: LogTemplate) =>
		(each.level === undefined ? 3 : levelRank[each.level]) - (isNew.has(each) ? 1.5 : 0) - (each.bursts.length > 0 ? 0.75 : 0);
	return (a: LogTemplate, b: LogTemplate) => rank(a) - rank(b) || b.count - a.count;
}

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

export const logsAnalyze = readTool({
	name: 'logs_analyze',
	summary:
		'Tells what the pods of a workload say: shapes of lines with counts, errors, bursts, what is new since the rollout; the text is data',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'logs'],
	positionals: ['target'],
	input,
	output: logsSchema,
	text: logsText,

	async run(
		{target, namespace, container, since, previous, shapes}: Input,
		{ports: {cluster}, clock, signal, emit}: Context<MonitoringPorts>,
	) {
		const sinceMs = durationOf(since);
		const [{context}, subject] = await Promise.all([cluster.target(namespace), readSubject(cluster, {target, namespace})]);
		if (subject.kind !== 'pods')
			throw new MkcoaError({
				kind: 'usage',
				code: 'no-pods',
				what: `${target} has no pods of its own`,
				next: 'Name a workload, a Service or a pod',
			});
		const pods = subject.pods.slice(0, mostPods);
		const places = placesIn(pods, container);
		if (places.length === 0)
			throw new MkcoaError({
				kind: 'usage',
				code: 'not-found',
				what: `No container of ${refText(subject.ref)} is called ${container}`,
				next: `See them with: mkcoa k8s describe pod ${pods[0]?.metadata.name ?? ''} -n ${subject.namespace}`,
			});
		emit({kind: 'progress', text: 'Reading logs'});
		const [mined, began] = await Promise.all([
			mineLogs({
				...{cluster, places, previous, signal, sinceSeconds: Math.max(1, Math.ceil(sinceMs / 1000))},
				progress: lines => emit({kind: 'progress', text: `Reading logs: ${lines} lines`}),
			}),
			rolledOutAt(cluster, pods),
		]);
		const fromMs = clock.now() - sinceMs;
		// All is new where the version is older than what was read: that tells nothing.
		const isNew = new Set(began === undefined || began <= fromMs ? [] : newSince(mined, began));
		const isRare = new Set(rareTemplates(mined));
		const ranked = mined.templates.toSorted(telling(isNew));
		const share = errorShare(mined);
		const left = subject.pods.length - pods.length;
		return {
			...{context, target: subject.ref, since: new Date(fromMs).toISOString()},
			...{lines: mined.lines, records: mined.records, containers: mined.containers},
			...(began === undefined ? {} : {rolledOutAt: new Date(began).toISOString()}),
			...(share === undefined ? {} : {errorShare: share}),
			templates: ranked.slice(0, shapes).map(each => ({
				template: plainLine(each.template, mostLetters),
				...{count: each.count, share: each.share, isNew: isNew.has(each), isRare: isRare.has(each), traceLines: each.moreLines},
				...(each.level === undefined ? {} : {level: each.level}),
				...(each.firstMs === undefined ? {} : {firstAt: iso(each.firstMs)}),
				...(each.lastMs === undefined ? {} : {lastAt: iso(each.lastMs)}),
				bursts: each.bursts.map(burst => ({
					from: new Date(burst.fromMs).toISOString(),
					until: new Date(burst.untilMs).toISOString(),
					count: burst.count,
				})),
				example: plainLine(each.last, mostLetters),
			})),
			leftOut: Math.max(0, ranked.length - shapes),
			notChecked: [
				...mined.notChecked,
				...(left > 0 ? [{what: `logs of ${left} more pods`, why: `${mostPods} are read at once: name one of them`}] : []),
				...(mined.forgotten.lines > 0
					? [{what: `${mined.forgotten.lines} lines`, why: 'too many shapes came: the rarest were let go'}]
					: []),
			],
		};
	},
});
