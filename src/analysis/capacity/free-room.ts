import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podSpecOf} from '../../core/kube/pod-spec.ts';
import {quantityOf} from '../../core/kube/quantity.ts';
import {type Amount, amountOf, nothing, plus, podSize} from './pod-size.ts';

/** What one node can give, and what is left of it. */
export type NodeRoom = {
	readonly name: string;
	/** Why no new pod without a special toleration goes there; undefined where one does. */
	readonly closed: string | undefined;
	readonly allocatable: Amount;
	readonly requested: Amount;
	readonly free: Amount;
	readonly podsFree: number;
};

function whyClosed(node: KubeObject): string | undefined {
	if (valueAt(node, 'spec', 'unschedulable') === true) return 'cordoned';
	const isReady = listAt(node, 'status', 'conditions').some(each => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True');
	if (!isReady) return 'not ready';
	const taint = listAt(node, 'spec', 'taints').find(each => ['NoSchedule', 'NoExecute'].includes(textAt(each, 'effect') ?? ''));
	return taint === undefined ? undefined : `taint ${textAt(taint, 'key')}`;
}

const hasEnded = (pod: KubeObject) => ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '');

/**
 * The room of every node by requests, as the scheduler counts it: what runs there and has not ended takes what it asks for.
 * @param pods of all namespaces; those without a node take nothing
 */
export function roomOf(nodes: readonly KubeObject[], pods: readonly KubeObject[]): readonly NodeRoom[] {
	const byNode = Map.groupBy(
		pods.filter(pod => !hasEnded(pod)),
		pod => textAt(pod, 'spec', 'nodeName') ?? '',
	);
	return nodes.map(node => {
		const own = byNode.get(node.metadata.name) ?? [];
		const allocatable = amountOf(objectAt(node, 'status', 'allocatable'));
		const requested = own.reduce<Amount>((sum, pod) => plus(sum, podSize(podSpecOf(pod))), nothing);
		const most = valueAt(node, 'status', 'allocatable', 'pods');
		const pods = typeof most === 'string' ? (quantityOf(most) ?? 0) : (numberAt(node, 'status', 'allocatable', 'pods') ?? 0);
		return {
			name: node.metadata.name,
			closed: whyClosed(node),
			allocatable,
			requested,
			free: {
				cpuCores: Math.max(0, allocatable.cpuCores - requested.cpuCores),
				memoryBytes: Math.max(0, allocatable.memoryBytes - requested.memoryBytes),
			},
			podsFree: Math.max(0, pods - own.length),
		};
	});
}

/**
 * The largest pods that still fit: the one with the most CPU, and the one with the most memory where that is on another node. A sum of free
 * room over nodes tells nothing of a pod.
 */
export function largestPods(rooms: readonly NodeRoom[]): readonly NodeRoom[] {
	const open = rooms.filter(({closed, podsFree}) => closed === undefined && podsFree > 0);
	const by = (what: keyof Amount, then: keyof Amount) =>
		open.toSorted((a, b) => b.free[what] - a.free[what] || b.free[then] - a.free[then] || a.name.localeCompare(b.name))[0];
	const found = [by('cpuCores', 'memoryBytes'), by('memoryBytes', 'cpuCores')].filter(room => room !== undefined);
	return [...new Map(found.map(room => [room.name, room])).values()];
}
