import {expect, test} from 'vitest';
import {judgeMetric} from '../../../src/analysis/canary/judge-metric.ts';
import type {CanaryMetric, CountsInterval} from '../../../src/analysis/canary/metric.ts';

const errorRatio: CanaryMetric = {name: 'error-ratio', kind: 'counts', worse: 'higher', tolerance: 0};

const counts = (canary: number, canaryBad: number, stable: number, stableBad: number): CountsInterval => ({
	kind: 'counts',
	spanMs: 10_000,
	canary: {total: canary, bad: canaryBad},
	stable: {total: stable, bad: stableBad},
});

test.each([
	['passes as many errors as the stable version', [counts(500, 1, 500, 1)], 'pass'],
	['fails many more errors, look after look', Array.from({length: 8}, () => counts(100, 8, 900, 1)), 'fail'],
	['never passes without traffic', [counts(0, 0, 900, 1)], 'not-enough-data'],
	['never passes without any look', [], 'not-enough-data'],
] as const)('%s', (_name, intervals, verdict) => {
	expect(judgeMetric(errorRatio, intervals, {stageFrom: 0}).verdict).toBe(verdict);
});

test('wants traffic in each stage', () => {
	const intervals = [counts(500, 1, 500, 1), counts(10, 0, 10, 0)];
	expect(judgeMetric(errorRatio, intervals, {stageFrom: 1}).verdict).toBe('not-enough-data');
});
