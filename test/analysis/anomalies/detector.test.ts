import {expect, test} from 'vitest';
import {
	alarmSeverity,
	type DetectorState,
	newDetector,
	type Observation,
	observe,
	probationRows,
} from '../../../src/analysis/anomalies/detector.ts';
import {randomNumbers, series} from './random-series.ts';

const judge = (values: readonly number[], state = newDetector()): readonly Observation[] => values.map(value => observe(state, value));
const beginnings = (observations: readonly Observation[]) => observations.flatMap(({episode}, row) => (episode === 'begins' ? [row] : []));

const noisy = (seed: number) => {
	const {normal} = randomNumbers(seed);
	return (row: number) => 50 + 10 * Math.sin((2 * Math.PI * row) / 288) + normal();
};

const strange: readonly (readonly [string, string, number, (value: number, row: number) => number])[] = [
	['a spike', 'spike', 10, (value, row) => (row === 2600 ? value + 40 : value)],
	['a higher level', 'level', 25, (value, row) => (row >= 2600 ? value + 40 : value)],
	['a drop to nothing', 'flat', 40, (value, row) => (row >= 2600 ? 0 : value)],
	['more unrest', 'unsteady', 40, (value, row) => (row >= 2600 ? value + (row % 2 === 0 ? 5 : -5) : value)],
	['a value that stands still', 'flat', 10, (value, row) => (row >= 2600 ? 55 : value)],
	['a season that misses its beat', 'season broken', 300, (value, row) => (row >= 2600 ? 100 - value : value)],
];

test.each(strange)('finds %s and calls it %s within %i rows', (_, reason, within, change) => {
	const values = series(3000, noisy(3)).map(change);
	const observations = judge(values);
	const found = observations.findIndex(({episode}, row) => row >= 2600 && episode === 'begins');
	expect(found).toBeGreaterThanOrEqual(2600);
	expect(found).toBeLessThan(2600 + within);
	expect(observations.slice(found).findLast(({explanation}) => explanation !== undefined)?.explanation?.reason).toBe(reason);
});

test.each([
	['constant', () => 42],
	['a tenth, that no binary number is', () => 0.1],
	['zero', () => 0],
	['a square wave', (row: number) => (row % 288 < 96 ? 80 : 20)],
])('a series that is %s says nothing', (_, value) => {
	expect(Math.max(...judge(series(4000, value)).map(({severity}) => severity))).toBeLessThan(alarmSeverity);
});

test('says nothing of the first rows, whatever they are', () => {
	const observations = judge(series(probationRows, row => (row === 100 ? 1e9 : row % 7)));
	expect(observations.every(({severity, episode}) => severity === 0 && episode === 'none')).toBe(true);
});

test('rows without a value change nothing', () => {
	const values = series(2000, noisy(8));
	const holes = values.flatMap((value, row) => (row % 3 === 0 ? [value, Number.NaN, Number.POSITIVE_INFINITY] : [value]));
	const state = newDetector();
	const observed = holes.map(value => observe(state, value)).filter((_, at) => Number.isFinite(holes[at]));
	expect(observed).toEqual(judge(values));
});

test('judges alike in any unit', () => {
	const values = series(3000, noisy(4)).map((value, row) => (row === 2000 ? 90 : value));
	const bytes = judge(values.map(value => value * 2 ** 30));
	expect(beginnings(bytes)).toEqual(beginnings(judge(values)));
});

test('a row is judged by what came before it alone', () => {
	const values = series(2000, noisy(6));
	expect(judge(values.slice(0, 1500))).toEqual(judge(values).slice(0, 1500));
});

test('goes on after its state was written down and read again as if nothing had been', () => {
	const values = series(3000, noisy(2)).map((value, row) => (row === 2500 ? 0 : value));
	const state = newDetector();
	const before = judge(values.slice(0, 1777), state);
	const after = judge(values.slice(1777), JSON.parse(JSON.stringify(state)) as DetectorState);
	expect([...before, ...after]).toEqual(judge(values));
});

// Far beyond the longest memory, which is 32,000 rows.
test('its state is bounded, however long the series', {timeout: 120_000}, () => {
	const {poisson} = randomNumbers(9);
	const state = newDetector();
	const sizes: number[] = [];
	for (let row = 1; row <= 100_000; row++) {
		observe(state, poisson(3) + (row % 1000));
		if (row % 10_000 === 0) sizes.push(JSON.stringify(state).length);
	}
	expect(Math.max(...sizes)).toBeLessThan(200_000);
});
