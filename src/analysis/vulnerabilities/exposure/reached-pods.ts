import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../core/kube/selector.ts';

/** From where the network leads to a pod, and by what. */
export type Reach = {readonly from: 'outside' | 'cluster' | 'nowhere'; readonly by?: string | undefined};

const placed = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`;

/** Services that an Ingress or a route of a gateway sends requests to, with what sends them. */
function sentTo(objects: readonly KubeObject[]): ReadonlyMap<string, string> {
	return new Map(
		objects.flatMap(object => {
			const {namespace} = object.metadata;
			const names =
				object.kind === 'Ingress'
					? [
							valueAt(object, 'spec', 'defaultBackend'),
							...listAt(object, 'spec', 'rules').flatMap(rule => listAt(rule, 'http', 'paths').map(path => valueAt(path, 'backend'))),
						].flatMap(backend => {
							const name = textAt(backend, 'service', 'name');
							return name === undefined ? [] : [placed(namespace, name)];
						})
					: ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'].includes(object.kind)
						? listAt(object, 'spec', 'rules')
								.flatMap(rule => listAt(rule, 'backendRefs'))
								.flatMap(backend => {
									const name = textAt(backend, 'name');
									return name === undefined ? [] : [placed(textAt(backend, 'namespace') ?? namespace, name)];
								})
						: [];
			return names.map(name => [name, refText(refOf(object))] as const);
		}),
	);
}

/** Ports of the node itself lead to the pod. */
const isOnNode = (pod: KubeObject) =>
	valueAt(pod, 'spec', 'hostNetwork') === true ||
	listAt(pod, 'spec', 'containers').some(container => listAt(container, 'ports').some(port => valueAt(port, 'hostPort') !== undefined));

/** How pods are reached, by the Services, Ingresses and routes around them. What a network policy forbids is not taken off. */
export function reachOf(objects: readonly KubeObject[]): (pod: KubeObject) => Reach {
	const entries = sentTo(objects);
	const services = Map.groupBy(
		objects.filter(object => object.kind === 'Service' && Object.keys(objectAt(object, 'spec', 'selector')).length > 0),
		({metadata}) => metadata.namespace ?? '',
	);
	return pod => {
		const own = (services.get(pod.metadata.namespace ?? '') ?? []).filter(service =>
			fitsMap(valueAt(service, 'spec', 'selector'), objectAt(pod, 'metadata', 'labels')),
		);
		for (const service of own) {
			const type = textAt(service, 'spec', 'type') ?? 'ClusterIP';
			const entry = entries.get(placed(service.metadata.namespace, service.metadata.name));
			if (entry !== undefined) return {from: 'outside', by: entry};
			const isOpen = type === 'LoadBalancer' || type === 'NodePort' || listAt(service, 'spec', 'externalIPs').length > 0;
			if (isOpen) return {from: 'outside', by: `${refText(refOf(service))} (${type})`};
		}
		if (isOnNode(pod)) return {from: 'outside', by: 'the network of its node'};
		const [service] = own;
		return service === undefined ? {from: 'nowhere'} : {from: 'cluster', by: refText(refOf(service))};
	};
}
