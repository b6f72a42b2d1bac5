import {type Json, type JsonObject, withoutKeys} from '../../core/json.ts';
import {objectAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../core/kube/kube-object.ts';
import {serverMetadata} from '../../core/kube/server-metadata.ts';
import {jsonPatch} from '../../core/patch/json-patch.ts';
import type {Write} from '../../core/plan.ts';
import type {Remedy} from './cause.ts';
import {templateOf} from './earlier-revision.ts';
import {type Exchange, operationsOf} from './patch-remedy.ts';

type Rest = Pick<Remedy, 'text' | 'side' | 'sure' | 'loosens'>;

/** What one tool of the Kubernetes server does not do alone: writes in their order. */
export const inOrder = (writes: readonly Write[], rest: Rest): Remedy => ({tool: 'auto_recovery', input: {}, writes, ...rest});

/** An object as somebody would hand it in: without what the server and its controllers keep in it. */
export function asHandedIn(object: KubeObject): KubeObject {
	const {status: _, metadata, ...rest} = object;
	const kept = Object.fromEntries(
		Object.entries(metadata).filter(([key]) => !serverMetadata.has(key) && key !== 'ownerReferences' && key !== 'finalizers'),
	);
	return {...rest, metadata: {...kept, name: metadata.name}};
}

/** The same object anew, with another spec: for fields that the server never lets change. */
export function madeAnew(object: KubeObject, changed: JsonObject): readonly Write[] {
	const ref: Ref = refOf(object);
	return [
		{op: 'delete', ref},
		{op: 'create', ref, manifest: {...asHandedIn(object), ...changed}},
	];
}

/**
 * A Job once more with a JSON patch of its template, which the server never lets change: what ran of it goes with it.
 */
export function jobAnew(job: KubeObject, patch: readonly Json[]): readonly Write[] {
	// A patch of an object is an object.
	const changed = jsonPatch(job, patch) as KubeObject;
	const spec = objectAt(changed, 'spec');
	// By its selector and labels the server tells its pods from those of the one before.
	const own =
		valueAt(spec, 'manualSelector') === true ? spec : withoutKeys({...spec, template: templateOf(changed)}, new Set(['selector']));
	const ref = refOf(job);
	return [
		{op: 'delete', ref, propagation: 'Background'},
		{op: 'create', ref, manifest: {...asHandedIn(job), spec: own}},
	];
}

/** The write of a patch that refuses where the object has moved since it was read. */
export const writeOf = (object: KubeObject, exchanges: readonly Exchange[]): Write => ({
	op: 'patch',
	ref: refOf(object),
	type: 'json',
	patch: exchanges.flatMap(operationsOf),
});

/** The manifest of a resource_apply. */
export const applied = (manifest: JsonObject, rest: Rest): Remedy => ({
	tool: 'resource_apply',
	input: {manifest: JSON.stringify(manifest)},
	...rest,
});
