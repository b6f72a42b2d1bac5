import type {Pair} from './likelihood.ts';

/** How far above its expectation, in standard deviations, a number of pairs may be before it counts as clumping. */
const usualDeviations = 1.35;

type Side = {events: number; requests: number; pairs: number; squares: number};
const emptySide = (): Side => ({events: 0, requests: 0, pairs: 0, squares: 0});

/** Clumping of events over blocks of time. */
export type Clumping = {
	add(counts: Pair, spanMs: number): void;
	/** Ratio of the variance of the counts to the variance that events have which happen one by one; the larger of both sides, 0 and up. */
	designEffect(): number;
};

/**
 * Counts pairs of events within the same block, which errors that come in bursts have more of than errors that come one by one.
 *
 * For X events over blocks with the parts w of the requests, one by one, X(X − 1)Σw² ordered pairs are expected. `(pairs − expected)/X` is what
 * the variance has above that of independent events, relative to it (the moment estimate of the design effect). What moves both sides in the same
 * blocks is no clumping of one side: it shows as a surplus of pairs with one event of each side, and is taken off.
 * @param blockMs length of a block; 0 makes each interval a block
 */
export function createClumping(blockMs: number): Clumping {
	const canary = emptySide();
	const stable = emptySide();
	const across = {pairs: 0, squares: 0};
	let open = {span: Number.POSITIVE_INFINITY, canary: {total: 0, bad: 0}, stable: {total: 0, bad: 0}};
	return {
		add(counts, spanMs) {
			if (open.span >= blockMs) open = {span: 0, canary: {total: 0, bad: 0}, stable: {total: 0, bad: 0}};
			const before = open;
			open = {
				span: before.span + spanMs,
				canary: {total: before.canary.total + counts.canary.total, bad: before.canary.bad + counts.canary.bad},
				stable: {total: before.stable.total + counts.stable.total, bad: before.stable.bad + counts.stable.bad},
			};
			grow(canary, before.canary, open.canary);
			grow(stable, before.stable, open.stable);
			across.pairs += open.canary.bad * open.stable.bad - before.canary.bad * before.stable.bad;
			across.squares += open.canary.total * open.stable.total - before.canary.total * before.stable.total;
		},
		designEffect() {
			const shared = sharedVariance(canary, stable, across);
			return Math.max(effectOf(canary, shared), effectOf(stable, shared));
		},
	};
}

/** Replaces what a block gave so far by what it gives now. */
function grow(side: Side, before: Pair['canary'], now: Pair['canary']) {
	side.events += now.bad - before.bad;
	side.requests += now.total - before.total;
	side.pairs += now.bad * (now.bad - 1) - before.bad * (before.bad - 1);
	side.squares += now.total ** 2 - before.total ** 2;
}

const weightSquares = ({requests, squares}: Side) => (requests === 0 ? 1 : squares / requests ** 2);

/** Squared variation of a rate that both sides have in common, less what chance gives two sides that have nothing in common. */
function sharedVariance(canary: Side, stable: Side, across: {readonly pairs: number; readonly squares: number}): number {
	if (canary.events === 0 || stable.events === 0 || across.squares === 0) return 0;
	const found = (across.pairs * canary.requests * stable.requests) / (canary.events * stable.events * across.squares) - 1;
	const spread = (side: Side) => Math.max(0, (side.pairs + side.events) / (side.events ** 2 * weightSquares(side)) - 1);
	return Math.max(0, found - Math.sqrt(spread(canary) * spread(stable) * weightSquares(stable)));
}

/** A single event says nothing on how events come. */
function effectOf(side: Side, shared: number): number {
	if (side.events < 2) return 0;
	const expected = side.events * (side.events - 1) * weightSquares(side) * (1 + shared);
	return Math.max(0, 1 + (side.pairs - expected - usualDeviations * Math.sqrt(2 * expected)) / side.events);
}
