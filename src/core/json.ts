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
	if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
	// Plans and records are written so again and again: texts grow at once, without a list of their parts.
	let text = '';
	if (Array.isArray(value)) {
		for (const item of value) text += `${text === '' ? '' : ','}${canonicalJson(item ?? null)}`;
		return `[${text}]`;
	}
	const object = value as JsonObject;
	for (const key of Object.keys(object).sort()) {
		const item = object[key];
		if (item !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
	}
	return `{${text}}`;
}
