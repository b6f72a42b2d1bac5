import {at} from '../../servers/questions.ts';
import {newImage, oldImage} from './given.ts';

/** What a namespace holds: told as one text each, in order, so that two can be compared. */
export type Held = readonly string[];

/** Every kind that mkcoa ever writes, and what controllers make of those. */
export const collections = [
	...['deployments', 'statefulsets', 'daemonsets', 'replicasets'].map(plural => ['/apis/apps/v1', plural] as const),
	...['services', 'configmaps', 'secrets', 'serviceaccounts', 'pods'].map(plural => ['/api/v1', plural] as const),
	...['roles', 'rolebindings'].map(plural => ['/apis/rbac.authorization.k8s.io/v1', plural] as const),
	...['httproutes', 'backendtlspolicies'].map(plural => ['/apis/gateway.networking.k8s.io/v1', plural] as const),
	...['virtualservices', 'destinationrules'].map(plural => ['/apis/networking.istio.io/v1', plural] as const),
	['/apis/batch/v1', 'jobs'],
	['/apis/autoscaling/v2', 'horizontalpodautoscalers'],
	['/apis/policy/v1', 'poddisruptionbudgets'],
	['/apis/coordination.k8s.io/v1', 'leases'],
] as const;

/** Numbers that controllers count up with every new template, also with one that comes back. */
const counters = ['deployment.kubernetes.io/revision', 'deprecated.daemonset.template.generation'];

const entries = (object: unknown) => Object.entries(typeof object === 'object' && object !== null ? object : {});
const without = (object: unknown, keys: readonly string[]) => Object.fromEntries(entries(object).filter(([key]) => !keys.includes(key)));
const ownersOf = (object: unknown) => {
	const owners = at(object, 'metadata', 'ownerReferences');
	return Array.isArray(owners) ? owners.map(owner => `${at(owner, 'kind')} ${at(owner, 'name')}`).join() : '';
};

/** All of an object but what the server and the controllers write. */
function toldWhole(plural: string, object: unknown): string {
	const name = at(object, 'metadata', 'name');
	const annotations = without(at(object, 'metadata', 'annotations'), counters);
	const labels = at(object, 'metadata', 'labels') ?? {};
	// Each namespace's Service is given another address.
	const spec = plural === 'services' ? without(at(object, 'spec'), ['clusterIP', 'clusterIPs']) : at(object, 'spec');
	const rest = without(object, ['apiVersion', 'kind', 'metadata', 'status', 'spec']);
	return `${plural}/${name} ${JSON.stringify({labels, annotations, owners: ownersOf(object), spec, ...rest})}`;
}

/** Labels that say by number or hash of which template a pod is, and where it runs. */
const lots = [
	...['pod-template-hash', 'controller-revision-hash', 'pod-template-generation', 'apps.kubernetes.io/pod-index'],
	...['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'],
];

/** Names of pods are drawn by lot, and those of ReplicaSets say which template it is. */
function toldPod(object: unknown): string {
	const labels = JSON.stringify(without(at(object, 'metadata', 'labels'), lots));
	const owners = ownersOf(object).replace(/-[a-z0-9]+$/, '');
	return `pod of ${owners}: ${labels} ${at(object, 'spec', 'containers', 0, 'image')}`;
}

/** What stands in a collection: an object that is being deleted is gone. */
export function told(plural: string, objects: readonly unknown[]): Held {
	const standing = objects.filter(object => at(object, 'metadata', 'deletionTimestamp') === undefined);
	if (plural === 'pods') return standing.map(toldPod);
	// Of a workload that stands, old ones without pods stay for a rollback by hand; those of one that is gone go.
	if (plural === 'replicasets') return [...new Set(standing.map(object => `replicasets of ${ownersOf(object)}`))];
	return standing.map(object => toldWhole(plural, object));
}

/** The same with the new version in the place of the old one. */
export const withNewImage = (held: Held): Held => held.map(text => text.replaceAll(oldImage, newImage)).toSorted();
