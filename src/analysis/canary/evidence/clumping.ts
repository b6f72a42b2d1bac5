import type {Pair} from './likelihood.ts';

/** How far above its expectation, in standard deviations, a number of pairs may be before it counts as clumping. */
const usualDeviations = 1.35;

/** Sums of one side; `open` are those of the block that is not over yet. */
type Side = {events: number; requests: number; pairs: number; squares: number; openEvents: number; openRequests: number};
const emptySide = (): Side => ({events: 0, requests: 0, pairs: 0, squares: 0, openEvents: 0, openRequests: 0});

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
	let openMs = Number.POSITIVE_INFINITY;
	return {
		add(counts, spanMs) {
			if (openMs >= blockMs) {
				openMs = 0;
				close(canary);
				close(stable);
			}
			openMs += spanMs;
			const events = canary.openEvents * stable.openEvents;
			const requests = canary.openRequests * stable.openRequests;
			grow(canary, counts.canary);
			grow(stable, counts.stable);
			across.pairs += canary.openEvents * stable.openEvents - events;
			across.squares += canary.openRequests * stable.openRequests - requests;
		},
		designEffect() {
			const shared = sharedVariance(canary, stable, across);
			return Math.max(effectOf(canary, shared), effectOf(stable, shared));
		},
	};
}

function close(side: Side) {
	side.openEvents = 0;
	side.openRequests = 0;
}

/** Adds to the open block, and puts what the block gives now in the place of what it gave so far. */
function grow(side: Side, {total, bad}: Pair['canary']) {
	side.pairs += bad * (2 * side.openEvents + bad - 1);
	side.squares += total * (2 * side.openRequests + total);
	side.openEvents += bad;
	side.openRequests += total;
	side.events += bad;
	side.requests += total;
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
