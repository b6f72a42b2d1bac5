import {expect, test} from 'vitest';
import {noStillness, observeStillness} from '../../../src/analysis/anomalies/stillness.ts';

const last = (values: readonly number[]) => {
	const stillness = noStillness();
	return values.map(value => observeStillness(stillness, value)).at(-1);
};
const moving = Array.from({length: 100}, (_, row) => row);

test('the longer a value stands still beyond the longest time so far, the rarer', () => {
	expect(last([...moving, 99])).toBeCloseTo(Math.log10(2), 9);
	expect(last([...moving, ...Array(10).fill(99)])).toBeCloseTo(10 * Math.log10(2), 9);
});

test('standing still is ordinary where it has been seen as long, or is all that was ever seen', () => {
	expect(last([...moving, 7, 7, 7, 7, ...moving, 5, 5, 5, 5])).toBe(0);
	expect(last(Array(1000).fill(3))).toBeCloseTo(0, 0);
});

test('a series that often repeats itself has to stand longer', () => {
	const idle = Array.from({length: 300}, (_, row) => (row % 30 === 0 ? 1 : 0));
	expect(last([...idle, ...Array(20).fill(0)])).toBeLessThan(1);
});
