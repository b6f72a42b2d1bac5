import {fenceposts, wantedReplicas} from '../../../../core/consequences/rollout.ts';
import {numberAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';

/** A StatefulSet is updated in so many batches at most, unless somebody says how large they are. */
const mostBatches = 10;

/** How many pods of a new template a Deployment makes before one of them must be available. 0 for Recreate, which has no first batch. */
export function firstBatchOf(deployment: KubeObject): number {
	if (valueAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') return 0;
	const replicas = wantedReplicas(deployment);
	const {surge, unavailable} = fenceposts(deployment, replicas);
	return Math.min(replicas, surge + unavailable);
}

/**
 * The partitions by which a StatefulSet is updated batch after batch, falling; the last is the one that it has now.
 * @param batch pods at a time; as many as make ten batches if left out
 */
export function partitionsOf(set: KubeObject, batch: number | undefined): readonly number[] {
	const replicas = numberAt(set, 'spec', 'replicas') ?? 1;
	const start = numberAt(set, 'spec', 'ordinals', 'start') ?? 0;
	const last = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
	const end = start + replicas;
	const size = batch ?? Math.max(1, Math.ceil((end - Math.max(start, last)) / mostBatches));
	const partitions: number[] = [];
	for (let partition = end - size; partition > Math.max(start, last); partition -= size) partitions.push(partition);
	return [...partitions, last];
}
