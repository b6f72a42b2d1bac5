import {normalQuantile} from '../../statistics/normal-quantile.ts';
import {ranksOf} from '../../statistics/ranks.ts';
import type {GaugePoints} from './paired-points.ts';

/** How much the canary lies above the stable version, in the gauge's unit; the bounds hold one-sided, each with its own confidence. */
export type RankShift = {readonly estimate: number; readonly lower: number; readonly upper: number};

/**
 * Mann-Whitney's shift by the ordered differences of all pairs (Hodges and Lehmann 1963; Moses for the bounds): the estimate is their median, a bound
 * leaves out as many differences as the normal approximation of the rank sum allows. Points that follow each other resemble each other, so the variance is
 * widened by the first autocorrelation of both sides.
 * @param doubt chance that the lower bound is too high, 0 to 1
 * @param doubtAbove the same for the upper bound being too low
 */
export function rankShift({canary, stable}: GaugePoints, doubt: number, doubtAbove: number): RankShift {
	const differences = canary.flatMap(one => stable.map(other => one - other)).sort((one, other) => one - other);
	const [n, m] = [canary.length, stable.length];
	const {ties} = ranksOf([...canary, ...stable]);
	const sigma = Math.sqrt(((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1))) * widening(canary, stable));
	const at = (rank: number) => differences[Math.min(differences.length - 1, Math.max(0, Math.floor(rank)))] ?? 0;
	const reach = (chance: number) => -normalQuantile(chance) * sigma;
	const isOut = (rank: number) => rank < 0;
	const low = (n * m) / 2 - reach(doubt) - 0.5;
	const beyond = (n * m) / 2 - reach(doubtAbove) - 0.5;
	return {
		estimate: (at((n * m - 1) / 2) + at((n * m) / 2)) / 2,
		lower: isOut(low) ? Number.NEGATIVE_INFINITY : at(low),
		upper: isOut(beyond) ? Number.POSITIVE_INFINITY : at(n * m - 1 - beyond),
	};
}

/** Variance of a mean of points with this first autocorrelation, relative to independent ones; at least 1. */
function widening(canary: readonly number[], stable: readonly number[]): number {
	const correlation = Math.min(0.9, Math.max(0, (autocorrelation(canary) + autocorrelation(stable)) / 2));
	return (1 + correlation) / (1 - correlation);
}

/** Of the ranks, so that one wild point does not decide. Corrected for its bias of −1/n. */
function autocorrelation(values: readonly number[]): number {
	const {ranks} = ranksOf(values);
	const centre = (values.length + 1) / 2;
	const squares = ranks.reduce((sum, rank) => sum + (rank - centre) ** 2, 0);
	const products = ranks.slice(1).reduce((sum, rank, at) => sum + (rank - centre) * ((ranks[at] ?? centre) - centre), 0);
	return squares === 0 ? 0 : products / squares + 1 / values.length;
}
