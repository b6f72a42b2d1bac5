import type {JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {RemoveOptions} from '../../machine.ts';
import {type Cluster, timestamp} from '../cluster.ts';
import {conflict, forbiddenChange} from '../errors.ts';
import {type Resource, storageName} from '../resource.ts';
import {deepFreeze} from '../storage/deep-freeze.ts';
import {currentObject} from './update.ts';

export type DeleteOptions = RemoveOptions & {readonly resourceVersion?: string; readonly dryRun?: boolean};

/** What became of the object: `gone` when it left the store at once. */
export type Removal = {readonly gone: boolean; readonly object: KubeObject};

const protectedNamespaces = new Set(['default', 'kube-system', 'kube-public']);

/**
 * Deletes an object, or marks it as deleting while a kubelet, a finalizer, its dependents or its content still hold it.
 * Dependents are followed by the garbage collector, which listens to the store.
 */
export function removeObject(
	cluster: Cluster,
	resource: Resource,
	target: {readonly namespace: string | undefined; readonly name: string},
	options: DeleteOptions,
): Removal {
	const object = currentObject(cluster, resource, target.namespace, target.name);
	checkPreconditions(resource, object, options);
	if (resource.kind === 'Namespace' && protectedNamespaces.has(target.name)) {
		throw forbiddenChange(resource, target.name, 'this namespace may not be deleted');
	}
	cluster.hooks().admit('DELETE', object, object);
	const {finalizers = []} = object.metadata;
	const added = addedFinalizer(options.propagation);
	const held = resource.kind === 'CustomResourceDefinition' && object.metadata.deletionTimestamp === undefined ? [cleanup] : [];
	const wanted = [...new Set([...finalizers, ...(added === undefined ? [] : [added]), ...held])];
	const graceSeconds = graceOf(object, options);
	if (wanted.length === 0 && graceSeconds === 0 && resource.kind !== 'Namespace') {
		const last = options.dryRun ? object : cluster.store.drop(storageName(resource), object);
		// A pod that needs no time says so; other kinds have no grace to speak of.
		return {gone: true, object: resource.kind === 'Pod' ? deepFreeze(mark(cluster, last, [], 0)) : last};
	}
	const marked = mark(cluster, object, wanted, graceSeconds);
	if (marked === object || options.dryRun) return {gone: false, object: deepFreeze(marked)};
	return {gone: false, object: cluster.store.put(storageName(resource), marked)};
}

/** A definition stays until its objects are gone. */
export const cleanup = 'customresourcecleanup.apiextensions.k8s.io';

const addedFinalizer = (propagation: RemoveOptions['propagation']) =>
	propagation === 'Orphan' ? 'orphan' : propagation === 'Foreground' ? 'foregroundDeletion' : undefined;

function checkPreconditions(resource: Resource, {metadata}: KubeObject, {uid, resourceVersion}: DeleteOptions): void {
	if (uid !== undefined && uid !== metadata.uid) {
		const why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`;
		throw preconditionFailed(resource, metadata.name, why);
	}
	if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
		const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`;
		throw preconditionFailed(resource, metadata.name, why);
	}
}

/** Here the server names the kind where other conflicts name the resource. */
const preconditionFailed = (resource: Resource, name: string, why: string) => conflict({...resource, plural: resource.kind}, name, why);

/** Only pods that a kubelet runs are given time. */
function graceOf(object: KubeObject, {graceSeconds}: DeleteOptions): number {
	const phase = textAt(object, 'status', 'phase');
	if (object.kind !== 'Pod' || textAt(object, 'spec', 'nodeName') === undefined || phase === 'Succeeded' || phase === 'Failed') return 0;
	const own = valueAt(object, 'spec', 'terminationGracePeriodSeconds');
	const asked = graceSeconds ?? (typeof own === 'number' ? own : 30);
	const running = object.metadata.deletionGracePeriodSeconds;
	return typeof running === 'number' ? Math.min(running, asked) : asked;
}

/** Kinds whose deletion takes a while: what their status says meanwhile. Such a deletion has no grace and counts no generation. */
const endings: {readonly [kind: string]: (cluster: Cluster, object: KubeObject) => {readonly status: JsonObject}} = {
	Namespace: () => ({status: {phase: 'Terminating'}}),
	CustomResourceDefinition(cluster, object) {
		const condition = {
			type: 'Terminating',
			status: 'True',
			lastTransitionTime: timestamp(cluster),
			reason: 'InstanceDeletionPending',
			message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
		};
		return {status: {...objectAt(object, 'status'), conditions: [...listAt(object, 'status', 'conditions'), condition]}};
	},
};

function mark(cluster: Cluster, object: KubeObject, finalizers: readonly string[], graceSeconds: number): KubeObject {
	const {metadata} = object;
	const known = metadata.deletionTimestamp !== undefined;
	if (
		known &&
		metadata.deletionGracePeriodSeconds === graceSeconds &&
		listAt(object, 'metadata', 'finalizers').length === finalizers.length
	) {
		return object;
	}
	const later = known && metadata.deletionGracePeriodSeconds === graceSeconds;
	const ending = endings[object.kind];
	return {
		...object,
		...ending?.(cluster, object),
		metadata: {
			...metadata,
			...(finalizers.length === 0 ? {} : {finalizers}),
			...(metadata.generation === undefined || known || ending !== undefined ? {} : {generation: metadata.generation + 1}),
			deletionTimestamp: later ? metadata.deletionTimestamp : timestamp(cluster, graceSeconds * 1000),
			...(ending === undefined ? {deletionGracePeriodSeconds: graceSeconds} : {}),
		},
	};
}
