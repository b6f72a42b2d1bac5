import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {gradeReport, gradeText} from '../grade-text.ts';
import {benchmarks} from './benchmarks.ts';
import {forecastSet} from './forecast-set.ts';
import {coverage, mase, meanErrors, owa, smape} from './scores.ts';
import {readSeries} from './series.ts';

describe('scores', () => {
	test('by hand', () => {
		expect(smape([100, 50], [110, 50])).toBeCloseTo((200 * 10) / (100 + 110) / 2, 9);
		expect(smape([0], [0])).toBe(0);
		// A season of 2 before: |3 − 1| and |6 − 2|, 3 in the mean.
		expect(mase([1, 2, 3, 6], [4, 4], [1, 7], 2)).toBeCloseTo(1, 9);
		expect(owa({smape: 10, mase: 1}, {smape: 20, mase: 4})).toBeCloseTo(0.375, 9);
		expect(
			coverage(
				[1, 5],
				[
					{low: 0, high: 2},
					{low: 0, high: 4},
				],
				2,
			),
		).toEqual({kept: 0.5, width: 1.5});
	});

	test('Naive2 takes the season out and puts it back', () => {
		const indices = [0.5, 1.5, 1.2, 0.8];
		const training = Array.from({length: 40}, (_, time) => 10 * (indices[time % 4] ?? 0));
		expect(benchmarks.naive2(training, 5, 4)).toEqual([5, 15, 12, 8, 5].map(value => expect.closeTo(value, 9)));
		expect(benchmarks.naive2([1, 2, 3, 4], 2, 4)).toEqual([4, 4]);
	});
});

const folder = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../../shared'), 'data/monitoring/m4');

describe.skipIf(!existsSync(folder))('the scorer reproduces the numbers of the page', () => {
	test.each([
		['hourly', 24, {naive: '43.097 11.947 3.6389', seasonalNaive: '13.979 1.233 0.6370', naive2: '18.224 2.432 1.0000'}],
		['weekly', 1, {naive: '9.537 2.915 1.0000', seasonalNaive: '9.537 2.915 1.0000', naive2: '9.537 2.915 1.0000'}],
	] as const)('%s', (name, season, expected) => {
		const all = readSeries(join(folder, `${name}-train.csv`));
		const errors = (method: keyof typeof benchmarks) =>
			meanErrors(
				all.map(({training, truth}) => {
					const forecast = benchmarks[method](training, truth.length, season);
					return {smape: smape(truth, forecast), mase: mase(training, truth, forecast, season)};
				}),
			);
		const base = errors('naive2');
		const text = (method: keyof typeof benchmarks) => {
			const of = errors(method);
			return `${of.smape.toFixed(3)} ${of.mase.toFixed(3)} ${owa(of, base).toFixed(4)}`;
		};
		expect({naive: text('naive'), seasonalNaive: text('seasonalNaive'), naive2: text('naive2')}).toEqual(expected);
	});
});

describe('a folder of series', () => {
	let place: string;
	beforeEach(() => {
		place = mkdtempSync(join(tmpdir(), 'mkcoa-forecast-'));
	});
	afterEach(() => rmSync(place, {recursive: true, force: true}));

	const write = (name: string, rows: readonly (readonly (string | number)[])[]) =>
		writeFileSync(join(place, name), rows.map(row => row.join(',')).join('\n'));
	const day = (time: number) => 50 + 20 * Math.sin((2 * Math.PI * time) / 24) + (time % 7) / 10;
	const hours = (from: number, length: number) => Array.from({length}, (_, time) => day(from + time));

	test('is graded by frequency, with headers, quotes and empty fields', () => {
		write('Hourly-train.csv', [
			['V1', 'V2', 'V3'],
			['"H1"', ...hours(0, 240), '', ''],
			['H2', ...hours(5, 200)],
		]);
		write('Hourly-test.csv', [
			['"H1"', ...hours(240, 24)],
			['H2', ...hours(205, 24)],
		]);
		write('published.csv', [
			['id', 'method', 'hourly_smape', 'hourly_mase', 'hourly_owa', 'hourly_rank'],
			[1, 'Best', 9, 0.8, 0.4, 1],
			[2, 'Other', 9, 0.9, 0.5, 9],
		]);
		const grade = forecastSet(place);
		expect(grade).toMatchObject({
			right: 2,
			total: 2,
			misses: [],
			published: {'hourly, Best (rank 1, whole set)': 'sMAPE 9.000, MASE 0.800, OWA 0.4000'},
		});
		expect(Object.keys(grade.published)).toHaveLength(1);
		expect(gradeReport('forecast', grade)).toMatchObject({set: 'forecast', score: 1, hourlyCoverage95: expect.any(Number)});
		expect(grade.figures?.hourlyOwa).toBeLessThan(grade.figures?.hourlySeasonalNaiveOwa ?? 0);
		expect(gradeText('forecast', grade)).toContain('hourly naive2: ');
	});

	test('what is too short for a forecast counts with the last season, and others are not stopped by what cannot be read', () => {
		write('hourly-train.csv', [['H1', ...hours(0, 60)]]);
		write('hourly-test.csv', [['H1', ...hours(60, 48)]]);
		write('weekly-train.csv', [['W1', 1, 2, 3]]);
		write('secondly-train.csv', [['S1', 1, 2, 3]]);
		const {right, total, misses, figures} = forecastSet(place);
		expect({right, total}).toEqual({right: 1, total: 3});
		expect(misses.map(({got}) => got)).toEqual([
			'secondly is none of hourly, daily, weekly, monthly, quarterly, yearly',
			'there is no weekly-test.csv beside weekly-train.csv',
		]);
		expect(figures?.hourlyOwa).toBe(figures?.hourlySeasonalNaiveOwa);
	});

	test('no file is no case', () => expect(forecastSet(place)).toMatchObject({right: 0, total: 0, misses: []}));
});
