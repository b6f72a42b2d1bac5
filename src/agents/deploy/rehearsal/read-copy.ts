import type {Clock} from '../../../core/clock.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {type Neighbours, readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import {copiedKinds, customDefinitions} from './copied-kinds.ts';
import {leftBehind} from './left-behind.ts';
import {elsewhere, endlessNode, nodesOfCopy} from './nodes-of-copy.ts';
import {hasEnded, podsOfCopy} from './pods-of-copy.ts';
import {rehearsable} from './rehearsable.ts';
import {standIns} from './stand-ins.ts';

/** What a rehearsal stands on, and what could not be brought along. */
export type NamespaceCopy = {readonly objects: readonly KubeObject[]; readonly notCopied: readonly string[]};

const wholeClusters = ['nodes', 'priorityclasses.scheduling.k8s.io', 'ingressclasses.networking.k8s.io'];

/**
 * Copies one namespace, the nodes and what others have taken of them, as manifests for another cluster: no uid, no status, no secret value.
 * What may not be read, and every kind that holds objects and is not copied, is named, since a rehearsal without it says less.
 */
export async function readCopy(cluster: Cluster, namespace: string, clock: Clock): Promise<NamespaceCopy> {
	const [own, pods, around, space, left] = await Promise.all([
		readNeighbours(cluster, namespace, copiedKinds),
		readPods(cluster, namespace),
		readNeighbours(cluster, undefined, wholeClusters),
		cluster.get({apiVersion: 'v1', kind: 'Namespace', name: namespace}).catch(() => undefined),
		leftBehind(cluster, namespace, clock),
	]);
	const mine = pods.objects.filter(pod => pod.metadata.namespace === namespace);
	const copied = podsOfCopy(own.objects.filter(isWanted), mine);
	const unread = [...own.notChecked, ...around.notChecked].map(text => text.slice(0, text.indexOf(':')));
	const {nodes, ballast, notCopied} = standingOn(around, pods.objects, namespace);
	return {
		objects: [
			...nodes,
			...around.objects.filter(({kind, metadata: {name}}) => kind !== 'Node' && !name.startsWith('system-')).map(rehearsable),
			...(await customDefinitions(cluster, own.objects)),
			asNamespace(namespace, space),
			asNamespace(elsewhere),
			...ballast,
			...standIns(unread, namespace, [...copied.objects, ...mine]),
			...copied.objects.map(rehearsable),
			...copied.pods.map(rehearsable),
		],
		notCopied: [...own.notChecked.filter(text => !/^role/.test(text)), ...pods.notChecked, ...notCopied, ...left],
	};
}

/** Of all namespaces, since all share the nodes; where that is not allowed, of this one. */
async function readPods(cluster: Cluster, namespace: string): Promise<Neighbours> {
	const everywhere = await readNeighbours(cluster, undefined, ['pods']);
	if (everywhere.objects.length > 0 || everywhere.notChecked.length === 0) return everywhere;
	const near = await readNeighbours(cluster, namespace, ['pods']);
	return {
		objects: near.objects,
		notChecked: near.notChecked.length > 0 ? near.notChecked : ['pods of other namespaces: reading them is not allowed'],
	};
}

/** The nodes, and what others have of them. Who may not read nodes gets no word about room, instead of one that is wrong. */
function standingOn(around: Neighbours, pods: readonly KubeObject[], namespace: string) {
	const nodes = around.objects.filter(({kind}) => kind === 'Node');
	const notCopied = around.notChecked.filter(text => !text.startsWith('nodes:'));
	if (notCopied.length < around.notChecked.length && nodes.length === 0) {
		const own = pods.filter(pod => pod.metadata.namespace === namespace);
		const told = 'nodes: reading them is not allowed, so whether pods find room was not rehearsed';
		return {nodes: [endlessNode(own)], ballast: [], notCopied: [...notCopied, told]};
	}
	const others = pods.filter(pod => pod.metadata.namespace !== namespace && isPlaced(pod));
	const none = nodes.length === 0 ? ['nodes: there are none to stand on'] : [];
	return {...nodesOfCopy(nodes, others), notCopied: [...around.notChecked, ...none]};
}

const isPlaced = (pod: KubeObject) => wordAt(pod, 'spec', 'nodeName') !== '' && !hasEnded(pod);

const asNamespace = (name: string, live?: KubeObject): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name, ...(live?.metadata.labels === undefined ? {} : {labels: live.metadata.labels})},
});

/** Kubernetes makes these in every namespace by itself; mkcoa's own notes of a rollout are no part of what is rehearsed. */
const isWanted = ({kind, type, metadata: {name, labels}}: KubeObject) =>
	!(kind === 'ConfigMap' && name === 'kube-root-ca.crt') &&
	!(kind === 'ServiceAccount' && name === 'default') &&
	type !== 'kubernetes.io/service-account-token' &&
	type !== 'helm.sh/release.v1' &&
	!(labels?.['app.kubernetes.io/managed-by'] === 'mkcoa' && name.startsWith('mkcoa-'));
