import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Direction, logMixture, logRatios} from '../../../../src/analysis/canary/evidence/likelihood.ts';

const higher: Direction = {worse: 'higher', tolerance: 0};
const lower: Direction = {worse: 'lower', tolerance: 0};

const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

/** Mean of each likelihood ratio over every way in which `events` of the requests of both sides can have failed. */
function means(canary: number, stable: number, events: number, direction: Direction): readonly number[] {
	const sums = [0, 0];
	for (let bad = Math.max(0, events - stable); bad <= Math.min(canary, events); bad++) {
		const chance = (choose(canary, bad) * choose(stable, events - bad)) / choose(canary + stable, events);
		const logs = logRatios({canary: {total: canary, bad}, stable: {total: stable, bad: events - bad}}, direction);
		for (const [at, log] of logs.entries()) sums[at] = (sums[at] ?? 0) + chance * Math.exp(log);
	}
	return sums;
}

const sizes = fc
	.tuple(fc.integer({min: 1, max: 12}), fc.integer({min: 1, max: 30}))
	.chain(([canary, stable]) => fc.tuple(fc.constant(canary), fc.constant(stable), fc.integer({min: 0, max: canary + stable})));

describe('logRatios', () => {
	test('have a mean of at most 1 without a difference, over all that can happen to small numbers of requests', () => {
		fc.assert(
			fc.property(sizes, ([canary, stable, events]) => {
				for (const direction of [higher, lower])
					for (const mean of means(canary, stable, events, direction)) expect(mean).toBeLessThanOrEqual(1 + 1e-9);
			}),
		);
	});

	test('have a mean of 1 for a single event', () => {
		for (const mean of means(7, 13, 1, higher)) expect(mean).toBeCloseTo(1, 12);
	});

	test('say more the more of the events are in the canary', () => {
		fc.assert(
			fc.property(sizes, ([canary, stable, events]) => {
				const at = (bad: number) =>
					logMixture(logRatios({canary: {total: canary, bad}, stable: {total: stable, bad: events - bad}}, higher), 1);
				for (let bad = 1; bad <= events; bad++) expect(at(bad)).toBeGreaterThan(at(bad - 1));
			}),
		);
	});

	test('speak for "fewer" exactly where they would speak for "more" with the sides exchanged, at equal traffic', () => {
		const counts = (canary: number, stable: number) => ({canary: {total: 50, bad: canary}, stable: {total: 50, bad: stable}});
		for (const [at, log] of logRatios(counts(2, 9), lower).entries()) expect(log).toBeCloseTo(logRatios(counts(9, 2), higher)[at] ?? 0, 12);
	});

	test('a tolerance asks for more', () => {
		const counts = {canary: {total: 100, bad: 9}, stable: {total: 900, bad: 9}};
		expect(logMixture(logRatios(counts, {worse: 'higher', tolerance: 0.5}), 1)).toBeLessThan(logMixture(logRatios(counts, higher), 1));
	});
});
