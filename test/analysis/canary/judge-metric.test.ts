import {describe, expect, test} from 'vitest';
import {judgeMetric} from '../../../src/analysis/canary/judge-metric.ts';
import type {CanaryMetric, CountsInterval} from '../../../src/analysis/canary/metric.ts';

const errorRatio: CanaryMetric = {name: 'error-ratio', kind: 'counts', worse: 'higher', tolerance: 0};

const counts = (canary: number, canaryBad: number, stable: number, stableBad: number): CountsInterval => ({
	kind: 'counts',
	spanMs: 10_000,
	canary: {total: canary, bad: canaryBad},
	stable: {total: stable, bad: stableBad},
});
const times = (looks: number, ...args: Parameters<typeof counts>) => Array.from({length: looks}, () => counts(...args));

const rows: readonly (readonly [name: string, intervals: readonly CountsInterval[], verdict: string, reason: RegExp])[] = [
	[
		'as many errors pass',
		[counts(500, 1, 500, 1)],
		'pass',
		/0\.2 % of the canary's 500 requests failed, 0\.2 % of the stable version's 500/,
	],
	['a pass says what it excludes', times(60, 17, 0, 316, 0), 'pass', /that more than 0\.3 % failed is excluded \(95 % sure\)/],
	['many more errors, look after look, fail', times(8, 100, 8, 900, 1), 'fail', /8\.0 % of the canary's/],
	['one error more is no proof', [counts(300, 1, 1800, 2)], 'pass', /0\.3 %/],
	['one burst among quiet looks is no verdict', [...times(20, 17, 0, 316, 0), counts(17, 9, 316, 0)], 'not-enough-data', /failed/],
	['twenty requests are not enough', [counts(20, 0, 180, 0)], 'not-enough-data', /20 requests reached the canary, 100 are needed/],
	['a failing request alone is no verdict', [counts(1, 1, 9, 0)], 'not-enough-data', /1 requests reached the canary/],
	['no look is no verdict', [], 'not-enough-data', /0 requests/],
	[
		'no traffic is named',
		[counts(0, 0, 540, 1)],
		'not-enough-data',
		/no request of the canary was counted, while the stable version had 540/,
	],
	['a canary alone compares with nothing', times(8, 500, 20, 0, 0), 'not-enough-data', /0 requests reached the stable version/],
	['both broken point at what they share', times(8, 100, 75, 100, 75), 'not-enough-data', /both fail.*look for what they share/],
	['a stable version that fails alone is no fault', times(8, 100, 1, 100, 60), 'pass', /60\.0 % of the stable/],
	['too much to pass, too little to fail', times(3, 100, 8, 900, 1), 'not-enough-data', /looks worse, and is not certain yet/],
	['NaN and negative counts are no traffic', [counts(Number.NaN, -1, Number.NaN, 3)], 'not-enough-data', /0 requests/],
];

describe('judgeMetric on counts', () => {
	test.each(rows)('%s', (_name, intervals, verdict, reason) => {
		const judged = judgeMetric(errorRatio, intervals, {stageFrom: 0});
		expect(judged.reason).toMatch(reason);
		expect(judged.verdict).toBe(verdict);
	});

	test('wants traffic in each stage, and says how long it takes', () => {
		const intervals = [...times(6, 100, 0, 100, 0), counts(50, 0, 50, 0)];
		expect(judgeMetric(errorRatio, intervals, {stageFrom: 6})).toMatchObject({verdict: 'not-enough-data', minutesMore: 1});
	});

	test('says nothing on minutes where nothing comes', () => {
		expect(judgeMetric(errorRatio, [counts(0, 0, 0, 0)], {stageFrom: 0})).not.toHaveProperty('minutesMore');
	});

	test('a tolerance lets as much more pass', () => {
		const half = times(30, 100, 15, 900, 90);
		expect(judgeMetric(errorRatio, half, {stageFrom: 0}).verdict).toBe('fail');
		expect(judgeMetric({...errorRatio, tolerance: 1}, half, {stageFrom: 0}).verdict).toBe('pass');
	});

	test('a named ratio may be high on both sides', () => {
		const misses: CanaryMetric = {name: 'cache-misses', kind: 'counts', worse: 'higher', tolerance: 0};
		const judged = judgeMetric(misses, times(30, 100, 75, 100, 75), {stageFrom: 0});
		expect(judged.verdict).toBe('pass');
		expect(judged.reason).toMatch(/^75\.0 % of the canary's 3000 requests count as cache-misses, .* count as cache-misses is excluded/);
	});

	test('fewer can be worse', () => {
		const orders: CanaryMetric = {name: 'orders', kind: 'counts', worse: 'lower', tolerance: 0};
		expect(judgeMetric(orders, times(30, 100, 5, 900, 180), {stageFrom: 0}).verdict).toBe('fail');
		expect(judgeMetric(orders, times(30, 100, 20, 900, 180), {stageFrom: 0}).verdict).toBe('pass');
		expect(judgeMetric(orders, times(30, 100, 60, 900, 180), {stageFrom: 0}).verdict).toBe('pass');
	});
});

describe('a later stage', () => {
	/** 600 requests a minute; stages of a quarter and a half, both as good as the stable version. */
	const earlierStages = (minutes: number) => [
		...times(minutes * 6, 25, 0, 75, 0),
		...times(minutes * 6, 50, 0, 50, 0),
		counts(25, 1, 75, 1),
	];
	const alone = (minutes: number, badOfHundred: number) => times(minutes * 6, 100, badOfHundred, 0, 0);
	const judged = (earlier: readonly CountsInterval[], stage: readonly CountsInterval[], isAlone = false) =>
		judgeMetric(errorRatio, [...earlier, ...stage], {stageFrom: earlier.length, isAlone});

	test.each([
		['that fails 3 % alone does not pass, and fails', earlierStages(1), 3, 'not-enough-data'],
		['that fails all alone fails within a minute', earlierStages(1), 100, 'fail'],
		['that fails half alone fails, however long it was good', earlierStages(30), 50, 'fail'],
	])('%s', (_name, earlier, bad, inFirstMinute) => {
		expect(judged(earlier, alone(1, bad), true).verdict).toBe(inFirstMinute);
		expect(judged(earlier, alone(4, bad), true).verdict).toBe('fail');
		expect(judged(earlier, alone(4, bad)).verdict).toBe('fail');
	});

	test('that serves alone and is good passes, by its own requests', () => {
		const verdict = judged(earlierStages(1), alone(1, 0), true);
		expect(verdict).toMatchObject({verdict: 'pass', canary: 0, canarySamples: 600});
		expect(verdict.reason).toMatch(
			/^0\.0 % of the canary's 600 requests in this step failed; before it, of the stable version's 825, 0\.1 %, and at most 1\.\d % \(99\.5 % sure\); that more than 0\.\d % failed in this step is excluded \(95 % sure\)$/,
		);
	});

	test('that fails alone says that nothing tells it from an outage of both', () => {
		expect(judged(earlierStages(1), alone(2, 30), true).reason).toMatch(
			/the stable version gets no requests now, so an outage of both would look the same$/,
		);
	});

	test('is not compared with health checks of a version that serves nobody', () => {
		expect(judged(earlierStages(30), times(6, 100, 50, 3, 0), true).verdict).toBe('fail');
	});

	test('is not outvoted by a good hour: the stage excludes by its own requests', () => {
		const hour = times(360, 12, 0, 13, 0);
		expect(judged(hour, times(6, 13, 1, 13, 0)).verdict).toBe('not-enough-data');
	});

	test('without a request of the stable version is no comparison, for two minutes', () => {
		expect(judged(earlierStages(1), alone(1, 0)).reason).toBe('no request of the stable version was counted in this step yet');
		expect(judged(earlierStages(1), alone(2, 0)).verdict).toBe('pass');
	});

	test('fewer can be worse alone, too', () => {
		const orders: CanaryMetric = {name: 'orders', kind: 'counts', worse: 'lower', tolerance: 0};
		const earlier = times(12, 50, 10, 50, 10);
		const verdict = (bad: number) =>
			judgeMetric(orders, [...earlier, ...times(30, 100, bad, 0, 0)], {stageFrom: earlier.length, isAlone: true}).verdict;
		expect([verdict(20), verdict(1)]).toEqual(['pass', 'fail']);
	});
});
