import {skewProblem} from '../../../analysis/api-lifecycle/version-skew.ts';
import {largestPods, type NodeRoom, roomOf} from '../../../analysis/capacity/free-room.ts';
import {type Amount, nothing, plus} from '../../../analysis/capacity/pod-size.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {someOf} from '../../../core/text/count.ts';
import {wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {type Look, type Remark, readFor} from './look.ts';

type Capacity = {
	readonly nodes: number;
	readonly zones: number;
	readonly allocatable: Amount;
	readonly requested: Amount;
	/** Of nodes that take new pods. */
	readonly free: Amount;
	readonly podsFree: number;
	/** Largest pods that fit now, each with its node. */
	readonly largest: readonly {readonly node: string; readonly cpuCores: number; readonly memoryBytes: number}[];
};

export type NodesLook = Look & {
	readonly version: string;
	readonly kubelets: readonly {readonly version: string; readonly nodes: number}[];
	readonly capacity?: Capacity;
};

/** The version of the server and of the nodes, and how much room they have. */
export async function lookAtNodes(cluster: Cluster): Promise<NodesLook> {
	const version = plainLine(wordAt((await cluster.raw('/version')) ?? {}, 'gitVersion'), 60);
	const nodes = await readFor(cluster, 'versions of the nodes, and capacity', ['nodes']);
	if (nodes.unseen.length > 0) return {version, kubelets: [], unseen: nodes.unseen};
	const versions = Map.groupBy(nodes.objects, node => plainLine(wordAt(node, 'status', 'nodeInfo', 'kubeletVersion'), 60));
	const kubelets = [...versions]
		.map(([kubelet, group]) => ({version: kubelet, nodes: group.length}))
		.toSorted((a, b) => a.version.localeCompare(b.version));
	const pods = await readFor(cluster, 'room on the nodes', ['pods']);
	const rooms = pods.unseen.length > 0 ? [] : roomOf(nodes.objects, pods.objects);
	return {
		version,
		kubelets,
		unseen: pods.unseen,
		remarks: [...[...versions].flatMap(([kubelet, group]) => skewOf(version, kubelet, group)), ...closedNodes(rooms)],
		...(rooms.length === 0 ? {} : {capacity: capacityOf(nodes.objects, rooms)}),
	};
}

function skewOf(server: string, kubelet: string, nodes: readonly KubeObject[]): readonly Remark[] {
	const problem = skewProblem(server, kubelet);
	if (problem === undefined) return [];
	const object = `Node ${someOf(nodes.map(({metadata}) => metadata.name))}`;
	return [
		{id: 'version-skew', severity: 'high', object, cause: problem, fix: 'Bring its kubelet to a supported version before the next upgrade'},
	];
}

function closedNodes(rooms: readonly NodeRoom[]): readonly Remark[] {
	const broken = rooms.filter(({closed}) => closed === 'not ready');
	if (broken.length === 0) return [];
	const object = `Node ${someOf(broken.map(({name}) => name))}`;
	return [
		{
			id: 'node-not-ready',
			severity: 'high',
			object,
			cause: 'it is not ready, so its room does not count',
			fix: `mkcoa k8s describe node ${broken[0]?.name}`,
		},
	];
}

function capacityOf(nodes: readonly KubeObject[], rooms: readonly NodeRoom[]): Capacity {
	const open = rooms.filter(({closed}) => closed === undefined);
	const sum = (of: readonly NodeRoom[], what: 'allocatable' | 'requested' | 'free') =>
		of.reduce<Amount>((total, room) => plus(total, room[what]), nothing);
	return {
		nodes: rooms.length,
		zones: new Set(nodes.map(({metadata}) => metadata.labels?.['topology.kubernetes.io/zone']).filter(zone => zone !== undefined)).size,
		allocatable: sum(rooms, 'allocatable'),
		requested: sum(rooms, 'requested'),
		free: sum(open, 'free'),
		podsFree: open.reduce((total, {podsFree}) => total + podsFree, 0),
		largest: largestPods(rooms).map(({name, free}) => ({node: name, ...free})),
	};
}
