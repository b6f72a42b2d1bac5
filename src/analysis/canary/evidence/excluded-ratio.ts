import type {Interval} from '../../../core/canary-evidence.ts';
import type {Counts} from '../metric.ts';
import type {Pair} from './likelihood.ts';

/** Ratios to the bound, at which the canary may really be; and how much of the belief each carries. */
const below = [
	{part: 0, weight: 0.6},
	{part: 0.1, weight: 0.1},
	{part: 0.4, weight: 0.1},
	{part: 0.7, weight: 0.1},
	{part: 0.9, weight: 0.1},
] as const;

/** 95 % sure, at every look. */
const usualDoubt = 0.05;

/**
 * The ratio of counted events that the canary does not exceed, with 95 % confidence at every look together: the ends of a confidence sequence
 * (Robbins 1970; Howard and others 2021). The smaller of two bounds:
 * - by the canary's own requests; without any event about 3.5/n, near the rule of three;
 * - by its share of both sides' events, times the stable version's ratio, which holds while both rise together.
 * @param designEffect how many events count as one
 * @returns 0 to 1; 1 excludes nothing
 */
export function excludedRatio({canary, stable}: Pair, designEffect: number): number {
	const own = ownBound(canary, designEffect, usualDoubt);
	if (canary.total <= 0 || stable.bad <= 0 || stable.total <= 0) return own;
	const events = canary.bad + stable.bad;
	const timesMore = smallestRejected(
		1000,
		theta => {
			const share = (canary.total * theta) / (canary.total * theta + stable.total);
			return mixture(part => logTimes(canary.bad, part) - events * Math.log(1 + share * (part - 1)), designEffect);
		},
		usualDoubt,
	);
	return Math.min(own, (timesMore * stable.bad) / stable.total);
}

/**
 * The ratio that one side's own requests exclude.
 * @param doubt chance that it is ever too low, 0 to 1
 * @returns 0 to 1; 1 excludes nothing
 */
export function ownBound({total, bad}: Counts, designEffect: number, doubt: number): number {
	if (total <= 0) return 1;
	const logEvidence = (bound: number) =>
		mixture(part => logTimes(bad, part) + (total - bad) * (Math.log1p(-part * bound) - Math.log1p(-bound)), designEffect);
	return smallestRejected(1, logEvidence, doubt);
}

/**
 * Where the canary's ratio lies: on the side that is bad by `excludedRatio`, on the other one by its own requests, each end 95 % sure at every look together.
 * @returns undefined where the canary has no request
 */
export function ratioWithin({canary, stable}: Pair, worse: 'higher' | 'lower', designEffect: number): Interval | undefined {
	if (canary.total <= 0) return undefined;
	if (worse === 'higher')
		return {low: 1 - ownBound(missed(canary), designEffect, usualDoubt), high: excludedRatio({canary, stable}, designEffect)};
	const others = {canary: missed(canary), stable: missed(stable)};
	return {low: 1 - excludedRatio(others, designEffect), high: ownBound(canary, designEffect, usualDoubt)};
}

/** The events that did not happen. */
export const missed = ({total, bad}: Counts): Counts => ({total, bad: total - bad});

/** The log of `part` to the power of `events`. */
const logTimes = (events: number, part: number) => (events <= 0 ? 0 : events * Math.log(part));

/** Log of the mean likelihood ratio of "a part of the bound" against "the bound". */
function mixture(logRatio: (part: number) => number, designEffect: number): number {
	const logs = below.map(({part, weight}) => Math.log(weight) + logRatio(part) / designEffect);
	const largest = Math.max(...logs);
	return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0));
}

/** By halving: what is above is rejected too. */
function smallestRejected(most: number, logEvidence: (bound: number) => number, doubt: number): number {
	const logDoubt = -Math.log(doubt);
	let [kept, rejected] = [0, most];
	if (logEvidence(most * (1 - 1e-9)) < logDoubt) return most;
	for (let step = 0; step < 50; step++) {
		const middle = (kept + rejected) / 2;
		if (logEvidence(middle) >= logDoubt) rejected = middle;
		else kept = middle;
	}
	return rejected;
}
