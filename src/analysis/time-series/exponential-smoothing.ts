import type {Model} from './model.ts';
import {nelderMead} from './nelder-mead.ts';
import {seasonalProfile} from './seasonal-profile.ts';

/** What is smoothed beside level and seasons. */
export type Shape = {
	readonly trend: 'none' | 'linear' | 'damped';
	/** Whether a part of an error is expected again a step later (Taylor's adjustment), which helps where seasons are long. */
	readonly carriesErrors: boolean;
};

/** Shares of an error that each state takes over; `damping` is what is left of the slope a step later. */
export type Smoothing = {
	readonly level: number;
	readonly slope: number;
	readonly damping: number;
	readonly seasons: readonly number[];
	readonly carry: number;
};

/** Where a series stands: the seasons hold what each phase adds, by time modulo the length. */
export type State = {readonly level: number; readonly slope: number; readonly seasons: readonly Float64Array[]; readonly error: number};

/**
 * Runs through the values: each error moves level, slope and seasons (the innovations form of additive exponential smoothing).
 * @param from values before it move the states and are not counted in `squares`, as the first states were made of them
 * @see Hyndman, Koehler, Snyder, Grose (2002), https://doi.org/10.1016/S0169-2070(01)00110-8; Taylor (2003), https://doi.org/10.1057/palgrave.jors.2601589
 */
export function smooth(values: Float64Array, end: number, by: Smoothing, start: State, from = 0): State & {readonly squares: number} {
	let {level, slope, error} = start;
	let squares = 0;
	const seasons = start.seasons.map(season => season.slice());
	const count = seasons.length;
	const shares = Float64Array.from(by.seasons);
	const phases = new Int32Array(count);
	for (let time = 0; time < end; time++) {
		const base = level + by.damping * slope;
		let expected = base;
		for (let i = 0; i < count; i++) expected += seasons[i]?.[phases[i] ?? 0] ?? 0;
		const off = (values[time] ?? 0) - expected;
		const news = off - by.carry * error;
		error = off;
		if (time >= from) squares += news * news;
		level = base + by.level * news;
		slope = by.damping * slope + by.slope * news;
		for (let i = 0; i < count; i++) {
			const season = seasons[i];
			const phase = phases[i] ?? 0;
			if (season === undefined) continue;
			season[phase] = (season[phase] ?? 0) + (shares[i] ?? 0) * news;
			phases[i] = phase + 1 === season.length ? 0 : phase + 1;
		}
	}
	return {level, slope, seasons, error, squares};
}

/** Level, slope and seasons carried on. */
function carryOn({level, slope, seasons, error}: State, {damping, carry}: Smoothing, origin: number, horizon: number): Float64Array {
	const out = new Float64Array(horizon);
	let [rise, damped, rest] = [0, 1, error];
	for (let step = 0; step < horizon; step++) {
		damped *= damping;
		rise += damped * slope;
		rest *= carry;
		let value = level + rise + rest;
		for (const season of seasons) value += season[(origin + step) % season.length] ?? 0;
		out[step] = value;
	}
	return out;
}

/** Damping lies between 0.8 and 0.98, as in R's `ets`: below, there is no trend, above, none is damped. */
const dampingOf = (share: number) => 0.8 + 0.18 * share;

/** Reads what the search varies, each between 0 and 1. */
function smoothingOf(x: readonly number[], {trend, carriesErrors}: Shape, seasons: number): Smoothing {
	const rest = [...x];
	const next = () => rest.shift() ?? 0;
	const level = next();
	const slope = trend === 'none' ? 0 : level * next();
	const damping = trend === 'none' ? 0 : trend === 'linear' ? 1 : dampingOf(next());
	return {level, slope, damping, seasons: Array.from({length: seasons}, next), carry: carriesErrors ? next() : 0};
}

const startOf = ({trend, carriesErrors}: Shape, seasons: number): readonly number[] => [
	0.3,
	...(trend === 'none' ? [] : [0.05]),
	...(trend === 'damped' ? [0.5] : []),
	...Array.from({length: seasons}, () => 0.15),
	...(carriesErrors ? [0.3] : []),
];

/** Of this many cycles of the longest season, or values where there is none, the first states are made. */
const firstCycles = 2;
const firstValues = 10;

/** The states before the first value. */
function firstState(values: Float64Array, lengths: readonly number[], {trend}: Shape): State {
	const longest = lengths.at(-1) ?? 0;
	const head = values.subarray(0, Math.max(firstValues, firstCycles * longest));
	const seasons = seasonalProfile(head, lengths);
	const bare = head.map((value, time) => seasons.reduce((rest, season) => rest - (season[time % season.length] ?? 0), value));
	const half = Math.floor(bare.length / 2);
	const meanOf = (part: Float64Array) => part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length);
	const [early, late] = [meanOf(bare.subarray(0, half)), meanOf(bare.subarray(bare.length - half))];
	const slope = trend === 'none' ? 0 : (late - early) / Math.max(1, bare.length - half);
	return {level: early - (slope * (half + 1)) / 2, slope, seasons, error: 0};
}

/** Exponential smoothing with the seasons that the series has; how fast it learns is what made the one-step errors smallest (the Gaussian likelihood largest). */
export const exponentialSmoothing = (shape: Shape): Model => ({
	name: `exponential smoothing, ${shape.trend === 'none' ? 'no' : shape.trend} trend`,
	fit: (values, seasons) => {
		const skipped = seasons.at(-1) ?? 0;
		if (values.length < Math.max(firstValues, firstCycles * skipped)) return undefined;
		const start = firstState(values, seasons, shape);
		const isOutside = (share: number) => share < 1e-4 || share > 0.9999;
		const x = nelderMead(
			point =>
				point.some(isOutside)
					? Number.POSITIVE_INFINITY
					: smooth(values, values.length, smoothingOf(point, shape, seasons.length), start, skipped).squares,
			startOf(shape, seasons.length),
		);
		const by = smoothingOf(x, shape, seasons.length);
		return (all, origin, horizon) => carryOn(smooth(all, origin, by, start), by, origin, horizon);
	},
});
