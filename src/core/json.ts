/** Everything that crosses a room's border is JSON, so that it can be stored, hashed, shown and sent. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = {readonly [key: string]: Json | undefined};

/** Whether a value is an object with keys, not a list and not null. */
export const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object without these keys. */
export const withoutKeys = <Value>(object: {readonly [key: string]: Value}, keys: ReadonlySet<string>): {[key: string]: Value} =>
	Object.fromEntries(Object.entries(object).filter(([key]) => !keys.has(key)));

/** One text for one value: keys sorted, undefined left out. Equal values give equal texts, so the text can be hashed. */
export function canonicalJson(value: Json | undefined): string {
	if (Array.isArray(value)) return `[${value.map(item => canonicalJson(item ?? null)).join(',')}]`;
	if (!isJsonObject(value)) return JSON.stringify(value ?? null);
	const entries = Object.keys(value)
		.filter(key => value[key] !== undefined)
		.sort()
		.map(key => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
	return `{${entries.join(',')}}`;
}
