import {defaultMergeKeys} from '../../../core/diff/kube-defaults.ts';
import {childField, type FieldSchema} from '../../../core/diff/kube-schema.ts';
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';

/**
 * What server-side apply would make of a live object, as far as it can be told without the server: objects and maps merge, keyed
 * lists merge by their keys, sets unite, atomic values are replaced. Defaults, and the removal of fields that the same manager
 * applied earlier, are the server's alone.
 */
export function mergeApplied(live: Json | undefined, manifest: Json, schema: FieldSchema | undefined): Json {
	if (Array.isArray(manifest)) return mergeList(Array.isArray(live) ? live : [], manifest, schema);
	if (!isJsonObject(manifest) || !isJsonObject(live) || isAtomic(schema)) return manifest;
	const merged = new Map(Object.entries(live));
	for (const [key, value] of Object.entries(manifest)) {
		if (value !== undefined) merged.set(key, mergeApplied(live[key], value, childField(schema, key)));
	}
	return Object.fromEntries(merged);
}

const isAtomic = (schema: FieldSchema | undefined) => (schema?.kind === 'object' || schema?.kind === 'map') && schema.atomic;

function mergeList(live: readonly Json[], items: readonly Json[], schema: FieldSchema | undefined): Json {
	if (schema?.kind !== 'list' || schema.list === 'atomic') return items;
	if (schema.list === 'set') return [...new Map([...live, ...items].map(item => [canonicalJson(item), item])).values()];
	const idOf = (item: JsonObject) => canonicalJson(schema.keys.map(key => item[key] ?? defaultMergeKeys[key] ?? null));
	const merged = new Map(live.filter(isJsonObject).map(item => [idOf(item), item as Json]));
	for (const item of items.filter(isJsonObject)) merged.set(idOf(item), mergeApplied(merged.get(idOf(item)), item, schema.of));
	return [...merged.values()];
}
