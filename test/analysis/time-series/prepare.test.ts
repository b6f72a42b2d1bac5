import {describe, expect, test} from 'vitest';
import {lastLevelShift} from '../../../src/analysis/time-series/level-shift.ts';
import {prepare} from '../../../src/analysis/time-series/prepare.ts';
import {presentPart} from '../../../src/analysis/time-series/present-part.ts';
import {daily, synthetic} from './synthetic.ts';

const {NaN: none} = Number;

describe('samples become values', () => {
	test.each([
		['gaps are filled by a line', [1, none, null, 4], {values: [1, 2, 3, 4], filled: 2, missingAtEnd: 0}],
		['gaps at the ends are left out', [none, 1, 2, none, null], {values: [1, 2], filled: 0, missingAtEnd: 2}],
		[
			'infinities and what no quantity reaches are no samples',
			[1, Number.POSITIVE_INFINITY, 3, -1e300, 5],
			{values: [1, 2, 3, 4, 5], filled: 2, missingAtEnd: 0},
		],
		['nothing stays nothing', [none, null], {values: [], filled: 0, missingAtEnd: 2}],
	])('%s', (_name, samples, expected) => {
		const {values, ...rest} = prepare(samples, false);
		expect({values: [...values], ...rest}).toMatchObject(expected);
	});

	test('a counter becomes what it grows by: over a gap evenly, after a reset from zero', () => {
		const {values, resets, filled} = prepare([10, 13, none, 19, 2, 6], true);
		expect([...values]).toEqual([3, 3, 3, 2, 4]);
		expect({resets, filled}).toEqual({resets: 1, filled: 0});
	});

	test('what is given is not changed', () => {
		const samples = Float64Array.of(1, none, 3);
		prepare(samples, false);
		expect([...samples]).toEqual([1, none, 3]);
	});
});

describe('level shifts', () => {
	const stepped = (seed: number, at: number, by: number) =>
		synthetic(seed, 400, {season: daily(5)}).map((value, time) => (time < at ? value : value + by));

	test.each([60, 200, 350])('a step at %i is found there', at => {
		for (const seed of [1, 2, 3, 4, 5]) {
			const shift = lastLevelShift(stepped(seed, at, 40), [24]);
			expect(Math.abs((shift?.at ?? 0) - at)).toBeLessThanOrEqual(2);
			expect(shift?.by).toBeGreaterThan(30);
		}
	});

	test('the last of two counts', () => {
		const twice = stepped(1, 100, 40).map((value, time) => (time < 250 ? value : value - 60));
		expect(lastLevelShift(twice, [24])?.at).toBeCloseTo(250, -1);
	});

	test.each([
		['noise', synthetic(1, 400, {})],
		['a slope', synthetic(2, 400, {slope: 2})],
		['a random walk', synthetic(3, 400, {memory: 1})],
		['a spike of a few samples', synthetic(4, 400, {}).map((value, time) => (time > 200 && time < 206 ? value + 60 : value))],
		['a season', synthetic(5, 400, {season: daily(20)})],
		['too little', Float64Array.of(1, 1, 9, 9)],
	])('there is none in %s', (_name, values) =>
		expect(
			lastLevelShift(
				values,
				[24].filter(season => 3 * season <= values.length),
			),
		).toBeUndefined(),
	);

	test('what was before is cut off where enough is left, and else moved to the level of now', () => {
		const cut = presentPart(stepped(1, 200, 40), [24], 30);
		expect(cut.values).toHaveLength(200);
		expect(cut.reasons[0]).toMatch(/^Its level changed 200 samples ago: only/);
		const moved = presentPart(stepped(1, 360, 40), [24], 30);
		expect(moved.values).toHaveLength(400);
		expect((moved.values[0] ?? 0) - (stepped(1, 360, 40)[0] ?? 0)).toBeCloseTo(40, -1);
		expect(moved.reasons[0]).toMatch(/moved to the level of now$/);
	});
});
