import {numberAt, objectAt, textAt, valueAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

type Ready = {
	/** At least so many pods; one if left out. */
	readonly atLeast?: number | undefined;
	readonly isAllowedPaused?: boolean;
};

/** Whether all pods of a workload are there, of its newest template, and ready. */
export function isReady(workload: KubeObject, {atLeast = 1, isAllowedPaused = false}: Ready = {}): boolean {
	const {kind, metadata} = workload;
	const status = objectAt(workload, 'status');
	const count = (field: string) => numberAt(status, field) ?? 0;
	if (count('observedGeneration') < (metadata.generation ?? 0)) return false;
	if (kind === 'DaemonSet') {
		const wanted = count('desiredNumberScheduled');
		return wanted >= atLeast && count('updatedNumberScheduled') === wanted && count('numberReady') === wanted;
	}
	const wanted = numberAt(workload, 'spec', 'replicas') ?? 1;
	if (wanted < atLeast || count('readyReplicas') !== wanted || count('replicas') !== wanted) return false;
	if (kind === 'StatefulSet')
		return textAt(status, 'currentRevision') === textAt(status, 'updateRevision') || count('updatedReplicas') === wanted;
	if (valueAt(workload, 'spec', 'paused') === true && !isAllowedPaused) return false;
	return count('updatedReplicas') === wanted && count('availableReplicas') === wanted;
}
