import {objectAt, valueAt} from '../../core/kube/json-at.ts';
import type {Hooks, Machine} from '../machine.ts';
import type {Cluster} from './cluster.ts';
import {badRequest} from './errors.ts';
import {type Resource, storageName} from './resource.ts';
import {createObject} from './write/create.ts';
import {removeObject} from './write/remove.ts';
import {currentObject, updateObject} from './write/update.ts';

/** The synchronous door for controllers: the same write path as HTTP, without authentication and authorization. */
export function machineOf(cluster: Cluster, extend: (hooks: Partial<Hooks>) => void): Machine {
	const resourceOf = (kind: string): Resource => {
		const resource = cluster.catalogue.stored(kind);
		if (resource === undefined) throw badRequest(`no kind "${kind}" is registered`);
		return resource;
	};
	return {
		clock: cluster.clock,
		list(kind, namespace) {
			const all = cluster.store.list(storageName(resourceOf(kind)));
			return namespace === undefined ? all : all.filter(({metadata}) => metadata.namespace === namespace);
		},
		get: (kind, namespace, name) => cluster.store.get(storageName(resourceOf(kind)), namespace, name),
		create(object, by = 'kube-controller-manager') {
			const resource = cluster.catalogue.ofKind(object.apiVersion, object.kind) ?? resourceOf(object.kind);
			return createObject(cluster, resource, object.metadata.namespace, object, {dryRun: false, manager: by});
		},
		update(object, by = 'kube-controller-manager', subresource) {
			const resource = cluster.catalogue.ofKind(object.apiVersion, object.kind) ?? resourceOf(object.kind);
			const target = {namespace: object.metadata.namespace, name: object.metadata.name};
			if (subresource !== 'scale') {
				return updateObject(cluster, resource, target, object, {dryRun: false, manager: by, subresource: subresource ?? ''});
			}
			const before = currentObject(cluster, resource, target.namespace, target.name);
			const scaled = {...before, spec: {...objectAt(before, 'spec'), replicas: valueAt(object, 'spec', 'replicas')}};
			return updateObject(cluster, resource, target, scaled, {dryRun: false, manager: by, subresource});
		},
		remove(kind, namespace, name, options = {}) {
			removeObject(cluster, resourceOf(kind), {namespace, name}, options);
		},
		watch(listener, kinds) {
			const wanted = kinds && new Set(kinds);
			return cluster.store.listen(({type, object, before}) => {
				if (wanted === undefined || wanted.has(object.kind)) listener({type, object, ...(before === undefined ? {} : {before})});
			});
		},
		extend,
	};
}
