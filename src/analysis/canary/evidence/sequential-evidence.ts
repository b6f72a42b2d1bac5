import {type ClumpedBefore, effectBefore} from './clumped-before.ts';
import {createClumping} from './clumping.ts';
import {logMixture, noRatios, type Pair} from './likelihood.ts';

/** Evidence is scaled so that this much of it decides. */
export const evidenceToFail = 100;

/** More than anybody needs; JSON has no infinity. */
const mostEvidence = 1e12;

/** Bursts last seconds or minutes: events are looked at by interval and by minute. */
const blocksMs = [0, 60_000] as const;

const minuteMs = 60_000;

/** What is known of one run of intervals. */
export type SequentialEvidence = {
	/** Takes the counts of the next interval, both sides with requests, and their `logRatios`. */
	add(counts: Pair, spanMs: number, ratios: readonly number[]): void;
	/** From 0 to 1e12: 1 says little, `evidenceToFail` decides. */
	value(): number;
	/** How many of the counted events count as one, by how they clumped so far and before; at least 1. */
	designEffect(): number;
};

/**
 * Evidence for "the counted events are more frequent on the canary", which may be looked at after every interval.
 *
 * A mixture of likelihood ratios over larger shares (`logRatios`), whose logs are divided by the design effect of clumped events (`createClumping`),
 * against a boundary that depends on the share (`boundaryAt`). Two allowances are made for what cannot be known:
 * - In the first five minutes bursts and a worse version look alike, so events weigh less there (`earlyClumping`).
 * - Later than ten minutes and 1,000 requests of the canary the boundary rises: a worsening of ten times has shown by then, so the chance of a
 *   false alarm is spent on the time before.
 * What the stable version did before the rollout, where it is known, gives a design effect that holds from the first look on.
 * Chance of ever deciding without a difference, in simulated rollouts of an hour: docs/canary-judges.md.
 */
export function sequentialEvidence(before?: ClumpedBefore): SequentialEvidence {
	const clumpings = blocksMs.map(createClumping);
	const {early, boundary} = before?.learnt === 'all' ? allowances.known : allowances.unknown;
	const sum = {canary: {total: 0, bad: 0}, stable: {total: 0, bad: 0}};
	let logs = noRatios;
	let minutes = 0;
	const requests = () => sum.canary.total + sum.stable.total;
	const seenBefore = () =>
		before === undefined || before.learnt === 'nothing' ? 0 : effectBefore(before, sum.canary.total / Math.max(1, requests()));
	const clumped = () => Math.max(...clumpings.map(clumping => clumping.designEffect()));
	const designEffect = () => {
		// Requests that can fail once each vary less than events without end: a binomial against a Poisson. Above a half that would go too far.
		const binomial = Math.max(0.5, 1 - (sum.canary.bad + sum.stable.bad) / Math.max(1, requests()));
		return Math.max(binomial * Math.max(earlyClumping(minutes, early), seenBefore()), clumped());
	};
	return {
		add(counts, spanMs, ratios) {
			minutes += spanMs / minuteMs;
			for (const clumping of clumpings) clumping.add(counts, spanMs);
			for (const side of ['canary', 'stable'] as const) {
				sum[side].total += counts[side].total;
				sum[side].bad += counts[side].bad;
			}
			logs = logs.map((log, at) => log + (ratios[at] ?? 0));
		},
		value() {
			if (requests() === 0) return 1;
			const toDecide = boundaryAt(sum.canary.total / requests(), boundary) * lateness(minutes, sum.canary.total);
			return Math.min(mostEvidence, (evidenceToFail / toDecide) * Math.exp(logMixture(logs, designEffect())));
		},
		designEffect: () => Math.max(1, seenBefore(), clumped()),
	};
}

/**
 * Where it is known how errors came before, the boundary need not pay for clumps: it is lower, and the first minutes carry less of the allowance.
 * `early` is how much is assumed at first, and for how long; `boundary` is that of a share of none.
 */
const allowances = {
	unknown: {early: {times: 5, minutes: 5}, boundary: 36},
	known: {early: {times: 4, minutes: 7}, boundary: 28},
} as const;

type Early = {readonly times: number; readonly minutes: number};

/** Design effect that is assumed while there are few minutes to learn it from; 1 from some minutes on. */
const earlyClumping = (minutes: number, early: Early) => 1 + early.times * Math.max(0, 1 / Math.max(minutes, 1 / 6) - 1 / early.minutes);

/**
 * Likelihood ratio that decides. For errors that come one by one 100 would be enough for any share (Ville 1939), but a single one of them on a small
 * canary carries the ratio far over the boundary: the exact chance of ever reaching it, by recursion over the errors, is 1 % at 61 for a share of
 * 5 % and at 76 for a half. The allowances of `sequentialEvidence` take up the rest for small shares; for large ones there is time to ask for more.
 */
const boundaryAt = (share: number, ofNone: number) => Math.min(110, ofNone + 150 * share);

/** By how much the boundary is higher than in the first ten minutes and 1,000 requests. */
const lateness = (minutes: number, canaryRequests: number) => Math.max(1, Math.min(minutes / 10, canaryRequests / 1000)) ** 2.5;
