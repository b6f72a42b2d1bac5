import {childField, type FieldSchema, type ListField} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {inGivenOrder} from '../patch/given-order.ts';
import type {FieldSet} from './field-set.ts';
import {itemStep, itemsByStep} from './list-items.ts';
import {isLeaf} from './of-object.ts';

/** The live value with an applied configuration laid over it: what the configuration does not mention stays. */
export function mergeConfig(schema: FieldSchema | undefined, live: Json | undefined, config: Json): Json {
	if (live === undefined || isLeaf(schema, config) || isLeaf(schema, live)) return config;
	if (Array.isArray(config)) return schema?.kind === 'list' && Array.isArray(live) ? mergeItems(schema, live, config) : config;
	if (!isJsonObject(config) || !isJsonObject(live)) return config;
	const merged = new Map(Object.entries(live));
	for (const [key, value] of Object.entries(config)) {
		if (value !== undefined && value !== null) merged.set(key, mergeConfig(childField(schema, key), merged.get(key), value));
	}
	return Object.fromEntries(merged);
}

function mergeItems(schema: ListField, live: readonly Json[], config: readonly Json[]): readonly Json[] {
	const old = itemsByStep(schema, live);
	const wanted = itemsByStep(schema, config);
	const merged = new Map([...old, ...[...wanted].map(([step, item]) => [step, mergeConfig(schema.of, old.get(step), item)] as const)]);
	return inGivenOrder([...merged], [...wanted.keys()], ([step]) => step).map(([, item]) => item);
}

/**
 * Takes away what its manager applied before, no longer applies, and nobody else owns.
 * @param last what the manager owned
 * @param keep what the new configuration and the other managers own
 */
export function prune(schema: FieldSchema | undefined, value: Json, last: FieldSet, keep: FieldSet): Json {
	if (Array.isArray(value)) {
		if (schema?.kind !== 'list') return value;
		return value.flatMap(item => {
			const step = itemStep(schema, item);
			const owned = last[step];
			if (owned === undefined) return [item];
			const kept = keep[step];
			return kept === undefined ? [] : [prune(schema.of, item, owned, kept)];
		});
	}
	return isJsonObject(value) ? pruneKeys(schema, value, last, keep) : value;
}

function pruneKeys(schema: FieldSchema | undefined, value: JsonObject, last: FieldSet, keep: FieldSet): JsonObject {
	const entries = Object.entries(value).flatMap(([key, inner]): (readonly [string, Json | undefined])[] => {
		const owned = last[`f:${key}`];
		if (owned === undefined || inner === undefined) return [[key, inner]];
		const kept = keep[`f:${key}`];
		return kept === undefined ? [] : [[key, prune(childField(schema, key), inner, owned, kept)]];
	});
	return Object.fromEntries(entries);
}
