import {normalOf, randomOf} from '../forecast/random-series.ts';

/** What series are made of: a level, what a season adds, a noise, and how much of the last deviation stays (1 is a random walk). */
export type Recipe = {
	readonly level?: number;
	readonly slope?: number;
	readonly season?: (time: number) => number;
	readonly noise?: number;
	readonly memory?: number;
};

/** A series of known truth, the same for each seed. */
export function synthetic(
	seed: number,
	length: number,
	{level = 100, slope = 0, season = () => 0, noise = 1, memory = 0}: Recipe,
): Float64Array {
	const normal = normalOf(randomOf(seed));
	let deviation = 0;
	return Float64Array.from({length}, (_, time) => {
		deviation = memory * deviation + noise * normal();
		return level + slope * time + season(time) + deviation;
	});
}

/** Busy by day, quiet by night. */
export const daily = (size: number) => (time: number) =>
	size * Math.sin((2 * Math.PI * time) / 24) + (size / 3) * Math.cos((4 * Math.PI * time) / 24);

/** The same, and nearly nothing at weekends. */
export const weekly = (size: number) => (time: number) => daily(time % 168 < 120 ? size : size / 4)(time) - (time % 168 < 120 ? 0 : size);
