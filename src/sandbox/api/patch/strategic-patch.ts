import {childField, type FieldSchema, type ListField} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {sameJson} from '../../same-json.ts';
import {StatusError} from '../../status-error.ts';
import {goText} from '../decode/go-text.ts';
import {badRequest} from '../errors.ts';
import {mergeOrder} from './merge-order.ts';

const deleteFrom = '$deleteFromPrimitiveList/';
const orderOf = '$setElementOrder/';

/**
 * Strategic merge patch: lists merge by the key their type declares, and directives in the patch
 * ($patch, $retainKeys, $deleteFromPrimitiveList, $setElementOrder) steer it.
 */
export function strategicPatch(target: JsonObject, patch: JsonObject, field: FieldSchema | undefined): JsonObject {
	const {$patch: directive, $retainKeys: retained, ...changes} = patch;
	if (directive === 'replace') return withoutDirectives(changes);
	if (directive === 'delete') return {};
	// Without a prototype, `__proto__` is a key like any other.
	const merged: {[key: string]: Json | undefined} = Object.assign(Object.create(null), target);
	for (const [key, value] of Object.entries(changes)) {
		if (key.startsWith(orderOf) || value === undefined) continue;
		if (key.startsWith(deleteFrom)) {
			const name = key.slice(deleteFrom.length);
			merged[name] = removeAll(merged[name], value);
		} else if (value === null) delete merged[key];
		else {
			const next = mergeValue(merged[key], value, childField(field, key), changes[`${orderOf}${key}`]);
			if (next === undefined) delete merged[key];
			else merged[key] = next;
		}
	}
	for (const [key, order] of Object.entries(changes)) {
		if (!key.startsWith(orderOf) || Object.hasOwn(changes, key.slice(orderOf.length))) continue;
		const name = key.slice(orderOf.length);
		const list = merged[name];
		const schema = childField(field, name);
		if (Array.isArray(list) && schema?.kind === 'list') merged[name] = inOrder(list, list, order, schema.mergeKey ?? '');
	}
	if (!Array.isArray(retained)) return {...merged};
	return Object.fromEntries(Object.entries(merged).filter(([key]) => retained.includes(key)));
}

function mergeValue(old: Json | undefined, value: Json, field: FieldSchema | undefined, order: Json | undefined): Json | undefined {
	if (isJsonObject(value)) {
		if (value.$patch === 'delete') return undefined;
		if (field?.kind === 'object' && field.strategy === 'replace') return withoutDirectives(value);
		return strategicPatch(isJsonObject(old) ? old : {}, value, field);
	}
	if (!Array.isArray(value)) return value;
	if (field?.kind !== 'list' || field.mergeKey === undefined) return value.filter(item => !isDirective(item)).map(clean);
	const known = Array.isArray(old) ? old : [];
	return inOrder(mergeList(known, value, field, field.mergeKey), known, order ?? value, field.mergeKey);
}

const isDirective = (item: Json) => isJsonObject(item) && Object.keys(item).length === 1 && '$patch' in item;

function mergeList(old: readonly Json[], patch: readonly Json[], field: ListField, key: string): readonly Json[] {
	if (key === '') return [...old, ...patch.filter(item => !old.some(known => sameJson(known, item)))];
	if (patch.some(item => isDirective(item) && isJsonObject(item) && item.$patch === 'replace')) {
		return patch.filter(item => !isDirective(item)).map(clean);
	}
	let merged: readonly Json[] = old;
	for (const item of patch) {
		if (!isJsonObject(item)) throw badRequest('cannot merge a list of objects with a list of other values');
		const id = item[key];
		if (id === undefined) throw new StatusError(500, '', `map: ${goText(item)} does not contain declared merge key: ${key}`);
		const index = merged.findIndex(known => isJsonObject(known) && sameJson(known[key], id));
		const known = merged[index];
		if (item.$patch === 'delete') merged = merged.filter(other => !(isJsonObject(other) && sameJson(other[key], id)));
		else if (index < 0 || !isJsonObject(known)) merged = [...merged, strategicPatch({}, item, field.of)];
		else merged = merged.with(index, strategicPatch(known, item, field.of));
	}
	return merged;
}

const removeAll = (list: Json | undefined, gone: Json): Json =>
	Array.isArray(list) && Array.isArray(gone) ? list.filter(item => !gone.some(other => sameJson(item, other))) : (list ?? []);

/** @param order the patch's list, or its $setElementOrder: items or bare keys */
function inOrder(list: readonly Json[], before: readonly Json[], order: Json | undefined, key: string): readonly Json[] {
	if (!Array.isArray(order)) return list;
	const idOf = (item: Json): string => JSON.stringify(key === '' ? item : isJsonObject(item) ? item[key] : undefined) ?? '';
	return mergeOrder(list, before.map(idOf), order.map(idOf), idOf);
}

const clean = (item: Json): Json => (isJsonObject(item) ? withoutDirectives(item) : item);

/** New content without the words that were meant for the merge. */
function withoutDirectives(value: JsonObject): JsonObject {
	const kept = Object.entries(value).filter(([key]) => !key.startsWith('$'));
	return Object.fromEntries(
		kept.map(([key, inner]) => [key, Array.isArray(inner) ? inner.map(clean) : isJsonObject(inner) ? withoutDirectives(inner) : inner]),
	);
}
