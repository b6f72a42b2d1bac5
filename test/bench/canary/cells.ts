import type {Ratios, Traffic, World} from './worlds.ts';

/** One row of the table. `is` says what it is for: a good canary or a bad one. */
export type Cell = {
	readonly name: string;
	readonly is: 'no change' | 'worse';
	readonly traffic: Traffic;
} /** `before` is the world before the rollout, where it was another one. */ & (
	| {readonly kind: 'counts'; readonly world: World; readonly ratios: Ratios; readonly before?: World}
	/** The canary takes so many times as long; lognormal, median 80 ms, sigma 0.5. */
	| {readonly kind: 'latency'; readonly times: number}
	/** One value a pod and minute: normal, deviation 0.2 of its mean, three pods a side; `correlation` from minute to minute. */
	| {readonly kind: 'gauge'; readonly times: number; readonly correlation: number}
);

const arms: readonly Traffic[] = [
	{canary: 100, stable: 100},
	{canary: 100, stable: 1900},
];
const oneByOne: World = {kind: 'one by one'};
const outage: World = {kind: 'shared outage', ratio: 0.3, from: 10, to: 12};
const clumps: World = {kind: 'clumps', meanSize: 3};
const moody: World = {kind: 'moody minutes', variation: 0.5};

const percent = (ratio: number) => `${Number((ratio * 100).toFixed(2))} %`;
const same = (ratio: number): Ratios => ({canary: ratio, stable: ratio});

function countsCell(traffic: Traffic, what: string, is: Cell['is'], world: World, ratios: Ratios): Extract<Cell, {kind: 'counts'}> {
	return {kind: 'counts', name: `${percent(ratios.stable)} → ${percent(ratios.canary)}${what}`, is, traffic, world, ratios};
}

const countsCells = (traffic: Traffic): readonly Cell[] => [
	countsCell(traffic, '', 'no change', oneByOne, same(0.001)),
	countsCell(traffic, '', 'no change', oneByOne, same(0.01)),
	countsCell(traffic, ', clumps of 3', 'no change', clumps, same(0.001)),
	countsCell(traffic, ', minutes vary by half', 'no change', moody, same(0.001)),
	countsCell(traffic, ', minutes vary by half', 'no change', moody, same(0.01)),
	countsCell(traffic, ', shared outage', 'no change', outage, same(0.001)),
	...[0.002, 0.01, 0.02, 0.05].map(canary => countsCell(traffic, '', 'worse', oneByOne, {canary, stable: 0.001})),
	countsCell(traffic, ', clumps of 3', 'worse', clumps, {canary: 0.01, stable: 0.001}),
	countsCell(traffic, ', minutes vary by half', 'worse', moody, {canary: 0.01, stable: 0.001}),
	countsCell(traffic, ', outage in minutes 1 to 3', 'worse', {...outage, from: 1, to: 3}, {canary: 0.01, stable: 0.001}),
	countsCell(traffic, ', minutes vary by all', 'no change', {kind: 'moody minutes', variation: 1}, same(0.001)),
	countsCell(traffic, ', clumps of 3 over a minute', 'no change', {...clumps, spanLooks: 6}, same(0.001)),
	countsCell(traffic, ', beta minutes 0.02', 'no change', {kind: 'beta minutes', correlation: 0.02}, same(0.001)),
	countsCell(traffic, ', bursts of 20 %', 'no change', {kind: 'bursts', ratio: 0.2, part: 0.01}, same(0.001)),
];

const outageBefore = (traffic: Traffic): Cell => ({
	...countsCell(traffic, ', outage an hour before', 'worse', oneByOne, {canary: 0.01, stable: 0.001}),
	before: {...outage, from: 60, to: 62},
});

const longOutageBefore = (traffic: Traffic): readonly Cell[] =>
	(
		[
			{is: 'no change', canary: 0.001},
			{is: 'worse', canary: 0.01},
		] as const
	).map(({is, canary}) => ({
		...countsCell(traffic, ', outage of 10 minutes an hour before', is, oneByOne, {canary, stable: 0.001}),
		before: {...outage, from: 60, to: 70},
	}));

const latencyCells = (traffic: Traffic): readonly Cell[] =>
	[1, 1.1, 1.3, 2].map(times => ({
		kind: 'latency',
		name: `latency +${Math.round((times - 1) * 100)} %`,
		is: times === 1 ? 'no change' : 'worse',
		traffic,
		times,
	}));

const gauge = (times: number, correlation: number): Cell => ({
	kind: 'gauge',
	name: `gauge +${Math.round((times - 1) * 100)} %${correlation === 0 ? '' : `, minutes correlated ${correlation}`}`,
	is: times === 1 ? 'no change' : 'worse',
	traffic: {canary: 3, stable: 3},
	times,
	correlation,
});

/** Every row: counts, latencies, gauges. */
export const cells: readonly Cell[] = [
	...arms.flatMap(countsCells),
	...arms.flatMap(latencyCells),
	gauge(1, 0),
	gauge(1, 0.5),
	gauge(1.5, 0),
	gauge(2, 0),
	...arms.map(outageBefore),
	...arms.flatMap(longOutageBefore),
];
