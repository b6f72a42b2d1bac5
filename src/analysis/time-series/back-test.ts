import {mean} from '../statistics/summary.ts';
import type {Candidate} from './candidates.ts';

/** Origins of a back-test: from enough of them errors have quantiles. */
const mostOrigins = 20;
const fewestOrigins = 4;

/** Values that are known at the first origin. */
const fewestKnown = 8;

/** The fewest values for which a forecast can be tried on the series' own past: half of them to learn from, and some origins. */
export const fewestValues = (horizon: number): number => Math.max(horizon + fewestKnown, 2 * horizon) + 2 * fewestOrigins;

/** Evenly spread over the second half of the series, where the seasons have been seen twice; the last one a horizon before the end. */
export function originsOf(length: number, horizon: number, seasons: readonly number[]): readonly number[] {
	const last = length - horizon;
	const wanted = Math.max(fewestKnown, Math.floor(length / 2), 2 * (seasons.at(-1) ?? 0) + horizon);
	const first = Math.max(1, Math.min(wanted, last - fewestOrigins + 1));
	const step = Math.max(1, Math.floor((last - first) / (mostOrigins - 1)));
	return Array.from({length: Math.min(mostOrigins, Math.floor((last - first) / step) + 1)}, (_, index) => last - index * step).reverse();
}

/** A candidate that forecast each origin, and what it says now. */
export type Tried = {
	readonly candidate: Candidate;
	/** By origin, then by step. */
	readonly past: readonly Float64Array[];
	readonly future: Float64Array;
	/** Mean absolute error over origins and steps. */
	readonly error: number;
};

/** Parameters are learned from what was known at the first origin, so none of them has seen what it is tried on. */
export function backTest(
	values: Float64Array,
	{horizon, origins}: {readonly horizon: number; readonly origins: readonly number[]},
	candidates: readonly Candidate[],
): readonly Tried[] {
	const isPlausible = plausible(values);
	const early = values.subarray(0, origins[0] ?? 0);
	return candidates.flatMap(candidate => {
		const {model, seasons} = candidate;
		const [then, now] = [model.fit(early, seasons), model.fit(values, seasons)];
		if (then === undefined || now === undefined) return [];
		const past = origins.map(origin => then(values, origin, horizon));
		const future = now(values, values.length, horizon);
		const error = mean(errorsOf(values, origins, past));
		return Number.isFinite(error) && future.every(isPlausible) ? [{candidate, past, future, error}] : [];
	});
}

/**
 * A forecast farther from all that was seen than what was seen lies apart is a model that runs away, as an autoregression may that was stable on the first half alone; horizons are no
 * longer than half of a series, in which no trend comes that far.
 */
function plausible(values: Float64Array): (value: number) => boolean {
	let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
	return value => value >= low - (high - low) && value <= high + (high - low);
}

/** Mean absolute error of each origin's forecast. */
export const errorsOf = (values: Float64Array, origins: readonly number[], forecasts: readonly Float64Array[]): readonly number[] =>
	origins.map((origin, index) =>
		mean(Array.from(forecasts[index] ?? [], (forecast, step) => Math.abs((values[origin + step] ?? Number.NaN) - forecast))),
	);
