import {numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {groupOf, type KubeObject} from '../../core/kube/kube-object.ts';
import {conditionsOf} from './read-conditions.ts';

/** The pods of a workload in numbers. */
export type WorkloadCounts = {
	readonly wanted: number;
	/** Of the present template, or kept at an earlier one by the workload's own wish. */
	readonly updated: number;
	/** Able to serve. */
	readonly ready: number;
	/** Of an earlier template, and on their way out. */
	readonly old: number;
};

const status = (object: KubeObject, field: string) => numberAt(object, 'status', field) ?? 0;
const replicas = (object: KubeObject) => numberAt(object, 'spec', 'replicas') ?? 1;

/**
 * The kinds of `apps`, read as `kubectl rollout status` does. A StatefulSet with a partition keeps the pods below it as they are; with
 * OnDelete neither it nor a DaemonSet replaces a pod by itself, so what is ready is all that can be waited for.
 */
const countsOf: {readonly [kind: string]: (object: KubeObject) => WorkloadCounts} = {
	Deployment: object => ({
		wanted: replicas(object),
		updated: status(object, 'updatedReplicas'),
		ready: Math.min(status(object, 'availableReplicas'), status(object, 'updatedReplicas')),
		old: Math.max(0, status(object, 'replicas') - Math.min(replicas(object), status(object, 'updatedReplicas'))),
	}),
	ReplicaSet: object => ({
		wanted: replicas(object),
		updated: status(object, 'replicas'),
		ready: status(object, 'availableReplicas'),
		old: Math.max(0, status(object, 'replicas') - replicas(object)),
	}),
	StatefulSet: object => ({
		wanted: replicas(object),
		updated: Math.min(replicas(object), status(object, 'updatedReplicas') + keptOld(object)),
		ready: Math.min(numberAt(object, 'status', 'availableReplicas') ?? status(object, 'readyReplicas'), status(object, 'readyReplicas')),
		old: Math.max(0, status(object, 'replicas') - status(object, 'updatedReplicas') - keptOld(object)),
	}),
	DaemonSet: object => ({
		wanted: status(object, 'desiredNumberScheduled'),
		updated: isOnDelete(object) ? status(object, 'desiredNumberScheduled') : status(object, 'updatedNumberScheduled'),
		ready: status(object, 'numberAvailable'),
		old: 0,
	}),
};

const isOnDelete = (object: KubeObject) => textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';

/** Pods of a StatefulSet that stay at the old template by its own wish. */
function keptOld(object: KubeObject): number {
	if (isOnDelete(object)) return replicas(object);
	return Math.min(replicas(object), numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0);
}

/** Undefined for what is no workload of `apps`. */
export const workloadCounts = (object: KubeObject): WorkloadCounts | undefined =>
	groupOf(object.apiVersion) === 'apps' && Object.hasOwn(countsOf, object.kind) ? countsOf[object.kind]?.(object) : undefined;

/**
 * Whether the object's controller has not seen its last change: neither the status as a whole nor any condition did. Some write the
 * generation as text, some a hash in its place, and some a minus one until they succeed. Kinds that write none tell nothing, but for
 * workloads of `apps`, whose controllers always do.
 */
export function isUnseen(object: KubeObject): boolean {
	const generation = numberAt(object, 'metadata', 'generation');
	const told = valueAt(object, 'status', 'observedGeneration') ?? valueAt(object, 'status', 'lastEvaluatedGeneration');
	const ofConditions = conditionsOf(object).flatMap(condition => condition.observedGeneration ?? []);
	const seen = [
		...(told === undefined || told === null ? [] : [Number(told)]),
		...ofConditions,
		...(workloadCounts(object) === undefined ? [] : [0]),
	];
	return generation !== undefined && seen.length > 0 && Math.max(...seen) < generation;
}
