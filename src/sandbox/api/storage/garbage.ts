import type {KubeObject} from '../../../core/kube-object.ts';
import type {Cluster} from '../cluster.ts';
import {type Resource, storageName} from '../resource.ts';
import {createOwnerIndex} from './owner-index.ts';
import type {StoreEvent} from './store.ts';

/** The garbage collector's reach into the write path. */
export type Collector = {
	readonly remove: (resource: Resource, object: KubeObject, propagation: 'Background' | 'Foreground') => void;
	readonly update: (resource: Resource, object: KubeObject) => void;
};

/**
 * Follows deletions to what depends on them: dependents of a deleted owner, the orphan and foregroundDeletion finalizers,
 * and the content of a terminating namespace. Runs in the store's listener, so a deletion's consequences are there
 * when the deleting call returns (the real collector takes a moment).
 */
export function collectGarbage(cluster: Cluster, {remove, update}: Collector): () => void {
	const owners = createOwnerIndex();
	const resourceOf = (object: KubeObject) => cluster.catalogue.ofKind(object.apiVersion, object.kind);
	const current = (object: KubeObject): KubeObject | undefined => {
		const resource = resourceOf(object);
		return resource && cluster.store.get(storageName(resource), object.metadata.namespace, object.metadata.name);
	};

	/** Takes a dead owner's reference from each dependent; those left without an owner go too. */
	const releaseDependents = (owner: KubeObject, leave: 'delete' | 'orphan') => {
		for (const dependent of owners.dependents(owner.metadata.uid)) {
			const found = current(dependent);
			const resource = resourceOf(dependent);
			if (found === undefined || resource === undefined || found.metadata.uid !== dependent.metadata.uid) continue;
			const left = (found.metadata.ownerReferences ?? []).filter(({uid}) => uid !== owner.metadata.uid);
			const alive = left.filter(({uid}) => owners.isAlive(uid));
			if (leave === 'delete' && alive.length === 0) remove(resource, found, 'Background');
			else update(resource, withOwners(found, left));
		}
	};
	const withoutFinalizer = (object: KubeObject, finalizer: string) => {
		const resource = resourceOf(object);
		const found = current(object);
		if (resource === undefined || found === undefined) return;
		const finalizers = (found.metadata.finalizers ?? []).filter(name => name !== finalizer);
		update(resource, {...found, metadata: {...found.metadata, finalizers}});
	};
	const onDeleting = (object: KubeObject) => {
		const finalizers = object.metadata.finalizers ?? [];
		if (finalizers.includes('orphan')) {
			releaseDependents(object, 'orphan');
			withoutFinalizer(object, 'orphan');
		}
		if (finalizers.includes('foregroundDeletion')) {
			for (const dependent of owners.dependents(object.metadata.uid)) {
				const resource = resourceOf(dependent);
				const found = current(dependent);
				if (resource !== undefined && found !== undefined && found.metadata.deletionTimestamp === undefined)
					remove(resource, found, 'Foreground');
			}
			if (owners.dependents(object.metadata.uid).length === 0) withoutFinalizer(object, 'foregroundDeletion');
		}
		if (object.kind === 'Namespace') emptyNamespace(object);
	};
	const emptyNamespace = (namespace: KubeObject) => {
		for (const resource of cluster.catalogue.all()) {
			if (!resource.namespaced || !resource.verbs.includes('delete')) continue;
			for (const object of cluster.store.list(storageName(resource))) {
				const inside = object.metadata.namespace === namespace.metadata.name && object.metadata.deletionTimestamp === undefined;
				if (inside) remove(resource, object, 'Background');
			}
		}
		endNamespace(namespace.metadata.name);
	};
	const endNamespace = (name: string) => {
		const namespace = cluster.store.get('namespaces', undefined, name);
		if (namespace?.metadata.deletionTimestamp === undefined || (namespace.metadata.finalizers ?? []).length > 0) return;
		const holds = (resource: Resource) =>
			resource.namespaced && cluster.store.list(storageName(resource)).some(({metadata}) => metadata.namespace === name);
		if (!cluster.catalogue.all().some(holds)) cluster.store.drop('namespaces', namespace);
	};
	const onGone = (object: KubeObject) => {
		releaseDependents(object, 'delete');
		for (const {uid} of object.metadata.ownerReferences ?? []) {
			const owner = owners.find(uid);
			if (owner?.metadata.finalizers?.includes('foregroundDeletion') && owner.metadata.deletionTimestamp !== undefined) onDeleting(owner);
		}
		if (object.metadata.namespace !== undefined) endNamespace(object.metadata.namespace);
	};

	return cluster.store.listen(({type, object, before}: StoreEvent) => {
		owners.note(type, object);
		if (type === 'DELETED') onGone(object);
		else if (object.metadata.deletionTimestamp !== undefined && object.metadata.deletionTimestamp !== before?.metadata.deletionTimestamp) {
			onDeleting(object);
		}
	});
}

function withOwners(object: KubeObject, ownerReferences: NonNullable<KubeObject['metadata']['ownerReferences']>): KubeObject {
	const {ownerReferences: _old, ...metadata} = object.metadata;
	return {...object, metadata: ownerReferences.length === 0 ? metadata : {...metadata, ownerReferences}};
}
