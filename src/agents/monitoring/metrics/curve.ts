import type {MeasuredUnit} from '../../../core/text/measured-text.ts';
import type {Range, RangeSeries} from '../../../mcp/monitoring/port.ts';

/** A series laid on the moments of a range; null where it has no number. */
export type Curve = {readonly labels: {readonly [name: string]: string}; readonly values: readonly (number | null)[]};

/** One thing that was measured. */
export type Measured = {readonly name: string; readonly unit: MeasuredUnit; readonly query: string; readonly curves: readonly Curve[]};

/** How many moments a range has, both ends counted. */
export const momentsIn = ({fromMs, toMs, stepMs}: Range) => Math.floor((toMs - fromMs) / stepMs + 1e-6) + 1;

/** Servers tell fractions of milliseconds, and leave out where a series was stale. */
export function curveOf({labels, points}: RangeSeries, range: Range): Curve {
	const values: (number | null)[] = new Array(momentsIn(range)).fill(null);
	for (const {atMs, value} of points) {
		const index = Math.round((atMs - range.fromMs) / range.stepMs);
		if (index >= 0 && index < values.length && Number.isFinite(value)) values[index] = value;
	}
	return {labels, values};
}

export type Summary = {
	readonly now: number | null;
	readonly mean: number;
	readonly least: number;
	readonly most: number;
	/** Of the first time that it was at most. */
	readonly mostAtMs: number;
	readonly samples: number;
};

/** Undefined where there is no number at all. `now` is null where the newest moments have none. */
export function summaryOf(values: readonly (number | null)[], {fromMs, stepMs}: Range): Summary | undefined {
	let [sum, samples, least, most, mostAt] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
	for (const [index, value] of values.entries()) {
		if (value === null) continue;
		[sum, samples, least] = [sum + value, samples + 1, Math.min(least, value)];
		if (value > most) [most, mostAt] = [value, index];
	}
	if (samples === 0) return undefined;
	// The last moment may be before the newest scrape.
	const now = values.at(-1) ?? values.at(-2) ?? null;
	return {now, mean: sum / samples, least, most, mostAtMs: fromMs + mostAt * stepMs, samples};
}

/** The gravest first: whichever is largest on average. */
export const bySize = (range: Range) => (a: Curve, b: Curve) =>
	(summaryOf(b.values, range)?.mean ?? Number.NEGATIVE_INFINITY) - (summaryOf(a.values, range)?.mean ?? Number.NEGATIVE_INFINITY);
