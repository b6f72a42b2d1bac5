import type {KubeObject, ObjectMeta} from '../../../core/kube/kube-object.ts';
import {sameJson} from '../../same-json.ts';
import type {StatusCause} from '../../status-error.ts';
import {allocate} from '../admission/allocate.ts';
import {withDefaults} from '../admission/defaults.ts';
import {validateObject} from '../admission/validate/validate-object.ts';
import type {Cluster, WriteOptions} from '../cluster.ts';
import {badRequest, invalid, notFound} from '../errors.ts';
import {trackUpdate} from '../fields/track.ts';
import {checkEscalation} from '../identity/escalation.ts';
import {type Resource, storageName} from '../resource.ts';
import {deepFreeze} from '../storage/deep-freeze.ts';
import {changedMetadata, checkIdentity, nextGeneration} from './metadata.ts';
import {podParts} from './pod-parts.ts';

export type UpdateOptions = WriteOptions & {
	/** '' for the object itself, 'status', 'binding' (a write of the server's own, which nobody owns and no generation counts), or another that writes the whole object. */
	readonly subresource: string;
	/** Replaces the usual bookkeeping of field owners, as server-side apply does. Given the object to be stored, answers it with its managedFields. */
	readonly track?: (before: KubeObject, after: KubeObject) => KubeObject;
};

export function currentObject(cluster: Cluster, resource: Resource, namespace: string | undefined, name: string): KubeObject {
	const found = cluster.store.get(storageName(resource), resource.namespaced ? namespace : undefined, name);
	if (found === undefined) throw notFound(resource, name);
	return found;
}

/** Replaces an object or its status. A change of nothing keeps the resourceVersion. */
export function updateObject(
	cluster: Cluster,
	resource: Resource,
	target: {readonly namespace: string | undefined; readonly name: string},
	given: KubeObject,
	options: UpdateOptions,
): KubeObject {
	checkIdentity(resource, target.namespace, given);
	if (given.metadata.name !== target.name) {
		throw badRequest(`the name of the object (${given.metadata.name}) does not match the name on the URL (${target.name})`);
	}
	const before = currentObject(cluster, resource, target.namespace, target.name);
	const merged = mergeParts(resource, before, given, options.subresource);
	const defaulted = allocate(cluster, withDefaults(cluster, merged), before);
	if (options.user !== undefined) checkEscalation(cluster, resource, options.user, defaulted, before);
	const isBinding = options.subresource === 'binding';
	const track = options.track ?? ((old, after) => (isBinding ? after : trackUpdate(cluster, {...options, before: old, after})));
	const admitted = cluster.hooks().admit('UPDATE', track(before, defaulted), before);
	const counted: KubeObject = {
		...admitted,
		metadata: isBinding ? admitted.metadata : nextGeneration(resource, before, admitted, options.subresource),
	};
	const part = resource.kind === 'Pod' ? podParts[options.subresource] : undefined;
	const found = validateObject(cluster, counted, part === undefined ? before : part(before, counted));
	const causes = resource.isCustom && options.subresource === 'status' ? ofStatus(found) : found;
	if (causes.length > 0) throw invalid(resource, target.name, causes);
	if (sameJson(counted, before)) return before;
	return options.dryRun ? deepFreeze(counted) : store(cluster, resource, counted);
}

/** The status of a custom kind is judged on its own, and its problems are worded from there. */
const ofStatus = (causes: readonly StatusCause[]): readonly StatusCause[] =>
	causes
		.filter(({field = ''}) => /^status\b/.test(field))
		.map(cause => ({...cause, message: cause.message.replace(/\bstatus\.(\S+ in body)/, '$1')}));

/** An object that was only waiting for its finalizers goes when the last one does. */
function store(cluster: Cluster, resource: Resource, object: KubeObject): KubeObject {
	const {deletionTimestamp, finalizers = [], deletionGracePeriodSeconds = 0} = object.metadata;
	const done = deletionTimestamp !== undefined && finalizers.length === 0 && deletionGracePeriodSeconds === 0 && !holdsContent(object);
	return done ? cluster.store.drop(storageName(resource), object) : cluster.store.put(storageName(resource), object);
}

const holdsContent = ({kind, spec}: KubeObject) =>
	kind === 'Namespace' &&
	typeof spec === 'object' &&
	spec !== null &&
	'finalizers' in spec &&
	Array.isArray(spec.finalizers) &&
	spec.finalizers.length > 0;

/** A write to the status leaves the rest alone, and the other way round. */
function mergeParts(resource: Resource, before: KubeObject, given: KubeObject, subresource: string): KubeObject {
	const metadata = changedMetadata(resource, before, given.metadata);
	const part = resource.kind === 'Pod' ? podParts[subresource] : undefined;
	if (part !== undefined) return {...part(before, given), metadata: {...before.metadata, managedFields: metadata.managedFields}};
	if (subresource === 'status') return withStatus({...before, metadata: statusMetadata(resource, before, metadata)}, given.status);
	if (subresource === 'binding') return {...given, metadata};
	const hasStatus = resource.subresources.some(({name}) => name === 'status');
	const next: KubeObject = {...given, metadata};
	return hasStatus ? withStatus(next, before.status) : next;
}

/** A status write may annotate and label, but never changes owners, and labels of workloads stay; of custom kinds all metadata does. */
function statusMetadata({group, isCustom}: Resource, {metadata: old}: KubeObject, metadata: ObjectMeta): ObjectMeta {
	if (isCustom) return metadata.managedFields === undefined ? old : {...old, managedFields: metadata.managedFields};
	const {ownerReferences: _owners, labels, ...rest} = metadata;
	const kept = group === 'apps' ? old.labels : labels;
	return {
		...rest,
		...(kept === undefined ? {} : {labels: kept}),
		...(old.ownerReferences === undefined ? {} : {ownerReferences: old.ownerReferences}),
	};
}

function withStatus(object: KubeObject, status: KubeObject[string]): KubeObject {
	if (status !== undefined) return {...object, status};
	const {status: _status, apiVersion, kind, metadata, ...rest} = object;
	return {...rest, apiVersion, kind, metadata};
}
