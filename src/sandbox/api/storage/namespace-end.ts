import {type Resource, storageName} from '../resource.ts';
import type {Reach} from './reach.ts';

/** Deletes what is in a terminating namespace, then the namespace, if nothing holds on. */
export function emptyNamespace(reach: Reach, name: string): void {
	const {catalogue, store} = reach.cluster;
	for (const resource of catalogue.all()) {
		if (!resource.namespaced || !resource.verbs.includes('delete')) continue;
		for (const object of store.list(storageName(resource))) {
			if (object.metadata.namespace === name && object.metadata.deletionTimestamp === undefined)
				reach.remove(resource, object, 'Background');
		}
	}
	endNamespace(reach, name);
}

/** Lets a terminating namespace go once it is empty and no finalizer of its own is left. */
export function endNamespace({cluster}: Reach, name: string): void {
	const {catalogue, store} = cluster;
	const namespace = store.get('namespaces', undefined, name);
	if (namespace?.metadata.deletionTimestamp === undefined || (namespace.metadata.finalizers ?? []).length > 0) return;
	const holds = (resource: Resource) =>
		resource.namespaced && store.list(storageName(resource)).some(({metadata}) => metadata.namespace === name);
	if (!catalogue.all().some(holds)) store.drop('namespaces', namespace);
}
