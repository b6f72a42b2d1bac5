import type {Json} from '../../../core/json.ts';
import type {KubeObject, ObjectMeta} from '../../../core/kube/kube-object.ts';
import {sameJson} from '../../same-json.ts';
import {type StatusCause, StatusError} from '../../status-error.ts';
import {type Cluster, timestamp} from '../cluster.ts';
import {badRequest, conflict, invalid, modifiedSince} from '../errors.ts';
import {apiVersionOf, type Resource} from '../resource.ts';

/** Kinds whose generation the server keeps: it grows when the spec changes. Custom resources count too. */
const withGeneration = new Set(
	'Pod ReplicationController Deployment ReplicaSet StatefulSet DaemonSet Job CronJob PodDisruptionBudget Ingress NetworkPolicy CustomResourceDefinition FlowSchema PriorityLevelConfiguration ValidatingWebhookConfiguration MutatingWebhookConfiguration IngressClass PriorityClass EndpointSlice'.split(
		' ',
	),
);
const hasGeneration = ({isCustom, kind}: Resource) => isCustom === true || withGeneration.has(kind);

/** The kind, version and namespace of the body must be those of the path. */
export function checkIdentity(resource: Resource, namespace: string | undefined, object: KubeObject): void {
	const expected = apiVersionOf(resource);
	if (object.kind !== resource.kind || object.apiVersion !== expected) {
		throw badRequest(
			`${resource.kind} in version ${JSON.stringify(resource.version)} cannot be handled as a ${resource.kind}: the object is ${object.apiVersion}, Kind=${object.kind}`,
		);
	}
	const given = object.metadata.namespace ?? '';
	if (resource.namespaced && given !== '' && given !== (namespace ?? '')) {
		throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
	}
}

/** Metadata of a new object: what the client may not choose is set here. */
export function newMetadata(cluster: Cluster, resource: Resource, namespace: string | undefined, given: ObjectMeta): ObjectMeta {
	const {deletionTimestamp: _deleted, deletionGracePeriodSeconds: _grace, selfLink: _link, namespace: _namespace, ...kept} = given;
	if ((given.resourceVersion ?? '') !== '') throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created');
	const prefix = typeof given.generateName === 'string' ? given.generateName : '';
	const name = (given.name ?? '') === '' && prefix !== '' ? `${prefix}${cluster.newSuffix()}` : (given.name ?? '');
	if (name === '') {
		const cause: StatusCause = {
			reason: 'FieldValueRequired',
			message: 'Required value: name or generateName is required',
			field: 'metadata.name',
		};
		throw invalid(resource, '', [cause]);
	}
	return {
		...kept,
		name,
		...(resource.namespaced ? {namespace} : {}),
		uid: cluster.newUid(),
		creationTimestamp: timestamp(cluster),
		...(hasGeneration(resource) ? {generation: 1} : {}),
	};
}

/** What of an object's metadata no client changes. */
const serversOwn = new Set([
	'uid',
	'creationTimestamp',
	'deletionTimestamp',
	'deletionGracePeriodSeconds',
	'generation',
	'namespace',
	'resourceVersion',
	'generateName',
]);

/** Metadata of a changed object: identity, times and counters stay the server's. Throws 409 when the client saw an older version. */
export function changedMetadata(resource: Resource, before: KubeObject, given: ObjectMeta): ObjectMeta {
	const old = before.metadata;
	const version = given.resourceVersion ?? '';
	if (version !== '' && version !== old.resourceVersion) throw modifiedSince(resource, old.name);
	if ((given.uid ?? '') !== '' && given.uid !== old.uid) throw otherObject(resource, old, given.uid ?? '');
	const changed: {[key: string]: Json | undefined} = {};
	for (const key in given) if (key !== 'selfLink' && !serversOwn.has(key)) changed[key] = given[key];
	for (const key of serversOwn) if (old[key] !== undefined) changed[key] = old[key];
	return {...changed, name: old.name};
}

function otherObject(resource: Resource, old: ObjectMeta, uid: string): StatusError {
	const key = ['/registry', resource.plural, old.namespace, old.name].filter(part => part !== undefined).join('/');
	const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.uid}`;
	return conflict(resource, old.name, `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`);
}

/** The generation after a change of anything but metadata and, where that is written apart, status. Of a Deployment annotations count too. */
export function nextGeneration(resource: Resource, before: KubeObject, after: KubeObject, subresource: string): ObjectMeta {
	if (!hasGeneration(resource)) return after.metadata;
	const isApart = resource.subresources.some(({name}) => name === 'status');
	const counted = ({metadata: _, status, ...rest}: KubeObject) => (isApart ? rest : {...rest, status});
	const isSame =
		sameJson(counted(after), counted(before)) &&
		(resource.kind !== 'Deployment' || subresource === 'status' || sameJson(after.metadata.annotations, before.metadata.annotations));
	const generation = before.metadata.generation ?? 1;
	return {...after.metadata, generation: isSame ? generation : generation + 1};
}
