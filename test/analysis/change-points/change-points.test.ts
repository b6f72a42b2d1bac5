import {describe, expect, test} from 'vitest';
import {changePoints} from '../../../src/analysis/change-points/change-points.ts';
import {randomNumbers, series} from '../anomalies/random-series.ts';

type Random = ReturnType<typeof randomNumbers>;
type Maker = (random: Random, rows: number) => readonly number[];

function wandering(part: number): Maker {
	return (random, rows) => {
		let value = random.normal() / Math.sqrt(1 - part * part);
		return series(rows, () => {
			value = part * value + random.normal();
			return value;
		});
	};
}

/** Rates over four scrapes: each row shares three of them with the one before it. */
const smeared: Maker = (random, rows) => {
	const scrapes = series(rows + 3, () => random.normal());
	return series(rows, row => scrapes.slice(row, row + 4).reduce((sum, value) => sum + value, 0));
};

const steady: {readonly [name: string]: Maker} = {
	normal: (random, rows) => series(rows, random.normal),
	'heavy-tailed': (random, rows) => series(rows, random.heavy),
	counts: (random, rows) => series(rows, () => random.poisson(2)),
	'rare counts': (random, rows) => series(rows, () => random.poisson(0.1)),
	'autoregressive 0.7': wandering(0.7),
	'autoregressive 0.97': wandering(0.97),
	'rates over four scrapes': smeared,
};

const noisy = (seed: number, level: (row: number) => number, rows = 200) => {
	const random = randomNumbers(seed);
	return series(rows, row => level(row) + random.normal());
};

describe('a series that stays as it is', () => {
	// Two in a hundred and fifty are what a rate of one in a hundred leads to, and seldom more than five.
	test.each(Object.entries(steady))('seldom shows a change: %s', (_, make) => {
		let shown = 0;
		for (let seed = 0; seed < 150; seed++) if (changePoints(make(randomNumbers(seed * 7919 + 1), 120)).length > 0) shown++;
		expect(shown).toBeLessThanOrEqual(5);
	});

	test.each([
		['nothing', []],
		['one value', [3]],
		['a constant', series(500, () => 7)],
		['no number at all', series(50, () => Number.NaN)],
		['gaps alone', Array.from({length: 50}, () => null)],
	])('has no change: %s', (_, values) => {
		expect(changePoints(values)).toEqual([]);
	});

	test('is not changed by outliers', () => {
		const values = noisy(3, row => ([40, 41, 90, 91, 92, 150].includes(row) ? 1000 : 0));
		expect(changePoints(values)).toEqual([]);
	});

	test('is not changed by a gap', () => {
		const values = noisy(4, () => 5).map((value, row) => (row > 50 && row < 90 ? null : value));
		expect(changePoints(values)).toEqual([]);
	});
});

describe('a step', () => {
	test.each([
		['up', 120, 3],
		['down', 60, -3],
		['small', 100, 1.5],
		['late', 188, 5],
	])('is found where it is: %s', (_, at, by) => {
		const [found, ...others] = changePoints(noisy(11, row => (row < at ? 10 : 10 + by)));
		expect(others).toEqual([]);
		expect(found?.kind).toBe('step');
		expect(Math.abs((found?.at ?? 0) - at)).toBeLessThanOrEqual(3);
		expect((found?.after ?? 0) - (found?.before ?? 0)).toBeCloseTo(by, -0.3);
		expect(found?.falseAlarm).toBeLessThanOrEqual(0.01);
	});

	test('is found without any noise, and as surely as ranks can tell', () => {
		expect(changePoints(series(100, row => (row < 40 ? 0 : 1)))).toEqual([
			{at: 40, before: 0, after: 1, kind: 'step', falseAlarm: expect.any(Number)},
		]);
	});

	test('and the way back are two', () => {
		const found = changePoints(noisy(12, row => (row >= 80 && row < 110 ? 4 : 0)));
		expect(found.map(({kind}) => kind)).toEqual(['step', 'step']);
		expect(Math.abs((found[0]?.at ?? 0) - 80)).toBeLessThanOrEqual(2);
		expect(Math.abs((found[1]?.at ?? 0) - 110)).toBeLessThanOrEqual(2);
	});

	test('stands at its row behind gaps and NaN, and among outliers', () => {
		const values = noisy(13, row => (row === 30 || row === 170 ? 500 : row < 120 ? 0 : 4)).map((value, row) =>
			row % 7 === 0 ? null : row % 11 === 0 ? Number.NaN : value,
		);
		const [found, ...others] = changePoints(values);
		expect(others).toEqual([]);
		expect(Math.abs((found?.at ?? 0) - 120)).toBeLessThanOrEqual(3);
	});

	test('of rates over four scrapes is a step', () => {
		const rates = smeared(randomNumbers(21), 240).map((value, row) => value / 4 + 3 * Math.min(1, Math.max(0, (row - 150) / 4)));
		expect(changePoints(rates)).toMatchObject([{kind: 'step'}]);
	});
});

describe('a jump that is fresh', () => {
	test.each([
		['of three rows', 3, 40, 1],
		['of seven rows', 7, 40, 1],
		['of two rows', 2, 40, 0],
		['that is no farther than the noise goes', 3, 4, 0],
	])('%s', (_, length, by, changes) => {
		const found = changePoints(noisy(41, row => (row < 200 - length ? 0 : by)));
		expect(found.map(({at, kind}) => ({at, kind}))).toEqual(changes === 0 ? [] : [{at: 200 - length, kind: 'step'}]);
		for (const {falseAlarm} of found) expect(falseAlarm).toBeLessThan(0.01);
	});

	test('after an earlier step is told beside it', () => {
		const found = changePoints(noisy(42, row => (row < 100 ? 0 : row < 196 ? 5 : 60)));
		expect(found.map(({at}) => at)).toEqual([expect.toSatisfy((at: number) => Math.abs(at - 100) <= 2), 196]);
	});
});

describe('what goes by and by', () => {
	test.each([
		['a ramp', (row: number) => row / 10],
		['a ramp between two levels', (row: number) => Math.min(8, Math.max(0, (row - 60) / 10))],
	])('is no step: %s', (_, level) => {
		let steps = 0;
		for (let seed = 0; seed < 50; seed++) steps += Number(changePoints(noisy(seed, level)).some(({kind}) => kind === 'step'));
		expect(steps).toBeLessThanOrEqual(5);
	});
});

test('takes a long series in a moment', () => {
	const values = noisy(31, row => (row < 3000 ? 0 : 2), 5000);
	expect(changePoints(values).map(({at}) => Math.round(at / 100))).toEqual([30]);
});
