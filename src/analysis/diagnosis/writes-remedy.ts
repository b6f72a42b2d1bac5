import type {JsonObject} from '../../core/json.ts';
import {type KubeObject, type Ref, refOf} from '../../core/kube/kube-object.ts';
import {serverMetadata} from '../../core/kube/server-metadata.ts';
import type {Write} from '../../core/plan.ts';
import type {Remedy} from './cause.ts';
import {type Exchange, operationsOf} from './patch-remedy.ts';

type Rest = Pick<Remedy, 'text' | 'side' | 'sure'>;

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
