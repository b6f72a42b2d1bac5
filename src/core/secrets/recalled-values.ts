import type {SealedValues} from '../journal.ts';
import {isJsonObject, type Json} from '../json.ts';
import type {Write} from '../plan.ts';
import {type JsonPath, mapStrings} from './map-strings.ts';
import {anyPlaceholder} from './seal.ts';
import {payloadOf} from './seal-places.ts';

/**
 * The values that a write had before they were taken out of it, by the same payload as a whole.
 * @returns undefined where the payload is another one
 */
export function recalledValues(write: Write, whole: Json | undefined): SealedValues | undefined {
	const values: {[placeholder: string]: string} = {};
	let isSame = true;
	mapStrings(payloadOf(write), (text, path) => {
		const placeholders = text.match(anyPlaceholder);
		if (placeholders === null) return text;
		const found = between(text.split(anyPlaceholder), at(whole, path));
		if (found === undefined) isSame = false;
		for (const [index, placeholder] of placeholders.entries()) values[placeholder] = found?.[index] ?? '';
		return text;
	});
	return isSame ? values : undefined;
}

const at = (value: Json | undefined, path: JsonPath): Json | undefined =>
	path.reduce<Json | undefined>((here, step) => {
		if (typeof step === 'number') return Array.isArray(here) ? here[step] : undefined;
		return isJsonObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
	}, value);

/** What stands between the parts of a text, which follow each other in it and are all of the rest. */
function between([first = '', ...rest]: readonly string[], text: Json | undefined): readonly string[] | undefined {
	if (typeof text !== 'string' || !text.startsWith(first)) return undefined;
	const values: string[] = [];
	let from = first.length;
	for (const [index, part] of rest.entries()) {
		const isLast = index === rest.length - 1;
		const end = isLast ? text.length - part.length : text.indexOf(part, from + 1);
		if (end < from || !text.startsWith(part, end)) return undefined;
		values.push(text.slice(from, end));
		from = end + part.length;
	}
	return values;
}
