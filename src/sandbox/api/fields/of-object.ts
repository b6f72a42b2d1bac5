import {childField, type FieldSchema} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {type FieldSet, isEmpty, noFields} from './field-set.ts';
import {itemStep} from './list-items.ts';

/**
 * How a value is taken apart for ownership. Values of unknown type (custom resources) are taken apart by what they are:
 * objects by key, lists as a whole.
 */
export function isLeaf(schema: FieldSchema | undefined, value: Json): boolean {
	if (Array.isArray(value)) return schema?.kind !== 'list' || schema.list === 'atomic';
	if (!isJsonObject(value)) return true;
	return (schema?.kind === 'any' && schema.deduced !== true) || ((schema?.kind === 'object' || schema?.kind === 'map') && schema.atomic);
}

/** Every field an applied value mentions. */
export function fieldsOf(schema: FieldSchema | undefined, value: Json): FieldSet {
	if (isLeaf(schema, value)) return noFields;
	const steps: {[step: string]: FieldSet} = {};
	if (Array.isArray(value) && schema?.kind === 'list') {
		for (const item of value) {
			const inner = schema.list === 'set' ? noFields : fieldsOf(schema.of, item);
			steps[itemStep(schema, item)] = schema.list === 'set' ? noFields : {'.': noFields, ...inner};
		}
		return Object.fromEntries(Object.entries(steps).sort(byText));
	}
	if (!isJsonObject(value)) return noFields;
	for (const [key, inner] of Object.entries(value).sort(byText)) {
		if (inner === undefined) continue;
		const below = fieldsOf(childField(schema, key), inner);
		// A key that no type declares is a member itself.
		steps[`f:${key}`] = schema?.kind === 'object' || isEmpty(below) ? below : {'.': noFields, ...below};
	}
	return steps;
}

const byText = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

const systemMetadata = new Set([
	'name',
	'namespace',
	'uid',
	'resourceVersion',
	'generation',
	'creationTimestamp',
	'deletionTimestamp',
	'deletionGracePeriodSeconds',
	'managedFields',
	'selfLink',
]);

/** The object without what nobody owns: identity, versions and times. */
export function ownable(object: JsonObject): JsonObject {
	const {apiVersion: _version, kind: _kind, metadata, ...rest} = object;
	if (!isJsonObject(metadata)) return rest;
	const kept = Object.entries(metadata).filter(([key, value]) => !systemMetadata.has(key) && value !== undefined);
	return kept.length === 0 ? rest : {metadata: Object.fromEntries(kept), ...rest};
}
