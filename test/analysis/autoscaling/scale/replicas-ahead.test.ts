import {expect, test} from 'vitest';
import {replicasAhead} from '../../../../src/analysis/autoscaling/scale/replicas-ahead.ts';

const present = {
	shape: {requestCores: 1, readinessMs: 30_000},
	settings: {minReplicas: 2, maxReplicas: 5, targetPercent: 50},
	...{replicas: 4, nowMs: Date.UTC(2026, 0, 5), stepMs: 900_000},
};
const flat = (median: number) => ({low: median * 0.9, median, high: median * 1.2});

test('replicas follow the load by the mathematics of the autoscaler, step by step, beyond the ceiling that is compared', () => {
	const ahead = replicasAhead([2, 2, 4, 8, 8, 1, 1].map(flat), present);
	expect(ahead.map(({median}) => median)).toEqual([4, 4, 8, 16, 16, 16, 2]);
	for (const {low, median, high} of ahead) {
		expect(low).toBeLessThanOrEqual(median);
		expect(high).toBeGreaterThanOrEqual(median);
	}
});

test('a load within the tolerance moves nothing', () => {
	expect(
		replicasAhead(
			[2.15, 2.15].map(each => ({low: each, median: each, high: each})),
			present,
		),
	).toEqual([
		{low: 4, median: 4, high: 4},
		{low: 4, median: 4, high: 4},
	]);
});

test('no step, no answer', () => {
	expect(replicasAhead([], present)).toEqual([]);
});
