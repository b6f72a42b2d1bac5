import {listAt, numberAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../core/kube/quantity.ts';
import type {MeasuredUnit} from '../../../core/text/measured-text.ts';
import type {Measured} from '../metrics/curve.ts';
import type {PresentUse} from './present-use.ts';

type Row = {readonly name: string; readonly value: number | undefined};

/** One number for each pod or node: a curve of one moment. */
const measuredNow = (name: string, unit: MeasuredUnit, query: string, label: string, rows: readonly Row[]): readonly Measured[] => {
	const curves = rows.flatMap(row => (row.value === undefined ? [] : [{labels: {[label]: row.name}, values: [row.value]}]));
	return curves.length === 0 ? [] : [{name, unit, query, curves}];
};

const placeOf = ({metadata}: KubeObject) => `${metadata.namespace}/${metadata.name}`;

/** The fullest container of a pod, of those that have a limit. */
function ofLimit(pod: KubeObject, {pods}: PresentUse, resource: 'cpu' | 'memory'): number | undefined {
	const used = pods.get(placeOf(pod))?.containers ?? [];
	const parts = listAt(pod, 'spec', 'containers').flatMap(container => {
		const limit = quantityOf(textAt(container, 'resources', 'limits', resource) ?? numberAt(container, 'resources', 'limits', resource));
		const use = used.find(({name}) => name === textAt(container, 'name'));
		const value = resource === 'cpu' ? use?.cpuCores : use?.memoryBytes;
		return limit === undefined || limit === 0 || value === undefined ? [] : [value / limit];
	});
	return parts.length === 0 ? undefined : Math.max(...parts);
}

const restartsOf = (pod: KubeObject) =>
	listAt(pod, 'status', 'containerStatuses').reduce<number>((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0);

/** What pods use now, in the names that the past is asked by. */
export function presentPodMeasures(pods: readonly KubeObject[], use: PresentUse): readonly Measured[] {
	const ofEach = (value: (pod: KubeObject) => number | undefined) => pods.map(pod => ({name: pod.metadata.name, value: value(pod)}));
	const of = (name: string, unit: MeasuredUnit, query: string, value: (pod: KubeObject) => number | undefined) =>
		measuredNow(name, unit, query, 'pod', ofEach(value));
	const limits = `${use.source}, by spec.containers[].resources.limits of the pods`;
	return [
		...of('cpu', 'cores', use.source, pod => use.pods.get(placeOf(pod))?.cpuCores),
		...of('memory', 'bytes', use.source, pod => use.pods.get(placeOf(pod))?.memoryBytes),
		...of('cpu-of-limit', 'ratio', limits, pod => ofLimit(pod, use, 'cpu')),
		...of('memory-of-limit', 'ratio', limits, pod => ofLimit(pod, use, 'memory')),
		...of('restarts', 'number', 'status.containerStatuses[].restartCount of the pods', restartsOf),
	];
}

const part = (used: number | undefined, all: number | undefined) =>
	used === undefined || all === undefined || all === 0 ? undefined : used / all;

/** How full nodes are now. */
export function presentNodeMeasures(nodes: readonly KubeObject[], use: PresentUse): readonly Measured[] {
	const of = (name: string, query: string, value: (node: KubeObject) => number | undefined) =>
		measuredNow(
			name,
			'ratio',
			query,
			'node',
			nodes.map(node => ({name: node.metadata.name, value: value(node)})),
		);
	const usedOf = ({metadata}: KubeObject) => use.nodes.get(metadata.name);
	const allocatable = (node: KubeObject, resource: string) => quantityOf(textAt(node, 'status', 'allocatable', resource));
	const nodesPath = 'GET /apis/metrics.k8s.io/v1beta1/nodes, by status.allocatable of the nodes';
	return [
		...of('cpu', nodesPath, node => part(usedOf(node)?.cpuCores, allocatable(node, 'cpu'))),
		...of('memory', nodesPath, node => part(usedOf(node)?.memoryBytes, allocatable(node, 'memory'))),
		...of('disk', "stats/summary of the nodes' kubelets", node => part(usedOf(node)?.diskUsedBytes, usedOf(node)?.diskCapacityBytes)),
	];
}
