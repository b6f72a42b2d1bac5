import {ourManager} from '../../../../core/diff/managed-fields.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import type {ResourceType} from '../../port.ts';
import {aboutOf, resourcePath} from '../discovery/resource-path.ts';
import type {Call} from '../transport/call.ts';

/** Every write but a command in a pod, which is no HTTP request. */
export type ObjectWrite = Exclude<Write, {op: 'exec'}>;

/** What must hold when the server writes: nothing, that the object does not exist, or that it is this object at this version. */
export type Binding = 'unbound' | 'absent' | {readonly uid?: string | undefined; readonly resourceVersion?: string | undefined};

/**
 * No object ever has this version: etcd's own first revision is 1. Server-side apply checks a version only against an object that
 * exists, so an apply that carries it creates, and refuses with 409 what is there already, in one step and with the right owner.
 * POST would leave the fields to an `Update` manager, which later applies of mkcoa would conflict with.
 * Seen on kube-apiserver 1.36.3; reasons in docs/decisions/2026-11-25-raw-kubernetes-client.md.
 */
const versionOfNothing = '1';

/** The request of one write. `dryRun` asks the server to compute it and to store nothing. */
export function writeCall(write: ObjectWrite, type: ResourceType, binding: Binding, dryRun: boolean): Call {
	const {name, namespace} = write.ref;
	const subresource = write.op === 'patch' ? write.subresource : write.op === 'evict' ? 'eviction' : undefined;
	const path = resourcePath(type, {namespace, ...(write.op === 'create' ? {} : {name}), subresource});
	const common = {path, changes: !dryRun, about: {...aboutOf(verbs[write.op], type, namespace, name), subresource}};
	const dry = dryRun ? {dryRun: 'All'} : {};
	// Servers before 1.25 do not know fieldValidation and pass over it, as over every parameter that they do not know.
	const strict = {fieldManager: ourManager, fieldValidation: 'Strict', ...dry};
	switch (write.op) {
		case 'apply':
			return {
				...common,
				method: 'PATCH',
				contentType: 'application/apply-patch+yaml',
				query: {...strict, force: false},
				body: bound(withoutManagedFields(write.manifest), binding),
			};
		case 'create':
			return {...common, method: 'POST', query: strict, body: withoutManagedFields(write.manifest)};
		case 'replace':
			return {...common, method: 'PUT', query: strict, body: bound(write.manifest, binding)};
		case 'patch':
			return {
				...common,
				method: 'PATCH',
				query: strict,
				contentType: patchTypes[write.type],
				body: boundPatch(write.type, write.patch, binding),
			};
		case 'delete':
			return {...common, method: 'DELETE', query: dry, body: deleteOptions(write, binding, dryRun)};
		case 'evict':
			return {...common, method: 'POST', query: dry, body: eviction(write, binding, dryRun)};
	}
}

const verbs = {apply: 'patch', create: 'create', replace: 'update', patch: 'patch', delete: 'delete', evict: 'create'} as const;

const patchTypes = {
	json: 'application/json-patch+json',
	merge: 'application/merge-patch+json',
	strategic: 'application/strategic-merge-patch+json',
} as const;

/** Server-side apply refuses a manifest that lists its owners itself. */
function withoutManagedFields(manifest: KubeObject): KubeObject {
	const {managedFields: _owners, ...metadata} = manifest.metadata;
	return {...manifest, metadata};
}

/** The uid makes an apply refuse to create anew what was deleted meanwhile. */
function bound(manifest: KubeObject, binding: Binding): KubeObject {
	if (binding === 'unbound') return manifest;
	const {uid, resourceVersion} = binding === 'absent' ? {uid: undefined, resourceVersion: versionOfNothing} : binding;
	return {...manifest, metadata: {...manifest.metadata, uid, resourceVersion}};
}

/**
 * A JSON patch that writes the version it expects is refused with 409 when that is not the stored one. A `test` operation would do as
 * well, but the server answers its failure like any malformed patch (422, no reason given; seen on kube-apiserver 1.36.3). It stands last, so
 * that no operation before it can take the version away again.
 */
function boundPatch(type: 'json' | 'merge' | 'strategic', patch: Json, binding: Binding): Json {
	if (typeof binding === 'string' || binding.resourceVersion === undefined) return patch;
	const {resourceVersion} = binding;
	if (type === 'json')
		return [...(Array.isArray(patch) ? patch : []), {op: 'add', path: '/metadata/resourceVersion', value: resourceVersion}];
	const body = isJsonObject(patch) ? patch : {};
	return {...body, metadata: {...(isJsonObject(body.metadata) ? body.metadata : {}), resourceVersion}};
}

/** A DELETE with a body is read from its body alone, so the dry run stands here too. */
const deleteOptions = (write: Extract<Write, {op: 'delete'}>, binding: Binding, dryRun: boolean): JsonObject => ({
	apiVersion: 'v1',
	kind: 'DeleteOptions',
	...preconditions(binding),
	propagationPolicy: write.propagation,
	gracePeriodSeconds: write.graceSeconds,
	dryRun: dryRun ? ['All'] : undefined,
});

const eviction = ({ref, graceSeconds}: Extract<Write, {op: 'evict'}>, binding: Binding, dryRun: boolean): JsonObject => ({
	apiVersion: 'policy/v1',
	kind: 'Eviction',
	metadata: {name: ref.name, namespace: ref.namespace},
	deleteOptions: {...preconditions(binding), gracePeriodSeconds: graceSeconds, dryRun: dryRun ? ['All'] : undefined},
});

const preconditions = (binding: Binding): JsonObject =>
	typeof binding === 'string' ? {} : {preconditions: {uid: binding.uid, resourceVersion: binding.resourceVersion}};
