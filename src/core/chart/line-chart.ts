import {age} from '../text/age.ts';
import {condensed} from '../text/spark-line.ts';
import {padStart, textWidth} from '../text/text-width.ts';
import {brailleCurve} from './braille.ts';
import {boundsOf} from './scale.ts';

export type Chart = {
	/** Evenly spread over the time, the oldest first; null where there is none. */
	readonly values: readonly (number | null)[];
	/** How long ago the first one and the last one are. */
	readonly fromAgoMs: number;
	readonly toAgoMs: number;
	/** A value as people read it. */
	readonly label: (value: number) => string;
	readonly isBinary?: boolean;
	/** Of the whole chart, in characters. */
	readonly width: number;
	/** Of the curve. */
	readonly rows: number;
};

const agoText = (ms: number) => (ms <= 0 ? 'now' : `${age(ms)} ago`);

/** Words below the time axis: its ends, and the middle where there is room. */
function timeLine({fromAgoMs, toAgoMs}: Chart, columns: number): string {
	const [from, middle, to] = [fromAgoMs, (fromAgoMs + toAgoMs) / 2, toAgoMs].map(agoText) as [string, string, string];
	const free = columns - textWidth(from) - textWidth(to);
	if (free < 1) return cutLine(from, columns);
	if (free < textWidth(middle) + 4) return `${from}${' '.repeat(free)}${to}`;
	const before = Math.max(1, Math.round((columns - textWidth(middle)) / 2) - textWidth(from));
	return `${from}${' '.repeat(before)}${middle}${' '.repeat(Math.max(1, free - before - textWidth(middle)))}${to}`;
}

const cutLine = (text: string, columns: number) => text.slice(0, Math.max(0, columns));

/**
 * One curve over time, with its axes, in braille dots:
 *
 *     60 ┤  ⡠⠒⠊
 *      0 ┤⠉⠁
 *        └─────
 *        1h ago
 */
export function lineChart(chart: Chart): readonly string[] {
	const {values, label, isBinary = false, width, rows} = chart;
	const present = values.filter(value => value !== null);
	const bounds = boundsOf(present, {isBinary});
	const middle = (bounds.bottom + bounds.top) / 2;
	const labels = Array.from({length: rows}, (_, row) =>
		row === 0 ? label(bounds.top) : row === rows - 1 ? label(bounds.bottom) : rows % 2 === 1 && row === (rows - 1) / 2 ? label(middle) : '',
	);
	const axis = Math.max(...labels.map(textWidth));
	const columns = Math.max(1, width - axis - 2);
	const curve = brailleCurve(condensed(values, columns * 2), {...bounds, columns, rows});
	return [
		...curve.map((line, row) => `${padStart(labels[row] ?? '', axis)} ${labels[row] === '' ? '│' : '┤'}${line}`.trimEnd()),
		`${' '.repeat(axis)} └${'─'.repeat(columns)}`,
		`${' '.repeat(axis + 2)}${timeLine(chart, columns)}`.trimEnd(),
	];
}
