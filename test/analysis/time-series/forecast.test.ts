import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {backTest} from '../../../src/analysis/time-series/back-test.ts';
import {type ForecastOptions, forecast} from '../../../src/analysis/time-series/forecast.ts';
import type {Forecast} from '../../../src/analysis/time-series/forecast-result.ts';
import {naive} from '../../../src/analysis/time-series/naive-models.ts';
import type {Samples} from '../../../src/analysis/time-series/prepare.ts';
import {daily, type Recipe, synthetic, weekly} from './synthetic.ts';

function made(samples: Samples, options: ForecastOptions): Extract<Forecast, {kind: 'forecast'}> {
	const result = forecast(samples, options);
	if (result.kind === 'refused') throw new Error(result.why);
	return result;
}

const medians = (samples: Samples, options: ForecastOptions) => made(samples, options).steps.map(({median}) => median);

describe('what it answers', () => {
	test('a season goes on, and is better than repeating it', () => {
		const season = weekly(20);
		const result = made(synthetic(1, 800, {season, noise: 2}), {horizon: 48});
		expect(result.seasons).toEqual([24, 168]);
		expect(result.beatsNaive).toBe(true);
		expect(result.backTest.error).toBeLessThan(result.backTest.seasonalNaiveError);
		for (const [step, {median}] of result.steps.entries()) expect(Math.abs(median - 100 - season(800 + step))).toBeLessThan(4);
		expect(result.models.reduce((sum, {share}) => sum + share, 0)).toBeCloseTo(1, 9);
		expect(result.reasons).toEqual(['It repeats every 24 and 168 samples']);
	});

	test('of random walks it says that it is no better than the last value', () => {
		const said = Array.from({length: 20}, (_, seed) => made(synthetic(seed, 300, {memory: 1}), {horizon: 12}));
		const no = said.filter(
			({beatsNaive, reasons}) => !beatsNaive && reasons.some(reason => reason.startsWith('No better than the last value')),
		);
		expect(no.length).toBeGreaterThanOrEqual(16);
	});

	// Where the mean errors alone were compared, 15 of 30 were called better.
	test('of random walks that few horizons fit into it says the same', () => {
		const said = Array.from({length: 30}, (_, seed) => made(synthetic(seed, 200, {memory: 1}), {horizon: 24}));
		expect(said.filter(({beatsNaive}) => !beatsNaive).length).toBeGreaterThanOrEqual(25);
	});

	test('bounds contain each other, for every step', () => {
		for (const seed of [1, 2, 3])
			for (const {low95, low80, median, high80, high95} of made(synthetic(seed, 200, {memory: 0.9}), {horizon: 20}).steps)
				expect([low95, low80, median, high80, high95]).toEqual(
					[low95, low80, median, high80, high95].toSorted((one, other) => one - other),
				);
	});

	test('the season that is given is taken, and 1 says that there is none', () => {
		const values = synthetic(1, 400, {season: daily(10)});
		expect(made(values, {horizon: 24, season: 12}).seasons).toEqual([12]);
		expect(made(values, {horizon: 24, season: [24, 48]}).seasons).toEqual([24, 48]);
		expect(made(values, {horizon: 24, season: 1}).seasons).toEqual([]);
		expect(made(values, {horizon: 24, season: 300}).seasons).toEqual([]);
	});

	test('what never was below zero never will be, and what was may be', () => {
		const falling = synthetic(1, 200, {level: 100, slope: -0.49, noise: 0.3}).map(value => Math.max(0, value));
		for (const {low95, median} of made(falling, {horizon: 40}).steps) {
			expect(low95).toBeGreaterThanOrEqual(0);
			expect(median).toBeGreaterThanOrEqual(0);
		}
		expect(Math.min(...made(synthetic(1, 200, {level: 50, slope: -0.5}), {horizon: 40}).steps.map(({low95}) => low95))).toBeLessThan(0);
	});

	test('a constant stays, and it says that this is all it knows', () => {
		const {steps, beatsNaive, reasons} = made(new Array<number>(50).fill(7), {horizon: 3});
		expect(steps).toEqual(Array.from({length: 3}, () => ({median: 7, low80: 7, high80: 7, low95: 7, high95: 7})));
		expect(beatsNaive).toBe(false);
		expect(reasons[0]).toMatch(/^It never changed/);
	});

	test('of many zeros it says that the middle says little, and the upper bound is none', () => {
		const rare = Float64Array.from(synthetic(5, 300, {level: 0}), value => (value > 1 ? Math.round(10 * value) : 0));
		const {steps, reasons} = made(rare, {horizon: 10});
		expect(reasons[0]).toMatch(/^Most of its samples are zero/);
		for (const {low95, high95} of steps) {
			expect(low95).toBe(0);
			expect(high95).toBeGreaterThan(5);
		}
	});

	test('a counter with resets is forecast as what it grows by', () => {
		let total = 0;
		const counter = Float64Array.from(synthetic(1, 200, {level: 20}), (grown, time) => (total = time === 120 ? grown : total + grown));
		const {steps, reasons} = made(counter, {horizon: 5, isCounter: true});
		for (const {median} of steps) expect(median).toBeCloseTo(20, -1);
		expect(reasons[0]).toBe('The counter began anew 1 time');
	});

	test('after a step only the new level counts', () => {
		const stepped = synthetic(1, 400, {season: daily(5)}).map((value, time) => (time < 250 ? value : value + 300));
		const {steps, learnedFrom, reasons} = made(stepped, {horizon: 24});
		expect(learnedFrom).toBe(150);
		expect(reasons[0]).toMatch(/^Its level changed 150 samples ago/);
		for (const {median} of steps) expect(Math.abs(median - 400)).toBeLessThan(12);
	});

	test('a model that runs away after all is left out', () => {
		const values = Float64Array.from({length: 60}, (_, time) => (time < 59 ? Math.sin(time * time) : 1));
		const runaway = {
			name: 'runs away',
			fit: (all: Float64Array) => (_: Float64Array, __: number, ahead: number) => new Float64Array(ahead).fill(all.length < 60 ? 0 : 4),
		};
		const tried = backTest(
			values,
			{horizon: 3, origins: [40, 50]},
			[runaway, naive].map(model => ({model, seasons: []})),
		);
		expect(tried.map(({candidate}) => candidate.model.name)).toEqual(['last value']);
	});

	test('samples that are missing at the end are forecast and left out', () => {
		const whole = synthetic(1, 300, {season: daily(20), noise: 0.1});
		const late = [...whole, Number.NaN, null];
		const {steps, reasons} = made(late, {horizon: 24});
		expect(steps).toHaveLength(24);
		for (const [step, {median}] of steps.entries()) expect(Math.abs(median - 100 - daily(20)(302 + step))).toBeLessThan(1);
		expect(reasons[0]).toBe('The last 2 samples missing, forecast from what was before');
	});

	test('a few gaps do not matter', () => {
		const values = [...synthetic(1, 400, {season: daily(20)})].map((value, time) => (time % 11 === 5 ? null : value));
		const {steps, reasons} = made(values, {horizon: 24});
		for (const [step, {median}] of steps.entries()) expect(Math.abs(median - 100 - daily(20)(400 + step))).toBeLessThan(5);
		expect(reasons[0]).toMatch(/^36 samples missing/);
	});
});

