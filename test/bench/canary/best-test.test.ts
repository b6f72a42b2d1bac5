import {describe, expect, test} from 'vitest';
import {bestTest, crossingChance} from './best-test.ts';

describe('bestTest', () => {
	test('keeps its error rate, and Ville bounds it', () => {
		const {boundary} = bestTest(10, 0.5, 0.01);
		expect(boundary).toBeLessThanOrEqual(100);
		expect(crossingChance(10, 0.5, boundary)).toBeLessThanOrEqual(0.01);
		expect(crossingChance(10, 0.5, 100)).toBeLessThanOrEqual(0.01);
	});
	test('crosses at once where a single error is enough', () => {
		// The first error is the canary's with 5 %, and carries the ratio to 10 / 1.45 = 6.9; later crossings add to it.
		expect(crossingChance(10, 0.05, 6)).toBeGreaterThan(0.05);
		expect(crossingChance(10, 0.05, 6)).toBeLessThan(1 / 6);
	});
});
