import {hashOf} from '../life/seeded-random.ts';

const dayMs = 86_400_000;
/** Waves of a service's load: share of the mean, and period. The first is the day; the others are noise that never repeats together. */
const waves: readonly (readonly [number, number])[] = [
	[0.35, dayMs],
	[0.06, 611_000],
	[0.04, 113_000],
	[0.03, 37_000],
];
/** Busiest at 14:00 UTC. */
const peakMs = 14 * 3_600_000;

/** How many requests come, as formulas of the time, so that past and present can be computed without keeping anything. */
export type Load = {
	/** Requests per second at a moment. */
	readonly rate: (ms: number) => number;
	/** Requests since 1970 up to a moment; differences of it are exact. */
	readonly total: (ms: number) => number;
};

/** The requests of a Service or route while its mean rate stays the same. */
export type Stream = {readonly load: Load; readonly perSecond: number; readonly seed: string};

/** @param perSecond mean over a day; @param seed moves the noise */
export function loadProfile(perSecond: number, seed: string): Load {
	const moved = waves.map(([share, period], index) => ({
		share,
		period,
		phase: index === 0 ? peakMs - dayMs / 4 : (hashOf(`${seed}/${index}`) / 2 ** 32) * period,
		height: (share * period) / (2 * Math.PI) / 1000,
	}));
	return {
		rate(ms) {
			let sum = 1;
			for (const {share, period, phase} of moved) sum += share * Math.sin((2 * Math.PI * (ms - phase)) / period);
			return perSecond * sum;
		},
		// Asked for each sample of each series, millions of times for one question about a day.
		total(ms) {
			let sum = ms / 1000;
			for (const {period, phase, height} of moved) sum -= height * Math.cos((2 * Math.PI * (ms - phase)) / period);
			return perSecond * sum;
		},
	};
}

/**
 * A wobble of one pod's share: a growing count of the load's own size, up to `share` faster or slower than even.
 * @returns requests to add to a total, for one request per second
 */
export function wobble(seed: string, share: number, periodMs: number): (ms: number) => number {
	const phase = (hashOf(seed) / 2 ** 32) * periodMs;
	const height = (-share * periodMs) / (2 * Math.PI) / 1000;
	return ms => height * Math.cos((2 * Math.PI * (ms - phase)) / periodMs);
}
