/** Requests and failed requests of both sides within one interval. */
export type ErrorCounts = {
	readonly canary: {readonly requests: number; readonly errors: number};
	readonly stable: {readonly requests: number; readonly errors: number};
};

/** Odds ratios that the alternative mixes over: from half as many errors again to twenty times as many. */
const oddsRatios = [1.5, 2, 3, 5, 10, 20];

/**
 * How strongly the counts speak for "the canary fails more often than the stable version", valid at every look.
 *
 * Given that an error happened, and both versions fail equally often, it happened in the canary with the canary's share of
 * the requests. The likelihood ratio of "odds are θ times higher" against that, multiplied over intervals and averaged over
 * θ, is a non-negative martingale of mean 1 under "no difference": by Ville's inequality it ever reaches 1/α with
 * probability at most α. So it may be looked at as often as one likes, unlike Fisher's test on running totals.
 *
 * @param intervals counts of each interval, in order; ratios of traffic may differ between them
 * @returns evidence from 0; 1 says nothing, 100 has a chance of at most 1 % when there is no difference
 * @see Ville 1939; Robbins 1970 for the mixture; Lindon and others, arXiv 2205.14762, for its use on canaries
 */
export function errorEvidence(intervals: readonly ErrorCounts[]): number {
	const logs = oddsRatios.map(odds => intervals.reduce((sum, interval) => sum + logRatio(interval, odds), 0));
	const largest = Math.max(...logs);
	const mean = logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / logs.length;
	return Math.exp(largest) * mean;
}

function logRatio({canary, stable}: ErrorCounts, odds: number): number {
	const requests = canary.requests + stable.requests;
	if (canary.requests === 0 || stable.requests === 0) return 0;
	const share = canary.requests / requests;
	const errors = canary.errors + stable.errors;
	return canary.errors * Math.log(odds) - errors * Math.log(share * odds + (1 - share));
}

/** Totals of several intervals. */
export const totalCounts = (intervals: readonly ErrorCounts[]): ErrorCounts =>
	intervals.reduce<ErrorCounts>(
		(sum, {canary, stable}) => ({
			canary: {requests: sum.canary.requests + canary.requests, errors: sum.canary.errors + canary.errors},
			stable: {requests: sum.stable.requests + stable.requests, errors: sum.stable.errors + stable.errors},
		}),
		{canary: {requests: 0, errors: 0}, stable: {requests: 0, errors: 0}},
	);
