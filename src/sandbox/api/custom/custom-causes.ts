import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {StatusCause} from '../../status-error.ts';
import {type Causes, invalidValue, required, unsupported} from '../admission/validate/causes.ts';

/** What a structural schema refuses, in the words of the API server's validator. CEL rules are not evaluated. */
export function customCauses(schema: JsonObject, value: Json | undefined, path = ''): Causes {
	if (value === undefined) return [];
	if (value === null) return schema.nullable === true ? [] : [wrongType(path, 'null', textAt(schema, 'type') ?? '')];
	const type = textAt(schema, 'type');
	if (schema['x-kubernetes-int-or-string'] === true)
		return ['string', 'integer'].includes(typeOf(value)) ? [] : [wrongType(path, typeOf(value), 'integer,string')];
	if (type !== undefined && !fits(type, value)) return [wrongType(path, typeOf(value), type)];
	const allowed = schema.enum;
	if (Array.isArray(allowed) && !allowed.includes(value)) return [unsupported(path, value, allowed.map(String))];
	if (typeof value === 'number') return numberCauses(schema, value, path);
	if (typeof value === 'string') return textCauses(schema, value, path);
	if (Array.isArray(value)) return listCauses(schema, value, path);
	return isJsonObject(value) ? objectCauses(schema, value, path) : [];
}

const typeOf = (value: Json) => {
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return value === null ? 'null' : typeof value;
};

const fits = (type: string, value: Json) => typeOf(value) === type || (type === 'number' && typeOf(value) === 'integer');

const wrongType = (path: string, found: string, type: string): StatusCause => ({
	reason: 'FieldValueTypeInvalid',
	message: `Invalid value: "${found}": ${path} in body must be of type ${type}: "${found}"`,
	field: path,
});

const inBody = (path: string, value: Json, words: string) => invalidValue(path, value, `${path} in body ${words}`);

function numberCauses({minimum, maximum, exclusiveMinimum, exclusiveMaximum}: JsonObject, value: number, path: string): Causes {
	const low = typeof minimum === 'number' && (exclusiveMinimum === true ? value <= minimum : value < minimum);
	const high = typeof maximum === 'number' && (exclusiveMaximum === true ? value >= maximum : value > maximum);
	return [
		...(low ? [inBody(path, value, `should be greater than ${exclusiveMinimum === true ? '' : 'or equal to '}${minimum}`)] : []),
		...(high ? [inBody(path, value, `should be less than ${exclusiveMaximum === true ? '' : 'or equal to '}${maximum}`)] : []),
	];
}

function textCauses({minLength, maxLength, pattern}: JsonObject, value: string, path: string): Causes {
	return [
		...(typeof minLength === 'number' && value.length < minLength
			? [inBody(path, value, `should be at least ${minLength} chars long`)]
			: []),
		...(typeof maxLength === 'number' && value.length > maxLength
			? [{reason: 'FieldValueTooLong', message: `Too long: may not be more than ${maxLength} bytes`, field: path}]
			: []),
		...(typeof pattern === 'string' && !matches(pattern, value) ? [inBody(path, value, `should match '${pattern}'`)] : []),
	];
}

/** Patterns are Go's; one that JavaScript cannot read judges nothing. */
function matches(pattern: string, value: string): boolean {
	try {
		return new RegExp(pattern).test(value);
	} catch {
		return true;
	}
}

function listCauses(schema: JsonObject, value: readonly Json[], path: string): Causes {
	const {minItems, maxItems} = schema;
	const few = typeof minItems === 'number' && value.length < minItems;
	const many = typeof maxItems === 'number' && value.length > maxItems;
	return [
		...(few ? [inBody(path, value.length, `should have at least ${minItems} items`)] : []),
		...(many
			? [{reason: 'FieldValueTooMany', message: `Too many: ${value.length}: must have at most ${maxItems} items`, field: path}]
			: []),
		...value.flatMap((item, index) => customCauses(objectAt(schema, 'items'), item, `${path}[${index}]`)),
	];
}

function objectCauses(schema: JsonObject, value: JsonObject, path: string): Causes {
	const at = (name: string) => (path === '' ? name : `${path}.${name}`);
	const missing = listAt(schema, 'required')
		.map(String)
		.filter(name => value[name] === undefined);
	const properties = objectAt(schema, 'properties');
	const values = schema.additionalProperties;
	return [
		...missing.map(name => required(at(name))),
		...Object.entries(value).flatMap(([name, inner]) => {
			const declared = Object.hasOwn(properties, name) ? properties[name] : values;
			// Metadata has rules of its own.
			return isJsonObject(declared) && !(path === '' && name === 'metadata') ? customCauses(declared, inner, at(name)) : [];
		}),
	];
}
