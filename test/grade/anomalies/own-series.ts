import {randomNumbers} from '../../analysis/anomalies/random-series.ts';
import type {Window} from './nab-score.ts';
import type {Series} from './nab-series.ts';

type Random = ReturnType<typeof randomNumbers>;
/** Values of a kind of metric by row, and what happens to them in an incident: `into` counts rows from its beginning. */
type Kind = {
	readonly perDay: number;
	readonly days: number;
	readonly value: (random: Random) => (row: number) => number;
	readonly incidents: {readonly [name: string]: Incident};
};
type Incident = {readonly rows: number; readonly happens: (value: number, into: number, random: Random) => number};

const fiveMinutes = {perDay: 288, days: 14};
const hourly = {perDay: 24, days: 70};
/** A wave between 0 and 1, lowest at night. */
const day = (row: number, perDay: number) => (1 - Math.cos((2 * Math.PI * row) / perDay)) / 2;
const isWeekend = (row: number, perDay: number) => Math.floor(row / perDay) % 7 > 4;
const fixed = (value: (row: number, random: Random) => number) => (random: Random) => (row: number) => value(row, random);
/** A mean that wanders and comes back (Ornstein and Uhlenbeck). */
const wandering = (back: number, step: number) => (random: Random) => {
	let at = 0;
	return () => {
		at += -back * at + step * random.normal();
		return at;
	};
};
const between = (low: number, high: number, value: number) => Math.min(high, Math.max(low, value));

const toZero: Incident = {rows: 24, happens: () => 0};
const times = (factor: number, rows: number): Incident => ({rows, happens: value => value * factor});
const stuck = (rows: number): Incident => {
	let held = 0;
	return {
		rows,
		happens: (value, into) => {
			if (into === 0) held = value;
			return held;
		},
	};
};

