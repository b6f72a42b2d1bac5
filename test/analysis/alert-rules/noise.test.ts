import {expect, test} from 'vitest';
import {countPages} from '../../../src/analysis/alert-rules/noise/count-pages.ts';
import {noiseOf} from '../../../src/analysis/alert-rules/noise/noise-of.ts';
import {type Evaluation, type PastSeries, replayRule} from '../../../src/analysis/alert-rules/noise/replay-rule.ts';

const minute = 60_000;
const evaluation = (more: Partial<Evaluation> = {}): Evaluation => ({
	...{fromMs: 0, toMs: 60 * minute, intervalMs: minute, forMs: 5 * minute, keepFiringMs: 0},
	...more,
});

/** A series that is there in these minutes, both ends included. */
const during = (labels: PastSeries['labels'], ...times: readonly (readonly [from: number, to: number])[]): PastSeries => ({
	labels,
	atMs: times.flatMap(([from, to]) => Array.from({length: to - from + 1}, (_, index) => (from + index) * minute)),
});
const firings = (past: PastSeries, more: Partial<Evaluation> = {}) =>
	replayRule(past, evaluation(more)).map(({fromMs, toMs}) => [fromMs / minute, toMs === undefined ? undefined : toMs / minute]);

test.each<[string, PastSeries, Partial<Evaluation>, unknown]>([
	['fires when it has held for so long', during({}, [10, 20]), {}, [[15, 21]]],
	['fires at once without a time to hold', during({}, [10, 12]), {forMs: 0}, [[10, 13]]],
	['is not pending any more after one evaluation without a sample', during({}, [10, 14], [16, 20]), {}, []],
	['goes on firing for a while', during({}, [10, 20], [23, 24]), {keepFiringMs: 5 * minute}, [[15, 30]]],
	[
		'ends where that while is over',
		during({}, [10, 20], [40, 50]),
		{keepFiringMs: 5 * minute},
		[
			[15, 26],
			[45, 56],
		],
	],
	['still fires at the end', during({}, [50, 60]), {}, [[55, undefined]]],
	['never fires without samples', during({}), {}, []],
	['fires from the start on', during({}, [0, 60]), {}, [[5, undefined]]],
])('%s', (_what, past, more, expected) => {
	expect(firings(past, more)).toEqual(expected);
});

test('samples that are off the evaluations count for the next one, and old ones do not', () => {
	expect(replayRule({labels: {}, atMs: [90_500, 150_500]}, evaluation({forMs: 0}))).toEqual([
		{labels: {}, fromMs: 2 * minute, toMs: 4 * minute},
	]);
	expect(replayRule({labels: {}, atMs: [-5 * minute]}, evaluation({forMs: 0}))).toEqual([]);
});

const grouping = {by: ['namespace'], waitMs: minute / 2, intervalMs: 5 * minute, repeatMs: 4 * 60 * minute};
const firing = (namespace: string, from: number, to?: number) => ({
	labels: {namespace},
	fromMs: from * minute,
	toMs: to === undefined ? undefined : to * minute,
});
const pages = (all: readonly ReturnType<typeof firing>[], end = 600) => countPages(all, end * minute, grouping);

test('alerts of one group come in one message, those that join it in the next, and a group that goes on is told again', () => {
	expect(pages([])).toBe(0);
	expect(pages([firing('a', 0, 20), firing('a', 0, 30), firing('b', 0, 20)])).toBe(2);
	expect(pages([firing('a', 0, 20), firing('a', 3, 30), firing('a', 4, 30)])).toBe(2);
	expect(pages([firing('a', 0, 20), firing('a', 50, 60)])).toBe(2);
	expect(pages([firing('a', 0)])).toBe(3);
	// Over before anybody was told.
	expect(pages([firing('a', 0, 0.25)])).toBe(0);
});

test('says how often an alert would have disturbed somebody', () => {
	const day = 24 * 60;
	const past = [
		during({namespace: 'a', pod: '1'}, [100, 200], [230, 300], [2000, 2010]),
		during({namespace: 'a', pod: '2'}, [102, 150]),
		during({namespace: 'b', pod: '3'}, [10, 12]),
	];
	const noise = noiseOf(past, evaluation({toMs: 7 * day * minute}), grouping);
	expect(noise).toMatchObject({series: 3, pages: 4, pagesPerWeek: 4, firingsPerWeek: 4, flapping: 1});
	expect(noise.firings.map(({fromMs}) => fromMs / minute)).toEqual([105, 107, 235, 2005]);
	expect([noise.medianMs, noise.longestMs]).toEqual([44 * minute, 96 * minute]);
	expect(noise.firingPart).toBeCloseTo((96 + 66 + 6) / (7 * day), 10);
});

test('there is no noise where nothing fired, and no answer without a past', () => {
	expect(noiseOf([], evaluation(), grouping)).toEqual({
		...{firings: [], series: 0, pages: 0, pagesPerWeek: 0, firingsPerWeek: 0, flapping: 0, firingPart: 0},
		...{medianMs: undefined, longestMs: undefined},
	});
	expect(() => noiseOf([], evaluation({intervalMs: 0}), grouping)).toThrow(RangeError);
	expect(() => noiseOf([], evaluation({toMs: 0}), grouping)).toThrow(RangeError);
});

test('reads a million samples of a month in little time, one by one', () => {
	const interval = 30_000;
	const atMs = {
		*[Symbol.iterator]() {
			for (let index = 0; index < 1_000_000; index++) yield index * interval;
		},
	};
	const found = replayRule({labels: {}, atMs}, {fromMs: 0, toMs: 999_999 * interval, intervalMs: interval, forMs: 0, keepFiringMs: 0});
	expect(found).toEqual([{labels: {}, fromMs: 0, toMs: undefined}]);
});
