import * as z from 'zod';
import {allChecks} from '../../../analysis/checks/all-checks.ts';
import {worldOf} from '../../../analysis/checks/world.ts';
import {assess, type Nodes} from '../../../analysis/compliance/assess.ts';
import {type Benchmark, controlsOf} from '../../../analysis/compliance/benchmark.ts';
import {type BenchmarkName, benchmarkNames, benchmarks} from '../../../analysis/compliance/benchmarks/all-benchmarks.ts';
import {podSecurityChecks} from '../../../analysis/compliance/benchmarks/pod-security.ts';
import {readKubeBench} from '../../../analysis/compliance/kube-bench.ts';
import {judgedAtOwner} from '../../../analysis/scan/judged-at-owner.ts';
import {distributionOf, platformOf} from '../../../analysis/scan/platform.ts';
import type {Distribution} from '../../../analysis/scan/platform-components.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import {complianceFindings, complianceSchema, summaryOf, toldControls} from '../compliance/compliance-output.ts';
import {complianceText} from '../compliance/compliance-text.ts';
import type {SecurityPorts} from '../ports.ts';
import {readLive} from '../scan/read-live.ts';

/** Of evidence in an answer that has no budget of its own. */
const mostCharacters = 24_000;

const input = z.object({
	benchmark: z.enum(benchmarkNames).optional().describe("The CIS one of the cluster's provider if left out"),
	namespace: deploymentInput.shape.namespace.describe('Namespace to look at; all if left out'),
	control: checkedText(60, /^[\w.-]+$/, 'expected the id of a control')
		.optional()
		.describe('Only this control'),
	evidence: z.boolean().default(false).describe('All evidence, as a pack for auditors'),
	kubeBench: z
		.string()
		.min(1)
		.optional()
		.describe('What kube-bench --json printed, a line for each node')
		.meta({from: 'file', flag: 'kube-bench'}),
});

const ofProvider: {readonly [distribution in Distribution]?: BenchmarkName} = {EKS: 'eks', GKE: 'gke', AKS: 'aks'};

/** @throws MkcoaError `unknown-control` with ids near it */
function demandControl(benchmark: Benchmark, control: string | undefined): void {
	const ids = controlsOf(benchmark).map(({id}) => id);
	if (control === undefined || ids.includes(control)) return;
	const near = nearestNames(control, ids);
	throw new MkcoaError({
		kind: 'usage',
		code: 'unknown-control',
		what: `${benchmark.title} has no control ${control}`,
		...(near.length === 0 ? {} : {why: `near it are ${near.join(', ')}`}),
		next: `See the ids with mkcoa security compliance ${benchmark.name} --json`,
	});
}

/** How many nodes there are; undefined where they were not read. A provider's control plane has none that a report could be of. */
function nodesOf(nodes: readonly KubeObject[], wereRead: boolean): Nodes | undefined {
	if (!wereRead) return undefined;
	const masters = nodes.filter(({metadata}) => metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined);
	return {every: nodes.length, 'control-plane': Math.max(1, masters.length)};
}

/** The minor version in `v1.36.3`; the latest where none is told. */
const minorIn = (version: string | undefined) => Number(/^v?1\.(\d+)/.exec(version ?? '')?.[1] ?? Number.POSITIVE_INFINITY);

export const complianceCheck = readTool({
	name: 'compliance_check',
	summary:
		'Holds a cluster against CIS, NSA, Pod Security and SOC 2: four states for each control, its evidence, and what nobody looked at',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['security', 'compliance'],
	positionals: ['benchmark'],
	input: input.meta({
		examples: [
			'mkcoa security compliance',
			'mkcoa security compliance cis --kube-bench nodes.json --fail-on medium',
			'mkcoa security compliance soc2 --evidence > evidence.md',
		],
	}),
	output: complianceSchema,
	findings: complianceFindings,
	text: complianceText,

	async run(asked, {ports: {cluster}, clock, signal, emit, answerCharacters = mostCharacters}: Context<SecurityPorts>) {
		const {namespace, control, evidence: isPack} = asked;
		if (asked.benchmark !== undefined) demandControl(benchmarks[asked.benchmark], control);
		emit({kind: 'progress', text: 'Reading the cluster'});
		const [{context, identity}, kubernetes] = await Promise.all([
			cluster.target(undefined),
			cluster.raw('/version').then(
				body => textAt(body, 'gitVersion'),
				() => undefined,
			),
		]);
		const checks = [...allChecks, ...podSecurityChecks(minorIn(kubernetes))];
		// Which benchmark it is may rest on the nodes: what any of them reads is read.
		const wanted = new Set(
			(asked.benchmark === undefined ? benchmarkNames : [asked.benchmark]).flatMap(name =>
				controlsOf(benchmarks[name]).flatMap(each => each.checks),
			),
		);
		const kinds = [...new Set(['Node', ...checks.flatMap(({id, reads}) => (wanted.has(id) ? reads : []))])];
		const {objects, unread} = await readLive(cluster, kinds, {namespace, signal});
		const nodes = objects.filter(({apiVersion, kind}) => apiVersion === 'v1' && kind === 'Node');
		const distribution = distributionOf(nodes);
		const name = asked.benchmark ?? (distribution === undefined ? undefined : ofProvider[distribution]) ?? 'cis';
		const benchmark: Benchmark = benchmarks[name];
		demandControl(benchmark, control);
		const world = worldOf(judgedAtOwner(objects).objects);
		emit({kind: 'progress', text: `Judging ${count(objects.length, 'object')}`});
		const byKey = new Map(world.objects.map(object => [refKey(refOf(object)), object]));
		const kubeBench = asked.kubeBench === undefined ? [] : readKubeBench(asked.kubeBench, benchmark.kubeBench);
		const results = assess(benchmark, {
			...{checks, world, unread, kubeBench, nodes: nodesOf(nodes, !unread.has('Node'))},
			platformOf: resource => {
				const object = byKey.get(refKey(resource));
				return object === undefined ? undefined : platformOf(object, distribution);
			},
		});
		const shown = control === undefined ? results : results.filter(each => each.control.id === control);
		return {
			...{benchmark: name, title: benchmark.title, readBy: identity, takenAt: new Date(clock.now()).toISOString()},
			where: namespace === undefined ? `all namespaces of ${context}` : `namespace ${namespace} of ${context}`,
			...(kubernetes === undefined ? {} : {kubernetes}),
			...(distribution === undefined ? {} : {distribution}),
			...{kubeBench: kubeBench.length, summary: summaryOf(results), pack: isPack},
			controls: toldControls(benchmark, {results: shown, isPack: isPack || control !== undefined, characters: answerCharacters}),
			notChecked: [...unread].map(([what, why]) => ({what, why})),
		};
	},
});
