import type {JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';

/** Kinds that send requests to Services, as `plural.group`. */
export const routeKinds = [
	'ingresses.networking.k8s.io',
	'httproutes.gateway.networking.k8s.io',
	'grpcroutes.gateway.networking.k8s.io',
	'virtualservices.networking.istio.io',
	'destinationrules.networking.istio.io',
];

/** Names of the Services that an object sends requests to, as it writes them. */
function backendsOf(route: KubeObject): readonly string[] {
	const rules = objectsAt(route, 'spec', 'rules');
	switch (route.kind) {
		case 'Ingress':
			return [
				wordAt(route, 'spec', 'defaultBackend', 'service', 'name'),
				...rules.flatMap(rule => objectsAt(rule, 'http', 'paths').map(path => wordAt(path, 'backend', 'service', 'name'))),
			];
		case 'HTTPRoute':
		case 'GRPCRoute':
			return rules.flatMap(rule => objectsAt(rule, 'backendRefs').map(({name}) => (typeof name === 'string' ? name : '')));
		case 'VirtualService':
			return ['http', 'tcp', 'tls'].flatMap(protocol => objectsAt(route, 'spec', protocol).flatMap(destinations));
		default:
			return [wordAt(route, 'spec', 'host')];
	}
}

const destinations = (rule: JsonObject) => objectsAt(rule, 'route').map(({destination}) => wordAt(destination, 'host'));

/** Of the candidates, all of one namespace, those that send requests to one of the Services. Istio may write a host with its namespace. */
export function routesTo(services: readonly KubeObject[], candidates: readonly KubeObject[]): readonly KubeObject[] {
	const hosts = new Set(
		services.flatMap(({metadata: {name, namespace}}) => [
			name,
			`${name}.${namespace}`,
			`${name}.${namespace}.svc`,
			`${name}.${namespace}.svc.cluster.local`,
		]),
	);
	return candidates.filter(route => backendsOf(route).some(host => hosts.has(host)));
}
