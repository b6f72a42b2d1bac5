import {isJsonObject, type Json} from '../json.ts';

/** A place in JSON: keys and indexes from the root. */
export type JsonPath = readonly (string | number)[];

/** The same JSON with every string value passed through `change`. Keys stay, and so does the shape. */
export function mapStrings<Value extends Json | undefined>(
	value: Value,
	change: (text: string, path: JsonPath) => string,
	path: JsonPath = [],
): Value {
	// The casts hold because lists stay lists, objects keep their keys and strings stay strings.
	return mapped(value, change, path) as Value;
}

function mapped(value: Json | undefined, change: (text: string, path: JsonPath) => string, path: JsonPath): Json | undefined {
	if (typeof value === 'string') return change(value, path);
	if (Array.isArray(value)) return value.map((item, index) => mapped(item, change, [...path, index]) ?? null);
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, change, [...path, key])]));
}
