import {aloneEvidence} from './evidence/alone-evidence.ts';
import {type ClumpedBefore, clumpedText} from './evidence/clumped-before.ts';
import {excludedRatio, missed, ratioWithin} from './evidence/excluded-ratio.ts';
import type {Pair} from './evidence/likelihood.ts';
import {restartedEvidence} from './evidence/restarted-evidence.ts';
import {evidenceToFail} from './evidence/sequential-evidence.ts';
import type {CanaryMetric, Counts, CountsInterval, MetricVerdict} from './metric.ts';
import {minutesUntilDecided, minutesUntilExcluded, minutesUntilRequests} from './minutes-more.ts';
import {percent} from './percent.ts';
import {badPart, minutesOf, sane, totals} from './totals.ts';

/** Words of one metric: what a counted event is called. */
export type CountsWords = {
	/** `{ratio} of the canary's {n} requests {happened}`. */
	readonly happened: string;
	/** The same of one that is none. */
	readonly missed: string;
	readonly test: string;
};

const countsTest = 'sequential test of two proportions';

const errorWords: CountsWords = {happened: 'failed', missed: 'did not fail', test: countsTest};

/** What a person counts need not be errors: of a named metric its name is all that is known. */
const wordsOf = ({name}: CanaryMetric): CountsWords =>
	name === 'error-ratio' ? errorWords : {happened: `count as ${name}`, missed: `do not count as ${name}`, test: countsTest};

/** Of each side, before it may pass: a clean record of 100 requests says that less than 3 % fail (rule of three). */
const fewestRequests = 100;

/** Evidence that does not decide, and yet is too much for a promotion. */
const evidenceToDoubt = 20;

/** A stable version that no request reaches for so long gets none, whatever its share is. */
const aloneAfterMinutes = 2;

/** What the comparison is made of. */
type Known = {
	readonly metric: CanaryMetric;
	readonly words: CountsWords;
	/** The comparison in a sentence. */
	readonly reason: string;
	/** All intervals. */
	readonly sum: Pair;
	/** The present stage. */
	readonly stage: Pair;
	readonly minutes: {readonly all: number; readonly stage: number; readonly evidence: number};
	readonly evidence: number;
	readonly designEffect: number;
	/** Whether the difference is one that matters, were it certain. */
	readonly isOutside: boolean;
	/** Of the stable version, what the canary is compared with. */
	readonly usual: Counts;
	/** Behind `failed` where only the present stage counts. */
	readonly where: string;
	readonly isAlone: boolean;
	/** Why a difference that is certain does not matter; undefined where it does, or where nobody can say. */
	readonly harmless: string | undefined;
};

type Asked = {
	readonly words?: CountsWords;
	/** No request of this stage is the stable version's: its share is none. */
	readonly isAlone?: boolean | undefined;
	/** Why a difference that is certain does not matter. */
	readonly harmless?: string | undefined;
	/** How the counted events of the stable version clumped before the canary. */
	readonly before?: ClumpedBefore | undefined;
};

/**
 * Judges counts of events, such as failed requests: an anytime-valid sequential test of two proportions. While the stable version gets no requests,
 * the canary's are tested against its ratio so far.
 * @param ofStage the last of `intervals`, those of the present stage
 */
export function judgeCounts(
	metric: CanaryMetric,
	intervals: readonly CountsInterval[],
	ofStage: readonly CountsInterval[],
	{words = wordsOf(metric), isAlone: isKnownAlone = false, harmless, before}: Asked = {},
): MetricVerdict {
	const stage = totals(ofStage);
	const isAlone = isKnownAlone || (stage.stable.total <= 0 && minutesOf(ofStage) >= aloneAfterMinutes);
	const known = (isAlone ? knownAlone : knownBeside)({metric, words, harmless, before}, intervals, ofStage);
	const answered = answer(known);
	const {stable} = known.sum;
	const within = ratioWithin(known.stage, metric.worse, known.designEffect);
	const canary = isAlone ? stage.canary : known.sum.canary;
	return {
		metric: metric.name,
		test: words.test,
		...answered,
		...(answered.verdict === 'not-enough-data' && known.evidence >= evidenceToDoubt && {looksWorse: true}),
		evidence: Number(known.evidence.toPrecision(4)),
		...(before !== undefined && {before: clumpedText(before)}),
		...(within !== undefined && {within}),
		...(canary.total > 0 && {canary: badPart(canary)}),
		...(stable.total > 0 && {stable: badPart(stable)}),
		canarySamples: Math.round(canary.total),
		stableSamples: Math.round(stable.total),
	};
}

type Subject = Pick<Known, 'metric' | 'words' | 'harmless'> & Pick<Asked, 'before'>;

/** Both sides get requests at the same time. */
function knownBeside(
	{metric, words, harmless, before}: Subject,
	intervals: readonly CountsInterval[],
	ofStage: readonly CountsInterval[],
): Known {
	const evidence = restartedEvidence(metric, before);
	for (const interval of intervals) evidence.add(sane(interval), interval.spanMs);
	const [sum, stage] = [totals(intervals), totals(ofStage)];
	const minutes = {all: minutesOf(intervals), stage: minutesOf(ofStage), evidence: minutesOf(intervals)};
	return {
		...{metric, words, harmless, sum, stage, minutes, isAlone: false},
		reason: compared(sum.canary, sum.stable, words),
		evidence: evidence.value(),
		designEffect: evidence.designEffect(),
		isOutside: isOutside(metric, sum.canary, sum.stable),
		usual: stage.stable.total >= fewestRequests ? stage.stable : sum.stable,
		where: ofStage.length < intervals.length ? ' in this step' : '',
	};
}

