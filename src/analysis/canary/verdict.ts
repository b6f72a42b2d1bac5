import {type ErrorCounts, errorEvidence, totalCounts} from './error-evidence.ts';

/** What is known of the canary at one look. `intervals` is undefined where no metrics source answers. */
export type CanaryObservation = {
	readonly intervals: readonly ErrorCounts[] | undefined;
	readonly canaryPods: {readonly wanted: number; readonly ready: number; readonly restarts: number};
	/** Reasons of containers that cannot run, such as `ImagePullBackOff`, most telling first. */
	readonly stuck: readonly string[];
	/** Whether the time to become ready is over. */
	readonly overdue: boolean;
};

/** `pass` and `fail` rest on evidence; `not-enough-data` is an answer too. Ratios are 0 to 1. */
export type CanaryVerdict = {
	readonly verdict: 'pass' | 'fail' | 'not-enough-data';
	readonly reason: string;
	/** Pods are still on their way; errors were not judged. */
	readonly starting?: true;
	readonly judgedBy: readonly ('errors' | 'readiness' | 'restarts')[];
	readonly evidence?: number | undefined;
	readonly canaryErrorRatio?: number | undefined;
	readonly stableErrorRatio?: number | undefined;
	readonly canaryRequests?: number | undefined;
	readonly stableRequests?: number | undefined;
};

/** The chance of calling a good canary bad, over all looks of one rollout, is at most 1 %. */
const evidenceToFail = 100;

/**
 * Under this many requests of the canary a clean record says little: with 100 requests and no error, the
 * error ratio is below 3 % with 95 % confidence (the rule of three).
 */
const fewestRequests = 100;

/** Without a difference to the stable version, an error ratio like this is still no service. */
const hopelessRatio = 0.5;

/** Judges one canary. Kubelet's words first: a pod that does not run needs no statistics. */
export function judgeCanary(observation: CanaryObservation): CanaryVerdict {
	const {canaryPods, stuck, overdue, intervals} = observation;
	const judgedBy = intervals === undefined ? (['readiness', 'restarts'] as const) : (['errors', 'readiness', 'restarts'] as const);
	const fail = (reason: string) => ({verdict: 'fail', reason, judgedBy, ...numbersOf(intervals)}) as const;
	if (canaryPods.restarts > 0) return fail(`${count(canaryPods.restarts, 'container restart')} in the canary${because(stuck)}`);
	if (stuck.length > 0)
		return fail(`${canaryPods.wanted - canaryPods.ready} of ${count(canaryPods.wanted, 'canary pod')} cannot run${because(stuck)}`);
	if (canaryPods.ready < canaryPods.wanted) {
		const reason = `${canaryPods.ready} of ${count(canaryPods.wanted, 'canary pod')} ready`;
		return overdue
			? fail(`${reason} when the time was over`)
			: {verdict: 'not-enough-data', reason, starting: true, judgedBy, ...numbersOf(intervals)};
	}
	if (intervals === undefined)
		return {
			verdict: 'pass',
			reason: `all ${count(canaryPods.wanted, 'canary pod')} ready, no restarts; no metrics were there to judge errors`,
			judgedBy,
		};
	return judgeErrors(intervals, judgedBy);
}

function judgeErrors(intervals: readonly ErrorCounts[], judgedBy: CanaryVerdict['judgedBy']): CanaryVerdict {
	const numbers = numbersOf(intervals);
	const {canaryErrorRatio: canary = 0, stableErrorRatio: stable = 0, canaryRequests = 0, evidence = 1} = numbers;
	const compared = `${percent(canary)} of the canary's ${canaryRequests} requests failed, ${percent(stable)} of the stable version's ${numbers.stableRequests}`;
	if (evidence >= evidenceToFail || (canaryRequests >= fewestRequests && canary >= hopelessRatio))
		return {verdict: 'fail', reason: compared, judgedBy, ...numbers};
	if (canaryRequests < fewestRequests)
		return {
			verdict: 'not-enough-data',
			reason: `${canaryRequests} requests reached the canary, ${fewestRequests} are needed`,
			judgedBy,
			...numbers,
		};
	return {verdict: 'pass', reason: compared, judgedBy, ...numbers};
}

function numbersOf(intervals: readonly ErrorCounts[] | undefined) {
	if (intervals === undefined) return {};
	const {canary, stable} = totalCounts(intervals);
	return {
		evidence: Number(errorEvidence(intervals).toPrecision(4)),
		canaryErrorRatio: canary.requests === 0 ? undefined : canary.errors / canary.requests,
		stableErrorRatio: stable.requests === 0 ? undefined : stable.errors / stable.requests,
		canaryRequests: Math.round(canary.requests),
		stableRequests: Math.round(stable.requests),
	};
}

const because = (stuck: readonly string[]) => (stuck[0] === undefined ? '' : ` (${stuck[0]})`);
const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** A ratio for people: `12.3 %`. */
export const percent = (ratio: number) => `${(ratio * 100).toFixed(ratio > 0 && ratio < 0.001 ? 3 : 1)} %`;
