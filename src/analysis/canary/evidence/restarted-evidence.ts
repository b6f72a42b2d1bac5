import type {ClumpedBefore} from './clumped-before.ts';
import {type Direction, logRatios, type Pair} from './likelihood.ts';
import {type SequentialEvidence, sequentialEvidence} from './sequential-evidence.ts';

/** A version that begins to fail late is not outvoted by its good start: every five minutes the counting begins anew beside the whole. */
const restartEveryMs = 300_000;

/** Part of the chance of a false alarm that the restarts get together; the nth of them gets 1/(n(n + 1)) of it. */
const partOfRestarts = 0.03;

/** Restarts that are kept. */
const restartsKept = 12;

/** As `SequentialEvidence`, of the counts alone. */
export type RestartedEvidence = Pick<SequentialEvidence, 'value' | 'designEffect'> & {add(counts: Pair, spanMs: number): void};

/**
 * Evidence that adds up over a whole rollout, and beside it since each of the last restarts, as a weighted mean: so a shared outage or a good hour
 * before does not hide what happens now. Intervals in which only one side was counted are joined with the next ones, since a
 * metrics server reads each pod at a moment of its own; requests alone decide on that, never the counted events.
 *
 * Sides that are read far apart show an outage of both one reading apart. So from the first join on, each reading is also compared with the one
 * before and the one after it of the other side, and the least of the three is the evidence: a worse version is worse beside all of them.
 */
export function restartedEvidence(direction: Direction, before?: ClumpedBefore): RestartedEvidence {
	const straight = oneEvidence(direction, before);
	const canaryLate = oneEvidence(direction, before);
	const stableLate = oneEvidence(direction, before);
	let isJoined = false;
	let last: Pair | undefined;
	let open = nothing;
	return {
		add(counts, spanMs) {
			if (counts.canary.total <= 0 !== counts.stable.total <= 0) isJoined = true;
			open = {spanMs: open.spanMs + spanMs, canary: plus(open.canary, counts.canary), stable: plus(open.stable, counts.stable)};
			if (open.canary.total <= 0 || open.stable.total <= 0) return;
			straight.add(open, open.spanMs);
			if (last !== undefined) {
				canaryLate.add({canary: open.canary, stable: last.stable}, open.spanMs);
				stableLate.add({canary: last.canary, stable: open.stable}, open.spanMs);
			}
			last = open;
			open = nothing;
		},
		value: () => (isJoined ? Math.min(straight.value(), canaryLate.value(), stableLate.value()) : straight.value()),
		designEffect: straight.designEffect,
	};
}

const nothing = {spanMs: 0, canary: {total: 0, bad: 0}, stable: {total: 0, bad: 0}};

/** The whole, and beside it what was counted since each restart. */
function oneEvidence(direction: Direction, before: ClumpedBefore | undefined): RestartedEvidence {
	const whole = sequentialEvidence(before);
	let restarts: {readonly weight: number; readonly evidence: SequentialEvidence}[] = [];
	let begun = 0;
	let sinceRestartMs = 0;
	return {
		add(counts, spanMs) {
			if (sinceRestartMs >= restartEveryMs) {
				begun++;
				sinceRestartMs = 0;
				restarts = [...restarts, {weight: partOfRestarts / (begun * (begun + 1)), evidence: sequentialEvidence(before)}].slice(
					-restartsKept,
				);
			}
			sinceRestartMs += spanMs;
			const ratios = logRatios(counts, direction);
			whole.add(counts, spanMs, ratios);
			for (const {evidence} of restarts) evidence.add(counts, spanMs, ratios);
		},
		value: () => restarts.reduce((sum, {weight, evidence}) => sum + weight * evidence.value(), (1 - partOfRestarts) * whole.value()),
		designEffect: whole.designEffect,
	};
}

const plus = (one: Pair['canary'], other: Pair['canary']) => ({total: one.total + other.total, bad: one.bad + other.bad});
