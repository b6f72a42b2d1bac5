import {percentile} from '../statistics/summary.ts';
import {periodOf} from './period.ts';

/** In what way the latest rows are unlike what came before. */
type Reason = 'spike' | 'level' | 'season broken' | 'flat' | 'unsteady' | 'calm' | 'shape';

/** What is strange about the latest rows of a series. */
export type Explanation = {
	readonly reason: Reason;
	/** Of the latest rows, the one that is farthest from what was expected. */
	readonly value: number;
	/** Between these it would have been in nine of ten cases. */
	readonly expected: {readonly low: number; readonly high: number};
	/** Rows of a season, where the series has one. */
	readonly period?: number;
	/** One sentence for people. */
	readonly text: string;
};

/** Rows that are looked at, after those that they are compared with. */
export const latest = 11;
/** Rows of the past that say what is usual where there is no season. */
const usual = 300;
/** Cycles of a season, and rows around the same place in each, that say what is usual at this place. */
const cycles = 5;
const around = 2;
/** Equal values in a row that can be called flat. */
const leastFlat = 5;

/** Says what is strange about the latest of these values. The season is searched for here, not at every row: it costs a millisecond. */
export function explain(values: readonly number[]): Explanation {
	const past = values.slice(0, Math.max(1, values.length - latest));
	const period = periodOf(past);
	const rows = values.slice(past.length).map((value, at) => ({value, expected: rangeAt(values, past.length, past.length + at, period)}));
	const farthest = rows.reduce((worst, row) => (distanceOf(row) >= distanceOf(worst) ? row : worst), rows[0] ?? nothing);
	const reason = reasonOf(values, past, rows, period);
	const found = {reason, ...farthest, ...(period === undefined ? {} : {period})};
	return {...found, text: explanationText(found)};
}

type Range = Explanation['expected'];
type Row = Pick<Explanation, 'value' | 'expected'>;

const nothing: Row = {value: 0, expected: {low: 0, high: 0}};

/** How far a value is outside of what was expected. */
const distanceOf = ({value, expected: {low, high}}: Row) => Math.max(0, low - value, value - high);

/** What a row would have been: as the same place of the seasons before it, or as the rows before. Uses rows before `end` alone. */
function rangeAt(values: readonly number[], end: number, row: number, period: number | undefined): Range {
	const places = period === undefined ? [] : Array.from({length: cycles}, (_, cycle) => row - (cycle + 1) * period);
	const alike = places.flatMap(place => values.slice(Math.max(0, place - around), Math.min(end, place + around + 1)));
	return middleOf(alike.length > cycles ? alike : values.slice(Math.max(0, end - usual), end));
}

const middleOf = (values: readonly number[]): Range => ({low: percentile(values, 5), high: percentile(values, 95)});

/** By half as much as nine of ten values lie apart. */
const isOutside = (row: Row) => distanceOf(row) > (row.expected.high - row.expected.low) / 2;

function reasonOf(values: readonly number[], past: readonly number[], rows: readonly Row[], period: number | undefined): Reason {
	const equal = lastRun(values);
	if (equal >= leastFlat && equal > longestRun(past)) return 'flat';
	const strange = rows.filter(isOutside);
	const sides = new Set(strange.map(({value, expected}) => value > expected.high));
	if (strange.length === 0 || sides.size > 1) return steadiness(values, past);
	const everywhere = middleOf(past);
	if (period !== undefined && strange.every(({value}) => !isOutside({value, expected: everywhere}))) return 'season broken';
	return strange.length > latest / 2 ? 'level' : 'spike';
}

/** Whether the latest rows go up and down more, or less, than rows did: by a factor of two in the mean step. */
function steadiness(values: readonly number[], past: readonly number[]): Reason {
	const [now, before] = [meanStep(values.slice(-2 * latest)), meanStep(past.slice(-usual))];
	if (now > 2 * before) return 'unsteady';
	return now < before / 2 ? 'calm' : 'shape';
}

const meanStep = (values: readonly number[]) =>
	values.slice(1).reduce((sum, value, at) => sum + Math.abs(value - (values[at] ?? value)), 0) / Math.max(1, values.length - 1);

/** Equal values at the end. */
function lastRun(values: readonly number[]): number {
	const other = values.findLastIndex(value => value !== values.at(-1));
	return values.length - 1 - other;
}

function longestRun(values: readonly number[]): number {
	let [run, longest] = [0, 0];
	values.forEach((value, row) => {
		run = value === values[row - 1] ? run + 1 : 1;
		longest = Math.max(longest, run);
	});
	return longest;
}

/**
 * An explanation as one sentence without its subject: `jumps to 4, where 1 to 2 is usual`.
 * @param written writes a value, such as with its unit
 * @param rows writes how long so many rows are
 */
export function explanationText(
	{reason, value, expected: {low, high}, period}: Omit<Explanation, 'text'>,
	written: (value: number) => string = rounded,
	rows: (count: number) => string = count => `${count} rows`,
): string {
	const now = written(value);
	const range = `${written(low)} to ${written(high)} is usual${period === undefined ? '' : ` at this place of its season of ${rows(period)}`}`;
	return {
		spike: `jumps to ${now}, where ${range}`,
		level: `stays at about ${now}, where ${range}`,
		'season broken': `is ${now} out of season: ${range}`,
		flat: `does not move from ${now} any more; ${range}`,
		unsteady: `goes up and down more than it used to, now ${now}; ${range}`,
		calm: `goes up and down less than it used to, now ${now}; ${range}`,
		shape: `takes a course that it has not taken before, now ${now}; ${range}`,
	}[reason];
}

/** Four significant digits. */
const rounded = (value: number) => String(Number(value.toPrecision(4)));
