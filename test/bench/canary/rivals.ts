import {classify} from '../../../src/analysis/canary/kayenta/classify.ts';
import {type Look, looksPerMinute} from './worlds.ts';

/** Minutes after which the others are asked, too. */
const askedAt = [10, 60] as const;

/** Whether a rival has called the canary bad by each of `askedAt`. */
export type RivalVerdict = readonly boolean[];

/** How others judge counts of errors. */
export const rivals: {readonly [name: string]: (looks: readonly Look[]) => RivalVerdict} = {
	/** Argo Rollouts: a success condition of 99 % for each minute, failureLimit 0. */
	Argo: looks => failedChecks(looks, 1),
	/** Flagger: the same threshold, five failed checks. */
	Flagger: looks => failedChecks(looks, 5),
	/** Fisher's exact test, one-sided at 1 %, once: at the very minute that is asked for. */
	Fisher: looks => askedAt.map(minute => fisher(sumOf(looks.slice(0, minute * looksPerMinute))) < 0.01),
	/** Kayenta's classifier with its defaults on one error ratio a minute, once. */
	Kayenta: looks => askedAt.map(minute => kayenta(minutesOf(looks).slice(0, minute))),
};

/** How Kayenta's defaults class points of one value a minute. */
export const kayentaHigh = (control: readonly number[], experiment: readonly number[]): boolean =>
	classify(control, experiment, {
		classifier: 'MannWhitney',
		direction: 'increase',
		tolerance: 0.25,
		confidence: 0.98,
		effectSizeMeasure: 'meanRatio',
		effectSizeThresholds: [1, 1],
		criticalThresholds: [1, 1],
		nanStrategy: 'remove',
		isCritical: false,
		mustHaveData: false,
	}).class === 'High';

const kayenta = (minutes: readonly Look[]) => {
	const ratios = (side: 'canary' | 'stable') => minutes.map(minute => minute[side].bad / minute[side].total);
	return kayentaHigh(ratios('stable'), ratios('canary'));
};

function failedChecks(looks: readonly Look[], threshold: number): RivalVerdict {
	const failed = minutesOf(looks).map(({canary}) => canary.bad / canary.total > 0.01);
	return askedAt.map(minute => failed.slice(0, minute).filter(Boolean).length >= threshold);
}

const minutesOf = (looks: readonly Look[]): readonly Look[] =>
	Array.from({length: looks.length / looksPerMinute}, (_, minute) =>
		sumOf(looks.slice(minute * looksPerMinute, (minute + 1) * looksPerMinute)),
	);

function sumOf(looks: readonly Look[]): Look {
	const sum = {canary: {total: 0, bad: 0}, stable: {total: 0, bad: 0}};
	for (const look of looks)
		for (const side of ['canary', 'stable'] as const) {
			sum[side].total += look[side].total;
			sum[side].bad += look[side].bad;
		}
	return sum;
}

/** Chance of as many errors in the canary or more, given the errors of both: the upper tail of a hypergeometric distribution. */
function fisher({canary, stable}: Look): number {
	const errors = canary.bad + stable.bad;
	const all = canary.total + stable.total;
	let log = logChoose(canary.total, canary.bad) + logChoose(stable.total, stable.bad) - logChoose(all, errors);
	let tail = 0;
	for (let x = canary.bad; x <= Math.min(errors, canary.total); x++) {
		tail += Math.exp(log);
		log += Math.log(((canary.total - x) * (errors - x)) / ((x + 1) * (stable.total - errors + x + 1)));
	}
	return tail;
}

function logChoose(n: number, k: number): number {
	let log = 0;
	for (let at = 1; at <= k; at++) log += Math.log((n - k + at) / at);
	return log;
}