describe('what it refuses', () => {
	test.each<[string, Samples, string]>([
		['nothing', [], 'There is no sample in it'],
		['nothing but gaps', [null, Number.NaN], 'There is no sample in it'],
		['too few', synthetic(1, 30, {}), '30 samples are too few for 12 ahead: 32 are the least'],
		['too many gaps', [...synthetic(1, 99, {})].map((value, time) => (time % 3 === 0 ? value : null)), '64 of its 97 samples are missing'],
		[
			'an end that is long past',
			[...synthetic(1, 99, {}), ...new Array<null>(20).fill(null)],
			'Its last 20 samples are missing, more than the 12 that are asked for',
		],
	])('%s', (_name, samples, why) => expect(forecast(samples, {horizon: 12})).toEqual({kind: 'refused', why}));

	test.each([0, -1, 1.5, Number.NaN])('a horizon of %d is a mistake of the caller', horizon => {
		expect(() => forecast([1, 2, 3], {horizon})).toThrow(RangeError);
	});
});

describe('what always holds', () => {
	const values = synthetic(7, 160, {season: daily(8), level: -500});

	test('the same samples give the same forecast', () => {
		expect(forecast(values, {horizon: 24})).toEqual(forecast([...values], {horizon: 24}));
	});

	// Below zero there is no logarithm, so moving a series changes nothing but its level.
	test.each([
		[1, -1000],
		[1000, 0],
		[1e-6, -1],
		[3, -5],
	])('%d times the series and %d more give as much of the forecast', (factor, more) => {
		const moved = medians(
			values.map(value => factor * value + more),
			{horizon: 24},
		);
		for (const [step, median] of medians(values, {horizon: 24}).entries())
			expect(Math.abs((moved[step] ?? 0) - (factor * median + more))).toBeLessThan(factor * 0.5);
	});

	test('whatever is given, it answers with numbers in order, or refuses', () => {
		const sample = fc.oneof(
			fc.double(),
			fc.constant(null),
			fc.constant(0),
			fc.integer({min: -5, max: 5}),
			fc.constant(1e99),
			fc.constant(Number.MIN_VALUE),
		);
		fc.assert(
			fc.property(fc.array(sample, {maxLength: 90}), fc.integer({min: 1, max: 12}), fc.boolean(), (samples, horizon, isCounter) => {
				const result = forecast(samples, {horizon, isCounter});
				if (result.kind === 'refused') {
					expect(result.why).not.toBe('');
					return;
				}
				expect(result.steps).toHaveLength(horizon);
				for (const {low95, median, high95} of result.steps) {
					expect([low95, median, high95].every(Number.isFinite)).toBe(true);
					expect(low95 <= median && median <= high95).toBe(true);
				}
			}),
			{numRuns: 60, seed: 20261128},
		);
	});

	test('the bounds of 95 hold about that part of what comes', () => {
		const recipes: readonly Recipe[] = [{}, {season: daily(5)}, {memory: 0.7}, {memory: 1}, {slope: 0.3, memory: 0.5}];
		let [kept, all] = [0, 0];
		for (const [kind, recipe] of recipes.entries())
			for (let seed = 0; seed < 16; seed++) {
				const whole = synthetic(100 * kind + seed, 324, recipe);
				for (const [step, {low95, high95}] of made(whole.subarray(0, 300), {horizon: 24}).steps.entries()) {
					const truth = whole[300 + step] ?? Number.NaN;
					kept += Number(truth >= low95 && truth <= high95);
					all++;
				}
			}
		expect(kept / all).toBeGreaterThan(0.92);
		expect(kept / all).toBeLessThan(0.98);
	});
});