/** Metrics as clouds, shops, machines, roads and networks of people have them. */
const kinds: {readonly [name: string]: Kind} = {
	'idle processor': {
		...fiveMinutes,
		value: fixed((_, {normal, uniform}) => between(0, 100, 2 + 0.15 * normal() + (uniform() < 0.004 ? 8 * uniform() : 0))),
		incidents: {
			busy: {rows: 60, happens: (value, _, {normal}) => value + 40 + 3 * normal()},
			idle: {rows: 40, happens: value => value / 8},
		},
	},
	'processor with an hourly job': {
		...fiveMinutes,
		value: fixed((row, {normal}) => (row % 12 < 2 ? 70 + 3 * normal() : 20 + 2 * normal())),
		incidents: {
			'job hangs': {rows: 40, happens: (value, _, {normal}) => Math.max(value, 70 + 3 * normal())},
			'no job': {rows: 60, happens: value => Math.min(value, 20)},
		},
	},
	'processor by day and night': {
		...fiveMinutes,
		value: random => {
			const drift = wandering(0.05, 1.2)(random);
			return row => between(0, 100, 20 + 35 * day(row, 288) + drift() + random.normal());
		},
		incidents: {full: {rows: 36, happens: (_, __, {uniform}) => 99 + uniform()}, stuck: stuck(36)},
	},
	'bytes written': {
		...fiveMinutes,
		value: fixed((_, {uniform, normal}) => (uniform() < 0.7 ? 0 : Math.exp(11 + normal()))),
		incidents: {flood: {rows: 36, happens: (_, __, {normal}) => Math.exp(16 + 0.3 * normal())}},
	},
	'bytes received': {
		...fiveMinutes,
		value: fixed((row, {normal}) => (1 + 3 * day(row, 288)) * 2e5 * Math.exp(0.35 * normal())),
		incidents: {outage: toZero, flood: times(12, 24)},
	},
	'requests of a shop': {
		...fiveMinutes,
		value: fixed((row, {poisson}) => poisson((isWeekend(row, 288) ? 25 : 40) * (0.2 + day(row, 288)))),
		incidents: {outage: toZero, rush: times(5, 24)},
	},
	'cost of advertisements': {
		...hourly,
		value: fixed((row, {heavy}) => Math.abs(0.6 + 0.2 * day(row, 24) + 0.12 * heavy())),
		incidents: {'far too much': {rows: 4, happens: value => value + 8}},
	},
	'temperature of a machine': {
		...fiveMinutes,
		value: random => {
			const drift = wandering(0.002, 0.5)(random);
			return row => 85 + 4 * day(row, 288) + drift() + 0.4 * random.normal();
		},
		incidents: {'cools down': {rows: 150, happens: (value, into) => value - 45 * Math.sin((Math.PI * (into + 1)) / 152)}},
	},
	'speed on a road': {
		...hourly,
		value: fixed((row, {normal}) => 68 - (isWeekend(row, 24) ? 3 : 12) * day(row * 2, 24) + 2.5 * normal()),
		incidents: {jam: {rows: 8, happens: (_, __, {normal}) => 15 + 4 * normal()}},
	},
	'messages on a name': {
		...fiveMinutes,
		value: fixed((row, {poisson, uniform}) => poisson((3 + 12 * day(row, 288)) * (0.5 + uniform() + (uniform() < 0.01 ? 2 : 0)))),
		incidents: {storm: {rows: 60, happens: (value, into) => value + Math.round(400 * Math.exp(-into / 20))}},
	},
	'square wave': {
		...fiveMinutes,
		value: fixed((row, {uniform}) => (row % 288 >= 108 && row % 288 < 216 ? 80 : 20) + 8 * uniform()),
		incidents: {
			'higher by day': {rows: 108, happens: value => (value > 50 ? value * 1.5 : value)},
			'no day': {rows: 200, happens: value => (value > 50 ? value - 60 : value)},
		},
	},
	'waves without noise': {
		...fiveMinutes,
		value: fixed(row => (row % 288 >= 108 && row % 288 < 216 ? 80 : 20)),
		incidents: {'no day': {rows: 200, happens: () => 20}, spike: {rows: 3, happens: () => 160}},
	},
	'flat line': {...fiveMinutes, value: fixed(() => 45), incidents: {spike: {rows: 3, happens: () => 90}}},
	'replicas of a service': {
		...fiveMinutes,
		value: random => {
			const drift = wandering(0.05, 0.3)(random);
			return row => Math.round(between(2, 12, 3 + 5 * day(row, 288) + drift()));
		},
		incidents: {all: {rows: 36, happens: () => 30}, none: toZero},
	},
	'memory that leaks and is freed': {
		...fiveMinutes,
		value: fixed((row, {normal}) => 200 + 3 * (row % 200) + 4 * normal()),
		incidents: {'not freed': {rows: 100, happens: (value, into) => (into < 100 ? 800 + 3 * into : value)}},
	},
	'disk that fills': {
		...fiveMinutes,
		value: fixed((row, {normal}) => 30 + 0.01 * row + 0.1 * normal()),
		incidents: {jump: {rows: 12, happens: value => value + 20}},
	},
	'share of errors': {
		...fiveMinutes,
		value: fixed((_, {uniform}) => (uniform() < 0.9 ? 0 : uniform() * 0.01)),
		incidents: {errors: {rows: 24, happens: (_, __, {uniform}) => 0.2 + 0.1 * uniform()}},
	},
	latency: {
		...fiveMinutes,
		value: fixed((row, {normal}) => 40 * (1 + 0.3 * day(row, 288)) * Math.exp(0.15 * normal())),
		incidents: {slow: times(4, 24), 'a little slower': times(1.8, 60)},
	},
};

/** NAB's windows are a tenth of a series in all, and an incident begins in the middle of its own. */
const windowShare = 0.1;
/** Days that are learnt from before anything happens, as a share. */
const begins = 0.6;

/** Each kind of metric: once with nothing strange, and once with each of its incidents; the same for the same seed. */
export function ownSeries(seed = 1): readonly Series[] {
	return Object.entries(kinds).flatMap(([name, kind], at) => [
		quiet(`quiet/${name}`, kind, seed * 1000 + at),
		...Object.entries(kind.incidents).map(([incident, what], index) =>
			strange(`${name}/${incident}`, kind, what, seed * 1000 + at + 100 * (index + 1)),
		),
	]);
}

function quiet(name: string, {perDay, days, value}: Kind, seed: number): Series {
	const next = value(randomNumbers(seed));
	const rows = perDay * days;
	return {name, category: 'quiet', rows, windows: [], values: Float64Array.from({length: rows}, (_, row) => next(row))};
}

function strange(name: string, kind: Kind, {rows: lasts, happens}: Incident, seed: number): Series {
	const random = randomNumbers(seed);
	const plain = quiet(name, kind, seed);
	// By day, where there is a day.
	const from = Math.floor(begins * kind.days) * kind.perDay + Math.floor((0.35 + 0.2 * random.uniform()) * kind.perDay);
	const values = plain.values.map((value, row) => (row >= from && row < from + lasts ? happens(value, row - from, random) : value));
	const half = Math.round((windowShare * plain.rows) / 2);
	const window: Window = {from: from - half, to: from + half};
	return {...plain, category: 'strange', values, windows: [window]};
}
