import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {jsonPatch} from '../patch/json-patch.ts';
import {PatchError} from '../patch/patch-error.ts';
import type {Write} from '../plan.ts';

/** Whether an object holds all that a merge patch sets and nothing that it removes. RFC 7396. */
function holds(object: Json | undefined, patch: Json | undefined): boolean {
	if (patch === null) return object === undefined || object === null;
	if (!isJsonObject(patch)) return canonicalJson(object) === canonicalJson(patch);
	const fields: JsonObject = isJsonObject(object) ? object : {};
	return Object.entries(patch).every(([key, value]) => holds(fields[key], value));
}

function changesNothing(object: KubeObject, operations: Json): boolean {
	try {
		return canonicalJson(jsonPatch(object, operations)) === canonicalJson(object);
	} catch (error) {
		if (error instanceof PatchError) return false;
		throw error;
	}
}

/** Whether an object is what a manifest makes it, but for what its server writes into it. */
function holdsManifest(live: KubeObject, {status: _, metadata, ...rest}: KubeObject): boolean {
	const {labels, annotations} = metadata;
	return holds(live, {...rest, metadata: {...(labels && {labels}), ...(annotations && {annotations})}});
}

/**
 * Whether an object is already as a write would leave it, whoever made it so. False where only the server could tell.
 * @param before the object that a deletion was to remove; another one under its name counts as gone
 */
export function shows(write: Write, before: KubeObject | undefined, live: KubeObject | undefined): boolean {
	if (write.op === 'delete')
		return live === undefined || live.metadata.uid !== before?.metadata.uid || live.metadata.deletionTimestamp !== undefined;
	if (write.op === 'create' || write.op === 'replace') return live !== undefined && holdsManifest(live, write.manifest);
	if (write.op !== 'patch' || write.subresource !== undefined || live === undefined) return false;
	if (write.type === 'merge') return holds(live, write.patch);
	return write.type === 'json' && changesNothing(live, write.patch);
}
