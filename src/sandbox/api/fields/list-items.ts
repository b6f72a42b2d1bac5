import type {ListField} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';

// Keys that may be left out of a list item because they have a default.
const keyDefaults: {readonly [key: string]: Json} = {protocol: 'TCP'};

/** The step that names an item of a set or map list: `v:"a"`, `k:{"name":"web"}`. */
export function itemStep(field: ListField, item: Json): string {
	if (field.list === 'set' || !isJsonObject(item)) return `v:${JSON.stringify(item)}`;
	const keys = [...field.keys].sort().flatMap(key => {
		const value = item[key] ?? keyDefaults[key];
		return value === undefined ? [] : [[key, value] as const];
	});
	return `k:${JSON.stringify(Object.fromEntries(keys))}`;
}

/** Items under their steps; of two with the same step the last counts. */
export const itemsByStep = (field: ListField, list: readonly Json[]): ReadonlyMap<string, Json> =>
	new Map(list.map(item => [itemStep(field, item), item]));
