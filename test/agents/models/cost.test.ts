import {expect, test} from 'vitest';
import {costOf, type Price} from '../../../src/agents/models/cost.ts';

const november = Date.UTC(2026, 10, 26);
const december = Date.UTC(2026, 11, 1);
const use = (inputTokens: number, more: object = {}) => ({inputTokens, outputTokens: 1000, cachedTokens: 0, ...more});
const prices: readonly Price[] = [
	{upToTokens: 100_000, until: '2026-12-01', input: 2, output: 10, cached: 0.2, written: 2.5},
	{until: '2026-12-01', input: 4, output: 20, cached: 0.4},
];

test.each([
	['plain tokens', use(10_000), 0.03],
	['tokens from the cache', use(10_000, {cachedTokens: 9000}), 0.0138],
	['tokens put into the cache', use(10_000, {writtenTokens: 10_000}), 0.035],
	['a long prompt', use(200_000), 0.82],
])('%s', (_, tokens, amount) => {
	expect(costOf(tokens, prices, november)?.amount).toBeCloseTo(amount, 10);
});

test('no money is told once every price has run out, or where there is none', () => {
	expect(costOf(use(10), prices, december)).toBeUndefined();
	expect(costOf(use(10), [], november)).toBeUndefined();
});
