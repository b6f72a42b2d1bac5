import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {oncePerObject} from '../../core/once-per-object.ts';
import {type Case, ofKind} from './case.ts';
import {isPresentRun} from './earlier-revision.ts';

/** What the kubelet says of one container of a pod. */
export type ContainerState = {
	readonly pod: KubeObject;
	readonly name: string;
	/** Word and message of a container that waits; empty while it runs. */
	readonly reason: string;
	readonly message: string;
	readonly restarts: number;
	readonly ready: boolean;
	/** How it ended the last time, such as `OOMKilled`; empty where it never did. */
	readonly ended: string;
	readonly exitCode: number | undefined;
	/** What was told of its end, such as `exec format error`; empty where nothing was. */
	readonly lastWords: string;
	/** When it ended the last time, ISO 8601; empty where it never did. */
	readonly endedAt: string;
	/** When that run had begun. */
	readonly beganAt: string;
	/** When the present run began; empty where it does not run. */
	readonly runsSince: string;
	readonly isInit: boolean;
};

const stateOf = (pod: KubeObject, status: Json, isInit: boolean): ContainerState => {
	const last = valueAt(status, 'state', 'terminated') ?? valueAt(status, 'lastState', 'terminated');
	return {
		pod,
		name: textAt(status, 'name') ?? '',
		reason: textAt(status, 'state', 'waiting', 'reason') ?? '',
		message: textAt(status, 'state', 'waiting', 'message') ?? '',
		restarts: numberAt(status, 'restartCount') ?? 0,
		ready: valueAt(status, 'ready') === true,
		ended: textAt(last, 'reason') ?? '',
		exitCode: numberAt(last, 'exitCode'),
		lastWords: textAt(last, 'message') ?? '',
		endedAt: textAt(last, 'finishedAt') ?? '',
		beganAt: textAt(last, 'startedAt') ?? '',
		runsSince: textAt(status, 'state', 'running', 'startedAt') ?? '',
		isInit,
	};
};

const statesOf = oncePerObject((pod: KubeObject): readonly ContainerState[] => [
	...listAt(pod, 'status', 'initContainerStatuses').map(status => stateOf(pod, status, true)),
	...listAt(pod, 'status', 'containerStatuses').map(status => stateOf(pod, status, false)),
]);

/** Every container of the pods, init containers first. */
export const containerStates = (pods: readonly KubeObject[]): readonly ContainerState[] => pods.flatMap(statesOf);

/** One state for each container name: pods of one template tend to say the same. */
export const onePerContainer = (states: readonly ContainerState[]): readonly ContainerState[] => [
	...new Map(states.toReversed().map(state => [state.name, state])).values(),
];

/** Pods of the revision that is wanted now: a broken pod may be of an earlier one, and then the template is not to blame. */
export function presentPods({workload, pods, scene}: Pick<Case, 'workload' | 'pods' | 'scene'>): readonly KubeObject[] {
	if (workload?.kind === 'CronJob') {
		const runs = new Set(ofKind(scene, 'Job').flatMap(run => (isPresentRun(run, workload) ? [run.metadata.name] : [])));
		return pods.filter(({metadata}) => metadata.ownerReferences?.some(({kind, name}) => kind === 'Job' && runs.has(name)));
	}
	const wanted = workload?.kind === 'StatefulSet' ? textAt(workload, 'status', 'updateRevision') : undefined;
	const hash = 'controller-revision-hash';
	return wanted === undefined
		? pods
		: pods.filter(({metadata}) => metadata.labels?.[hash] === undefined || metadata.labels[hash] === wanted);
}
