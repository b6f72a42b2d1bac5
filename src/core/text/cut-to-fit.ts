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

/** The fields of an answer with nothing in them but numbers and short texts: less than that says nothing. */
const bare = {entries: 0, letters: 20};

type Measure = {readonly entries: number; readonly letters: number};

/** Places told of by name; of more, only their number. */
const mostTold = 8;

/**
 * A value cut until its JSON has at most so many characters. Long texts and lists lose their ends, and each loss is told. An object keeps its
 * own fields as long as that is possible, so that it still fits a schema that wants them.
 * @param characters at least 200
 */
export function cutToFit(value: Json, characters: number): Fitted {
	if (JSON.stringify(value).length <= characters) return {value, leftOut: []};
	const keepingOwn = isJsonObject(value) ? [...measures, bare].map(each => ({...each, own: Number.POSITIVE_INFINITY})) : [];
	for (const {own, ...measure} of [...keepingOwn, ...measures.map(each => ({...each, own: each.entries}))]) {
		const lost: string[] = [];
		const smaller = cut(value, {place: '', own}, measure, lost);
		const leftOut = lost.length > mostTold ? [...lost.slice(0, mostTold), `${lost.length - mostTold} more places`] : lost;
		if (JSON.stringify(smaller).length <= characters) return {value: smaller, leftOut};
	}
	return {value: null, leftOut: ['all of it: it is larger than one answer, so ask for less']};
}

/** Where a part stands, and how many fields it may have. */
type At = {readonly place: string; readonly own: number};

function cut(value: Json, {place, own}: At, measure: Measure, lost: string[]): Json {
	const at = place === '' ? 'the answer' : place;
	const below = (here: string): At => ({place: here, own: measure.entries});
	if (typeof value === 'string') {
		if (value.length <= measure.letters) return value;
		lost.push(`${value.length - measure.letters} of ${value.length} letters of ${at}`);
		return `${value.slice(0, measure.letters)}…`;
	}
	if (Array.isArray(value)) {
		if (value.length > measure.entries) lost.push(`${value.length - measure.entries} of ${value.length} entries of ${at}`);
		return value.slice(0, measure.entries).map((entry, index) => cut(entry, below(`${place}[${index}]`), measure, lost));
	}
	if (!isJsonObject(value)) return value;
	const entries = Object.entries(value);
	if (entries.length > own) lost.push(`${entries.length - own} of ${entries.length} fields of ${at}`);
	return Object.fromEntries(
		entries
			.slice(0, own)
			.map(([key, each]) => [
				key,
				each === undefined ? undefined : cut(each, below(place === '' ? key : `${place}.${key}`), measure, lost),
			]),
	);
}
