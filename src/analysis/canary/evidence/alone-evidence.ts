import type {Counts, CountsInterval} from '../metric.ts';
import type {ClumpedBefore} from './clumped-before.ts';
import {ownBound} from './excluded-ratio.ts';
import {type Direction, logRatiosAgainst} from './likelihood.ts';
import {type SequentialEvidence, sequentialEvidence} from './sequential-evidence.ts';

/** Chance that the stable version's ratio is beyond its bound. */
const doubtOfBound = 0.005;

/** Nothing at the same time cancels out an outage that would have hit both, so this many times the usual evidence has to be there. */
const timesStronger = 10;

const nobody: Counts = {total: 0, bad: 0};

/** What is known of a canary that serves alone. */
export type AloneEvidence = Pick<SequentialEvidence, 'value' | 'designEffect'> & {
	/** The ratio that the stable version's requests so far do not exclude: with `worse: lower` the least of it, else the most. */
	readonly bound: number;
};

/**
 * Evidence for "the counted events are more frequent on the canary than they ever were on the stable version", while that one gets no requests. The
 * canary's events of the stage are tested against a bound of the stable version's ratio so far, which holds with 99.5 % at every look; for any ratio
 * within it the likelihood ratio is a supermartingale (Ville 1939), so all looks together are wrong in at most 0.5 % and a thousandth of all rollouts.
 * @param stable all its requests so far
 * @param designEffect how many events count as one, by all that was counted so far
 */
export function aloneEvidence(
	ofStage: readonly CountsInterval[],
	stable: Counts,
	designEffect: number,
	{worse, tolerance}: Direction,
	before?: ClumpedBefore,
): AloneEvidence {
	const bound =
		worse === 'higher'
			? Math.min(1, ownBound(stable, designEffect, doubtOfBound) * (1 + tolerance))
			: Math.max(0, (1 - ownBound({total: stable.total, bad: stable.total - stable.bad}, designEffect, doubtOfBound)) * (1 - tolerance));
	const evidence = sequentialEvidence(before);
	for (const {canary, spanMs} of ofStage) evidence.add({canary, stable: nobody}, spanMs, logRatiosAgainst(canary, bound, worse));
	return {bound, value: () => evidence.value() / timesStronger, designEffect: () => Math.max(designEffect, evidence.designEffect())};
}
