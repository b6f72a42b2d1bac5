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
 */
export function restartedEvidence(direction: Direction): RestartedEvidence {
	const whole = sequentialEvidence();
	let restarts: {readonly weight: number; readonly evidence: SequentialEvidence}[] = [];
	let begun = 0;
	let sinceRestartMs = 0;
	let open = {spanMs: 0, canary: {total: 0, bad: 0}, stable: {total: 0, bad: 0}};
	const take = (counts: Pair, spanMs: number) => {
		if (sinceRestartMs >= restartEveryMs) {
			begun++;
			sinceRestartMs = 0;
			restarts = [...restarts, {weight: partOfRestarts / (begun * (begun + 1)), evidence: sequentialEvidence()}].slice(-restartsKept);
		}
		sinceRestartMs += spanMs;
		const ratios = logRatios(counts, direction);
		whole.add(counts, spanMs, ratios);
		for (const {evidence} of restarts) evidence.add(counts, spanMs, ratios);
	};
	return {
		add(counts, spanMs) {
			open = {spanMs: open.spanMs + spanMs, canary: plus(open.canary, counts.canary), stable: plus(open.stable, counts.stable)};
			if (open.canary.total <= 0 || open.stable.total <= 0) return;
			take(open, open.spanMs);
			open = {spanMs: 0, canary: {total: 0, bad: 0}, stable: {total: 0, bad: 0}};
		},
		value: () => restarts.reduce((sum, {weight, evidence}) => sum + weight * evidence.value(), (1 - partOfRestarts) * whole.value()),
		designEffect: whole.designEffect,
	};
}

const plus = (one: Pair['canary'], other: Pair['canary']) => ({total: one.total + other.total, bad: one.bad + other.bad});
