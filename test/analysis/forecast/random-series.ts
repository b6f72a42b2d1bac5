import type {Point} from '../../../src/analysis/forecast/theil-sen.ts';

/** Numbers from 0 to 1, the same for each seed (mulberry32). */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Of the normal distribution (Box and Muller). */
export const normalOf = (random: () => number) => () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export const stepMs = 15 * 60_000;
const day = 96;

/** A day in quarters of an hour. */
export const seriesOf = (valueAt: (index: number) => number, length = day): readonly Point[] =>
	Array.from({length: length + 1}, (_, index) => ({atMs: index * stepMs, value: valueAt(index)}));

/** A noise that forgets what was before only slowly. */
export function drifting(next: () => number, memory: number): () => number {
	let value = 0;
	return () => {
		value = memory * value + Math.sqrt(1 - memory ** 2) * next();
		return value;
	};
}
