import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../cluster.ts';
import {type Resource, storageName} from '../resource.ts';
import type {OwnerIndex} from './owner-index.ts';

/** What the garbage collector sees and may do. Writes go through the ordinary path, so that finalizers and pods' grace hold. */
export type Reach = {
	readonly cluster: Cluster;
	readonly owners: OwnerIndex;
	readonly remove: (resource: Resource, object: KubeObject, propagation: 'Background' | 'Foreground') => void;
	readonly update: (resource: Resource, object: KubeObject) => void;
};

/** An object as it is now, with its resource; undefined when it has gone or another one has taken its name. */
export function present({cluster}: Reach, object: KubeObject): {readonly resource: Resource; readonly object: KubeObject} | undefined {
	const resource = cluster.catalogue.ofKind(object.apiVersion, object.kind);
	const found = resource && cluster.store.get(storageName(resource), object.metadata.namespace, object.metadata.name);
	return resource === undefined || found === undefined || found.metadata.uid !== object.metadata.uid
		? undefined
		: {resource, object: found};
}
