import {type Course, courseOf} from '../../../analysis/bottleneck/course.ts';
import type {Neighbour, NodeFacts} from '../../../analysis/bottleneck/facts.ts';
import {busyNode} from '../../../analysis/bottleneck/resource-bottlenecks.ts';
import {MkcoaError} from '../../../core/error.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../core/kube/quantity.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import {podPattern} from '../../series/pod-pattern.ts';
import type {Sampling} from '../metrics/choose-step.ts';
import {type Curve, curveOf, type Measured} from '../metrics/curve.ts';
import {type Measure, nodeMeasures} from '../metrics/measures.ts';

export type Asking = {readonly metrics: Metrics; readonly cluster: Cluster; readonly sampling: Sampling};

/** Where neither node-exporter nor the kubelet tells of a whole node: what its containers use of what it has for pods. */
export function wholeNodeMeasures(window: string): readonly Measure[] {
	const sum = (query: string, resource: string) =>
		`sum by (node) (${query}) / max by (node) (kube_node_status_allocatable{resource="${resource}"})`;
	const each = '{container!="",container!="POD",node!=""}';
	const byPods: {readonly [name: string]: string} = {
		cpu: sum(`rate(container_cpu_usage_seconds_total${each}[${window}])`, 'cpu'),
		memory: sum(`container_memory_working_set_bytes${each}`, 'memory'),
	};
	return nodeMeasures(undefined, window)
		.filter(({name}) => name in byPods)
		.map(measure => ({...measure, queries: [...measure.queries, byPods[measure.name] ?? '']}));
}

/** Names by which scrapers know a node. */
function namesOf(node: KubeObject | undefined, name: string): ReadonlySet<string> {
	return new Set([name, ...listAt(node, 'status', 'addresses').flatMap(each => textAt(each, 'address') ?? [])]);
}

const isOf = ({labels: {node, instance = ''}}: Curve, names: ReadonlySet<string>) =>
	node === undefined ? names.has(instance.replace(/:\d+$/, '')) : names.has(node);

const coresOf = (node: KubeObject | undefined) => quantityOf(textAt(node, 'status', 'allocatable', 'cpu'));

/** Nodes of pods, each with its courses; none of those that nobody measures. */
export function nodeFacts(
	pods: readonly KubeObject[],
	nodes: readonly KubeObject[],
	measured: readonly Measured[],
	moments: {readonly fromMs: number; readonly stepMs: number},
): readonly NodeFacts[] {
	const names = [...new Set(pods.flatMap(pod => textAt(pod, 'spec', 'nodeName') ?? []))];
	return names.map(name => {
		const node = nodes.find(({metadata}) => metadata.name === name);
		const known = namesOf(node, name);
		const course = (measure: string): Course | undefined => {
			const curve = measured.find(each => each.name === measure)?.curves.find(each => isOf(each, known));
			return curve === undefined ? undefined : courseOf(curve.values, moments);
		};
		return {name, cpu: course('cpu'), memory: course('memory'), cores: coresOf(node), neighbours: []};
	});
}

/** Longer lists of names make queries that proxies refuse. */
const namesAtOnce = 50;

export type Around = {readonly node: NodeFacts; readonly why?: string; readonly query?: string};

/** A busy node with the pods of others on it; others stay as they are. */
export async function withNeighbours(node: NodeFacts, own: ReadonlySet<string>, asking: Asking): Promise<Around> {
	if (node.cpu === undefined || node.cpu.level < busyNode) return {node};
	try {
		const {neighbours, query} = await neighboursOf(node.name, own, asking);
		return {node: {...node, neighbours}, query};
	} catch (error) {
		if (error instanceof MkcoaError) return {node, why: error.trouble.what};
		throw error;
	}
}

async function neighboursOf(name: string, own: ReadonlySet<string>, {metrics, cluster, sampling: {range, window}}: Asking) {
	const type = await cluster.typeOf('pods');
	const pods = await everyObject(cluster, {type, fieldSelector: `spec.nodeName=${name}`});
	const others = pods.filter(({metadata}) => !own.has(`${metadata.namespace}/${metadata.name}`));
	const here = new Set(others.map(({metadata}) => `${metadata.namespace}/${metadata.name}`));
	const queries = Array.from({length: Math.ceil(others.length / namesAtOnce)}, (_, index) => {
		const names = others.slice(index * namesAtOnce, (index + 1) * namesAtOnce).map(({metadata}) => metadata.name);
		const each = `{pod=~"${podPattern(names)}",container!="",container!="POD"}`;
		return `sum by (namespace, pod) (max by (namespace, pod, container) (rate(container_cpu_usage_seconds_total${each}[${window}])))`;
	});
	const answers = await Promise.all(queries.map(query => metrics.queryRange(query, range)));
	const neighbours = answers.flat().flatMap((series): readonly Neighbour[] => {
		const {namespace = '', pod = ''} = series.labels;
		const cpu = here.has(`${namespace}/${pod}`) ? courseOf(curveOf(series, range).values, range) : undefined;
		return cpu === undefined ? [] : [{namespace, pod, cpu}];
	});
	return {neighbours, query: queries[0] ?? ''};
}
