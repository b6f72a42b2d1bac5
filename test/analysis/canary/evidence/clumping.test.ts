import {describe, expect, test} from 'vitest';
import {createClumping} from '../../../../src/analysis/canary/evidence/clumping.ts';

type Errors = readonly (readonly [canary: number, stable: number])[];

function effectOf(errors: Errors, blockMs = 0): number {
	const clumping = createClumping(blockMs);
	for (const [canary, stable] of errors) clumping.add({canary: {total: 100, bad: canary}, stable: {total: 100, bad: stable}}, 10_000);
	return clumping.designEffect();
}

const quiet = (looks: number): Errors => Array.from({length: looks}, () => [0, 0]);

describe('createClumping', () => {
	test('finds none where errors come one at a time', () => {
		expect(effectOf(Array.from({length: 60}, (_, look) => [look % 6 === 0 ? 1 : 0, 0]))).toBeLessThanOrEqual(1);
	});
	test('counts a burst of six as about one', () => expect(effectOf([...quiet(50), [6, 0], ...quiet(9)])).toBeGreaterThan(4));
	test('sees a burst that is spread over the looks of a minute only by the minute', () => {
		const spread: Errors = [...quiet(60), [1, 0], [1, 0], [1, 0], [1, 0], [1, 0], [1, 0], ...quiet(60)];
		expect(effectOf(spread)).toBeLessThanOrEqual(1);
		expect(effectOf(spread, 60_000)).toBeGreaterThan(3);
	});
	test('does not take an outage that both sides share for clumping', () => {
		const errors = (both: boolean): Errors =>
			Array.from({length: 60}, (_, look) =>
				look >= 30 && look < 36 ? [40, both ? 40 : 0] : [look % 3 === 0 ? 1 : 0, look % 3 === 1 ? 1 : 0],
			);
		expect(effectOf(errors(true))).toBeLessThan(5);
		expect(effectOf(errors(false))).toBeGreaterThan(20);
	});
	test('says nothing of a single error', () => expect(effectOf([[1, 0], ...quiet(5)])).toBe(0));
});
