import {excludedRatio} from './evidence/excluded-ratio.ts';
import type {Pair} from './evidence/likelihood.ts';
import {type RestartedEvidence, restartedEvidence} from './evidence/restarted-evidence.ts';
import {evidenceToFail} from './evidence/sequential-evidence.ts';
import type {CanaryMetric, Counts, CountsInterval, MetricVerdict} from './metric.ts';
import {minutesUntilDecided, minutesUntilExcluded, minutesUntilRequests} from './minutes-more.ts';
import {percent} from './percent.ts';

/** Words of one metric: what a counted event is called. */
export type CountsWords = {
	/** `{ratio} of the canary's {n} requests {happened}`. */
	readonly happened: string;
	readonly test: string;
};

export const errorWords: CountsWords = {happened: 'failed', test: 'sequential test of two proportions'};

/** Of each side, before it may pass: a clean record of 100 requests says that less than 3 % fail (rule of three). */
const fewestRequests = 100;

/** Evidence that does not decide, and yet is too much for a promotion. */
const evidenceToDoubt = 20;

/** What the comparison is made of. */
type Known = {
	readonly metric: CanaryMetric;
	readonly words: CountsWords;
	/** All intervals. */
	readonly sum: Pair;
	/** The present stage. */
	readonly stage: Pair;
	readonly minutes: number;
	readonly evidence: RestartedEvidence;
};

/**
 * Judges counts of events, such as failed requests: an anytime-valid sequential test of two proportions.
 * @param ofStage the last of `intervals`, those of the present stage
 */
export function judgeCounts(
	metric: CanaryMetric,
	intervals: readonly CountsInterval[],
	ofStage: readonly CountsInterval[],
	words: CountsWords = errorWords,
): MetricVerdict {
	const evidence = restartedEvidence(metric);
	for (const interval of intervals) evidence.add(sane(interval), interval.spanMs);
	const sum = totals(intervals);
	const minutes = intervals.reduce((all, {spanMs}) => all + spanMs, 0) / 60_000;
	const {canary, stable} = sum;
	const answered = answer({metric, words, sum, stage: totals(ofStage), minutes, evidence});
	return {
		metric: metric.name,
		test: words.test,
		...answered,
		...(answered.verdict === 'not-enough-data' && evidence.value() >= evidenceToDoubt && {looksWorse: true}),
		evidence: Number(evidence.value().toPrecision(4)),
		...(canary.total > 0 && {canary: canary.bad / canary.total}),
		...(stable.total > 0 && {stable: stable.bad / stable.total}),
		canarySamples: Math.round(canary.total),
		stableSamples: Math.round(stable.total),
	};
}

type Answer = Pick<MetricVerdict, 'verdict' | 'reason' | 'minutesMore'>;

const undecided = (reason: string, minutesMore?: number): Answer => ({
	verdict: 'not-enough-data',
	reason,
	...(minutesMore !== undefined && {minutesMore}),
});

function answer(known: Known): Answer {
	const {sum, stage, minutes, evidence} = known;
	const reason = compared(known);
	const found = evidence.value();
	if (found >= evidenceToFail && isOutside(known)) return {verdict: 'fail', reason};
	const few = tooFew(known);
	if (few !== undefined) return few;
	if (found >= evidenceToDoubt)
		return undecided(`${reason}: that looks worse, and is not certain yet`, minutesUntilDecided(found, minutes));
	if (known.words === errorWords && Math.min(...[stage.canary, stage.stable].map(badPart)) > 0.5 && known.metric.worse === 'higher')
		return undecided(`${reason}: both fail, so the comparison says nothing; look for what they share`);
	return known.metric.worse === 'higher' ? excluding(known, reason) : excludingFewer(known, reason, sum);
}

/** Within the tolerance a difference does not matter, however certain it is. */
function isOutside({metric, sum}: Known): boolean {
	const [canary, stable] = [badPart(sum.canary), badPart(sum.stable)];
	return metric.worse === 'higher' ? canary > stable * (1 + metric.tolerance) : canary < stable * (1 - metric.tolerance);
}

/** A pass has to say what it excludes; what it may leave open is a few events in a hundred, or half of what the ratio itself can move. */
function excluding({sum, minutes, evidence, words, metric}: Known, reason: string): Answer {
	const effect = evidence.designEffect();
	const stable = badPart(sum.stable);
	const most = stable * (1 + metric.tolerance) + Math.max(0.04, (stable * (1 - stable)) / 2);
	const bound = excludedRatio(sum, effect);
	if (bound <= most)
		return {verdict: 'pass', reason: `${reason}; that more than ${percent(bound)} ${words.happened} is excluded (95 % sure)`};
	return undecided(
		`${reason}; up to ${percent(bound)} cannot be excluded yet, ${percent(most)} must be`,
		minutesUntilExcluded(sum, effect, most, minutes),
	);
}

/** Fewer events are bad: what is excluded is read from the events that did not happen. */
function excludingFewer(known: Known, reason: string, sum: Pair): Answer {
	const missed = ({total, bad}: Counts): Counts => ({total, bad: total - bad});
	const turned = {canary: missed(sum.canary), stable: missed(sum.stable)};
	return excluding({...known, sum: turned, words: {...known.words, happened: `did not, or not ${known.words.happened},`}}, reason);
}

/** Why there is too little to compare; undefined when there is enough. */
function tooFew({sum, stage, minutes}: Known): Answer | undefined {
	if (stage.canary.total <= 0 && sum.stable.total >= fewestRequests)
		return undecided(
			`no request of the canary was counted, while the stable version had ${Math.round(sum.stable.total)}: no traffic reaches it, or nothing scrapes its pods`,
		);
	const missing = (side: string, counts: Counts, total: number) =>
		undecided(
			`${Math.round(counts.total)} requests reached the ${side}, ${fewestRequests} are needed`,
			minutesUntilRequests(fewestRequests - counts.total, total / minutes),
		);
	if (stage.canary.total < fewestRequests) return missing('canary', stage.canary, sum.canary.total);
	if (sum.stable.total < fewestRequests) return missing('stable version', sum.stable, sum.stable.total);
	return undefined;
}

function compared({sum: {canary, stable}, words}: Known): string {
	const side = (counts: Counts) => `${counts.total > 0 ? percent(badPart(counts)) : 'none'} of the`;
	return `${side(canary)} canary's ${Math.round(canary.total)} requests ${words.happened}, ${side(stable)} stable version's ${Math.round(stable.total)}`;
}

const badPart = ({total, bad}: Counts) => (total > 0 ? bad / total : 0);

/** Counters that are read at two moments can show more events than requests, or less than none. */
const saneCounts = ({total, bad}: Counts): Counts => ({
	total: Math.max(0, total) || 0,
	bad: Math.min(Math.max(0, bad) || 0, Math.max(0, total) || 0),
});
const sane = ({canary, stable}: Pair): Pair => ({canary: saneCounts(canary), stable: saneCounts(stable)});

function totals(intervals: readonly Pair[]): Pair {
	const side = (name: 'canary' | 'stable') =>
		intervals
			.map(interval => sane(interval)[name])
			.reduce((sum, {total, bad}) => ({total: sum.total + total, bad: sum.bad + bad}), {total: 0, bad: 0});
	return {canary: side('canary'), stable: side('stable')};
}
