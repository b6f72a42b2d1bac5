import {isJsonObject, type Json} from './json.ts';

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
