import type {Counts} from '../metric.ts';

/**
 * How many times likelier the counted events are in the canary, and how much of the belief each carries: most of it on a worsening
 * that is worth a night's work, a floor for one that only shows after an hour. Tuned on the table of docs/canary-judges.md.
 */
const alternatives = [
	{odds: 2, weight: 0.15},
	{odds: 7, weight: 0.85},
] as const;

/** Counts of both sides in the same time. */
export type Pair = {readonly canary: Counts; readonly stable: Counts};

/** Which alternatives are meant: more of the events, or fewer; and how much more or fewer does not matter. */
export type Direction = {readonly worse: 'higher' | 'lower'; readonly tolerance: number};

/**
 * The log of the likelihood ratio at each alternative, for the events of one interval.
 *
 * Given the events of both sides together, and no difference, each falls on the canary with its share of the traffic, whatever the
 * ratio of events is and however it moves: an outage that both share cancels out. The ratio `θ^x / (1 + s(θ − 1))^k` for x of k events
 * and share s has mean 1 for a binomial x, and at most 1 for the hypergeometric x of a finite number of requests, because it is convex
 * in x and a hypergeometric is no wider (Hoeffding 1963, theorem 4).
 * @returns one number per alternative; sums over intervals stay comparable although the share may change between them
 */
export function logRatios({canary, stable}: Pair, {worse, tolerance}: Direction): readonly number[] {
	const events = canary.bad + stable.bad;
	const allowed = worse === 'higher' ? 1 + tolerance : Math.max(1e-3, 1 - tolerance);
	const share = (canary.total * allowed) / (canary.total * allowed + stable.total);
	return alternatives.map(({odds}) => {
		const theta = worse === 'higher' ? odds : 1 / odds;
		return canary.bad * Math.log(theta) - events * Math.log(1 + share * (theta - 1));
	});
}

/**
 * The log of the likelihood ratio at each alternative, for the events of one side alone against a ratio that it should keep to: `θ^x / (1 + p(θ − 1))^n`
 * for x of n requests. Its mean is 1 at that ratio, and below 1 where events are rarer (`worse: higher`) or more frequent (`worse: lower`).
 * @param ratio 0 to 1
 */
export const logRatiosAgainst = ({total, bad}: Counts, ratio: number, worse: Direction['worse']): readonly number[] =>
	alternatives.map(({odds}) => {
		const theta = worse === 'higher' ? odds : 1 / odds;
		return bad * Math.log(theta) - total * Math.log(1 + ratio * (theta - 1));
	});

/**
 * Log of the mean of the likelihood ratios over the alternatives (Robbins 1970, the method of mixtures).
 * @param logs sums of `logRatios`
 * @param designEffect of clumped events: so many events count as one (Rao and Scott 1992)
 */
export function logMixture(logs: readonly number[], designEffect: number): number {
	let largest = Number.NEGATIVE_INFINITY;
	for (const log of logs) largest = Math.max(largest, log / designEffect);
	let sum = 0;
	for (const [at, log] of logs.entries()) sum += (alternatives[at]?.weight ?? 0) * Math.exp(log / designEffect - largest);
	return largest + Math.log(sum);
}

/** Sums of no interval at all. */
export const noRatios: readonly number[] = alternatives.map(() => 0);
