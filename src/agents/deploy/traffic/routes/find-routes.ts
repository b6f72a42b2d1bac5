import {type KubeObject, refKey, refOf} from '../../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';
import {ownersOf} from '../../ownership/owners-of.ts';
import {reachingRoutes} from './reaching-routes.ts';
import {readAnywhere} from './read-anywhere.ts';
import type {RouteObjects} from './route-objects.ts';
import {writerKinds} from './route-writers.ts';

/** Kinds that may lead to a workload from any namespace, or speak of its pods from there. */
const anywhere = [
	'httproutes.gateway.networking.k8s.io',
	'grpcroutes.gateway.networking.k8s.io',
	'virtualservices.networking.istio.io',
	'destinationrules.networking.istio.io',
	'networkpolicies.networking.k8s.io',
];

/** Kinds of the workload's own namespace. */
const beside = [
	'services',
	'ingresses.networking.k8s.io',
	'referencegrants.gateway.networking.k8s.io',
	'backendtlspolicies.gateway.networking.k8s.io',
	'poddisruptionbudgets.policy',
	'servicemonitors.monitoring.coreos.com',
	'podmonitors.monitoring.coreos.com',
	'authorizationpolicies.security.istio.io',
	'peerauthentications.security.istio.io',
	'requestauthentications.security.istio.io',
	'sidecars.networking.istio.io',
	'envoyfilters.networking.istio.io',
	'telemetries.telemetry.istio.io',
	...writerKinds,
];

/** Reads what has to do with a workload's requests: Services, routes, who writes and deploys them, and the policies around its pods. */
export async function findRoutes(cluster: Cluster, workload: KubeObject): Promise<RouteObjects> {
	const {namespace} = workload.metadata;
	const parts = await Promise.all([
		readNeighbours(cluster, namespace, beside),
		...anywhere.map(kind => readAnywhere(cluster, namespace, kind)),
	]);
	const found = {objects: parts.flatMap(({objects}) => objects), notChecked: parts.flatMap(({notChecked}) => notChecked)};
	const routes = reachingRoutes(found, workload, 'canary').map(({route}) => route);
	const owners = await Promise.all(routes.map(async route => [refKey(refOf(route)), await ownersOf(cluster, route)] as const));
	return {...found, owners: new Map(owners)};
}
