import {expect, test} from 'vitest';
import {periodOf} from '../../../src/analysis/anomalies/period.ts';
import {randomNumbers, series} from './random-series.ts';

test.each([
	['a day of hours', 24, 500],
	['a day of five minutes', 288, 3000],
	['an odd one in few rows', 37, 200],
])('finds %s in noise', (_, period, rows) => {
	const {normal} = randomNumbers(1);
	const found = periodOf(series(rows, row => 5 * Math.sin((2 * Math.PI * row) / period) + normal())) ?? 0;
	expect(Math.abs(found - period)).toBeLessThanOrEqual(Math.ceil(period / 100));
});

test('finds a season in spite of outliers', () => {
	expect(periodOf(series(1000, row => (row % 333 === 5 ? 1e6 : row % 24 < 8 ? 1 : 0)))).toBe(24);
});

test.each([
	['noise', (random: ReturnType<typeof randomNumbers>) => () => random.normal()],
	['nothing that moves', () => () => 7],
	['a trend', () => (row: number) => row],
])('finds no season in %s', (_, kind) => {
	expect(periodOf(series(1000, kind(randomNumbers(2))))).toBeUndefined();
});

test('finds none in too few values', () => {
	expect(periodOf([])).toBeUndefined();
	expect(periodOf([1, 2, 1])).toBeUndefined();
});
