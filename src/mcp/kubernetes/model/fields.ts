import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';

/** The value at a path of keys and indexes; undefined where anything on the way is missing or of another shape. */
export function fieldAt(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
	let here: Json | undefined = value;
	for (const segment of path) {
		if (Array.isArray(here)) here = here[Number(segment)];
		else if (isJsonObject(here) && Object.hasOwn(here, segment)) here = here[segment];
		else return undefined;
	}
	return here;
}

/** Text at a path; `''` where there is none. */
export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string {
	const found = fieldAt(value, ...path);
	return typeof found === 'string' ? found : '';
}

/** Number at a path; undefined where there is none. */
export function numberAt(value: Json | undefined, ...path: readonly (string | number)[]): number | undefined {
	const found = fieldAt(value, ...path);
	return typeof found === 'number' ? found : undefined;
}

/** The objects of the list at a path; none where there is no list. */
export function objectsAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly JsonObject[] {
	const found = fieldAt(value, ...path);
	return Array.isArray(found) ? found.filter(isJsonObject) : [];
}

/** The texts of the list at a path. */
export function textsAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly string[] {
	const found = fieldAt(value, ...path);
	return Array.isArray(found) ? found.filter(item => typeof item === 'string') : [];
}

/** Labels, annotations, data: the entries of the map at a path whose values are texts. */
export function textMapAt(value: Json | undefined, ...path: readonly (string | number)[]): {readonly [key: string]: string} {
	const found = fieldAt(value, ...path);
	if (!isJsonObject(found)) return {};
	return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
