import {isJsonObject, type Json} from '../../../core/json.ts';

/** A value as Go's %v prints it: `map[spec:map[replica:3]]`, `[a b]`. Some messages of the API server show patches this way. */
export function goText(value: Json | undefined): string {
	if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
	if (isJsonObject(value)) {
		const pairs = Object.keys(value).sort();
		return `map[${pairs.map(key => `${key}:${goText(value[key])}`).join(' ')}]`;
	}
	return value === null || value === undefined ? '<nil>' : String(value);
}

/** What Go's JSON decoder calls a value. */
export const goName = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value);

/** A value as Go's %#v prints it: `map[string]interface {}{"a":1}`. */
export function goSyntax(value: Json | undefined): string {
	if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
	if (typeof value === 'string') return JSON.stringify(value);
	if (!isJsonObject(value)) return value === null || value === undefined ? 'interface {}(nil)' : String(value);
	const pairs = Object.keys(value).sort();
	return `map[string]interface {}{${pairs.map(key => `${JSON.stringify(key)}:${goSyntax(value[key])}`).join(', ')}}`;
}
