import {normal, type Random, seeded} from '../canary/random.ts';

/** A series and what came after it. */
export type World = {readonly kind: string; readonly past: readonly number[]; readonly future: readonly number[]};

const wave = (time: number, period: number) => Math.sin((2 * Math.PI * time) / period);

/** What a metric does by the hour, without its noise; sizes are drawn for each series. */
const kinds: {readonly [kind: string]: (next: Random) => (time: number) => number} = {
	'requests by day': next => {
		const [size, phase] = [20 + 40 * next(), 24 * next()];
		return time => 100 + size * wave(time + phase, 24) + (size / 3) * wave(time + phase, 12);
	},
	'requests by day and week': next => {
		const [size, phase] = [20 + 40 * next(), 24 * next()];
		return time => 100 + size * wave(time + phase, 24) * (time % 168 < 120 ? 1 : 0.3) - (time % 168 < 120 ? 0 : size / 2);
	},
	'growth with a daily share': next => {
		const [rate, size] = [next() / 1000, 0.1 + 0.3 * next()];
		return time => 100 * Math.exp(rate * time) * (1 + size * wave(time, 24));
	},
	'a disk that fills': next => {
		const slope = 0.05 + 0.3 * next();
		return time => 100 + slope * time;
	},
	'a level': next => {
		const level = 50 + 100 * next();
		return () => level;
	},
};

/** Part of the last deviation that stays an hour later. */
const memories = [0, 0.7, 0.98];

/** Series of hourly metrics, kinds and noises in turn, the same for the same seed. */
export function worlds(count: number, length: number, horizon: number, seed: number): readonly World[] {
	const names = Object.keys(kinds);
	return Array.from({length: count}, (_, index) => {
		const next = seeded(seed + index);
		const kind = names[index % names.length] ?? '';
		const truth = kinds[kind]?.(next) ?? (() => 0);
		const memory = memories[Math.floor(index / names.length) % memories.length] ?? 0;
		const noise = 1 + 4 * next();
		let deviation = 0;
		const all = Array.from({length: length + horizon}, (__, time) => {
			deviation = memory * deviation + noise * Math.sqrt(1 - memory ** 2) * normal(next);
			return truth(time) + deviation;
		});
		return {kind, past: all.slice(0, length), future: all.slice(length)};
	});
}
