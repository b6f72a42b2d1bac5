import type {FieldSchema, KubeSchema, ListField, ObjectField, ScalarField} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';

/** Type names of custom kinds begin so; names of built-in types never do. */
const prefix = 'custom:';
export const isCustomType = (field: FieldSchema | undefined) => field?.kind === 'object' && field.type.startsWith(prefix);

const any: FieldSchema = {kind: 'any', deduced: true};
const scalar = (type: ScalarField['scalar']): ScalarField => ({kind: 'scalar', scalar: type});

/** The root type of a custom kind: what its schema declares, and the metadata that every kind has. */
export function customRoot(schema: JsonObject, name: string, builtIn: KubeSchema): ObjectField {
	const root = customField(schema, `${prefix}${name}`);
	const common: {readonly [field: string]: FieldSchema | undefined} = {
		apiVersion: scalar('string'),
		kind: scalar('string'),
		metadata: builtIn.at('v1', 'ConfigMap', ['metadata']),
	};
	const own = root.kind === 'object' ? root : undefined;
	return {
		kind: 'object',
		type: `${prefix}${name}`,
		atomic: false,
		required: own?.required ?? [],
		names: [...Object.keys(common), ...(own?.names ?? []).filter(field => !Object.hasOwn(common, field))],
		field: field => (Object.hasOwn(common, field) ? common[field] : own === undefined ? any : own.field(field)),
	};
}

/** A structural schema as a field: what server-side apply, pruning and explain need of it. */
function customField(schema: JsonObject, path: string): FieldSchema {
	if (schema['x-kubernetes-int-or-string'] === true) return scalar('intOrString');
	const keeps = schema['x-kubernetes-preserve-unknown-fields'] === true;
	switch (textAt(schema, 'type')) {
		case 'array':
			return listField(schema, path);
		case 'object': {
			if (isJsonObject(schema.properties)) return objectField(schema, path, keeps);
			const values = schema.additionalProperties;
			if (isJsonObject(values)) return {kind: 'map', atomic: isAtomic(schema), of: customField(values, `${path}.*`)};
			return keeps || values === true ? any : objectField(schema, path, false);
		}
		case 'integer':
		case 'number':
		case 'boolean':
			return scalar(textAt(schema, 'type') === 'integer' ? 'integer' : textAt(schema, 'type') === 'number' ? 'number' : 'boolean');
		case 'string':
			return scalar('string');
		default:
			return any;
	}
}

const isAtomic = (schema: JsonObject) => schema['x-kubernetes-map-type'] === 'atomic';

function objectField(schema: JsonObject, type: string, keeps: boolean): ObjectField {
	const properties = objectAt(schema, 'properties');
	const read = new Map<string, FieldSchema>();
	return {
		kind: 'object',
		type,
		atomic: isAtomic(schema),
		required: listAt(schema, 'required').map(String),
		names: Object.keys(properties),
		field(name) {
			const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
			if (!isJsonObject(known)) return keeps ? any : undefined;
			const field = read.get(name) ?? customField(known, `${type}.${name}`);
			read.set(name, field);
			return field;
		},
	};
}

function listField(schema: JsonObject, path: string): ListField {
	const declared = textAt(schema, 'x-kubernetes-list-type');
	return {
		kind: 'list',
		list: declared === 'set' || declared === 'map' ? declared : 'atomic',
		keys: listAt(schema, 'x-kubernetes-list-map-keys').map(String),
		of: customField(objectAt(schema, 'items'), `${path}[]`),
	};
}

/** The value with what its schema gives by default, below what is there. */
export function withSchemaDefaults(schema: JsonObject, value: Json): Json {
	if (Array.isArray(value)) {
		const items = objectAt(schema, 'items');
		return value.map(item => withSchemaDefaults(items, item));
	}
	if (!isJsonObject(value)) return value;
	const filled: {[key: string]: Json | undefined} = {...value};
	for (const [name, property] of Object.entries(objectAt(schema, 'properties'))) {
		if (!isJsonObject(property)) continue;
		const present = filled[name] === undefined ? property.default : filled[name];
		if (present !== undefined) filled[name] = withSchemaDefaults(property, present);
	}
	const values = schema.additionalProperties;
	if (!isJsonObject(values)) return filled;
	return Object.fromEntries(
		Object.entries(filled).map(([key, inner]) => [key, inner === undefined ? inner : withSchemaDefaults(values, inner)]),
	);
}
