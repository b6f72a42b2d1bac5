import type {JsonObject} from '../../../core/json.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {nanoUnits} from '../../../core/kube/quantity.ts';
import {objectsAt, textMapAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import {rehearsable} from './rehearsable.ts';

/** What a rehearsal stands on, and what could not be brought along. */
export type NamespaceCopy = {readonly objects: readonly KubeObject[]; readonly notCopied: readonly string[]};

/** Kinds of a namespace in the order in which they may be made: what pods need before what makes pods. */
const namespaced = [
	'limitranges',
	'serviceaccounts',
	'configmaps',
	'secrets',
	'persistentvolumeclaims',
	'services',
	'poddisruptionbudgets.policy',
	'networkpolicies.networking.k8s.io',
	'httproutes.gateway.networking.k8s.io',
	'virtualservices.networking.istio.io',
	'replicasets.apps',
	'controllerrevisions.apps',
	'deployments.apps',
	'statefulsets.apps',
	'daemonsets.apps',
	'horizontalpodautoscalers.autoscaling',
	'resourcequotas',
] as const;

/** Definitions of custom kinds that the embedded cluster knows how to live with. */
const definitions = ['httproutes.gateway.networking.k8s.io', 'virtualservices.networking.istio.io'];

/** Namespace of the pods that stand for all others on their nodes. */
const elsewhere = 'elsewhere';

/**
 * Copies one namespace, the nodes and what others have taken of them, as manifests for another cluster: no uid, no status, no secret value.
 * What may not be read is named, since a rehearsal without it says less.
 */
export async function readCopy(cluster: Cluster, namespace: string): Promise<NamespaceCopy> {
	const own = await readNeighbours(cluster, namespace, namespaced);
	const pods = await readNeighbours(cluster, undefined, ['pods']);
	const around = await readNeighbours(cluster, undefined, ['nodes', 'priorityclasses.scheduling.k8s.io']);
	const space = await cluster.get({apiVersion: 'v1', kind: 'Namespace', name: namespace}).catch(() => undefined);
	const kinds = own.objects.length === 0 ? [] : await customDefinitions(cluster, own.objects);
	const others = pods.objects.filter(pod => pod.metadata.namespace !== namespace && isPlaced(pod));
	const nodes = around.objects
		.filter(({kind}) => kind === 'Node')
		.map(node => asNode(node, others.filter(pod => wordAt(pod, 'spec', 'nodeName') === node.metadata.name).length));
	const classes = around.objects.filter(({kind, metadata: {name}}) => kind === 'PriorityClass' && !name.startsWith('system-'));
	const loners = pods.objects.filter(pod => pod.metadata.namespace === namespace && isAlone(pod));
	return {
		objects: [
			...nodes,
			...classes.map(rehearsable),
			...kinds,
			...[namespace, elsewhere].map(name => ({
				apiVersion: 'v1',
				kind: 'Namespace',
				metadata: {name, ...labelsOf(name === namespace ? space : undefined)},
			})),
			...ballast(others),
			...own.objects.filter(isWanted).map(rehearsable),
			...loners.map(rehearsable),
		],
		notCopied: [
			...own.notChecked,
			...pods.notChecked,
			...around.notChecked,
			...(nodes.length === 0 ? ['nodes: there are none to stand on'] : []),
		],
	};
}

const labelsOf = (space: KubeObject | undefined) => (space?.metadata.labels === undefined ? {} : {labels: space.metadata.labels});

/** Kubernetes makes these in every namespace by itself; mkcoa's own notes of a rollout are no part of what is rehearsed. */
const isWanted = ({kind, type, metadata: {name, labels}}: KubeObject) =>
	!(kind === 'ConfigMap' && name === 'kube-root-ca.crt') &&
	!(kind === 'ServiceAccount' && name === 'default') &&
	type !== 'kubernetes.io/service-account-token' &&
	type !== 'helm.sh/release.v1' &&
	!(labels?.['app.kubernetes.io/managed-by'] === 'mkcoa' && name.startsWith('mkcoa-'));

const isAlone = (pod: KubeObject) => pod.metadata.ownerReferences === undefined && !hasEnded(pod);

async function customDefinitions(cluster: Cluster, objects: readonly KubeObject[]): Promise<readonly KubeObject[]> {
	const wanted = definitions.filter(name =>
		objects.some(({kind, apiVersion}) => `${kind.toLowerCase()}s.${apiVersion.split('/')[0]}` === name),
	);
	const found = await Promise.all(
		wanted.map(name => cluster.get({apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name}).catch(() => undefined)),
	);
	return found.flatMap((definition, index) =>
		definition === undefined ? [minimal(wanted[index] ?? '', objects)] : [rehearsable(definition)],
	);
}

/** For who may not read definitions: the group, version and names, and any fields. */
function minimal(name: string, objects: readonly KubeObject[]): KubeObject {
	const [plural = '', ...rest] = name.split('.');
	const group = rest.join('.');
	const sample = objects.find(({kind, apiVersion}) => `${kind.toLowerCase()}s` === plural && apiVersion.startsWith(`${group}/`));
	const anything = {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}};
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name},
		spec: {
			group,
			scope: 'Namespaced',
			names: {plural, kind: sample?.kind ?? '', singular: plural.slice(0, -1), listKind: `${sample?.kind}List`},
			versions: [
				{name: sample?.apiVersion.split('/')[1] ?? 'v1', served: true, storage: true, schema: anything, subresources: {status: {}}},
			],
		},
	};
}

const hasEnded = (pod: KubeObject) => ['Succeeded', 'Failed'].includes(wordAt(pod, 'status', 'phase'));
const isPlaced = (pod: KubeObject) => wordAt(pod, 'spec', 'nodeName') !== '' && !hasEnded(pod);

/** A node of the same size, labels and taints. One pod stands for all `others` on it, so it has as many places less. */
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

/** One pod for each node that asks for as much as all pods of other namespaces there. */
function ballast(others: readonly KubeObject[]): readonly KubeObject[] {
	const byNode = Map.groupBy(others, pod => wordAt(pod, 'spec', 'nodeName'));
	return [...byNode].map(([nodeName, own], index) => ({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: `other-pods-${index + 1}`, namespace: elsewhere, annotations: {'mkcoa.dev/pods': String(own.length)}},
		spec: {
			nodeName,
			tolerations: [{operator: 'Exists'}],
			containers: [{name: 'sum', image: 'registry.k8s.io/pause:3.10', resources: {requests: sumOf(own)}}],
		},
	}));
}

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
