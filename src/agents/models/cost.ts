import type {Money, TokenUse} from './model.ts';

/** Dollars for a million tokens, for prompts of this length in this time. */
export type Price = {
	/** Longest prompt that it holds for; no end if left out. */
	readonly upToTokens?: number | undefined;
	/** First day, UTC, on which it holds no more, like `2026-12-01`. */
	readonly until?: string | undefined;
	readonly input: number;
	readonly output: number;
	/** What was read from the cache. */
	readonly cached: number;
	/** What was put into the cache; as `input` if left out. */
	readonly written?: number | undefined;
};

/** The first price that fits; undefined where all have run out: no price is better than a wrong one. */
export const priceFor = (prices: readonly Price[], promptTokens: number, now: number): Price | undefined =>
	prices.find(
		({upToTokens, until}) => (upToTokens === undefined || promptTokens <= upToTokens) && (until === undefined || now < Date.parse(until)),
	);

/** What an answer cost; undefined where no price is known. */
export function costOf(use: TokenUse, prices: readonly Price[], now: number): Money | undefined {
	const price = priceFor(prices, use.inputTokens, now);
	if (price === undefined) return undefined;
	const written = use.writtenTokens ?? 0;
	const plain = Math.max(0, use.inputTokens - use.cachedTokens - written);
	const parts =
		plain * price.input + use.cachedTokens * price.cached + written * (price.written ?? price.input) + use.outputTokens * price.output;
	return {amount: parts / 1_000_000, currency: 'USD'};
}
