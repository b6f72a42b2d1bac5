import {describe, expect, test} from 'vitest';
import {autoregression, lagsOf} from '../../../src/analysis/time-series/autoregression.ts';
import {exponentialSmoothing, smooth} from '../../../src/analysis/time-series/exponential-smoothing.ts';
import {harmonicRegression} from '../../../src/analysis/time-series/harmonic-regression.ts';
import {type Model, onLogs} from '../../../src/analysis/time-series/model.ts';
import {drift, naive, seasonalNaive} from '../../../src/analysis/time-series/naive-models.ts';
import {nelderMead} from '../../../src/analysis/time-series/nelder-mead.ts';
import {seasonalProfile} from '../../../src/analysis/time-series/seasonal-profile.ts';
import {slopeOf, theta} from '../../../src/analysis/time-series/theta.ts';

const series = (length: number, at: (time: number) => number) => Float64Array.from({length}, (_, time) => at(time));
const ahead = (model: Model, values: Float64Array, seasons: readonly number[], horizon: number) => [
	...(model.fit(values, seasons)?.(values, values.length, horizon) ?? []),
];
const near = (values: readonly number[], digits = 6) => values.map(value => expect.closeTo(value, digits));
const day = [0, 1, 4, 9, 7, 3];

describe('simple models', () => {
	const values = Float64Array.of(1, 4, 2, 5, 3, 9);

	test.each([
		['last value', naive, [], [9, 9, 9]],
		['last season', seasonalNaive(0), [2], [3, 9, 3]],
		['last of two seasons', seasonalNaive(-1), [2, 4], [2, 5, 3]],
		['drift of 8 in 5 steps', drift, [], [10.6, 12.2, 13.8]],
	])('%s', (_name, model, seasons, expected) => expect(ahead(model, values, seasons, 3)).toEqual(near(expected)));

	test('there is none of a season that the series does not have', () => {
		expect(seasonalNaive(0).fit(values, [])).toBeUndefined();
		expect(seasonalNaive(0).fit(values, [7])).toBeUndefined();
	});
});

describe('exponential smoothing', () => {
	const plain = {level: 0.5, slope: 0, damping: 0, seasons: [], carry: 0};
	const start = {level: 10, slope: 0, seasons: [], error: 0};

	test('level by hand: 10, then half of each error of 12, 8 and 11', () => {
		expect(smooth(Float64Array.of(12, 8, 11), 3, plain, start)).toEqual({
			level: 10.25,
			slope: 0,
			seasons: [],
			error: 1.5,
			squares: 4 + 9 + 2.25,
		});
	});

	test('level and damped slope by hand', () => {
		// Expected 10 + 0.5·2 = 11, error 2: level 12, slope 1.2. Expected 12 + 0.6, error 0.4: level 12.8, slope 0.64.
		const by = {...plain, slope: 0.1, damping: 0.5};
		const {level, slope, squares} = smooth(Float64Array.of(13, 13), 2, by, {...start, slope: 2});
		expect([level, slope, squares]).toEqual(near([12.8, 0.64, 4.16]));
	});

	test('a season by hand: each phase takes its part of its own errors', () => {
		const by = {...plain, level: 0.5, seasons: [0.25]};
		const {level, seasons} = smooth(Float64Array.of(12, 7, 13), 3, by, {...start, seasons: [Float64Array.of(2, -2)]});
		// Errors 0, −1, 1.5 of expected 12, 8, 11.5.
		expect(level).toBeCloseTo(10.25, 12);
		expect([...(seasons[0] ?? [])]).toEqual(near([2.375, -2.25]));
	});

	test('carried errors by hand: half of the last one is expected again', () => {
		const {error, squares} = smooth(Float64Array.of(12, 12), 2, {...plain, level: 0, carry: 0.5}, start);
		expect([error, squares]).toEqual([2, 4 + 1]);
	});

	test('what was counted for the first states is not counted again', () => {
		expect(smooth(Float64Array.of(12, 8, 11), 3, plain, start, 2).squares).toBe(2.25);
	});

	test('a line goes on with linear trend, and a season repeats', () => {
		const shape = {trend: 'linear', carriesErrors: false} as const;
		expect(
			ahead(
				exponentialSmoothing(shape),
				series(40, time => 5 + 2 * time),
				[],
				3,
			),
		).toEqual(near([85, 87, 89], 3));
		const seasonal = ahead(
			exponentialSmoothing({trend: 'none', carriesErrors: true}),
			series(60, time => 100 + (day[time % 6] ?? 0)),
			[6],
			6,
		);
		expect(seasonal).toEqual(
			near(
				day.map(value => 100 + value),
				3,
			),
		);
	});
});

