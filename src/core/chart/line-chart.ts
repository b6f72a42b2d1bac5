import {age} from '../text/age.ts';
import {condensed, sparkLine} from '../text/spark-line.ts';
import {padStart, textWidth} from '../text/text-width.ts';
import {brailleCurves} from './braille.ts';
import {type Bounds, boundsOf} from './scale.ts';

export type Chart = {
	/** Evenly spread over the time, the oldest first; null where there is none. */
	readonly values: readonly (number | null)[];
	/** More curves of the same moments. */
	readonly beside?: readonly (readonly (number | null)[])[];
	/** Curves of the same moments that are drawn in dots, such as the bounds of a forecast. */
	readonly dotted?: readonly (readonly (number | null)[])[];
	/** How long ago the first one and the last one are; below 0 in the time to come. */
	readonly fromAgoMs: number;
	readonly toAgoMs: number;
	/** Times that are marked on the time axis, by how long ago they began and ended. */
	readonly marks?: readonly Ends[];
	/** A value as people read it. */
	readonly label: (value: number) => string;
	readonly isBinary?: boolean;
	/** Of the whole chart, in characters. */
	readonly width: number;
	/** Of the curve. */
	readonly rows: number;
	/** A row of digits for each curve, where nothing can be drawn or it is read aloud. */
	readonly isPlain?: boolean | undefined;
};

const agoText = (ms: number) => (ms === 0 ? 'now' : ms > 0 ? `${age(ms)} ago` : `in ${age(-ms)}`);

/** Words below the time axis: its ends, and between them the present, or else the middle, where there is room. */
function timeLine({fromAgoMs, toAgoMs}: Chart, columns: number): string {
	const between = hasNowWithin({fromAgoMs, toAgoMs}) ? 0 : (fromAgoMs + toAgoMs) / 2;
	const [from, middle, to] = [fromAgoMs, between, toAgoMs].map(agoText) as [string, string, string];
	const free = columns - textWidth(from) - textWidth(to);
	if (free < 1) return cutLine(from, columns);
	const at = columnOf(between, {fromAgoMs, toAgoMs}, columns) - Math.floor(textWidth(middle) / 2);
	const before = at - textWidth(from);
	const after = free - before - textWidth(middle);
	return before < 1 || after < 1 ? `${from}${' '.repeat(free)}${to}` : `${from}${' '.repeat(before)}${middle}${' '.repeat(after)}${to}`;
}

type Ends = Pick<Chart, 'fromAgoMs' | 'toAgoMs'>;

const hasNowWithin = ({fromAgoMs, toAgoMs}: Ends) => fromAgoMs > 0 && toAgoMs < 0;
const columnOf = (agoMs: number, {fromAgoMs, toAgoMs}: Ends, columns: number) =>
	Math.round(((fromAgoMs - agoMs) / (fromAgoMs - toAgoMs)) * (columns - 1));

/** The time axis, with a mark where the present is between its ends, and one for each marked time. */
function timeAxis({marks = [], ...ends}: Ends & Pick<Chart, 'marks'>, columns: number, [mark, present, rest] = ['▲', '┬', '─']): string {
	const now = hasNowWithin(ends) ? columnOf(0, ends, columns) : -1;
	const marked = marks.map(({fromAgoMs, toAgoMs}) => [columnOf(fromAgoMs, ends, columns), columnOf(toAgoMs, ends, columns)] as const);
	const sign = (column: number) => (marked.some(([from, to]) => column >= from && column <= to) ? mark : column === now ? present : rest);
	return Array.from({length: columns}, (_, column) => sign(column)).join('');
}

const cutLine = (text: string, columns: number) => text.slice(0, Math.max(0, columns));

/** Of fewer values than columns each one stands longer. */
const stretched = (values: Chart['values'], columns: number) =>
	Array.from({length: columns}, (_, column) => values[Math.floor((column * values.length) / columns)] ?? null);

/**
 * The same curves as rows of digits, those that are dotted last:
 *
 *     0 is 0, 9 is 60
 *     0013568
 *     1h ago
 */
function plainChart(chart: Chart, bounds: Bounds): readonly string[] {
	const {values, beside = [], dotted = [], label, width} = chart;
	const row = (each: Chart['values']) => sparkLine(stretched(condensed(each, width), width), bounds, false);
	return [
		cutLine(`0 is ${label(bounds.bottom)}, 9 is ${label(bounds.top)}`, width),
		...[values, ...beside, ...dotted].map(row),
		...[timeAxis(chart, width, ['^', '|', ' ']).trimEnd()].filter(line => line !== ''),
		timeLine(chart, width).trimEnd(),
	];
}

/**
 * Curves over time, with their axes, in braille dots:
 *
 *     60 ┤  ⡠⠒⠊
 *      0 ┤⠉⠁
 *        └─────
 *        1h ago
 */
export function lineChart(chart: Chart): readonly string[] {
	const {values, beside = [], dotted = [], label, isBinary = false, width, rows} = chart;
	const present = [values, ...beside, ...dotted].flatMap(each => each.filter(value => value !== null));
	const bounds = boundsOf(present, {isBinary});
	if (chart.isPlain === true) return plainChart(chart, bounds);
	const middle = (bounds.bottom + bounds.top) / 2;
	const labels = Array.from({length: rows}, (_, row) =>
		row === 0 ? label(bounds.top) : row === rows - 1 ? label(bounds.bottom) : rows % 2 === 1 && row === (rows - 1) / 2 ? label(middle) : '',
	);
	const axis = Math.max(...labels.map(textWidth));
	const columns = Math.max(1, width - axis - 2);
	const spread = (each: Chart['values']) => condensed(each, columns * 2);
	const curve = brailleCurves([values, ...beside].map(spread), dotted.map(spread), {...bounds, columns, rows});
	return [
		...curve.map((line, row) => `${padStart(labels[row] ?? '', axis)} ${labels[row] === '' ? '│' : '┤'}${line}`.trimEnd()),
		`${' '.repeat(axis)} └${timeAxis(chart, columns)}`,
		`${' '.repeat(axis + 2)}${timeLine(chart, columns)}`.trimEnd(),
	];
}
