import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {conditionOf} from './conditions.ts';
import {wordAt} from './fields.ts';

/** How far a workload is, in pods. */
export type WorkloadStatus = {
	readonly desired: number;
	readonly ready: number;
	readonly updated: number;
	readonly healthy: boolean;
	/** `3/3 ready`, or what it waits for. */
	readonly text: string;
};

/** Kinds that run pods and can be restarted by a change of their pod template. */
export const restartableKinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function counts({kind, ...object}: KubeObject) {
	if (kind === 'DaemonSet') {
		return {
			desired: numberAt(object, 'status', 'desiredNumberScheduled') ?? 0,
			ready: numberAt(object, 'status', 'numberReady') ?? 0,
			updated: numberAt(object, 'status', 'updatedNumberScheduled') ?? 0,
		};
	}
	const ready = numberAt(object, 'status', 'readyReplicas') ?? 0;
	return {
		desired: numberAt(object, 'spec', 'replicas') ?? 1,
		ready,
		// A ReplicaSet has no old pods: all of them are of its one template.
		updated: numberAt(object, 'status', 'updatedReplicas') ?? (kind === 'ReplicaSet' || kind === 'ReplicationController' ? ready : 0),
	};
}

function jobStatus(job: KubeObject): WorkloadStatus {
	const desired = numberAt(job, 'spec', 'completions') ?? 1;
	const done = numberAt(job, 'status', 'succeeded') ?? 0;
	const failed = conditionOf(job, 'Failed');
	const failing = failed?.status === 'True';
	return {
		desired,
		ready: done,
		updated: done,
		healthy: !failing,
		text: failing ? `failed: ${wordAt(failed, 'reason')}` : `${done}/${desired} complete`,
	};
}

/** Reads a Deployment, StatefulSet, DaemonSet, ReplicaSet or Job; undefined for kinds without pods of their own. */
export function workloadStatus(object: KubeObject): WorkloadStatus | undefined {
	if (object.kind === 'Job') return jobStatus(object);
	if (!restartableKinds.has(object.kind) && object.kind !== 'ReplicaSet' && object.kind !== 'ReplicationController') return undefined;
	const {desired, ready, updated} = counts(object);
	const seen = numberAt(object, 'status', 'observedGeneration');
	const stale = seen !== undefined && object.metadata.generation !== undefined && seen < object.metadata.generation;
	const stuck = wordAt(conditionOf(object, 'Progressing'), 'reason') === 'ProgressDeadlineExceeded';
	const notes = [
		...(stale ? ['its controller has not seen the last change yet'] : []),
		...(valueAt(object, 'spec', 'paused') === true ? ['paused'] : []),
		...(stuck ? ['its rollout passed its deadline'] : []),
		...(updated < desired ? [`${updated} updated`] : []),
	];
	return {
		desired,
		ready,
		updated,
		healthy: !stale && !stuck && ready >= desired && updated >= desired,
		text: [`${ready}/${desired} ready`, ...notes].join(', '),
	};
}
