import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import {valueAt} from '../kube/json-at.ts';

/** Applies a JSON merge patch (RFC 7386): null removes, objects merge, everything else replaces. Neither argument is changed. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
	if (!isJsonObject(patch)) return patch;
	const merged: {[key: string]: Json | undefined} = isJsonObject(target) ? {...target} : {};
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) delete merged[key];
		else if (value !== undefined) define(merged, key, mergePatch(Object.hasOwn(merged, key) ? merged[key] : undefined, value));
	}
	return merged;
}

/** Assigning `__proto__` would set the prototype instead of a key. */
function define(object: {[key: string]: Json | undefined}, key: string, value: Json) {
	Object.defineProperty(object, key, {value, enumerable: true, configurable: true, writable: true});
}

/**
 * The merge patch that makes `after` of `before`, and says nothing of what both have. A key that is null or undefined in `after` is removed, as
 * the API server does with it anyway.
 */
export function mergePatchBetween(before: JsonObject, after: JsonObject): JsonObject {
	const patch: {[key: string]: Json | undefined} = {};
	for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
		const [earlier, later] = [valueAt(before, key) ?? null, valueAt(after, key) ?? null];
		if (canonicalJson(earlier) === canonicalJson(later)) continue;
		define(patch, key, isJsonObject(earlier) && isJsonObject(later) ? mergePatchBetween(earlier, later) : later);
	}
	return patch;
}
