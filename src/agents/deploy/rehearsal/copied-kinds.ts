import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster, ResourceType} from '../../../mcp/kubernetes/port.ts';
import {rehearsable} from './rehearsable.ts';

/** Custom kinds that say where requests go; the embedded cluster serves them by their definitions. */
const routeKinds = [
	'httproutes.gateway.networking.k8s.io',
	'grpcroutes.gateway.networking.k8s.io',
	'backendtlspolicies.gateway.networking.k8s.io',
	'referencegrants.gateway.networking.k8s.io',
	'virtualservices.networking.istio.io',
	'destinationrules.networking.istio.io',
];

/** Kinds of a namespace that a copy gets, as `plural.group`, in the order in which they may be made: what pods need before what makes pods. */
export const copiedKinds: readonly string[] = [
	'limitranges',
	'serviceaccounts',
	'roles.rbac.authorization.k8s.io',
	'rolebindings.rbac.authorization.k8s.io',
	'configmaps',
	'secrets',
	'persistentvolumeclaims',
	'services',
	'ingresses.networking.k8s.io',
	'poddisruptionbudgets.policy',
	'networkpolicies.networking.k8s.io',
	...routeKinds,
	'replicasets.apps',
	'controllerrevisions.apps',
	'deployments.apps',
	'statefulsets.apps',
	'daemonsets.apps',
	'cronjobs.batch',
	'jobs.batch',
	'horizontalpodautoscalers.autoscaling',
	'resourcequotas',
];

/** Definitions of the custom kinds that some of these objects are of. */
export async function customDefinitions(cluster: Cluster, objects: readonly KubeObject[]): Promise<readonly KubeObject[]> {
	const found = await Promise.all(
		routeKinds.map(async name => {
			const type = await cluster.typeOf(name).catch(() => undefined);
			if (type === undefined || !objects.some(({kind, apiVersion}) => kind === type.kind && apiVersion === type.apiVersion)) return [];
			const ref = {apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name};
			const definition = await cluster.get(ref).catch(() => undefined);
			return [definition === undefined ? minimal(name, type) : rehearsable(definition)];
		}),
	);
	return found.flat();
}

/** For who may not read definitions: the group, version and names, and any fields. */
function minimal(name: string, {apiVersion, kind, plural, singular}: ResourceType): KubeObject {
	const [group = '', version = ''] = apiVersion.split('/');
	const schema = {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}};
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name},
		spec: {
			group,
			scope: 'Namespaced',
			names: {plural, kind, singular: singular === '' ? kind.toLowerCase() : singular, listKind: `${kind}List`},
			versions: [{name: version, served: true, storage: true, schema, subresources: {status: {}}}],
		},
	};
}
