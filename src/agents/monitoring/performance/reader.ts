import type {DependencyFacts, NodeFacts} from '../../../analysis/bottleneck/facts.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import type {Range} from '../../../mcp/monitoring/port.ts';
import type {MarkedMetrics} from '../marked-metrics.ts';
import type {Sampling} from '../metrics/choose-step.ts';
import {collect, measured} from '../metrics/collect.ts';
import type {Measured} from '../metrics/curve.ts';
import {requestMeasureNames} from '../metrics/request-measures.ts';
import type {Subject} from '../metrics/subject.ts';
import {presentNodeMeasures, presentPodMeasures} from '../present/present-measures.ts';
import type {PresentUse} from '../present/present-use.ts';
import {onlyServers, presentSource, serverRemedy} from '../present/without-server.ts';
import {nodeFacts, wholeNodeMeasures, withNeighbours} from './node-facts.ts';
import {outgoing} from './outgoing.ts';
import {saturationMeasures} from './saturation-measures.ts';

export type Pods = Extract<Subject, {kind: 'pods'}>;
type Told = {readonly measured: readonly Measured[]; readonly notChecked: readonly Unchecked[]};

/** Who tells how workloads do: a metrics server with its past, or the cluster as it is now. */
export type Reader = {
	readonly source: string;
	readonly range: Range;
	/** Of the pods of one workload. */
	readonly measure: (subject: Pods) => Promise<Told>;
	readonly nodesOf: (pods: readonly KubeObject[]) => Promise<readonly NodeFacts[]>;
	/** Busy nodes with what their other pods use. */
	readonly neighbours: (
		nodes: readonly NodeFacts[],
		own: ReadonlySet<string>,
	) => Promise<{readonly nodes: readonly NodeFacts[]; readonly queries: readonly string[]; readonly notChecked: readonly Unchecked[]}>;
	/** What it asks, as it measures it itself; undefined where it measures nothing of it. */
	readonly outgoing: (
		subject: Pods,
	) => Promise<{readonly dependencies: readonly DependencyFacts[]; readonly queries: readonly string[]} | undefined>;
	/** Of everything until now, such as a past that nobody keeps. */
	readonly notChecked: () => readonly Unchecked[];
};

const podNames = [...requestMeasureNames, 'cpu', 'memory', 'throttled', 'restarts'];

type Server = {
	readonly metrics: MarkedMetrics;
	readonly cluster: Cluster;
	readonly sampling: Sampling;
	readonly nodes: readonly KubeObject[];
};

/** Reads a metrics server. Nodes are measured once, whatever the number of workloads. */
export async function serverReader({metrics, cluster, sampling, nodes}: Server): Promise<Reader> {
	const wholeNodes = wholeNodeMeasures(sampling.window);
	const found = await Promise.all(wholeNodes.map(measure => measured(metrics, measure, sampling)));
	const ofNodes = found.filter(each => each !== undefined);
	return {
		source: metrics.source,
		range: sampling.range,
		async measure(subject) {
			const measures = saturationMeasures(subject, sampling.window);
			const [usual, full] = await Promise.all([
				collect({metrics, subject, sampling, names: podNames}),
				Promise.all(measures.map(measure => measured(metrics, measure, sampling))),
			]);
			const lacking = measures.filter((_, index) => full[index] === undefined);
			return {
				measured: [...usual.measured, ...full.filter(each => each !== undefined)],
				notChecked: [...usual.notChecked, ...lacking.map(({name, needs}) => ({what: name, why: `there is no ${needs}`}))],
			};
		},
		nodesOf: async pods => nodeFacts(pods, nodes, ofNodes, sampling.range),
		async neighbours(all, own) {
			const around = await Promise.all(all.map(node => withNeighbours(node, own, {metrics, cluster, sampling})));
			return {
				nodes: around.map(({node}) => node),
				queries: around.flatMap(({query}) => query ?? []),
				notChecked: around.flatMap(({node, why}) => (why === undefined ? [] : [{what: `other pods on node ${node.name}`, why}])),
			};
		},
		outgoing: subject => outgoing(metrics, subject, sampling),
		notChecked: () => [
			...metrics.missing(),
			...wholeNodes.flatMap(({name, needs}, index) =>
				found[index] === undefined ? [{what: `${name} of nodes`, why: `there is no ${needs}`}] : [],
			),
		],
	};
}

type Present = {
	readonly use: PresentUse;
	readonly why: string;
	readonly nodes: readonly KubeObject[];
	readonly nowMs: number;
	readonly sinceMs: number;
};

const serversAlone = [...requestMeasureNames, 'throttled', 'change points', 'dependencies', 'neighbours on the node'];

/** Tells what can be told without a metrics server: one moment, and nothing of what changed. */
export function presentReader({use, why, nodes, nowMs, sinceMs}: Present): Reader {
	const range = {fromMs: nowMs - sinceMs, toMs: nowMs, stepMs: sinceMs};
	const ofNodes = presentNodeMeasures(nodes, use);
	return {
		source: presentSource,
		range,
		measure: async subject => ({measured: presentPodMeasures(subject.pods, use), notChecked: []}),
		nodesOf: async pods => nodeFacts(pods, nodes, ofNodes, range),
		neighbours: async all => ({nodes: all, queries: [], notChecked: []}),
		outgoing: async () => ({dependencies: [], queries: []}),
		notChecked: () => [
			...onlyServers(serversAlone, why),
			...use.notChecked.map(({what, why: reason}) => ({what, why: `${reason}; or ${serverRemedy}`})),
		],
	};
}