describe('theta', () => {
	test('slope of a line', () => expect(slopeOf(series(9, time => 4 - 3 * time))).toBeCloseTo(-3, 12));

	test('is simple exponential smoothing with half of the slope as drift', () => {
		const values = series(60, time => 20 + 0.7 * time + 5 * Math.sin(time * time));
		const [first = 0, second = 0, third = 0] = ahead(theta('standard'), values, [], 3);
		expect([second - first, third - second]).toEqual(near([slopeOf(values) / 2, slopeOf(values) / 2]));
	});

	test('on a line its level lies behind by half of what smoothing lies behind, so the next value is right only with the whole slope', () => {
		const values = series(80, time => 3 * time);
		expect(ahead(theta('optimised'), values, [], 2)).toEqual(near([240, 243], 0));
	});

	test('a season comes back', () => {
		expect(
			ahead(
				theta('standard'),
				series(60, time => 100 + (day[time % 6] ?? 0)),
				[6],
				6,
			),
		).toEqual(
			near(
				day.map(value => 100 + value),
				3,
			),
		);
	});
});

describe('regressions', () => {
	test('lags are the last three, and each season with its neighbours', () => {
		expect(lagsOf([])).toEqual([1, 2, 3]);
		expect(lagsOf([24, 168])).toEqual([1, 2, 3, 23, 24, 25, 48, 167, 168, 169]);
		expect(lagsOf([2])).toEqual([1, 2, 3, 4]);
	});

	test('an autoregression finds the rule of a swing that dies away', () => {
		// x_t = 1.6 x_(t−1) − 0.9 x_(t−2): any three lags foretell it.
		const values = new Float64Array(60);
		for (let time = 0; time < 60; time++) values[time] = time < 2 ? 100 : 1.6 * (values[time - 1] ?? 0) - 0.9 * (values[time - 2] ?? 0);
		const [next = 0] = ahead(autoregression, values.subarray(0, 40), [], 1);
		expect(Math.abs(next - (values[40] ?? 0))).toBeLessThan(0.05 * Math.max(...values.subarray(38, 42).map(Math.abs)));
	});

	test('waves of two seasons and a line go on', () => {
		const truth = (time: number) => 50 + 0.1 * time + 10 * Math.sin((2 * Math.PI * time) / 24) + 4 * Math.cos((2 * Math.PI * time) / 168);
		const forecast = ahead(harmonicRegression, series(700, truth), [24, 168], 48);
		expect(forecast).toEqual(
			near(
				Array.from({length: 48}, (_, step) => truth(700 + step)),
				1,
			),
		);
	});
});

describe('all models', () => {
	const all = [
		naive,
		drift,
		exponentialSmoothing({trend: 'damped', carriesErrors: true}),
		theta('optimised'),
		autoregression,
		harmonicRegression,
		seasonalNaive(0),
	];
	const noisy = (length: number) => series(length, time => 40 + (day[time % 6] ?? 0) + Math.sin(time * time));

	test.each(all)('$name does not look at what comes after the origin', model => {
		const values = noisy(90);
		const spoilt = values.map((value, time) => (time < 60 ? value : Number.NaN));
		const predict = model.fit(values.subarray(0, 50), [6]);
		expect(predict?.(spoilt, 60, 5)).toEqual(predict?.(values, 60, 5));
		expect(predict?.(values, 60, 5)).toHaveLength(5);
	});

	test.each(all)('$name moves and grows with the series', model => {
		const values = noisy(90);
		const moved = ahead(
			model,
			values.map(value => 1000 + 8 * value),
			[6],
			5,
		);
		expect(moved).toEqual(
			near(
				ahead(model, values, [6], 5).map(value => 1000 + 8 * value),
				1,
			),
		);
	});

	test.each(all)('$name has nothing to say of no value', model => expect(model.fit(new Float64Array(0), [])).toBeUndefined());

	test('on logarithms a growth by a share goes on, and a series with a zero is none', () => {
		const model = onLogs(drift);
		expect(
			ahead(
				model,
				series(20, time => 1.1 ** time),
				[],
				2,
			),
		).toEqual(near([1.1 ** 20, 1.1 ** 21]));
		expect(model.fit(Float64Array.of(1, 0, 2, 3), [])).toBeUndefined();
	});
});

describe('what models are made of', () => {
	test('the search finds the valley of Rosenbrock', () => {
		const [x = 0, y = 0] = nelderMead(([a = 0, b = 0]) => 1e-3 + (1 - a) ** 2 + 100 * (b - a * a) ** 2, [0.2, 0.7], 2000);
		expect([x, y]).toEqual(near([1, 1], 1));
	});

	test('the search stays inside, and keeps the start where nothing is better', () => {
		const best = nelderMead(([a = 0]) => (a < 0.2 ? Number.NaN : a), [0.5]);
		expect(best[0]).toBeGreaterThanOrEqual(0.2);
		expect(best[0]).toBeLessThan(0.25);
		expect(nelderMead(() => Number.NaN, [0.4])).toEqual([0.4]);
	});

	test('profiles of two seasons are told apart, and sum to nothing', () => {
		const week = [1, 1, 1, 1, 1, -2, -3];
		const values = series(6 * 7 * 8, time => 10 + (day[time % 6] ?? 0) + 5 * (week[Math.floor(time / 6) % 7] ?? 0));
		const [short = new Float64Array(0), long = new Float64Array(0)] = seasonalProfile(values, [6, 42]);
		const rest = values.map((value, time) => value - (short[time % 6] ?? 0) - (long[time % 42] ?? 0));
		expect(Math.max(...rest) - Math.min(...rest)).toBeLessThan(2);
		for (const profile of [short, long]) expect(profile.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
	});
});
