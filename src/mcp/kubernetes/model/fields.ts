import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';

/** Text at a path; `''` where there is none, for what is shown and compared anyway. */
export const wordAt = (value: Json | undefined, ...path: readonly string[]): string => textAt(value, ...path) ?? '';

/** The objects of the list at a path; none where there is no list. */
export const objectsAt = (value: Json | undefined, ...path: readonly string[]): readonly JsonObject[] =>
	listAt(value, ...path).filter(isJsonObject);

/** The texts of the list at a path. */
export const textsAt = (value: Json | undefined, ...path: readonly string[]): readonly string[] =>
	listAt(value, ...path).filter(item => typeof item === 'string');

/** Labels, annotations, data: the entries of the map at a path whose values are texts. */
export function textMapAt(value: Json | undefined, ...path: readonly string[]): {readonly [key: string]: string} {
	const entries = Object.entries(objectAt(value, ...path));
	return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
