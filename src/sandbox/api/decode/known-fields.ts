import type {FieldSchema, ScalarField} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {readQuantity} from '../../../core/kube/quantity.ts';
import {isCustomType} from '../custom/custom-field.ts';
import {goName} from './go-text.ts';
import {canonicalQuantity} from './quantity.ts';

export type Decoded = {
	readonly value: Json;
	/** Paths of fields the type does not have; they are left out of the value. */
	readonly unknown: readonly string[];
	/** The first value of a wrong type, worded as Go's decoder does. */
	readonly mismatch: string | undefined;
};

/** Reads a value as its type would: unknown fields are dropped and named, wrong types are reported, quantities take their canonical form. */
export function decodeAs(field: FieldSchema | undefined, value: JsonObject): Decoded {
	const unknown: string[] = [];
	let mismatch: string | undefined;
	const wrong = (path: string, found: Json, type: string, owner: string) => {
		const [, struct = ''] = /([^.]+)$/.exec(owner) ?? [];
		mismatch ??= `json: cannot unmarshal ${goName(found)} into Go struct field ${struct}.${path.replace(/\[\d+\]/g, '')} of type ${type}`;
	};

	const walk = (schema: FieldSchema | undefined, here: Json, path: string, owner: string): Json => {
		if (schema === undefined || schema.kind === 'any' || here === null) return here;
		if (schema.kind === 'scalar') {
			const type = goType(schema, here);
			if (type !== undefined) wrong(path, here, type, owner);
			else mismatch ??= badText(schema, here);
			return schema.scalar === 'quantity' && (typeof here === 'string' || typeof here === 'number') ? canonicalQuantity(here) : here;
		}
		if (schema.kind === 'list') {
			if (Array.isArray(here)) return here.map((item, index) => walk(schema.of, item, `${path}[${index}]`, owner));
			wrong(path, here, `[]${goElement(schema.of)}`, owner);
			return here;
		}
		if (!isJsonObject(here)) {
			wrong(path, here, schema.kind === 'map' ? `map[string]${goElement(schema.of)}` : goElement(schema), owner);
			return here;
		}
		// A map takes every key, `__proto__` too.
		const kept = new Map<string, Json>();
		for (const [key, inner] of Object.entries(here)) {
			if (inner === undefined) continue;
			const child = path === '' ? key : `${path}.${key}`;
			const type = schema.kind === 'object' ? schema.field(key) : schema.of;
			if (type === undefined) unknown.push(child);
			else if (isLeftOut(type, key, inner)) continue;
			// Go names a value of a map by the map.
			else
				kept.set(
					key,
					walk(type, inner, schema.kind === 'map' && type.kind === 'scalar' ? path : child, schema.kind === 'object' ? schema.type : owner),
				);
		}
		return Object.fromEntries(kept);
	};

	const read = walk(field, value, '', field?.kind === 'object' ? field.type : '');
	// Wrong types of custom kinds are told by their validation.
	return {value: read, unknown, mismatch: isCustomType(field) ? undefined : mismatch};
}

// Booleans that are no pointers in Go, so that false is written as nothing.
const leftOutWhenFalse = new Set([
	'paused',
	'hostNetwork',
	'hostPID',
	'hostIPC',
	'stdin',
	'stdinOnce',
	'tty',
	'readOnly',
	'unschedulable',
	'publishNotReadyAddresses',
]);

// Go writes no empty map or list, but for those few whose field says otherwise.
const isLeftOut = ({kind}: FieldSchema, key: string, value: Json) =>
	(value === null && kind !== 'scalar') ||
	(value === false && kind === 'scalar' && leftOutWhenFalse.has(key)) ||
	(key !== 'containers' &&
		((kind === 'list' && Array.isArray(value) && value.length === 0) ||
			(kind === 'map' && isJsonObject(value) && Object.keys(value).length === 0)));

const goElement = (schema: FieldSchema) => {
	if (schema.kind === 'object') return schema.type.replace(/^.*?([^.]+\.[^.]+)$/, '$1');
	return schema.kind === 'scalar' && (schema.scalar === 'integer' || schema.scalar === 'number') ? 'int32' : 'string';
};

/** Why a text of the right type cannot be read, in the words of the type that reads it. */
function badText({scalar}: ScalarField, value: Json): string | undefined {
	if (scalar === 'quantity' && readQuantity(String(value)) === undefined) {
		return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
	}
	if (scalar !== 'bytes' || typeof value !== 'string') return undefined;
	const bad = /[^A-Za-z0-9+/=\r\n]/.exec(value);
	const isWhole = value.replace(/[\r\n]/g, '').length % 4 === 0;
	return bad === null && isWhole ? undefined : `illegal base64 data at input byte ${bad?.index ?? value.length}`;
}

/** The Go type that would refuse the value, or undefined when it fits. */
function goType({scalar}: ScalarField, value: Json): string | undefined {
	switch (scalar) {
		case 'integer':
			return typeof value === 'number' && Number.isInteger(value) ? undefined : 'int32';
		case 'number':
			return typeof value === 'number' ? undefined : 'float64';
		case 'boolean':
			return typeof value === 'boolean' ? undefined : 'bool';
		case 'quantity':
		case 'intOrString':
			return typeof value === 'string' || typeof value === 'number'
				? undefined
				: scalar === 'quantity'
					? 'resource.Quantity'
					: 'intstr.IntOrString';
		default:
			return typeof value === 'string' ? undefined : 'string';
	}
}
