import {expect, test} from 'vitest';
import {forecast} from '../../../src/analysis/time-series/forecast.ts';
import type {ForecastStep} from '../../../src/analysis/time-series/forecast-result.ts';
import {timeToLimit} from '../../../src/analysis/time-series/time-to-limit.ts';
import {synthetic} from './synthetic.ts';

/** Rises by 10 a step, 5 more or less in 80 and 10 in 95 of 100 cases. */
const rising: readonly ForecastStep[] = [1, 2, 3, 4].map(step => {
	const median = 10 * step;
	return {median, low80: median - 5, high80: median + 5, low95: median - 10, high95: median + 10};
});
const falling = rising.map(({median, low80, high80, low95, high95}) => ({
	median: -median,
	low80: -high80,
	high80: -low80,
	low95: -high95,
	high95: -low95,
}));

test.each([
	[5, {low: 1, mid: 1, high: 1, probability: 0.975}],
	[25, {low: 2, mid: 3, high: 3, probability: 0.975}],
	[40, {low: 4, mid: 4, high: null, probability: 0.5}],
	[42.5, {low: 4, mid: null, high: null, probability: 0.3}],
	[47.5, {low: null, mid: null, high: null, probability: 0.0625}],
	[1000, {low: null, mid: null, high: null, probability: 0.025}],
])('a limit of %d', (limit, expected) => {
	expect(timeToLimit(rising, limit)).toMatchObject({...expected, probability: expect.closeTo(expected.probability, 9)});
	expect(timeToLimit(falling, -limit, 'falling')).toMatchObject({...expected, probability: expect.closeTo(expected.probability, 9)});
});

test('says what it means', () => {
	expect(timeToLimit(rising, 25).text).toBe('after 3 steps, as early as after 2 and as late as after 3');
	expect(timeToLimit(rising, 40).text).toBe('after 4 steps, as early as after 4 and as late as not within the horizon');
	expect(timeToLimit(rising, 42.5).text).toBe('perhaps: as early as after 4 steps, in the middle not within the horizon of 4');
	expect(timeToLimit(rising, 1000).text).toBe('not within the horizon of 4 steps');
});

test.each([
	[7, 'rising', 1],
	[8, 'rising', 0],
	[6, 'rising', 1],
	[6, 'falling', 0],
	[8, 'falling', 1],
] as const)('a constant of 7 and a limit of %d, %s', (limit, direction, probability) => {
	const result = forecast(new Array<number>(50).fill(7), {horizon: 3});
	expect(result.kind === 'forecast' && timeToLimit(result.steps, limit, direction).probability).toBe(probability);
});

test('a disk that fills by 2 a step is full when it is', () => {
	const result = forecast(synthetic(1, 200, {level: 100, slope: 2}), {horizon: 40});
	const {low, mid, high} = timeToLimit(result.kind === 'forecast' ? result.steps : [], 540);
	expect(Math.abs((mid ?? 0) - 21)).toBeLessThanOrEqual(3);
	expect(low ?? 0).toBeLessThanOrEqual(mid ?? 0);
	expect(mid ?? 0).toBeLessThanOrEqual(high ?? 0);
});
