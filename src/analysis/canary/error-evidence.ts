/** Requests and failed requests of both sides within one interval. */
export type ErrorCounts = {
	readonly canary: {readonly requests: number; readonly errors: number};
	readonly stable: {readonly requests: number; readonly errors: number};
};

/** Odds ratios that the alternative mixes over: from half as many errors again to twenty times as many. */
const oddsRatios = [1.5, 2, 3, 5, 10, 20];

/** More than anybody needs; JSON has no infinity. */
const mostEvidence = 1e12;

/**
 * How strongly the counts speak for "the canary fails more often than the stable version", valid at every look.
 *
 * Given the requests of both sides and the errors of an interval, and both versions failing equally often, the canary's part of
 * the errors is hypergeometric, with the canary's share of the requests. The likelihood ratio of "odds are θ times higher" is taken
 * for a binomial with that share; it is convex in the canary's errors, and a hypergeometric is no wider than the binomial of the
 * same share (Hoeffding 1963, theorem 4), so its mean is at most 1 whatever the share is. Multiplied over intervals, whose shares
 * may differ because each is fixed by the requests before the errors are looked at, and averaged over θ, it is a non-negative
 * supermartingale that starts at 1: by Ville's inequality it ever reaches 1/α with probability at most α. So it may be looked at
 * as often as one likes, unlike Fisher's test on running totals.
 *
 * What it rests on: errors that happen one by one. Bursts (a node, a connection pool, a dependency that is away for seconds) make
 * the same number of errors mean less, and the bound does not hold for them; `lastingEvidence` is the guard against those.
 *
 * @param intervals counts of each interval, in order; ratios of traffic may differ between them
 * @returns evidence from 0 to 1e12; 1 says nothing, 100 has a chance of at most 1 % when there is no difference
 * @see Ville 1939; Robbins 1970 for the mixture; Lindon and others, arXiv 2205.14762, for its use on canaries
 */
export const errorEvidence = (intervals: readonly ErrorCounts[]): number => mixed(logRatios(comparable(intervals)));

/**
 * The evidence that is left without the one interval that speaks loudest. A version that is worse goes on failing, so this follows
 * `errorEvidence` after one interval more (12 % of errors) or a few (1 % against 0.1 %); a single burst never moves it. Asking for
 * both keeps the bound above. Simulated with bursts of 20 % errors in 1 of 100 intervals of each side, 60 looks, equal halves: the
 * evidence alone calls 34 % of good canaries bad, both together 6 %; with bursts in 3 of 100 intervals 50 % and 21 %. So a version
 * that fails in bursts on both sides may still be taken back: the safe side to err on, and the counts say why.
 */
export function lastingEvidence(intervals: readonly ErrorCounts[]): number {
	const ratios = logRatios(comparable(intervals));
	if (ratios.length === 0) return 1;
	return Math.min(...ratios.map((_, without) => mixed(ratios.filter((_ratio, index) => index !== without))));
}

/** For each interval the log of the likelihood ratio at each of the odds. */
const logRatios = (intervals: readonly ErrorCounts[]) => intervals.map(interval => oddsRatios.map(odds => logRatio(interval, odds)));

function mixed(ratios: readonly (readonly number[])[]): number {
	const logs = oddsRatios.map((_, at) => ratios.reduce((sum, ratio) => sum + (ratio[at] ?? 0), 0));
	const largest = Math.max(...logs);
	const mean = logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / logs.length;
	return Math.min(mostEvidence, Math.exp(largest) * mean);
}

function logRatio({canary, stable}: ErrorCounts, odds: number): number {
	const share = canary.requests / (canary.requests + stable.requests);
	const errors = canary.errors + stable.errors;
	return canary.errors * Math.log(odds) - errors * Math.log(share * odds + (1 - share));
}

/**
 * Intervals in which both sides were counted. A metrics server reads each pod at a moment of its own, so between two looks only one
 * side may have grown; such an interval goes together with the next ones. Only requests decide on that, never errors. What has no
 * counterpart at the end is left out.
 */
function comparable(intervals: readonly ErrorCounts[]): readonly ErrorCounts[] {
	const whole: ErrorCounts[] = [];
	let open: ErrorCounts[] = [];
	for (const interval of intervals) {
		open.push(interval);
		const sum = totalCounts(open);
		if (sum.canary.requests === 0 || sum.stable.requests === 0) continue;
		whole.push(sum);
		open = [];
	}
	return whole;
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
