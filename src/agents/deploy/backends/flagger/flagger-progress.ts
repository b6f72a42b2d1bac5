import {parseDuration} from '../../../../core/duration.ts';
import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {count} from '../../../../core/text/count.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Progress} from '../progress.ts';

const longestMessage = 300;

/** Phases of an analysis that is under way; in the others nothing is rolled out. */
const underWay = new Set(['Waiting', 'Progressing', 'WaitingPromotion', 'Promoting', 'Finalising']);

export const flaggerPhase = (canary: KubeObject) => textAt(canary, 'status', 'phase') ?? 'Initializing';
export const isFlaggerUnderWay = (canary: KubeObject) => underWay.has(flaggerPhase(canary));
export const isFlaggerSuspended = (canary: KubeObject) => valueAt(canary, 'spec', 'suspend') === true;

/** The analysis by either of its names; `canaryAnalysis` is the older one. */
const analysisOf = (canary: KubeObject): Json => {
	const analysis = objectAt(canary, 'spec', 'analysis');
	return Object.keys(analysis).length > 0 ? analysis : objectAt(canary, 'spec', 'canaryAnalysis');
};

/** How far a Flagger Canary is, from the object alone: Flagger keeps all of it in the status. */
export function flaggerProgress(canary: KubeObject): Progress {
	const phase = flaggerPhase(canary);
	const isUnderWay = isFlaggerUnderWay(canary);
	const isSuspended = isFlaggerSuspended(canary);
	return {
		controller: 'flagger',
		object: refText(refOf(canary)),
		state: isSuspended && isUnderWay ? 'paused' : (states[phase] ?? 'rolling-out'),
		phase,
		message: plainLine(messageOf(canary), longestMessage),
		waits: (isSuspended && isUnderWay) || phase === 'Waiting' || phase === 'WaitingPromotion',
		...(isUnderWay ? {weight: numberAt(canary, 'status', 'canaryWeight') ?? 0, ...stepOf(canary)} : {}),
		facts: factsOf(canary),
		analyses: [],
		notChecked: [],
	};
}

const states: {readonly [phase: string]: Progress['state']} = {
	Initialized: 'healthy',
	Succeeded: 'healthy',
	Waiting: 'paused',
	WaitingPromotion: 'paused',
	Failed: 'degraded',
};

const messageOf = (canary: KubeObject) =>
	wordAt(
		objectsAt(canary, 'status', 'conditions').find(({type}) => type === 'Promoted'),
		'message',
	);

/** Weights, or rounds where traffic is not split by weight. */
function stepOf(canary: KubeObject): {readonly step?: NonNullable<Progress['step']>} {
	const rounds = roundsOf(canary);
	if (rounds === undefined) return {};
	const {of, weights} = rounds;
	const weight = numberAt(canary, 'status', 'canaryWeight') ?? 0;
	const index = weights === undefined ? (numberAt(canary, 'status', 'iterations') ?? 0) : weights.filter(each => each <= weight).length;
	const now = Math.min(Math.max(index, 1), of);
	return {step: {index: now, of, title: weights === undefined ? `check ${now}` : `weight ${weight} %`}};
}

/** How many intervals a promotion takes, and the weights it passes through. Undefined for an analysis that says neither. */
function roundsOf(canary: KubeObject): {readonly of: number; readonly weights?: readonly number[]} | undefined {
	const analysis = analysisOf(canary);
	const iterations = numberAt(analysis, 'iterations') ?? 0;
	if (iterations > 0) return {of: iterations};
	const listed = listAt(analysis, 'stepWeights').filter(weight => typeof weight === 'number');
	if (listed.length > 0) return {of: listed.length, weights: listed};
	const [most, by] = [numberAt(analysis, 'maxWeight') ?? 100, numberAt(analysis, 'stepWeight') ?? 0];
	if (by <= 0) return undefined;
	const weights = Array.from({length: Math.ceil(most / by)}, (_, index) => Math.min(most, by * (index + 1)));
	return {of: weights.length, weights};
}

/** Rounds of checks without any split of the requests: those go over at once, after the last. */
export function isFlaggerBlueGreen(canary: KubeObject): boolean {
	const analysis = analysisOf(canary);
	return (numberAt(analysis, 'iterations') ?? 0) > 0 && listAt(analysis, 'match').length === 0;
}

/** Flagger looks no more often than every ten seconds, and every minute where nothing is said. */
export const flaggerIntervalMs = (canary: KubeObject) => Math.max(10_000, parseDuration(wordAt(analysisOf(canary), 'interval')) ?? 60_000);

const minutes = (ms: number) => (ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 6000) / 10} min`);

/** Failed checks after which Flagger takes the canary back. */
const thresholdOf = (canary: KubeObject) => Math.max(1, numberAt(analysisOf(canary), 'threshold') ?? 1);

/**
 * How long Flagger needs: interval × maxWeight / stepWeight to promote, interval × threshold to take back.
 * @see https://docs.flagger.app/usage/deployment-strategies
 */
export function flaggerTimes(canary: KubeObject): string {
	const rounds = roundsOf(canary)?.of;
	const back = `it takes a bad one back after ${count(thresholdOf(canary), 'failed check')}, ${minutes(flaggerIntervalMs(canary) * thresholdOf(canary))}`;
	if (rounds === undefined) return back;
	return `a promotion takes at least ${minutes(flaggerIntervalMs(canary) * rounds)}: ${count(rounds, 'interval')} of ${minutes(flaggerIntervalMs(canary))}; ${back}`;
}

/** Webhooks that hold a rollout until somebody opens them where they are: no field of the Canary does. */
const gateTypes = new Set(['confirm-rollout', 'confirm-traffic-increase', 'confirm-promotion', 'rollback']);

/** The gates of a Canary, as `confirm-promotion NAME at URL`. */
export const flaggerGates = (canary: KubeObject): readonly string[] =>
	objectsAt(analysisOf(canary), 'webhooks')
		.filter(webhook => gateTypes.has(wordAt(webhook, 'type')))
		.map(webhook => plainLine(`${wordAt(webhook, 'type')} ${wordAt(webhook, 'name')} at ${wordAt(webhook, 'url')}`, 200));

function factsOf(canary: KubeObject): string[] {
	const failed = numberAt(canary, 'status', 'failedChecks') ?? 0;
	const since = wordAt(canary, 'status', 'lastTransitionTime');
	const gates = flaggerGates(canary);
	return [
		...(isFlaggerSuspended(canary) ? ['suspended: Flagger does nothing until it is resumed'] : []),
		...(isFlaggerUnderWay(canary) || failed > 0 ? [`${failed} of ${count(thresholdOf(canary), 'failed check')} that take it back`] : []),
		...(valueAt(canary, 'spec', 'skipAnalysis') === true ? ['skipAnalysis is set: new versions are promoted without a look'] : []),
		...(isFlaggerUnderWay(canary) ? [flaggerTimes(canary)] : []),
		...gates.map(gate => `gate ${gate}`),
		...(since === '' ? [] : [`in this phase since ${since}`]),
	];
}
