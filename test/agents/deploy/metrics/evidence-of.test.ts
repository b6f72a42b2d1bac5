import {describe, expect, test} from 'vitest';
import type {ChosenMetric} from '../../../../src/agents/deploy/metrics/choosing/chosen-metric.ts';
import {canaryEvidence, type JudgedMetric} from '../../../../src/agents/deploy/metrics/evidence-of.ts';
import {evidenceSchema} from '../../../../src/agents/deploy/metrics/evidence-schema.ts';
import {pooled} from '../../../../src/agents/deploy/metrics/pooled.ts';
import type {CanaryMetric, CountsInterval, MetricVerdict} from '../../../../src/analysis/canary/metric.ts';

const chosen = (metric: Partial<CanaryMetric> = {}): ChosenMetric => ({
	metric: {name: 'error-ratio', kind: 'counts', worse: 'higher', tolerance: 0, ...metric},
	reading: {kind: 'query', promql: ''},
	query: 'sum by (pod) (x)',
	source: 'test',
});
const verdict = (more: Partial<MetricVerdict> = {}): MetricVerdict => ({
	...{metric: 'error-ratio', verdict: 'fail', reason: 'more fail', test: 'a test', canarySamples: 0, stableSamples: 0},
	...more,
});
const counts = (canary: readonly [number, number], stable: readonly [number, number]): CountsInterval => ({
	...{kind: 'counts', spanMs: 10_000},
	canary: {total: canary[0], bad: canary[1]},
	stable: {total: stable[0], bad: stable[1]},
});
const pods = {canary: ['web-canary-1'], stable: ['web-1']};
const one = (judged: Partial<JudgedMetric>) =>
	canaryEvidence([{chosen: chosen(), intervals: [], verdict: verdict(), ...judged}], pods).metrics[0];

test('each look is a value, and looks without requests are none', () => {
	expect(one({intervals: [counts([0, 0], [100, 1]), counts([10, 2], [100, 0])]})).toMatchObject({
		unit: 'ratio',
		spanMs: 20_000,
		canary: {value: 0.2, samples: 10, looks: [null, 0.2]},
		stable: {value: 0.005, samples: 200, looks: [0.01, 0]},
	});
});

test('many looks are put together by their counts, not by their ratios', () => {
	const intervals = Array.from({length: 480}, (_, index) => counts(index % 10 === 0 ? [91, 1] : [1, 0], [1, 0]));
	const evidence = one({intervals});
	expect(evidence?.canary.looks).toHaveLength(48);
	expect(new Set(evidence?.canary.looks)).toEqual(new Set([0.01]));
});

test('nothing counted is told as nothing, and as data that a record keeps', () => {
	const evidence = canaryEvidence(
		[
			{
				chosen: chosen(),
				intervals: [],
				verdict: verdict({verdict: 'not-enough-data', evidence: Number.NaN, canary: Number.NaN}),
				missing: 'gone',
			},
		],
		pods,
	);
	expect(evidence.metrics[0]).toMatchObject({missing: 'gone', canary: {samples: 0, looks: []}});
	expect(evidence.metrics[0]).not.toHaveProperty('evidence');
	expect(evidenceSchema.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence);
});

test('hundreds of pods are named up to a limit', () => {
	const many = Array.from({length: 300}, (_, index) => `web-${index}`);
	expect(canaryEvidence([], {canary: many, stable: many}).pods.stable).toHaveLength(20);
});

describe('pooled', () => {
	const metric: CanaryMetric = {name: 'latency-p50', kind: 'latency', worse: 'higher', tolerance: 0.1, quantile: 0.5};
	const latency = (upperBounds: readonly number[], canary: readonly number[]) => ({
		...{kind: 'latency' as const, spanMs: 1000, upperBounds: [...upperBounds, Number.POSITIVE_INFINITY]},
		...{canary, stable: canary.map(() => 0)},
	});

	test.each([
		['evenly within a bucket', [latency([1, 2], [0, 10, 0])], 1.5, 10],
		['the last bucket as its lower bound', [latency([1, 2], [0, 0, 4])], 2, 4],
		['over looks', [latency([1, 2], [9, 0, 0]), latency([1, 2], [0, 11, 0])], 1 + 1 / 11, 20],
		['over other buckets', [latency([1, 2, 4], [0, 4, 0, 0]), latency([1, 4], [0, 4, 0])], 2.5, 8],
		['nothing', [latency([1], [0, 0])], undefined, 0],
	])('a quantile: %s', (_, intervals, value, samples) => {
		const found = pooled(metric, intervals, 'canary');
		expect(found.samples).toBe(samples);
		if (value === undefined) expect(found.value).toBeUndefined();
		else expect(found.value).toBeCloseTo(value, 10);
	});

	test('a gauge is the mean of its values, those left out that are no numbers', () => {
		const gauge = {kind: 'gauge' as const, spanMs: 0, canary: [1, Number.NaN, 2], stable: []};
		expect(pooled({...metric, kind: 'gauge'}, [gauge], 'canary')).toEqual({value: 1.5, samples: 2});
		expect(pooled({...metric, kind: 'gauge'}, [gauge], 'stable')).toEqual({value: undefined, samples: 0});
	});
});
