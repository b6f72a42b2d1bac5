import {childField, type FieldSchema} from '../diff/kube-schema.ts';
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import {PatchError} from './patch-error.ts';

/** Keys of the patch itself, which steer the merge and never reach the object. */
const isDirective = (key: string) => key.startsWith('$');

/**
 * Applies a strategic merge patch: lists merge by the merge key that the type declares, everything else as in a merge patch.
 * Knows `$patch: delete|replace|merge`, `$retainKeys`, `$deleteFromPrimitiveList/…` and `$setElementOrder/…`. Neither argument is changed.
 * @param schema of the kind; without one every list is replaced
 * @throws PatchError when a list item of the patch lacks its merge key
 * @see apimachinery pkg/util/strategicpatch (Kubernetes 1.36)
 */
export function strategicPatch(target: Json | undefined, patch: Json, schema: FieldSchema | undefined): Json {
	if (!isJsonObject(patch)) return patch;
	const {$patch, $retainKeys} = patch;
	if ($patch === 'replace') return withoutDirectives(patch);
	if ($patch === 'delete') return {};
	const merged = new Map(Object.entries(isJsonObject(target) ? target : {}));
	if (Array.isArray($retainKeys)) for (const key of [...merged.keys()]) if (!$retainKeys.includes(key)) merged.delete(key);
	for (const [key, value] of Object.entries(patch)) {
		if (value === undefined || isDirective(key)) continue;
		if (value === null || (isJsonObject(value) && value.$patch === 'delete')) merged.delete(key);
		else merged.set(key, mergeField(merged.get(key), value, childField(schema, key), key));
	}
	for (const [key, value] of Object.entries(patch)) applyListDirective(merged, key, value, schema);
	return Object.fromEntries(merged);
}

function mergeField(target: Json | undefined, value: Json, schema: FieldSchema | undefined, name: string): Json {
	if (!Array.isArray(value)) return strategicPatch(target, value, schema);
	const key = schema?.kind === 'list' ? schema.mergeKey : undefined;
	const old = Array.isArray(target) ? target : [];
	if (key === undefined || schema?.kind !== 'list') return value.map(item => (isJsonObject(item) ? withoutDirectives(item) : item));
	if (key === '') return union(old, value);
	return mergeItems(old, value, {key, item: schema.of, name});
}

const union = (old: readonly Json[], more: readonly Json[]): readonly Json[] => [
	...new Map([...old, ...more].map(value => [canonicalJson(value), value])).values(),
];

function mergeItems(
	old: readonly Json[],
	items: readonly Json[],
	{key, item: schema, name}: {readonly key: string; readonly item: FieldSchema; readonly name: string},
): readonly Json[] {
	const objects = items.filter(isJsonObject);
	if (objects.some(item => item.$patch === 'replace' && item[key] === undefined))
		return objects.filter(item => item.$patch === undefined).map(withoutDirectives);
	let merged: readonly Json[] = old;
	for (const item of objects) {
		if (item[key] === undefined) throw new PatchError(`an item of ${name} has no ${key}, by which the list is merged`);
		const index = merged.findIndex(other => isJsonObject(other) && other[key] === item[key]);
		const known = merged[index];
		if (item.$patch === 'delete') merged = merged.filter((_, other) => other !== index);
		else if (known === undefined) merged = [...merged, strategicPatch({}, item, schema)];
		else merged = merged.with(index, strategicPatch(known, item, schema));
	}
	return merged;
}

function applyListDirective(
	merged: Map<string, Json | undefined>,
	directive: string,
	value: Json | undefined,
	schema: FieldSchema | undefined,
) {
	const [kind, name] = directive.split('/', 2);
	const list = name === undefined ? undefined : merged.get(name);
	if (name === undefined || !Array.isArray(list) || !Array.isArray(value)) return;
	if (kind === '$deleteFromPrimitiveList')
		merged.set(
			name,
			list.filter(item => !value.includes(item)),
		);
	if (kind === '$setElementOrder') merged.set(name, ordered(list, value, childField(schema, name)));
}

/** Listed items in the listed order; the others keep their place behind the item that they followed. */
function ordered(list: readonly Json[], order: readonly Json[], schema: FieldSchema | undefined): readonly Json[] {
	const key = schema?.kind === 'list' ? (schema.mergeKey ?? '') : '';
	const idOf = (item: Json) => canonicalJson(isJsonObject(item) ? item[key] : item);
	const rank = new Map(order.map((item, index) => [idOf(item), index]));
	let last = -1;
	const ranked = list.map(item => {
		last = rank.get(idOf(item)) ?? last;
		return {item, rank: last};
	});
	return ranked.toSorted((a, b) => a.rank - b.rank).map(({item}) => item);
}

function withoutDirectives(object: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(object).filter(([key]) => !isDirective(key)));
}
