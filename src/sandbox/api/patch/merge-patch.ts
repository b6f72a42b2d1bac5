import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';

/** JSON merge patch (RFC 7386): null removes, objects merge, anything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
	if (!isJsonObject(patch)) return patch;
	const merged: {[key: string]: Json | undefined} = isJsonObject(target) ? {...target} : {};
	for (const [key, value] of Object.entries(patch as JsonObject)) {
		if (value === null) delete merged[key];
		else if (value !== undefined) merged[key] = mergePatch(merged[key], value);
	}
	return merged;
}
