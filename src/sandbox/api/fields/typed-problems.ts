import {childField, type FieldSchema, type ListField, type ScalarField} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {isCustomType} from '../custom/custom-field.ts';
import {goSyntax, goText} from '../decode/go-text.ts';
import {pathsOf} from './field-set.ts';
import {itemStep} from './list-items.ts';

/**
 * Why an applied configuration is not of its type, in the words of structured-merge-diff: `.spec.replica: field not declared in schema`.
 * Empty when it is, and for kinds whose schema nobody knows.
 */
export function typedProblems(schema: FieldSchema | undefined, value: Json | undefined, path = ''): readonly string[] {
	if (schema === undefined || schema.kind === 'any' || value === undefined || value === null) return [];
	if (schema.kind === 'scalar') {
		const expected = scalarProblem(schema, value);
		return expected === undefined ? [] : [`${path}: expected ${expected}`];
	}
	if (schema.kind === 'list') {
		return Array.isArray(value) ? itemProblems(schema, value, path) : [`${path}: expected list, got &{${goText(value)}}`];
	}
	return isJsonObject(value) ? fieldProblems(schema, value, path) : [`${path}: expected map, got &{${goText(value)}}`];
}

function fieldProblems(schema: FieldSchema, value: JsonObject, path: string): readonly string[] {
	return Object.entries(value).flatMap(([key, inner]) => {
		const field = childField(schema, key);
		return field === undefined ? [`${path}.${key}: field not declared in schema`] : typedProblems(field, inner, `${path}.${key}`);
	});
}

/** Items of a list that is one value are counted; others are named by their key, and each may be there once. */
function itemProblems(schema: ListField, items: readonly Json[], path: string): readonly string[] {
	if (schema.list === 'atomic') return items.flatMap((item, index) => typedProblems(schema.of, item, `${path}[${index}]`));
	const unkeyed = items.findIndex(item => keysProblem(schema, item) !== undefined);
	// What cannot be told apart ends the reading.
	if (unkeyed >= 0) return [`${path}: element ${unkeyed}: ${keysProblem(schema, items[unkeyed] ?? null)}`];
	const steps = items.map(item => itemStep(schema, item));
	const inBrackets = (step: string) => pathsOf({[step]: {}}).join('');
	const doubled = [...new Set(steps.filter((step, index) => steps.indexOf(step) < index))];
	return [
		...doubled.map(step => `${path}: duplicate entries for key ${inBrackets(step)}`),
		...items.flatMap((item, index) => typedProblems(schema.of, item, `${path}${inBrackets(steps[index] ?? '')}`)),
	];
}

/** Keys of built-in types have the empty value of their type by default; those of custom kinds have none. */
function keysProblem(schema: ListField, item: Json): string | undefined {
	if (schema.list !== 'map') return undefined;
	if (item === null) return 'associative list with keys may not have a null element';
	if (!isJsonObject(item)) return 'associative list with keys may not have non-map elements';
	if (!isCustomType(schema.of) || itemStep(schema, item) !== 'k:{}') return undefined;
	const keys = schema.keys.map(key => JSON.stringify(key)).join(' ');
	return `associative list with keys has an element that omits all key fields [${keys}] (and doesn't have default values for any key fields)`;
}

/** What was expected instead. Quantities and the like may be written as a text or as a number, and are read later. */
function scalarProblem({scalar}: ScalarField, value: Json): string | undefined {
	switch (scalar) {
		case 'integer':
		case 'number':
			return typeof value === 'number' ? undefined : `numeric (int or float), got ${goType(value)}`;
		case 'boolean':
			return typeof value === 'boolean' ? undefined : `boolean, got &{${goText(value)}}`;
		case 'quantity':
		case 'intOrString':
			return typeof value === 'object' ? `any scalar, got &{${goText(value)}}` : undefined;
		default:
			return typeof value === 'string' ? undefined : `string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
	}
}

function goType(value: Json): string {
	if (Array.isArray(value)) return '[]interface {}';
	return isJsonObject(value) ? 'map[string]interface {}' : typeof value === 'boolean' ? 'bool' : typeof value;
}
