import type {JsonObject} from '../../../core/json.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {nanoUnits} from '../../../core/kube/quantity.ts';
import {objectsAt, textMapAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';

/** Namespace of the pods that stand for all others on their nodes. */
export const elsewhere = 'elsewhere';

/**
 * Nodes of the same size, labels and taints, and on each one pod that asks for as much as all `others` there.
 * @param others pods of other namespaces that have a node and have not ended
 */
export function nodesOfCopy(
	nodes: readonly KubeObject[],
	others: readonly KubeObject[],
): {readonly nodes: readonly KubeObject[]; readonly ballast: readonly KubeObject[]} {
	const byNode = Map.groupBy(others, pod => wordAt(pod, 'spec', 'nodeName'));
	const standing = nodes.map(({metadata: {name}}) => ({name, own: byNode.get(name) ?? []})).filter(({own}) => own.length > 0);
	return {
		nodes: nodes.map(node => asNode(node, byNode.get(node.metadata.name)?.length ?? 0)),
		ballast: standing.map(({name, own}, index) => ballastOn(name, own, index + 1)),
	};
}

/** Where nodes may not be read: one without limits that every pod of the namespace may go to, so that nothing is said about room. */
export const endlessNode = (pods: readonly KubeObject[]): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {name: 'any-node', labels: Object.assign({}, ...pods.map(pod => textMapAt(pod, 'spec', 'nodeSelector')))},
	status: {capacity: endless, allocatable: endless, conditions: [{type: 'Ready', status: 'True', reason: 'KubeletReady'}]},
});

const endless = {cpu: '100000', memory: '100Ti', pods: '100000'};

/** One pod stands for all `others` on it, so it has as many places less. */
function asNode(node: KubeObject, others: number): KubeObject {
	const {name, labels} = node.metadata;
	const {capacity, conditions, addresses, nodeInfo} = objectAt(node, 'status');
	const taints = objectsAt(node, 'spec', 'taints').map(({timeAdded: _, ...taint}) => taint);
	const {unschedulable} = objectAt(node, 'spec');
	const places = Math.max(1, Number(allocatableOf(node, 'pods')) - Math.max(0, others - 1));
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {name, ...(labels === undefined ? {} : {labels})},
		spec: {...(taints.length === 0 ? {} : {taints}), ...(unschedulable === true ? {unschedulable} : {})},
		status: {
			capacity,
			allocatable: {...objectAt(node, 'status', 'allocatable'), pods: String(places)},
			conditions,
			addresses,
			nodeInfo,
			daemonEndpoints: {kubeletEndpoint: {Port: 10250}},
		},
	};
}

const allocatableOf = (node: KubeObject, resource: string) => textMapAt(node, 'status', 'allocatable')[resource] ?? '110';

const ballastOn = (nodeName: string, own: readonly KubeObject[], number: number): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: `other-pods-${number}`, namespace: elsewhere, annotations: {'mkcoa.dev/pods': String(own.length)}},
	spec: {
		nodeName,
		tolerations: [{operator: 'Exists'}],
		containers: [{name: 'sum', image: 'registry.k8s.io/pause:3.10', resources: {requests: sumOf(own)}}],
	},
});

function sumOf(pods: readonly KubeObject[]): JsonObject {
	const total = (resource: 'cpu' | 'memory') => pods.reduce((sum, pod) => sum + requested(pod, resource), 0n);
	return {cpu: `${(total('cpu') + 999_999n) / 1_000_000n}m`, memory: String((total('memory') + 999_999_999n) / 1_000_000_000n)};
}

/** What the scheduler counts: containers and sidecars together, or the largest init container, whichever is more. In billionths. */
function requested(pod: KubeObject, resource: string): bigint {
	const of = (container: JsonObject) => nanoUnits(textMapAt(container, 'resources', 'requests')[resource] ?? '0') ?? 0n;
	const init = objectsAt(pod, 'spec', 'initContainers');
	const running = [...objectsAt(pod, 'spec', 'containers'), ...init.filter(({restartPolicy}) => restartPolicy === 'Always')];
	const together = running.reduce((sum, container) => sum + of(container), 0n);
	const largest = init.reduce((most, container) => (of(container) > most ? of(container) : most), 0n);
	return together > largest ? together : largest;
}
