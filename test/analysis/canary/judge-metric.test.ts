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

	test('fewer can be worse', () => {
		const orders: CanaryMetric = {name: 'orders', kind: 'counts', worse: 'lower', tolerance: 0};
		expect(judgeMetric(orders, times(30, 100, 5, 900, 180), {stageFrom: 0}).verdict).toBe('fail');
		expect(judgeMetric(orders, times(30, 100, 20, 900, 180), {stageFrom: 0}).verdict).toBe('pass');
		expect(judgeMetric(orders, times(30, 100, 60, 900, 180), {stageFrom: 0}).verdict).toBe('pass');
	});
});
