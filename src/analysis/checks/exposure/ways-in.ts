import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type LabelIndex, labelIndex} from '../../../core/kube/label-index.ts';
import {fitsMap} from '../../../core/kube/selector.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {namespaceOf} from '../on-objects.ts';
import type {Workload, World} from '../world.ts';

/** Objects that stand between the outside and a workload, each with the fields that make the way. */
export type Way = {readonly workload: Workload; readonly by: readonly {readonly object: KubeObject; readonly paths: readonly string[]}[]};

const servicesByName = oncePerObject(
	(world: World) => new Map(world.ofKind('Service').map(service => [`${namespaceOf(service)}/${service.metadata.name}`, service])),
);

const workloadsByLabel = oncePerObject((world: World): ReadonlyMap<string, LabelIndex<Workload>> => {
	const byNamespace = Map.groupBy(world.workloads, ({object}) => namespaceOf(object));
	return new Map([...byNamespace].map(([namespace, workloads]) => [namespace, labelIndex(workloads, ({labels}) => labels)]));
});

/** Workloads whose pods a Service chooses. */
export const workloadsBehind = (service: KubeObject, world: World): readonly Workload[] =>
	workloadsByLabel(world).get(namespaceOf(service))?.(objectAt(service, 'spec', 'selector')) ?? [];

/** Whether a Service is reached from outside of the cluster by itself. */
export const isOuter = (service: KubeObject) => ['LoadBalancer', 'NodePort'].includes(textAt(service, 'spec', 'type') ?? '');

const behind = (name: string | undefined, namespace: string, by: Way['by'], world: World): readonly Way[] => {
	const service = servicesByName(world).get(`${namespace}/${name}`);
	if (service === undefined) return [];
	return workloadsBehind(service, world).map(workload => ({workload, by: [...by, {object: service, paths: []}]}));
};

/** Through Services of type LoadBalancer and NodePort. */
export const waysByService = oncePerObject((world: World): readonly Way[] =>
	world
		.ofKind('Service')
		.filter(isOuter)
		.flatMap(service => workloadsBehind(service, world).map(workload => ({workload, by: [{object: service, paths: ['spec.type']}]}))),
);

/** Through Ingresses. */
export const waysByIngress = oncePerObject((world: World): readonly Way[] =>
	world.ofKind('networking.k8s.io/Ingress').flatMap(ingress => {
		const backends = [
			{backend: valueAt(ingress, 'spec', 'defaultBackend'), path: 'spec.defaultBackend'},
			...listAt(ingress, 'spec', 'rules').flatMap((rule, index) =>
				listAt(rule, 'http', 'paths').map((each, at) => ({
					...{backend: valueAt(each, 'backend'), path: `spec.rules[${index}].http.paths[${at}].backend`},
				})),
			),
		];
		return backends.flatMap(({backend, path}) =>
			behind(textAt(backend, 'service', 'name'), namespaceOf(ingress), [{object: ingress, paths: [`${path}.service.name`]}], world),
		);
	}),
);

const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(kind => `gateway.networking.k8s.io/${kind}`);

/** Through routes of the Gateway API; a route in a mesh hangs on a Service, not on a Gateway. */
export const waysByRoute = oncePerObject((world: World): readonly Way[] =>
	routeKinds
		.flatMap(kind => world.ofKind(kind))
		.flatMap(route => {
			const gateways = listAt(route, 'spec', 'parentRefs').filter(parent => (textAt(parent, 'kind') ?? 'Gateway') === 'Gateway');
			if (gateways.length === 0) return [];
			const known = world
				.ofKind('gateway.networking.k8s.io/Gateway')
				.filter(gateway =>
					gateways.some(
						parent =>
							textAt(parent, 'name') === gateway.metadata.name &&
							(textAt(parent, 'namespace') ?? namespaceOf(route)) === namespaceOf(gateway),
					),
				);
			return listAt(route, 'spec', 'rules').flatMap((rule, index) =>
				listAt(rule, 'backendRefs').flatMap((ref, at) => {
					const path = `spec.rules[${index}].backendRefs[${at}].name`;
					const by = [{object: route, paths: [path]}, ...known.map(object => ({object, paths: []}))];
					return (textAt(ref, 'kind') ?? 'Service') === 'Service'
						? behind(textAt(ref, 'name'), textAt(ref, 'namespace') ?? namespaceOf(route), by, world)
						: [];
				}),
			);
		}),
);

/** Kinds that the Gateway API's ways are read from. */
export const gatewayKinds = ['Service', 'gateway.networking.k8s.io/Gateway', ...routeKinds];

/** Through gateways of Istio that stand behind a Service which is reached from outside. */
export const waysByIstio = oncePerObject((world: World): readonly Way[] => {
	const outer = world.ofKind('Service').filter(isOuter);
	return world.ofKind('networking.istio.io/VirtualService').flatMap(virtual => {
		const gateways = listAt(virtual, 'spec', 'gateways').flatMap(name => gatewayNamed(String(name), virtual, world));
		const doors = gateways.flatMap(gateway => outer.filter(service => isBehind(gateway, service)).map(service => ({gateway, service})));
		const [door] = doors;
		if (door === undefined) return [];
		return routesOf(virtual).flatMap(({host, path}) => {
			const [name, namespace = namespaceOf(virtual)] = host.replace(/\.svc(?:\..*)?$/, '').split('.');
			const by = [
				{object: virtual, paths: [path]},
				{object: door.gateway, paths: []},
				{object: door.service, paths: []},
			];
			return behind(name, namespace, by, world);
		});
	});
});

/** The pods of a gateway are those that its selector chooses; a Service in front of them chooses by the same labels, and bears them. */
const isBehind = (gateway: KubeObject, service: KubeObject) => {
	const selector = valueAt(gateway, 'spec', 'selector');
	return fitsMap(selector, valueAt(service, 'spec', 'selector')) || fitsMap(selector, valueAt(service, 'metadata', 'labels'));
};

/** `shop/front` or `front`, which is in the namespace of who names it; `mesh` is no gateway. */
function gatewayNamed(text: string, virtual: KubeObject, world: World): readonly KubeObject[] {
	const [name, namespace = namespaceOf(virtual)] = text.split('/').reverse();
	return world
		.ofKind('networking.istio.io/Gateway')
		.filter(gateway => gateway.metadata.name === name && namespaceOf(gateway) === namespace);
}

function routesOf(virtual: Json): readonly {readonly host: string; readonly path: string}[] {
	return ['http', 'tls', 'tcp'].flatMap(protocol =>
		listAt(virtual, 'spec', protocol).flatMap((rule, index) =>
			listAt(rule, 'route').flatMap((route, at) => {
				const host = textAt(route, 'destination', 'host');
				return host === undefined ? [] : [{host, path: `spec.${protocol}[${index}].route[${at}].destination.host`}];
			}),
		),
	);
}
