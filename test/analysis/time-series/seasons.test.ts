import {describe, expect, test} from 'vitest';
import {autocorrelation} from '../../../src/analysis/time-series/autocorrelation.ts';
import {calendarSeasons} from '../../../src/analysis/time-series/calendar.ts';
import {cycleLikeness, findSeasons} from '../../../src/analysis/time-series/seasons.ts';
import {daily, type Recipe, synthetic, weekly} from './synthetic.ts';

const seeds = Array.from({length: 20}, (_, seed) => seed + 1);

describe('seasons are found', () => {
	test.each<[string, Recipe, number, readonly number[]]>([
		['of a day', {season: daily(5)}, 400, [24]],
		['of a day on a slope', {season: daily(5), slope: 0.5}, 400, [24]],
		['of a day on a wandering level', {season: daily(10), memory: 1, noise: 0.3}, 700, [24]],
		['of a day and a week', {season: weekly(10)}, 960, [24, 168]],
		['of 7', {season: time => [0, 1, 2, 3, 4, -6, -9][time % 7] ?? 0}, 120, [7]],
		['of 2', {season: time => 5 * (time % 2)}, 60, [2]],
	])('%s', (_name, recipe, length, expected) => {
		const right = seeds.filter(seed => findSeasons(synthetic(seed, length, recipe)).join() === expected.join());
		expect(right.length).toBeGreaterThanOrEqual(18);
	});

	test('a day that is expected comes before a lag beside it', () => {
		const values = synthetic(3, 200, {season: daily(1), noise: 1});
		expect(findSeasons(values, [24])).toEqual([24]);
	});
});

describe('no season is found', () => {
	test.each<[string, Recipe, number]>([
		['in noise', {}, 300],
		['in noise that stays for a while', {memory: 0.8}, 500],
		['in a random walk', {memory: 1}, 700],
		['on a line', {slope: 1, noise: 0.1}, 200],
	])('%s', (_name, recipe, length) => {
		const found = seeds.filter(seed => findSeasons(synthetic(seed, length, recipe), [24]).length > 0);
		expect(found.length).toBeLessThanOrEqual(3);
	});

	test.each([
		['nothing', new Float64Array(0)],
		['one value', Float64Array.of(3)],
		['five values', Float64Array.of(3, 1, 3, 1, 3)],
		['a constant', new Float64Array(100).fill(7)],
		['a perfect line', Float64Array.from({length: 90}, (_, time) => time)],
	])('in %s', (_name, values) => expect(findSeasons(values)).toEqual([]));
});

test('cycles are alike wholly, or not at all', () => {
	expect(
		cycleLikeness(
			Float64Array.from({length: 240}, (_, time) => daily(5)(time)),
			24,
		),
	).toBeCloseTo(1, 6);
	expect(cycleLikeness(synthetic(1, 2400, {}), 24)).toBeLessThan(0.05);
});

test('autocorrelation is that of the definition, for a length that is no power of two', () => {
	const values = Float64Array.of(2, 5, 1, 8, 3, 3, 9);
	const centre = values.reduce((sum, value) => sum + value, 0) / 7;
	const products = (lag: number) =>
		values.subarray(lag).reduce((sum, value, time) => sum + (value - centre) * ((values[time] ?? 0) - centre), 0) / (7 - lag);
	const expected = [0, 1, 2, 3].map(lag => expect.closeTo(products(lag) / products(0), 9));
	expect([...autocorrelation(values, 3)]).toEqual(expected);
	expect([...autocorrelation(new Float64Array(5).fill(2), 2)]).toEqual([0, 0, 0]);
});

test.each([
	[3600, 960, [24, 168]],
	[3600, 400, [24]],
	[60, 40_000, [60, 1440, 10_080]],
	[604_800, 500, [52]],
	[7, 100_000, []],
	[3600, 50, []],
])('of a step of %i s and %i samples the calendar has %j', (step, length, expected) =>
	expect(calendarSeasons(step, length)).toEqual(expected),
);
