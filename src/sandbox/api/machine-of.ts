import {objectAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Hooks, Machine} from '../machine.ts';
import type {Cluster} from './cluster.ts';
import {storedVersion, toStored} from './encode/convert.ts';
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
	const servedAs = ({apiVersion, kind}: KubeObject) => cluster.catalogue.ofKind(apiVersion, kind) ?? resourceOf(kind);
	return {
		clock: cluster.clock,
		list(kind, namespace) {
			const all = cluster.store.list(storageName(resourceOf(kind)));
			return namespace === undefined ? all : all.filter(({metadata}) => metadata.namespace === namespace);
		},
		get: (kind, namespace, name) => cluster.store.get(storageName(resourceOf(kind)), namespace, name),
		create(object, by = 'kube-controller-manager') {
			const served = servedAs(object);
			const stored = storedVersion(served);
			return createObject(cluster, stored, object.metadata.namespace, toStored(served, object), {dryRun: false, manager: by, served});
		},
		update(object, by = 'kube-controller-manager', subresource) {
			const served = servedAs(object);
			const resource = storedVersion(served);
			const target = {namespace: object.metadata.namespace, name: object.metadata.name};
			const options = {dryRun: false, manager: by, served, subresource: subresource ?? ''};
			if (subresource !== 'scale') return updateObject(cluster, resource, target, toStored(served, object), options);
			const before = currentObject(cluster, resource, target.namespace, target.name);
			const scaled = {...before, spec: {...objectAt(before, 'spec'), replicas: valueAt(object, 'spec', 'replicas')}};
			return updateObject(cluster, resource, target, scaled, options);
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
