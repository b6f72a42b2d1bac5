import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {RolloutPicture, RolloutState} from '../../../core/rollout-picture.ts';
import {age} from '../../../core/text/age.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import {workloadStatus} from '../../../mcp/kubernetes/model/workload-status.ts';
import {guardianActed, isEndedByGuardian} from '../staged/guardian/guardian-acted.ts';
import {stepOfPlan} from '../staged/layout.ts';
import {commandWords, holderText, type WorkloadName} from '../staged/lease/held-by.ts';
import type {Lease} from '../staged/lease/lease.ts';
import type {RolloutRecord} from '../staged/record/record.ts';
import {readEvidence} from '../staged/record/record-evidence.ts';
import {nextOf} from '../staged/record/rollout-state.ts';
import {strategyWords} from '../staged/strategy-words.ts';
import {conditionsOf} from '../status/conditions-of.ts';
import {judgedStagesOf} from '../strategies/canary/judging/judged-stage.ts';
import {earliestEnd} from './time-left.ts';

/** What is known of a rollout that mkcoa or Kubernetes itself carries out. */
export type OwnKnown = {
	readonly workload: WorkloadName;
	/** Undefined where somebody deleted it. */
	readonly live: KubeObject | undefined;
	readonly record: RolloutRecord | undefined;
	/** As it was read last: a rollout that ends takes its record with it. */
	readonly last: RolloutRecord | undefined;
	/** Undefined where there is none, or it may not be read. */
	readonly lease: Lease | undefined;
	readonly alive: boolean;
	/** Whether the Lease was asked for since the record came or went. */
	readonly isAsked: boolean;
	/** Whether Leases may not be read. */
	readonly unseen: boolean;
	/** What a rollout left whose record somebody deleted. */
	readonly lost: {readonly text: string; readonly next: readonly string[]} | undefined;
	readonly nowMs: number;
};

/** The part of a picture that tells how far it is, and why. */
export type Progressed = Omit<RolloutPicture, 'target' | 'weights' | 'weighed' | 'tree' | 'told' | 'notChecked' | 'away'>;

const longest = 200;
const line = (text: string) => plainLine(text, longest);

const wordAt = (input: RolloutRecord['input'], key: string) => (typeof input[key] === 'string' ? line(String(input[key])) : '');

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** How far a rollout is, by its record while there is one, by its last record when that is gone, else by the workload alone. */
export function ownPicture(known: OwnKnown): Progressed {
	const {record, last, lost, workload} = known;
	if (record !== undefined) return underWay(record, known);
	if (last !== undefined) return {...saidOf(last, workload), ...endOf(last, known)};
	if (lost !== undefined)
		return {summary: `Rollout of ${placeOf(workload)}`, state: 'stopped', metrics: [], reason: lost.text, next: [...lost.next]};
	return byKubernetes(known);
}

const placeOf = ({namespace, name}: WorkloadName) => `${namespace}/${name}`;

/** What does not change when a rollout comes to its end. */
function saidOf({strategy, input, startedAt, evidence, verdicts}: RolloutRecord, workload: WorkloadName): Omit<Progressed, 'state'> {
	const version = wordAt(input, 'version') || wordAt(input, 'image');
	const steps = wordAt(input, 'steps');
	const began = Date.parse(startedAt);
	return {
		summary: `${capital(strategyWords(strategy))} of ${placeOf(workload)}${version === '' ? '' : `: ${version}`}${steps === '' ? '' : `, steps ${steps}`}`,
		...(Number.isNaN(began) ? {} : {startedAt: began}),
		...verdictOf({evidence, verdicts}),
	};
}

const percentOf = (share: number) => `${Math.round(share * 100)} %`;

/** The newest look at a stage, else what was said of the last one. */
function verdictOf({evidence, verdicts}: Pick<RolloutRecord, 'evidence' | 'verdicts'>): Pick<RolloutPicture, 'verdict' | 'metrics'> {
	const seen = readEvidence(evidence);
	const stage = judgedStagesOf(verdicts).at(-1);
	if (seen !== undefined) {
		const isOpen = stage?.share !== seen.share;
		const text = `at ${percentOf(seen.share)}${isOpen ? ' so far' : ''}, ${seen.reason}`;
		return {verdict: {verdict: seen.verdict, text, ...(isOpen ? {isOpen} : {})}, metrics: seen.metrics};
	}
	if (stage === undefined) return {metrics: []};
	return {verdict: {verdict: stage.verdict.verdict, text: `at ${percentOf(stage.share)}, ${line(stage.verdict.reason)}`}, metrics: []};
}

