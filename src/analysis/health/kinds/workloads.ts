import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Finding} from '../health.ts';
import {conditionsOf} from '../read-conditions.ts';
import {isUnseen, workloadCounts} from '../workload-counts.ts';

/** Deployments, StatefulSets, DaemonSets and ReplicaSets, by their pods. What pauses them and stops their deletion the general rules know. */
export function workloadHealth(object: KubeObject): Finding | undefined {
	const counts = workloadCounts(object);
	if (counts === undefined || object.metadata.deletionTimestamp !== undefined || isUnseen(object)) return undefined;
	const stopped = conditionsOf(object).find(({reason}) => reason === 'ProgressDeadlineExceeded');
	if (stopped !== undefined) return {status: 'Degraded', message: stopped.message, from: 'condition'};
	const refused = conditionsOf(object).find(
		({type, status, reason}) => (type === 'ReplicaFailure' && status === 'True') || reason === 'ReplicaSetCreateError',
	);
	if (refused !== undefined) return {status: 'Degraded', message: refused.message, from: 'condition'};
	if (valueAt(object, 'spec', 'paused') === true) return {status: 'Suspended', message: `${object.kind} is paused`, from: 'pause'};
	const {wanted, updated, ready, old} = counts;
	const waits = [
		...(updated < wanted ? [`${updated} of ${wanted} pods are updated`] : []),
		...(old > 0 ? [`${old} old pods are still there`] : []),
		...(ready < wanted ? [`${ready} of ${wanted} pods are ready`] : []),
	];
	return waits.length === 0
		? {status: 'Healthy', message: '', from: 'count'}
		: {status: 'Progressing', message: waits.join(', '), from: 'count'};
}
