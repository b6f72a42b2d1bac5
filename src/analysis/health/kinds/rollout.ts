import {numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Finding, HealthStatus} from '../health.ts';
import {conditionsOf} from '../read-conditions.ts';

/** What `status.phase` of version 1.0 and later says, word by word. */
const phases: {readonly [phase: string]: HealthStatus} = {
	Healthy: 'Healthy',
	Paused: 'Suspended',
	Degraded: 'Degraded',
	Progressing: 'Progressing',
	Error: 'Degraded',
	Invalid: 'Degraded',
};

const found = (status: HealthStatus, message: string): Finding => ({status, message, from: 'word'});

/**
 * An Argo `Rollout`. From 1.0 it tells its phase; before, conditions and counts do. Before 1.0 `observedGeneration` held a hash of the
 * spec, which may look like a number.
 * @see https://argo-rollouts.readthedocs.io (status.phase, workloadRef)
 */
export function rolloutHealth(object: KubeObject): Finding {
	if (isUnseen(object)) return found('Progressing', 'Waiting for rollout spec update to be observed');
	const conditions = conditionsOf(object);
	const invalid = conditions.find(({type, status}) => type === 'InvalidSpec' && status === 'True');
	if (invalid !== undefined) return found('Degraded', invalid.message);
	const phase = phases[textAt(object, 'status', 'phase') ?? ''];
	if (phase !== undefined) return found(phase, textAt(object, 'status', 'message') ?? '');
	const stopped = conditions.find(({reason}) => reason === 'ProgressDeadlineExceeded' || reason === 'RolloutAborted');
	if (stopped !== undefined) return found('Degraded', stopped.message);
	if (valueAt(object, 'spec', 'paused') === true || valueAt(object, 'status', 'controllerPause') === true)
		return found('Suspended', 'Rollout is paused');
	const missing = missingReplicas(object);
	return missing === undefined ? found('Healthy', '') : found('Progressing', `Waiting for roll out to finish: ${missing}`);
}

/** A generation that was seen cannot be ahead of the object's own: such a number is a hash. */
function isUnseen(object: KubeObject): boolean {
	const generation = numberAt(object, 'metadata', 'generation') ?? 0;
	const observed = Number(valueAt(object, 'status', 'observedGeneration'));
	if (valueAt(object, 'status') === undefined || observed < generation) return true;
	const ofWorkload = textAt(object, 'metadata', 'annotations', 'rollout.argoproj.io/workload-generation');
	const seen = textAt(object, 'status', 'workloadObservedGeneration');
	return ofWorkload !== undefined && seen !== undefined && ofWorkload !== seen;
}

function missingReplicas(object: KubeObject): string | undefined {
	const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
	const count = (field: string) => numberAt(object, 'status', field) ?? 0;
	const updated = count('updatedReplicas');
	if (updated < wanted) return 'More replicas need to be updated';
	if (count('availableReplicas') < updated) return 'updated replicas are still becoming available';
	const hasActive = textAt(object, 'status', 'blueGreen', 'activeSelector') ?? textAt(object, 'status', 'activeSelector');
	if (hasActive !== undefined)
		return hasActive === textAt(object, 'status', 'currentPodHash') ? undefined : 'active service cutover pending';
	return count('replicas') > updated ? 'old replicas are pending termination' : undefined;
}