function underWay(record: RolloutRecord, known: OwnKnown): Progressed {
	const {workload, alive, unseen, nowMs} = known;
	const {phase, position, back, paused, title, stands, request, reason} = record;
	const {step, of} = stepOfPlan(record);
	const serves = line((phase === 'forward' ? stands.forward[position] : stands.back[back]) ?? '');
	const asked = request === undefined ? '' : `asked and not done yet: ${request.verb}, by ${holderText(request.by)}`;
	const isOver = isEndedByGuardian(record);
	return {
		...saidOf(record, workload),
		state: stateOf(record, known),
		led: ledBy(known),
		...(title === '' ? {} : {step: {index: step - 1, of, title: line(title)}}),
		progress: {text: [serves, asked].filter(text => text !== '').join('; ')},
		endsAt: alive || unseen ? earliestEnd(record, nowMs) : undefined,
		...(isOver ? {reason: guardianActed(workload, record).trouble.what} : reason === '' ? {} : {reason: line(reason)}),
		next: unseen ? [] : nextOf(workload, {alive, paused, phase, isOver}),
	};
}

function stateOf({phase, paused, full}: RolloutRecord, {alive, unseen}: OwnKnown): RolloutState {
	if (!alive && !unseen) return 'stopped';
	if (phase === 'back') return 'aborting';
	return paused ? 'paused' : full ? 'promoting' : 'running';
}

function ledBy({lease, alive, unseen, nowMs}: OwnKnown): string {
	if (unseen) return 'not known: that takes the right to get leases';
	if (lease !== undefined && alive) return holderText(lease.holder);
	const sign = Date.parse(lease?.renewedAt ?? '');
	return Number.isNaN(sign) ? 'nobody' : `nobody; the last sign of life came ${age(nowMs - sign)} ago`;
}

/** The record goes when the rollout is through, one way or the other; what it said last tells which. */
function endOf(last: RolloutRecord, {live, lease, workload, isAsked}: OwnKnown): Pick<Progressed, 'state' | 'reason' | 'next'> {
	const {name} = workload;
	const serves = live === undefined ? `${name} is gone` : `${name} runs ${imagesOf(live).join(', ')}`;
	const status = `See how it is: mkcoa deploy status ${commandWords(workload)}`;
	if (last.phase === 'back') return {state: 'failed', reason: `it was taken back, because ${line(last.reason)}; ${serves}`, next: [status]};
	if (last.position >= last.acts || (lease === undefined && hasVersion(last, live)))
		return {
			state: 'done',
			reason: `it went through; ${serves}`,
			next: [`Return to the version before: mkcoa deploy rollback ${commandWords(workload)}`],
		};
	if (!isAsked) return {state: 'running', reason: `its record is gone; ${serves}`, next: [status]};
	if (lease !== undefined)
		return {
			state: 'stopped',
			reason: `its record was deleted; ${serves}`,
			next: [`Take it back: mkcoa deploy abort ${commandWords(workload)}`],
		};
	return {state: 'failed', reason: `it ended while it was not seen; ${serves}`, next: [status]};
}

const hasVersion = ({input}: RolloutRecord, live: KubeObject | undefined) =>
	live !== undefined &&
	['version', 'image'].some(key => {
		const version = wordAt(input, key);
		return version !== '' && imagesOf(live).some(image => image === version || image.endsWith(`=${version}`));
	});

/** Nobody but Kubernetes rolls it out. */
function byKubernetes({live, workload}: OwnKnown): Progressed {
	const summary = `Rollout of ${placeOf(workload)} by Kubernetes itself`;
	const status = `See more: mkcoa deploy status ${commandWords(workload)}`;
	if (live === undefined) return {summary, state: 'failed', metrics: [], reason: `${workload.name} was deleted`, next: []};
	const {text = 'not known', healthy = false, desired = 0, updated = 0} = workloadStatus(live) ?? {};
	const isStuck = conditionsOf(live).some(({reason}) => reason === 'ProgressDeadlineExceeded');
	const isPaused = valueAt(live, 'spec', 'paused') === true && updated < desired;
	const isOld = (numberAt(live, 'status', 'replicas') ?? updated) > updated;
	const state: RolloutState = isStuck ? 'failed' : isPaused ? 'paused' : healthy && !isOld ? 'done' : 'running';
	return {
		summary,
		state,
		metrics: [],
		progress: {text},
		...(state === 'done' ? {reason: `nothing rolls out now: ${imagesOf(live).join(', ')}`} : {}),
		...(isStuck ? {reason: 'its rollout passed its deadline'} : {}),
		next: isStuck ? [`Return to the version before: mkcoa deploy rollback ${commandWords(workload)}`, status] : [status],
	};
}
