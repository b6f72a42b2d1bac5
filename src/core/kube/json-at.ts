import {isJsonObject, type Json, type JsonObject} from '../json.ts';

/** Thousands of steps are read for each look at a cluster: a loop makes no garbage. */
function reached(value: Json | undefined, path: readonly string[]): Json | undefined {
	let here = value;
	for (const step of path) {
		if (!isJsonObject(here) || !Object.hasOwn(here, step)) return undefined;
		here = here[step];
	}
	return here;
}

/** Reading steps into JSON of unknown shape: what is absent or of another type reads as nothing. */
export const valueAt = (value: Json | undefined, ...path: readonly string[]): Json | undefined => reached(value, path);

/** The object at a path; empty where there is none. */
export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
	const found = reached(value, path);
	return isJsonObject(found) ? found : {};
}

/** The list at a path; empty where there is none. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
	const found = reached(value, path);
	return Array.isArray(found) ? found : [];
}

/** The text at a path; undefined where there is none. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
	const found = reached(value, path);
	return typeof found === 'string' ? found : undefined;
}

/** The number at a path; undefined where there is none. A number in a text is a text. */
export function numberAt(value: Json | undefined, ...path: readonly string[]): number | undefined {
	const found = reached(value, path);
	return typeof found === 'number' ? found : undefined;
}
