import {describe, expect, test} from 'vitest';
import {curveOf, momentsIn, summaryOf} from '../../../../src/agents/monitoring/metrics/curve.ts';

const range = {fromMs: 60_000, toMs: 300_000, stepMs: 60_000};
const of = (...points: readonly (readonly [number, number])[]) => ({
	labels: {pod: 'a'},
	points: points.map(([atMs, value]) => ({atMs, value})),
});

describe('curveOf', () => {
	test('lays points on the moments of the range, fractions of a millisecond off', () => {
		expect(momentsIn(range)).toBe(5);
		expect(curveOf(of([60_000.4, 1], [119_999.7, 2], [300_000, 5]), range)).toEqual({labels: {pod: 'a'}, values: [1, 2, null, null, 5]});
	});

	test('leaves out what is no number, and what lies beside the range', () => {
		expect(curveOf(of([0, 9], [60_000, Number.NaN], [120_000, Number.POSITIVE_INFINITY], [360_000, 9]), range).values).toEqual(
			new Array(5).fill(null),
		);
	});
});

describe('summaryOf', () => {
	test('tells now, mean and extremes, with the first time of the most', () => {
		expect(summaryOf([1, null, 5, 5, 3], range)).toEqual({now: 3, mean: 3.5, least: 1, most: 5, mostAtMs: 180_000, samples: 4});
	});

	test('has no number for now where the newest moments have none', () => {
		expect(summaryOf([1, 1, 1, 1, null], range)?.now).toBe(1);
		expect(summaryOf([1, 1, 1, null, null], range)?.now).toBeNull();
		expect(summaryOf([null, null], range)).toBeUndefined();
	});
});
