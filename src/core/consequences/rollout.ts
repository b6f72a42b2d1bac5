import type {Json} from '../json.ts';
import {numberAt, textAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {templatePath} from '../kube/pod-spec.ts';
import type {Severity} from '../plan.ts';
import {count} from '../text/count.ts';
import {type ChangeQuestion, podsOf, type Rule, say, touches} from './question.ts';

/** An amount or a percentage of the wanted pods. */
export function share(value: Json | undefined, fallback: number | string, wanted: number, round: (value: number) => number): number {
	const given = value ?? fallback;
	if (typeof given === 'number') return given;
	const text = String(given);
	return text.endsWith('%') ? round((Number.parseFloat(text) / 100) * wanted) : Number.parseInt(text, 10) || 0;
}

/**
 * How far a Deployment may stray from its wanted pods while it rolls: surge rounds up, unavailable rounds down, and never are both zero.
 * @see ResolveFenceposts in kubernetes pkg/controller/deployment/util/deployment_util.go
 */
export function fenceposts(deployment: KubeObject, wanted: number): {readonly surge: number; readonly unavailable: number} {
	const strategy = valueAt(deployment, 'spec', 'strategy', 'rollingUpdate');
	const surge = share(valueAt(strategy, 'maxSurge'), '25%', wanted, Math.ceil);
	const unavailable = share(valueAt(strategy, 'maxUnavailable'), '25%', wanted, Math.floor);
	return {surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, wanted)};
}

/** Pods that a workload asks for; 1 where it does not say, as the server fills in. */
export const wantedReplicas = (workload: KubeObject) => numberAt(workload, 'spec', 'replicas') ?? 1;

type Answer = readonly [severity: Severity, text: string];

function ofDeployment(after: KubeObject): Answer {
	const wanted = wantedReplicas(after);
	if (valueAt(after, 'spec', 'paused') === true) return ['info', 'The rollout is paused: no pod restarts before it is resumed'];
	if (wanted === 0) return ['info', 'No pod runs: the new template counts for the next ones'];
	if (textAt(after, 'spec', 'strategy', 'type') === 'Recreate') return ['danger', `All ${count(wanted, 'pod')} stop before new ones start`];
	const {surge, unavailable} = fenceposts(after, wanted);
	const stay = wanted - unavailable;
	return [
		stay === 0 ? 'danger' : 'info',
		`${count(wanted, 'pod')} restart${wanted === 1 ? 's' : ''}: at most ${surge} more run at once, at least ${stay} stay${stay === 1 ? 's' : ''} ready`,
	];
}

function ofStatefulSet(after: KubeObject): Answer {
	const wanted = wantedReplicas(after);
	if (textAt(after, 'spec', 'updateStrategy', 'type') === 'OnDelete')
		return ['info', 'No pod restarts by itself (OnDelete): each takes the new template when it is deleted'];
	const partition = numberAt(after, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
	const restarting = Math.max(0, wanted - partition);
	const only = partition === 0 ? '' : `, those from ordinal ${partition} (partition)`;
	if (restarting === 0) return ['info', `No pod restarts: the partition ${partition} leaves out all ${wanted}`];
	const atOnce = share(valueAt(after, 'spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable'), 1, wanted, Math.ceil);
	const stay = Math.max(0, wanted - Math.max(1, atOnce));
	return [
		stay === 0 ? 'danger' : 'info',
		`${count(restarting, 'pod')} restart${restarting === 1 ? 's' : ''} ${atOnce > 1 ? `${atOnce} at a time` : 'one by one'}, the last ordinal first${only}: at least ${stay} stay${stay === 1 ? 's' : ''} ready`,
	];
}

function ofDaemonSet(after: KubeObject, running: number | undefined): Answer {
	const wanted = numberAt(after, 'status', 'desiredNumberScheduled') ?? running;
	const pods =
		wanted === undefined ? 'The pods of every node restart' : `${count(wanted, 'pod')} restart${wanted === 1 ? 's' : ''}, one per node`;
	if (textAt(after, 'spec', 'updateStrategy', 'type') === 'OnDelete')
		return ['info', 'No pod restarts by itself (OnDelete): each takes the new template when it is deleted'];
	const rolling = valueAt(after, 'spec', 'updateStrategy', 'rollingUpdate');
	// Both shares of a DaemonSet round up.
	const surge = share(valueAt(rolling, 'maxSurge'), 0, wanted ?? 0, Math.ceil);
	const unavailable = share(valueAt(rolling, 'maxUnavailable'), surge > 0 ? 0 : 1, wanted ?? 0, Math.ceil);
	return [
		'info',
		surge > 0
			? `${pods}: at most ${surge} more run at once`
			: `${pods}: at most ${unavailable} at a time ${unavailable === 1 ? 'is' : 'are'} away`,
	];
}

function answerFor(after: KubeObject, {surroundings}: ChangeQuestion): Answer | undefined {
	switch (after.kind) {
		case 'Deployment':
			return ofDeployment(after);
		case 'StatefulSet':
			return ofStatefulSet(after);
		case 'DaemonSet':
			return ofDaemonSet(after, podsOf(after, surroundings)?.length);
		case 'ReplicaSet':
			return ['info', 'Pods that run keep the old template: only new ones take this one'];
		case 'CronJob':
			return ['info', 'The next run takes the new template; jobs that run keep theirs'];
		case 'Rollout':
			return ['warning', `${count(wantedReplicas(after), 'pod')} move to the new template by the steps of its strategy`];
		default:
			return undefined;
	}
}

/** What a change of the pod template does to the pods that run. */
export const rolloutRule: Rule = question => {
	const {before, after, fields, ref} = question;
	if (before === null || after === null || after.kind === 'Pod' || after.kind === 'Job') return [];
	const path = templatePath(after);
	if (path === undefined || !touches(fields, ...path)) return [];
	const answer = answerFor(after, question);
	return answer === undefined ? [] : [say('pods-restart', answer[0], answer[1], ref)];
};
