import {randomNumbers} from '../../analysis/anomalies/random-series.ts';
import type {Frequency, Series} from './series.ts';

type Random = ReturnType<typeof randomNumbers>;
/** `value` makes the values of one series by time; parameters are drawn before. */
type Kind = Frequency & {
	readonly length: number;
	readonly horizon: number;
	readonly value: (random: Random, length: number) => (time: number) => number;
};

const [minutes, hour, day] = [300, 3600, 86_400];
const wave = (time: number, length: number) => Math.sin((2 * Math.PI * time) / length);
/** What is left of the last deviation, and news. */
const persistent = ({normal}: Random, memory: number, size: number) => {
	let at = 0;
	return () => {
		at = memory * at + size * normal();
		return at;
	};
};

/** Series of other steps, seasons and natures than those of the competition that the models were tried on. */
const kinds: {readonly [name: string]: Kind} = {
	dailyWithWeek: {
		season: 7,
		stepSeconds: day,
		length: 210,
		horizon: 14,
		value: random => {
			const [noise, size] = [persistent(random, 0.6, 5), 10 + 20 * random.uniform()];
			return time => 100 + (time % 7 > 4 ? -size : size / 3) + 0.05 * time + noise();
		},
	},
	monthlyThatGrows: {
		season: 12,
		stepSeconds: 30 * day,
		length: 108,
		horizon: 18,
		value: random => {
			const [noise, rate] = [persistent(random, 0.5, 0.05), 0.012 * random.uniform()];
			return time => 1000 * Math.exp(rate * time + 0.2 * wave(time, 12) + noise());
		},
	},
	fiveMinutesWithDay: {
		season: 288,
		stepSeconds: minutes,
		length: 288 * 7,
		horizon: 72,
		value: random => {
			const noise = persistent(random, 0.9, 2);
			return time => Math.max(0, 60 + 30 * wave(time, 288) + 8 * wave(2 * time, 288) + noise());
		},
	},
	hourlyWithWeek: {
		season: 168,
		stepSeconds: hour,
		length: 24 * 35,
		horizon: 48,
		value: random => {
			const noise = persistent(random, 0.7, 3);
			return time => 100 + (time % 168 < 120 ? 30 : 10) * wave(time, 24) - (time % 168 < 120 ? 0 : 25) + noise();
		},
	},
	countsThatAreRare: {
		season: 1,
		stepSeconds: hour,
		length: 200,
		horizon: 24,
		value: random => {
			const mean = 0.1 + 0.5 * random.uniform();
			return () => random.poisson(mean);
		},
	},
	short: {
		season: 1,
		stepSeconds: day,
		length: 30,
		horizon: 4,
		value: random => {
			const [noise, slope] = [persistent(random, 0.4, 4), random.normal()];
			return time => 100 + slope * time + noise();
		},
	},
	trend: {
		season: 1,
		stepSeconds: hour,
		length: 150,
		horizon: 24,
		value: random => {
			const [noise, slope] = [persistent(random, 0.3, 2), 0.5 * random.normal()];
			return time => 200 + slope * time + noise();
		},
	},
	randomWalk: {season: 1, stepSeconds: hour, length: 200, horizon: 12, value: random => persistent(random, 1, 1)},
	levelShift: {
		season: 24,
		stepSeconds: hour,
		length: 480,
		horizon: 24,
		value: (random, length) => {
			const [noise, at] = [persistent(random, 0.5, 3), Math.floor(length * (0.55 + 0.2 * random.uniform()))];
			return time => (time < at ? 100 : 180) + 20 * wave(time, 24) + noise();
		},
	},
	belowZero: {
		season: 24,
		stepSeconds: hour,
		length: 400,
		horizon: 24,
		value: random => {
			const noise = persistent(random, 0.5, 2);
			return time => -50 + 10 * wave(time, 24) + noise();
		},
	},
	sawTooth: {
		season: 37,
		stepSeconds: minutes,
		length: 400,
		horizon: 37,
		value: random => {
			const noise = persistent(random, 0.2, 2);
			return time => 100 + 4 * (time % 37) + noise();
		},
	},
	heavyTails: {
		season: 24,
		stepSeconds: hour,
		length: 400,
		horizon: 24,
		value: random => time => Math.exp(5 + 0.5 * wave(time, 24) + 0.4 * random.heavy()),
	},
	diskThatFills: {
		season: 1,
		stepSeconds: hour,
		length: 300,
		horizon: 48,
		value: random => {
			const rate = 0.1 + random.uniform();
			let used = 50;
			return () => {
				used += rate * 2 * random.uniform();
				return used;
			};
		},
	},
};

/** Series of each kind, what is known of it with what comes after, the same for the same seed. */
export const ownKinds = (each: number, seed = 1): readonly (Frequency & {readonly name: string; readonly series: readonly Series[]})[] =>
	Object.entries(kinds).map(([name, {season, stepSeconds, length, horizon, value}], kind) => ({
		name,
		season,
		stepSeconds,
		series: Array.from({length: each}, (_, at) => {
			const next = value(randomNumbers(seed * 1_000_000 + kind * 1000 + at), length);
			const values = Array.from({length: length + horizon}, (_, time) => next(time));
			return {id: `${name} ${at + 1}`, training: values.slice(0, length), truth: values.slice(length)};
		}),
	}));
