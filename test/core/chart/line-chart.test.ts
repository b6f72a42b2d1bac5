import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {brailleCurves} from '../../../src/core/chart/braille.ts';
import {lineChart} from '../../../src/core/chart/line-chart.ts';
import {boundsOf} from '../../../src/core/chart/scale.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';

describe('boundsOf', () => {
	test.each([
		[[], {}, {bottom: 0, top: 1}],
		[[0, 0], {}, {bottom: 0, top: 1}],
		[[41.2, 55.1], {}, {bottom: 0, top: 60}],
		[[0.0012], {}, {bottom: 0, top: 0.0015}],
		[[-3, 7], {}, {bottom: -3, top: 8}],
		[[-3], {}, {bottom: -3, top: 0}],
		[[70 * 2 ** 20], {isBinary: true}, {bottom: 0, top: 80 * 2 ** 20}],
		[[1000 * 2 ** 20], {isBinary: true}, {bottom: 0, top: 2 ** 30}],
		[[-5e-324], {}, {bottom: 0, top: 1}],
		[[Number.NaN, Number.POSITIVE_INFINITY, 2], {}, {bottom: 0, top: 2}],
	])('of %j %j are %j', (values, options, bounds) => {
		const {bottom, top} = boundsOf(values, options);
		expect(bottom).toBeCloseTo(bounds.bottom, 9);
		expect(top).toBeCloseTo(bounds.top, 9);
	});

	test('hold every value', () => {
		fc.assert(
			fc.property(fc.array(fc.double({noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15})), values => {
				const {bottom, top} = boundsOf(values);
				expect(top).toBeGreaterThan(bottom);
				for (const value of values) {
					expect(value).toBeGreaterThanOrEqual(bottom - Math.abs(bottom) * 1e-6 - 1e-300);
					expect(value).toBeLessThanOrEqual(top + Math.abs(top) * 1e-6 + 1e-300);
				}
			}),
		);
	});
});

describe('brailleCurves', () => {
	const frame = {columns: 4, rows: 2, bottom: 0, top: 7};
	test('draws each value at its height, and joins neighbours', () => {
		expect(brailleCurves([[0, 1, 2, 3, 4, 5, 6, 7]], [], frame)).toEqual(['  ⡠⠊', '⡠⠊  ']);
	});

	test('is broken where there is no number', () => {
		expect(brailleCurves([[7, 7, null, null, Number.NaN, null, 7, 7]], [], frame)[0]).toBe('⠉  ⠉');
	});

	test('leaves every other dot of a bound out, and joins none', () => {
		expect(brailleCurves([], [[0, 7, 7, 7, 0, 0, 0, 0]], frame)).toEqual([' ⠁  ', '⡀ ⡀⡀']);
	});

	test('draws what lies outside at the edge', () => {
		expect(brailleCurves([[-100, 100]], [], {columns: 1, rows: 1, bottom: 0, top: 1})[0]).toHaveLength(1);
	});
});

describe('lineChart', () => {
	const chart = {fromAgoMs: 3_600_000, toAgoMs: 0, label: (value: number) => `${value}/s`, width: 40, rows: 3};

	test('shows values over time with both axes', () => {
		expect(lineChart({...chart, values: [0, 20, 40, 60, 40, 20, 0]})).toMatchInlineSnapshot(`
			[
			  "60/s ┤            ⣀⡠⠤⠒⠊⠉⠒⠢⢄⣀",
			  "30/s ┤     ⣀⡠⠤⠔⠒⠊⠉          ⠉⠑⠒⠢⠤⢄⣀",
			  " 0/s ┤⣀⠤⠔⠊⠉                        ⠉⠑⠢⠤⣀",
			  "     └──────────────────────────────────",
			  "      60m ago       30m ago          now",
			]
		`);
	});

	test('marks the present between the past and a forecast with its bounds', () => {
		const [past, ahead] = [Array.from({length: 40}, (_, index) => index), [42, 44, 46, 48, 50, 52, 54, 56, 58, 60]];
		const none = past.map(() => null);
		const [high, low] = [2, -2].map(by => [...none, ...ahead.map((value, index) => value + by * index)]) as [number[], number[]];
		const times = {fromAgoMs: 4 * 3_600_000, toAgoMs: -3_600_000};
		expect(lineChart({...chart, ...times, values: [...past, ...ahead], dotted: [high, low]})).toMatchInlineSnapshot(`
			[
			  "80/s ┤                              ⡀⠄⣂⣂",
			  "40/s ┤                  ⣀⣀⣀⣀⡠⠤⠤⠤⠤⠔⠒⠊⠋⠋⠂⠂",
			  " 0/s ┤⣀⣀⡠⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉",
			  "     └──────────────────────────┬───────",
			  "      4h ago                      in 60m",
			]
		`);
	});

	test('is never wider than it may be', () => {
		fc.assert(
			fc.property(
				fc.array(fc.option(fc.double({noNaN: true, min: -1e9, max: 1e9})), {maxLength: 500}),
				fc.integer({min: 12, max: 200}),
				fc.integer({min: 0, max: 10 ** 9}),
				(values, width, toAgoMs) => {
					const lines = lineChart({
						...chart,
						label: value => `${Math.round(value) % 100}`,
						values,
						width,
						fromAgoMs: toAgoMs + 3_600_000,
						toAgoMs,
					});
					for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
				},
			),
		);
	});
});

describe('a chart that is read aloud', () => {
	const chart = {
		values: [0, null, 30, 60],
		dotted: [[10, 20, 30, 40]],
		fromAgoMs: 3_600_000,
		toAgoMs: -3_600_000,
		label: String,
		rows: 5,
		isPlain: true,
	};

	test('is a row of digits for each curve, what they mean before them, and the time below', () => {
		expect(lineChart({...chart, width: 24, marks: [{fromAgoMs: 3_600_000, toAgoMs: 3_600_000}]})).toEqual([
			'0 is 0, 9 is 60',
			'000000------555555999999',
			'222222333333555555666666',
			'^           |',
			'60m ago    now    in 60m',
		]);
	});

	test('has nothing but ASCII, and no line too long', () => {
		fc.assert(
			fc.property(fc.array(fc.option(fc.double({noNaN: true})), {maxLength: 200}), fc.integer({min: 1, max: 100}), (values, width) => {
				for (const line of lineChart({...chart, values, dotted: [], width})) {
					expect(line).toMatch(/^[ -~]*$/);
					expect(line.length).toBeLessThanOrEqual(width);
				}
			}),
		);
	});
});
