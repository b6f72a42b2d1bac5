import type {FieldSchema} from '../../../core/diff/kube-schema.ts';
import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import {type KubeObject, refText} from '../../../core/kube/kube-object.ts';
import {jsonPatch} from '../../../core/patch/json-patch.ts';
import {mergePatch} from '../../../core/patch/merge-patch.ts';
import {PatchError} from '../../../core/patch/patch-error.ts';
import {strategicPatch} from '../../../core/patch/strategic-patch.ts';
import type {Write} from '../../../core/plan.ts';
import {mergeApplied} from './merge-applied.ts';

/**
 * What a write would leave, told without the server; null where the object would be gone.
 * The server's defaults, admission and checks are missing from it, which the plan says.
 * @throws MkcoaError `bad-patch` when the patch does not fit the object
 */
export function localAfter(write: Write, live: KubeObject | undefined, schema: FieldSchema | undefined): KubeObject | null {
	switch (write.op) {
		case 'create':
		case 'replace':
			return write.manifest;
		case 'apply':
			return asObject(mergeApplied(live, write.manifest, schema), write.manifest);
		case 'patch':
			return live === undefined ? null : asObject(patched(write, live, schema), live);
		case 'exec':
			return live ?? null;
		case 'delete':
		case 'evict':
			return null;
	}
}

function patched(write: Extract<Write, {op: 'patch'}>, live: KubeObject, schema: FieldSchema | undefined): Json {
	try {
		if (write.type === 'json') return jsonPatch(live, write.patch);
		return write.type === 'merge' ? mergePatch(live, write.patch) : strategicPatch(live, write.patch, schema);
	} catch (error) {
		if (!(error instanceof PatchError)) throw error;
		throw new MkcoaError(
			{
				kind: 'usage',
				code: 'bad-patch',
				what: `The patch does not fit ${refText(write.ref)}`,
				why: error.message,
				next: 'Read the object with k8s get and correct the patch',
			},
			{cause: error},
		);
	}
}

/** A patch may not change what an object is; where it tried, the identity of the object stands. */
function asObject(value: Json, {apiVersion, kind, metadata}: KubeObject): KubeObject {
	const object = isJsonObject(value) ? value : {};
	const changed = isJsonObject(object.metadata) ? object.metadata : {};
	const {name, namespace} = metadata;
	return {...object, apiVersion, kind, metadata: {...changed, name, ...(namespace === undefined ? {} : {namespace})}};
}