/** Only the canary gets requests: what the stable version showed before is all that it can be compared with. */
function knownAlone(
	{metric, words, harmless, before}: Subject,
	intervals: readonly CountsInterval[],
	ofStage: readonly CountsInterval[],
): Known {
	const beside = knownBeside({metric, words, harmless, before}, intervals, ofStage);
	const {sum, stage, minutes} = beside;
	const sides = ofStage.map(interval => ({...interval, ...sane(interval)}));
	const evidence = aloneEvidence(sides, sum.stable, beside.designEffect, metric, before);
	const worst = metric.worse === 'higher' ? 'at most' : 'at least';
	return {
		...beside,
		stage: {canary: stage.canary, stable: {total: 0, bad: 0}},
		minutes: {...minutes, evidence: minutes.stage},
		reason: `${ofAll('canary', stage.canary, ' in this step', words)}; before it, of the stable version's ${Math.round(sum.stable.total)}, ${percent(badPart(sum.stable))}, and ${worst} ${percent(evidence.bound)} (99.5 % sure)`,
		evidence: evidence.value(),
		designEffect: evidence.designEffect(),
		isOutside: isOutside(metric, stage.canary, sum.stable),
		usual: sum.stable,
		where: ' in this step',
		isAlone: true,
	};
}

type Answer = Pick<MetricVerdict, 'verdict' | 'reason' | 'minutesMore'>;

const undecided = (reason: string, minutesMore?: number): Answer => ({
	verdict: 'not-enough-data',
	reason,
	...(minutesMore !== undefined && {minutesMore}),
});

/** No control at the same time. */
const aloneText = 'the stable version gets no requests now, so an outage of both would look the same';

function answer(known: Known): Answer {
	const {reason, stage, minutes, evidence, isAlone, harmless} = known;
	const isCertain = evidence >= evidenceToFail && known.isOutside;
	if (isCertain && harmless === undefined) return {verdict: 'fail', reason: isAlone ? `${reason}; ${aloneText}` : reason};
	const few = tooFew(known);
	if (few !== undefined) return few;
	if (isCertain) return {verdict: 'pass', reason: `${reason}: ${harmless}`};
	if (evidence >= evidenceToDoubt)
		return undecided(`${reason}: that looks worse, and is not certain yet`, minutesUntilDecided(evidence, minutes.evidence));
	if (known.words === errorWords && Math.min(...[stage.canary, stage.stable].map(badPart)) > 0.5 && known.metric.worse === 'higher')
		return undecided(`${reason}: both fail, so the comparison says nothing; look for what they share`);
	return known.metric.worse === 'higher' ? excluding(known) : excludingFewer(known);
}

/** Within the tolerance a difference does not matter, however certain it is. */
function isOutside({worse, tolerance}: CanaryMetric, ...sides: readonly [canary: Counts, stable: Counts]): boolean {
	const [canary = 0, stable = 0] = sides.map(badPart);
	return worse === 'higher' ? canary > stable * (1 + tolerance) : canary < stable * (1 - tolerance);
}

/** A pass has to say what it excludes of this stage; what it may leave open is a few events in a hundred, or half of what the ratio itself can move. */
function excluding({stage, usual, minutes, designEffect, words, metric, reason, where}: Known): Answer {
	const stable = badPart(usual);
	const most = stable * (1 + metric.tolerance) + Math.max(0.04, (stable * (1 - stable)) / 2);
	const bound = excludedRatio(stage, designEffect);
	if (bound <= most)
		return {verdict: 'pass', reason: `${reason}; that more than ${percent(bound)} ${words.happened}${where} is excluded (95 % sure)`};
	return undecided(
		`${reason}; up to ${percent(bound)}${where} cannot be excluded yet, ${percent(most)} must be`,
		minutesUntilExcluded(stage, designEffect, most, minutes.stage),
	);
}

/** Fewer events are bad: what is excluded is read from the events that did not happen. */
function excludingFewer(known: Known): Answer {
	const stage = {canary: missed(known.stage.canary), stable: missed(known.stage.stable)};
	return excluding({
		...known,
		stage,
		usual: missed(known.usual),
		words: {...known.words, happened: known.words.missed},
	});
}

/** Why there is too little to compare; undefined when there is enough. */
function tooFew({sum, stage, minutes, isAlone}: Known): Answer | undefined {
	if (stage.canary.total <= 0 && sum.stable.total >= fewestRequests)
		return undecided(
			`no request of the canary was counted, while the stable version had ${Math.round(sum.stable.total)}: no traffic reaches it, or nothing scrapes its pods`,
		);
	const missing = (side: string, counts: Counts, total: number) =>
		undecided(
			`${Math.round(counts.total)} requests reached the ${side}, ${fewestRequests} are needed`,
			minutesUntilRequests(fewestRequests - counts.total, total / minutes.all),
		);
	if (stage.canary.total < fewestRequests) return missing('canary', stage.canary, sum.canary.total);
	if (sum.stable.total < fewestRequests) return missing('stable version', sum.stable, sum.stable.total);
	if (stage.stable.total <= 0 && !isAlone)
		return undecided('no request of the stable version was counted in this step yet', aloneAfterMinutes);
	return undefined;
}

const ofAll = (side: 'canary' | 'stable version', counts: Counts, when: string, {happened}: CountsWords) =>
	`${counts.total > 0 ? percent(badPart(counts)) : 'none'} of the ${side}'s ${Math.round(counts.total)} requests${when} ${happened}`;

function compared(canary: Counts, stable: Counts, words: CountsWords): string {
	const other = `${stable.total > 0 ? percent(badPart(stable)) : 'none'} of the stable version's ${Math.round(stable.total)}`;
	return `${ofAll('canary', canary, '', words)}, ${other}`;
}
