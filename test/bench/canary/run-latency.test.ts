import {expect, test} from 'vitest';
import {judgeMetric} from '../../../src/analysis/canary/judge-metric.ts';
import {seeded} from './random.ts';
import {type Buckets, bucketsOf, minuteOf, upperBounds} from './run-latency.ts';

test('the benchmark keeps up the same judgement look by look that the product computes anew', () => {
	const next = seeded(5);
	const parts = (slower: number) => upperBounds.map((_, at) => (at === 4 ? 0.7 - slower : at === 5 ? 0.28 : at === 6 ? 0.02 + slower : 0));
	const looks = Array.from(
		{length: 60},
		(): Buckets => ({canary: bucketsOf(next, 17, parts(0.05)), stable: bucketsOf(next, 100, parts(0))}),
	);
	const metric = {name: 'p99', kind: 'latency', worse: 'higher', tolerance: 0.1, quantile: 0.99} as const;
	const intervals = looks.map(look => ({...look, kind: 'latency', spanMs: 10_000, upperBounds}) as const);
	const first = intervals.findIndex((_, at) => judgeMetric(metric, intervals.slice(0, at + 1), {stageFrom: 0}).verdict === 'fail');
	expect(first).toBeGreaterThan(0);
	expect(minuteOf(looks, 0.99)).toBeCloseTo((first + 1) / 6, 9);
});
