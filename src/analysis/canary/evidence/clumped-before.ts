import type {Counts} from '../metric.ts';
import {outages} from './outages.ts';

/** What each pod of the stable version counted in each minute before a rollout; all rows are of the same minutes, without requests where it was not there. */
export type Before = readonly (readonly Counts[])[];

/** How errors clumped before a rollout. */
export type ClumpedBefore = {
	readonly minutes: number;
	/** Of these, minutes of outages, which tell nothing of how errors come. */
	readonly outageMinutes: number;
	readonly errors: number;
	/** How many others came with an error, beyond what errors have that come one by one; 0 and up. */
	readonly others: number;
	/** Design effect of one pod's errors, which is that of a canary's, on the safe side: 1 where they came one by one. */
	readonly ofPod: number;
	/** The same of all pods together, whose minutes may be good or bad for all at once. */
	readonly ofAll: number;
	/** Nobody knows which pod an error was of, so `ofPod` is `ofAll`. */
	readonly isWhole: boolean;
	/**
	 * What a judge may build on: `clumps` that were seen, from too few minutes or errors to say that there are no others; `all` where that can be said too;
	 * `nothing` where errors came in such crowds that no canary could be judged by them.
	 */
	readonly learnt: 'all' | 'clumps' | 'nothing';
};

/** Standard deviations that a number of pairs may be above its expectation before it counts as clumping. */
const usualDeviations = 1;

/** By so many standard errors more clumping is assumed than was seen: few clumps say little on how large the next one is. */
const doubtfulErrors = 2;

/** With fewer it cannot be said that errors come one by one. */
const enough = {minutes: 100, errors: 20} as const;

/** Beyond these a canary would need thousands of requests for any answer: that many more of one pod's, or of all pods' at once. */
const most = {ofPod: 20, ofAll: 200} as const;

/** Where nobody knows whose errors came together, bunches with up to so many others are taken for one pod's; of larger ones a canary has its share. */
const othersOfOnePod = 6;

/**
 * Counts pairs of errors in the same minute, or in minutes that follow each other, against what errors have that come one by one (as `createClumping`,
 * of one side and long before). A clump that is one pod's shows in its pairs; a minute that is bad for all pods shows less in one pod's errors than in
 * all of them, and a canary of the size of a pod has only that much of it.
 *
 * An outage of all, which a canary would have shared, must not make the next rollouts blind: long ones (`outages`) are left out, and of the rest the
 * loudest minute and its neighbours are brought down to the loudest of the others.
 * @param rowsOf whether each row is a pod, or the one row is all pods together
 */
export function clumpedBefore(before: Before, rowsOf: 'pod' | 'all' = 'pod'): ClumpedBefore {
	const broken = outages(together(before));
	const usual = before.map(row => row.filter((_, at) => !broken.has(at)));
	const pods = withoutLoudest(usual.map(row => row.map(({bad}) => bad)));
	const requests = usual.map(row => row.map(({total}) => total));
	const one = effectOf(pods, requests);
	const all = effectOf([columns(pods)], [columns(requests)]);
	const errors = sum(pods.flat());
	const likely = 1 + doubtfulErrors * Math.sqrt(all / Math.max(1, errors));
	const effects = {ofPod: 1 + (one - 1) * likely, ofAll: 1 + (all - 1) * likely};
	const isWhole = rowsOf === 'all';
	const isBeyond = (!isWhole && effects.ofPod > most.ofPod) || effects.ofAll > most.ofAll;
	const isEnough = minutesIn(usual) >= enough.minutes && errors >= enough.errors;
	return {
		minutes: minutesIn(before),
		outageMinutes: minutesIn(before) - minutesIn(usual),
		errors: Math.round(sum(before.flat().map(({bad}) => bad))),
		others: one - 1,
		...effects,
		isWhole,
		learnt: isBeyond ? 'nothing' : isEnough ? 'all' : 'clumps',
	};
}

/** Design effect that is to be reckoned with where the canary gets this share: its own part and the stable version's, by what each adds to the variance of their difference. */
export function effectBefore({ofPod, ofAll, isWhole}: ClumpedBefore, share: number): number {
	const ofCanary = isWhole ? 1 + Math.max((ofAll - 1) * share, Math.min(ofAll - 1, othersOfOnePod)) : ofPod;
	return ofCanary * (1 - share) + ofAll * share;
}

/** Minutes in which somebody had requests. */
const minutesIn = (before: Before) => together(before).filter(({total}) => total > 0).length;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Sums of all rows, minute by minute. */
const columns = (rows: readonly (readonly number[])[]): readonly number[] =>
	(rows[0] ?? []).map((_, at) => sum(rows.map(row => row[at] ?? 0)));

/** All rows as one. */
function together(before: Before): readonly Counts[] {
	const bad = columns(before.map(row => row.map(counts => counts.bad)));
	return columns(before.map(row => row.map(counts => counts.total))).map((total, at) => ({total, bad: bad[at] ?? 0}));
}

function withoutLoudest(pods: readonly (readonly number[])[]): readonly (readonly number[])[] {
	const minutes = columns(pods);
	const loudest = minutes.indexOf(Math.max(...minutes));
	const isNear = (at: number) => Math.abs(at - loudest) <= 1;
	const usual = Math.max(0, ...minutes.filter((_, at) => !isNear(at)));
	return pods.map(row => row.map((bad, at) => (isNear(at) ? bad * Math.min(1, usual / Math.max(1, minutes[at] ?? 0)) : bad)));
}

/** Design effect within rows, of minutes alone and of neighbours with them; the larger one. */
function effectOf(events: readonly (readonly number[])[], requests: readonly (readonly number[])[]): number {
	const errors = sum(events.flat());
	const all = sum(requests.flat());
	if (errors < 2 || all <= 0) return 1;
	const chance = (products: number) => (errors * (errors - 1) * products) / all ** 2;
	const within = {found: sum(events.flat().map(bad => bad * (bad - 1))), expected: chance(sum(requests.flat().map(total => total ** 2)))};
	const near = {found: 2 * neighbours(events), expected: chance(2 * neighbours(requests))};
	const one = within.found - within.expected - usualDeviations * Math.sqrt(2 * within.expected);
	const two = within.found + near.found - within.expected - near.expected;
	return 1 + Math.max(0, one, two - usualDeviations * Math.sqrt(2 * within.expected + 4 * near.expected)) / errors;
}

const neighbours = (rows: readonly (readonly number[])[]) => sum(rows.flatMap(row => row.map((value, at) => value * (row[at - 1] ?? 0))));

/** From here on clumps are told of; with fewer others errors come as good as one by one. */
const tellingOthers = 0.5;

/** `in the 120 minutes before, errors came in bunches, each with about 2 others` */
export function clumpedText({minutes, outageMinutes, errors, others, learnt}: ClumpedBefore): string {
	const when = `in the ${minutes} minutes before${outageMinutes > 0 ? ` (without ${outageMinutes} of an outage)` : ''}`;
	if (errors < 2) return `${when}, too few errors came to tell how they come`;
	if (learnt === 'nothing') return `${when}, so many errors came at once that nothing is taken from them`;
	if (others < tellingOthers) return `${when}, errors came one by one`;
	const many = Math.max(1, Math.round(others));
	return `${when}, errors came in bunches, each with about ${many} ${many === 1 ? 'other' : 'others'}`;
}
