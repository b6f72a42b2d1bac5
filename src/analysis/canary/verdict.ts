import {count} from '../../core/text/count.ts';
import {type ErrorCounts, errorEvidence, lastingEvidence, totalCounts} from './error-evidence.ts';
import {percent} from './percent.ts';

/** What is known of the canary at one look. `intervals` is undefined where errors are not judged. */
export type CanaryObservation = {
	/** Of all stages: evidence adds up. */
	readonly intervals: readonly ErrorCounts[] | undefined;
	/** How many of the intervals came before this stage: each stage needs requests of its own to pass. */
	readonly earlier?: number;
	/** Restarts of containers that serve; init containers may try again. `lastEnd` says how one ended, such as `OOMKilled (exit code 137)`. */
	readonly canaryPods: {readonly wanted: number; readonly ready: number; readonly restarts: number; readonly lastEnd?: string | undefined};
	/** Sentences on pods that do not run and will not by waiting, most telling first. */
	readonly stuck: readonly string[];
	/** Sentences on pods that are not ready yet. */
	readonly waiting?: readonly string[];
	/** Whether the time to become ready is over. */
	readonly overdue: boolean;
};

/** `pass` and `fail` rest on evidence; `not-enough-data` is an answer too. Ratios are 0 to 1, requests are those of all stages. */
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
 * error ratio is below 3 % with 95 % confidence (the rule of three). The stable version needs as many to be compared with.
 */
const fewestRequests = 100;

/** Without a difference to the stable version, an error ratio like this is still no service. */
const hopelessRatio = 0.5;

/** Judges one canary. Kubelet's words first: a pod that does not run needs no statistics. */
export function judgeCanary(observation: CanaryObservation): CanaryVerdict {
	const {canaryPods, stuck, waiting = [], overdue, intervals} = observation;
	const judgedBy = intervals === undefined ? (['readiness', 'restarts'] as const) : (['errors', 'readiness', 'restarts'] as const);
	const fail = (reason: string) => ({verdict: 'fail', reason, judgedBy, ...numbersOf(intervals)}) as const;
	if (canaryPods.restarts > 0) {
		const ends = canaryPods.lastEnd === undefined ? stuck : [canaryPods.lastEnd, ...stuck];
		return fail(`${count(canaryPods.restarts, 'container restart')} in the canary${because(ends)}`);
	}
	if (stuck.length > 0)
		return fail(`${canaryPods.wanted - canaryPods.ready} of ${count(canaryPods.wanted, 'canary pod')} cannot run${because(stuck)}`);
	if (canaryPods.ready < canaryPods.wanted) {
		const reason = `${canaryPods.ready} of ${count(canaryPods.wanted, 'canary pod')} ready`;
		return overdue
			? fail(`${reason} when the time was over${because(waiting)}`)
			: {verdict: 'not-enough-data', reason: `${reason}${because(waiting)}`, starting: true, judgedBy, ...numbersOf(intervals)};
	}
	if (intervals === undefined)
		return {
			verdict: 'pass',
			reason: `all ${count(canaryPods.wanted, 'canary pod')} ready, no restarts; errors were not judged`,
			judgedBy,
		};
	return {...judgeErrors(intervals, intervals.slice(observation.earlier ?? 0)), judgedBy, ...numbersOf(intervals)};
}

type Answer = Pick<CanaryVerdict, 'verdict' | 'reason'>;

function judgeErrors(intervals: readonly ErrorCounts[], ofStage: readonly ErrorCounts[]): Answer {
	const {canaryErrorRatio: canary = 0, stableErrorRatio: stable = 0, canaryRequests, stableRequests, evidence} = numbersOf(intervals);
	const reason = `${percent(canary)} of the canary's ${canaryRequests} requests failed, ${percent(stable)} of the stable version's ${stableRequests}`;
	const stage = totalCounts(ofStage);
	const isHopeless = (side: ErrorCounts['canary']) => side.requests >= fewestRequests && side.errors / side.requests >= hopelessRatio;
	if (isHopeless(stage.canary))
		return {verdict: 'fail', reason: isHopeless(stage.stable) ? `${reason}: both fail, so look for what they share` : reason};
	if (evidence >= evidenceToFail)
		return lastingEvidence(intervals) >= evidenceToFail
			? {verdict: 'fail', reason}
			: {verdict: 'not-enough-data', reason: `${reason}, all at once: whether it comes again is not known yet`};
	return missingRequests(stage.canary.requests, totalCounts(intervals)) ?? {verdict: 'pass', reason};
}

/** Why there is too little to compare; undefined when there is enough. */
function missingRequests(ofStage: number, {canary, stable}: ErrorCounts): Answer | undefined {
	const answer = (reason: string): Answer => ({verdict: 'not-enough-data', reason});
	if (canary.requests === 0 && stable.requests >= fewestRequests)
		return answer(
			`no request of the canary was counted, while the stable version had ${Math.round(stable.requests)}: no traffic reaches it, or nothing scrapes its pods`,
		);
	if (ofStage < fewestRequests) return answer(`${Math.round(ofStage)} requests reached the canary, ${fewestRequests} are needed`);
	if (stable.requests < fewestRequests)
		return answer(`${Math.round(stable.requests)} requests reached the stable version, ${fewestRequests} are needed to compare`);
	return undefined;
}

function numbersOf(intervals: readonly ErrorCounts[]): Numbers;
function numbersOf(intervals: readonly ErrorCounts[] | undefined): Partial<Numbers>;
function numbersOf(intervals: readonly ErrorCounts[] | undefined): Partial<Numbers> {
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

type Numbers = {
	readonly evidence: number;
	readonly canaryErrorRatio: number | undefined;
	readonly stableErrorRatio: number | undefined;
	readonly canaryRequests: number;
	readonly stableRequests: number;
};

const because = (why: readonly string[]) => (why[0] === undefined ? '' : ` (${why[0]})`);
