import {isJsonObject, type Json} from '../json.ts';

/** A value small enough, and what is not in it, one fragment each. */
type Fitted = {readonly value: Json; readonly leftOut: readonly string[]};

/** Entries of a list or an object, and letters of a text, that are kept: tried in turn until the whole fits. */
const measures = [
	{entries: 200, letters: 4000},
	{entries: 80, letters: 1500},
	{entries: 40, letters: 600},
	{entries: 20, letters: 300},
	{entries: 10, letters: 160},
	{entries: 5, letters: 80},
	{entries: 3, letters: 40},
] as const;

/** Places told of by name; of more, only their number. */
const mostTold = 8;

/**
 * A value cut until its JSON has at most so many characters. Long texts and lists lose their ends, and each loss is told.
 * @param characters at least 200
 */
export function cutToFit(value: Json, characters: number): Fitted {
	if (JSON.stringify(value).length <= characters) return {value, leftOut: []};
	for (const measure of measures) {
		const lost: string[] = [];
		const smaller = cut(value, '', measure, lost);
		const leftOut = lost.length > mostTold ? [...lost.slice(0, mostTold), `${lost.length - mostTold} more places`] : lost;
		if (JSON.stringify(smaller).length <= characters) return {value: smaller, leftOut};
	}
	return {value: null, leftOut: ['all of it: it is larger than one answer, so ask for less']};
}

function cut(value: Json, place: string, measure: (typeof measures)[number], lost: string[]): Json {
	const at = place === '' ? 'the answer' : place;
	if (typeof value === 'string') {
		if (value.length <= measure.letters) return value;
		lost.push(`${value.length - measure.letters} of ${value.length} letters of ${at}`);
		return `${value.slice(0, measure.letters)}…`;
	}
	if (Array.isArray(value)) {
		if (value.length > measure.entries) lost.push(`${value.length - measure.entries} of ${value.length} entries of ${at}`);
		return value.slice(0, measure.entries).map((entry, index) => cut(entry, `${place}[${index}]`, measure, lost));
	}
	if (!isJsonObject(value)) return value;
	const entries = Object.entries(value);
	if (entries.length > measure.entries) lost.push(`${entries.length - measure.entries} of ${entries.length} fields of ${at}`);
	return Object.fromEntries(
		entries
			.slice(0, measure.entries)
			.map(([key, each]) => [key, each === undefined ? undefined : cut(each, place === '' ? key : `${place}.${key}`, measure, lost)]),
	);
}
