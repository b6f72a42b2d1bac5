import {takeOutFarOff} from './far-off.ts';

/** What a series is made ready to be forecast by. */
export type Prepared = {
	/** Finite, without gaps; ends at the last value that is there. */
	readonly values: Float64Array;
	/** Samples that were missing within, and are filled in by a line between their neighbours. */
	readonly filled: number;
	/** Samples that lay far off all others: they count as missing. */
	readonly farOff: number;
	/** Samples missing after the last value: that much of the horizon is past already. */
	readonly missingAtEnd: number;
	/** Times at which a counter began anew. */
	readonly resets: number;
};

/** A sample that is not there is NaN or null; what is infinite is no sample either. */
export type Samples = ArrayLike<number | null>;

/** Samples without gaps at either end, gaps within filled. */
export function prepare(samples: Samples, isCounter: boolean): Prepared {
	const {values: raw, resets} = isCounter ? increases(samples) : {values: asNumbers(samples), resets: 0};
	const farOff = takeOutFarOff(raw);
	const first = raw.findIndex(Number.isFinite);
	const last = raw.findLastIndex(Number.isFinite);
	const values = first === -1 ? new Float64Array(0) : raw.slice(first, last + 1);
	return {values, filled: fillGaps(values), farOff, missingAtEnd: first === -1 ? raw.length : raw.length - 1 - last, resets};
}

/** Beyond it squares are no longer finite: no quantity is that large. */
const largest = 1e100;

const asNumbers = (samples: Samples): Float64Array =>
	Float64Array.from(samples, value => (value === null || !(Math.abs(value) < largest) ? Number.NaN : value));

/** What a counter grew by from each sample to the next one that is there; where it fell it began anew, at zero. */
function increases(samples: Samples): {readonly values: Float64Array; readonly resets: number} {
	const counter = asNumbers(samples);
	let [before, at, resets] = [Number.NaN, 0, 0];
	const values = new Float64Array(counter.length).fill(Number.NaN);
	for (const [time, value] of counter.entries()) {
		if (Number.isNaN(value)) continue;
		if (value < before) resets++;
		const grown = value < before ? value : value - before;
		if (!Number.isNaN(before)) values.fill(grown / (time - at), at + 1, time + 1);
		[before, at] = [value, time];
	}
	return {values, resets};
}

/** Fills in place. The ends have to be there. */
function fillGaps(values: Float64Array): number {
	let [filled, known] = [0, 0];
	for (const [time, value] of values.entries()) {
		if (!Number.isFinite(value)) continue;
		const from = values[known] ?? value;
		for (let gap = known + 1; gap < time; gap++) {
			values[gap] = from + ((value - from) * (gap - known)) / (time - known);
			filled++;
		}
		known = time;
	}
	return filled;
}
