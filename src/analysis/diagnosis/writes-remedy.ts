import type {JsonObject} from '../../core/json.ts';
import {type KubeObject, type Ref, refOf} from '../../core/kube/kube-object.ts';
import {serverMetadata} from '../../core/kube/server-metadata.ts';
import type {Write} from '../../core/plan.ts';
import type {Remedy} from './cause.ts';

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

/** The manifest of a resource_apply. */
export const applied = (manifest: JsonObject, rest: Rest): Remedy => ({
	tool: 'resource_apply',
	input: {manifest: JSON.stringify(manifest)},
	...rest,
});
