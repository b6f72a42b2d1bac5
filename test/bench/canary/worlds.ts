import {binomial, gamma, poisson, type Random} from './random.ts';

/** Looks a minute, one every 10 seconds. */
export const looksPerMinute = 6;

export type Traffic = {readonly canary: number; readonly stable: number};

/** Both sides at one look. */
export type Look = {
	readonly canary: {readonly total: number; readonly bad: number};
	readonly stable: {readonly total: number; readonly bad: number};
};

/** How errors come about; each side has its own luck, but for the outage. */
export type World =
	| {readonly kind: 'one by one'}
	/** Errors come in clumps of a random (geometric) size, all within one look. */
	| {readonly kind: 'clumps'; readonly meanSize: number; readonly spanLooks?: number}
	/** Each minute of each side has an error ratio of its own (gamma), with this standard deviation relative to its mean. */
	| {readonly kind: 'moody minutes'; readonly variation: number}
	/** Each minute of each side has an error ratio drawn from a beta distribution with this correlation within. */
	| {readonly kind: 'beta minutes'; readonly correlation: number}
	/** From one minute to another both sides fail with the same ratio. */
	| {readonly kind: 'shared outage'; readonly ratio: number; readonly from: number; readonly to: number}
	/** In this part of the looks of each side, many requests fail. */
	| {readonly kind: 'bursts'; readonly ratio: number; readonly part: number};

export type Ratios = {readonly canary: number; readonly stable: number};

const sides = ['canary', 'stable'] as const;

/** One rollout, look by look. */
export function rollout(next: Random, world: World, ratios: Ratios, traffic: Traffic, looks: number): readonly Look[] {
	const errors = {
		canary: errorsOf(next, world, ratios.canary, traffic.canary, looks),
		stable: errorsOf(next, world, ratios.stable, traffic.stable, looks),
	};
	return Array.from({length: looks}, (_, look) => {
		const [canary, stable] = sides.map(side => {
			const total = requestsOf(traffic[side], look);
			return {total, bad: Math.min(total, errors[side][look] ?? 0)};
		});
		return {canary: canary ?? {total: 0, bad: 0}, stable: stable ?? {total: 0, bad: 0}};
	});
}

/** Whole requests of a look, so that each minute has as many as it should. */
export const requestsOf = (perMinute: number, look: number) =>
	Math.floor(((look + 1) * perMinute) / looksPerMinute) - Math.floor((look * perMinute) / looksPerMinute);

function errorsOf(next: Random, world: World, ratio: number, perMinute: number, looks: number): readonly number[] {
	if (world.kind === 'clumps') return clumpsOf(next, world, ratio, perMinute, looks);
	const moods = moodsOf(next, world, ratio);
	return Array.from({length: looks}, (_, look) => binomial(next, requestsOf(perMinute, look), moods(look)));
}

/** The error ratio of each look, asked for in their order. */
export function moodsOf(next: Random, world: Exclude<World, {kind: 'clumps'}>, ratio: number): (look: number) => number {
	let mood = ratio;
	return look => {
		if (world.kind !== 'one by one' && (world.kind === 'bursts' || look % looksPerMinute === 0)) mood = moodOf(next, world, ratio, look);
		return Math.min(1, mood);
	};
}

function moodOf(next: Random, world: Exclude<World, {kind: 'clumps' | 'one by one'}>, ratio: number, look: number): number {
	switch (world.kind) {
		case 'moody minutes':
			return ratio * gamma(next, world.variation ** -2) * world.variation ** 2;
		case 'beta minutes': {
			const size = 1 / world.correlation - 1;
			const bad = gamma(next, ratio * size);
			return bad / (bad + gamma(next, (1 - ratio) * size));
		}
		case 'shared outage': {
			const minute = look / looksPerMinute;
			return minute >= world.from && minute < world.to ? world.ratio : ratio;
		}
		case 'bursts':
			return next() < world.part ? world.ratio : ratio;
	}
}

/** Errors of each look. */
export function clumpsOf(
	next: Random,
	{meanSize, spanLooks = 1}: Extract<World, {kind: 'clumps'}>,
	ratio: number,
	perMinute: number,
	looks: number,
) {
	const errors = new Array<number>(looks).fill(0);
	for (let look = 0; look < looks; look++) {
		for (let clumps = poisson(next, (requestsOf(perMinute, look) * ratio) / meanSize); clumps > 0; clumps--) {
			let size = 1;
			while (next() < 1 - 1 / meanSize) size++;
			for (; size > 0; size--) {
				const at = look + (spanLooks > 1 ? Math.floor(next() * spanLooks) : 0);
				if (at < looks) errors[at] = (errors[at] ?? 0) + 1;
			}
		}
	}
	return errors;
}
