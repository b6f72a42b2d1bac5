import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import {conditionOf} from '../../../mcp/kubernetes/model/conditions.ts';
import {type ContainerSummary, containersOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';

/** `setup`: a container cannot be made, mostly for want of a ConfigMap, Secret or key. `refused`: the server makes no pod. */
type TroubleCause = 'crash' | 'image' | 'setup' | 'unschedulable' | 'refused' | 'starting';

/** The kubelet waits and tries again on these, but a version that gets there does not run. */
const stuckReasons: ReadonlyMap<string, TroubleCause> = new Map([
	['CrashLoopBackOff', 'crash'],
	['ImagePullBackOff', 'image'],
	['ErrImagePull', 'image'],
	['InvalidImageName', 'image'],
	['ErrImageNeverPull', 'image'],
	['CreateContainerConfigError', 'setup'],
	['CreateContainerError', 'setup'],
	['RunContainerError', 'setup'],
]);

/** Why pods do not serve. */
export type PodTrouble = {
	readonly text: string;
	readonly cause: TroubleCause;
	/** Waiting alone does not help. */
	readonly lasting: boolean;
	/** The cluster's own time, `''` where it tells none. */
	readonly since: string;
};

const longestMessage = 160;

/** What keeps a pod from serving; undefined for one that is ready, or done, or on its way out. */
export function podTrouble(pod: KubeObject): PodTrouble | undefined {
	const ready = conditionOf(pod, 'Ready');
	if (ready?.status === 'True' || pod.metadata.deletionTimestamp !== undefined || wordAt(pod, 'status', 'phase') === 'Succeeded')
		return undefined;
	const scheduled = conditionOf(pod, 'PodScheduled');
	if (scheduled?.status === 'False')
		return {
			text: `cannot be scheduled: ${plainLine(wordAt(scheduled, 'message'), longestMessage)}`,
			cause: 'unschedulable',
			lasting: false,
			since: wordAt(scheduled, 'lastTransitionTime'),
		};
	const containers = containersOf(pod).filter(isOpen);
	const found = containers.find(({reason}) => stuckReasons.has(reason)) ?? containers[0];
	const since = wordAt(ready, 'lastTransitionTime') || (pod.metadata.creationTimestamp ?? '');
	if (found === undefined) return {text: wordAt(pod, 'status', 'reason') || 'not ready', cause: 'starting', lasting: false, since};
	const stuck = stuckReasons.get(found.reason);
	return {text: containerText(found), cause: stuck ?? 'starting', lasting: stuck !== undefined, since};
}

/** A container on which the pod still waits. */
export const isOpen = ({kind, ready, state, reason}: ContainerSummary) =>
	kind === 'init' ? !(state === 'terminated' && reason === 'Completed') && !ready : kind !== 'ephemeral' && !ready;

/** Every pod passes through these, so what they mean needs no words. */
const onTheWay = new Set(['ContainerCreating', 'PodInitializing']);

/**
 * The part of the kubelet's words that tells something. Of a crash it tells the back-off and the pod's uid; a pull error wraps its cause
 * in four others, and the cause is the end.
 */
function causeIn(reason: string, message: string): string {
	if (reason === 'CrashLoopBackOff') return '';
	return reason.includes('Image') ? message.split(': ').slice(-2).join(': ') : message;
}

function containerText({name, kind, state, reason, explanation, message, lastEnd, restarts}: ContainerSummary): string {
	const who = kind === 'app' ? name : `${kind === 'init' ? 'init container' : 'sidecar'} ${name}`;
	const ended = lastEnd === '' ? '' : `; it ended with ${lastEnd}, ${count(restarts, 'restart')}`;
	if (state === 'running') return `${who} runs and is not ready${ended}`;
	if (onTheWay.has(reason)) return `${who}: ${reason}`;
	const word = reason || (state === 'unknown' ? 'not started yet' : state);
	const told = plainLine(causeIn(reason, message) || explanation, longestMessage);
	return `${who}: ${word}${told === '' ? '' : `, ${told}`}${ended}`;
}

/** Pods that the server refuses to make (a quota, a limit, an admission webhook): without it they are missing and nobody says why. */
export function creationTrouble(deployment: KubeObject): PodTrouble | undefined {
	const failure = conditionOf(deployment, 'ReplicaFailure');
	if (failure?.status !== 'True') return undefined;
	return refusedTrouble(wordAt(failure, 'message') || wordAt(failure, 'reason'), wordAt(failure, 'lastTransitionTime'));
}

/** @param message the server's own words for the refusal */
export const refusedTrouble = (message: string, since: string): PodTrouble => ({
	text: `pods cannot be created: ${plainLine(message, longestMessage)}`,
	cause: 'refused',
	lasting: true,
	since,
});
