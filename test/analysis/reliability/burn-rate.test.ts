import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	type BurnRates,
	budgetLeft,
	burnRate,
	burnRules,
	firingRule,
	rateOf,
	secondsToEmpty,
} from '../../../src/analysis/reliability/burn-rate.ts';

const month = {objective: 0.999, windowSeconds: 30 * 86_400};

describe('the rates from which rules fire', () => {
	test('are those of the workbook over 30 days', () => {
		expect(burnRules.map(rule => Number(rateOf(rule, month).toFixed(6)))).toEqual([14.4, 6, 3, 1]);
	});
	test('are lower over a week, of which an hour is a larger part, and never below what keeps the promise', () => {
		expect(burnRules.map(rule => Number(rateOf(rule, {windowSeconds: 7 * 86_400}).toFixed(6)))).toEqual([3.36, 1.4, 1, 1]);
	});
});

describe('which rule fires', () => {
	const all = (rate: number): BurnRates => ({'5m': rate, '30m': rate, '1h': rate, '2h': rate, '6h': rate, '1d': rate, '3d': rate});
	test.each<[string, BurnRates, string | undefined]>([
		['everything fails', all(1000), 'critical 1h'],
		['exactly at the rate', {...all(0), '1h': 14.4, '5m': 14.4}, 'critical 1h'],
		['a little below', {...all(0), '1h': 14.39, '5m': 14.39}, undefined],
		['it was, and is over', {...all(20), '5m': 0}, 'high 6h'],
		['a peak of five minutes that did not use much', {...all(0), '5m': 100}, undefined],
		['slowly', all(1.2), 'medium 3d'],
		['within a day', all(3.5), 'medium 1d'],
		['as allowed', all(0.9), undefined],
		['no requests in the short window', {'1h': 50}, undefined],
		['no requests at all', {}, undefined],
	])('%s', (_, rates, expected) => {
		const rule = firingRule(rates, month);
		expect(rule === undefined ? undefined : `${rule.severity} ${rule.long}`).toBe(expected);
	});
});

describe('the budget', () => {
	const objective = fc.double({min: 0.5, max: 0.99999, noNaN: true}).map(value => ({objective: value, windowSeconds: month.windowSeconds}));
	const counts = fc
		.tuple(fc.integer({min: 1, max: 1e9}), fc.double({min: 0, max: 1, noNaN: true}))
		.map(([total, part]) => ({total, bad: Math.floor(total * part)}));

	test.each([
		[{total: 1_000_000, bad: 0}, 1],
		[{total: 1_000_000, bad: 500}, 0.5],
		[{total: 1_000_000, bad: 1000}, 0],
		[{total: 1_000_000, bad: 2000}, -1],
	])('of %o', (given, left) => {
		expect(budgetLeft(given, month)).toBeCloseTo(left, 9);
	});

	test('is not known without requests', () => {
		expect([budgetLeft({total: 0, bad: 0}, month), burnRate({total: 0, bad: 0}, month)]).toEqual([undefined, undefined]);
	});

	test('is whole where nothing failed, and never more than whole', () => {
		fc.assert(
			fc.property(counts, objective, (given, promise) => {
				expect(budgetLeft({...given, bad: 0}, promise)).toBe(1);
				expect(budgetLeft(given, promise)).toBeLessThanOrEqual(1);
			}),
		);
	});

	test('is less with each failure, and gone exactly where the burn rate is 1', () => {
		fc.assert(
			fc.property(counts, objective, (given, promise) => {
				const [left = 0, rate = 0] = [budgetLeft(given, promise), burnRate(given, promise)];
				const worse = budgetLeft({...given, bad: Math.min(given.total, given.bad + 1)}, promise) ?? 0;
				expect(worse).toBeLessThanOrEqual(left);
				expect(left > 0).toBe(rate < 1);
			}),
		);
	});

	test('lasts as long as its window at the rate 1', () => {
		expect([
			secondsToEmpty(1, 1, month),
			secondsToEmpty(0.5, 10, month),
			secondsToEmpty(0.5, 0, month),
			secondsToEmpty(-0.1, 0, month),
		]).toEqual([2_592_000, 129_600, undefined, 0]);
	});
});
