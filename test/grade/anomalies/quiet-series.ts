import {randomNumbers} from '../../analysis/anomalies/random-series.ts';

type Random = ReturnType<typeof randomNumbers>;
type Kind = (random: Random) => (row: number) => number;

const day = (row: number) => 10 * Math.sin((2 * Math.PI * row) / 288);
/** Keeps so much of itself from row to row. */
const wandering = ({normal}: Random, memory: number, step = 1) => {
	let at = 0;
	return () => {
		at = memory * at + step * normal();
		return at;
	};
};
const white: Kind =
	({normal}) =>
	() =>
		normal();
const around =
	(noise: Kind, course: (row: number) => number): Kind =>
	random => {
		const next = noise(random);
		return row => course(row) + next(row);
	};
/** So much in each row, where the noise is 1. */
const trend = (slope: number, noise = white) => around(noise, row => slope * row);
const unsteady: Kind = random => {
	const size = wandering(random, 0.99, 0.05);
	return () => Math.exp(size()) * random.normal();
};

/** Series in which nothing ever happens: their noise, season, trend and unrest are the same throughout. By nature, then by kind. */
export const quietKinds: {readonly [nature: string]: {readonly [kind: string]: Kind}} = {
	noise: {
		white,
		'heavy tails': random => random.heavy,
		lognormal:
			({normal}) =>
			() =>
				Math.exp(normal()),
		counts:
			({poisson}) =>
			() =>
				poisson(5),
		'counts with many zeros':
			({poisson}) =>
			() =>
				poisson(0.05),
	},
	wandering: {
		'memory of 0.7': random => wandering(random, 0.7),
		'memory of 0.98': random => wandering(random, 0.98),
		'random walk': random => wandering(random, 1),
		'counts that wander': random => {
			const level = wandering(random, 0.99, 0.1);
			return () => random.poisson(Math.exp(2 + level()));
		},
	},
	season: {
		'season with noise': around(white, day),
		'season with trend': around(white, row => day(row) + 0.01 * row),
	},
	trend: {
		'slow trend': trend(0.003),
		trend: trend(0.03),
		'fast trend': trend(0.1),
		'trend with memory': trend(0.01, random => wandering(random, 0.7)),
		'random walk with drift': random => {
			let at = 0;
			return () => {
				at += 0.1 + random.normal();
				return at;
			};
		},
	},
	'changing variance': {
		'variance by day':
			({normal}) =>
			row =>
				(1.5 + day(row) / 10) * normal(),
		'variance that wanders': unsteady,
		'trend and variance that wanders': trend(0.01, unsteady),
	},
};

/** One series of a kind, row for row, the same for the same seed. */
export function quietSeries(kind: Kind, rows: number, seed: number): readonly number[] {
	const next = kind(randomNumbers(seed));
	return Array.from({length: rows}, (_, row) => next(row));
}
