import {textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

/**
 * Whether another program queues a run, such as Kueue: what waits there is suspended until its turn.
 * @see https://kueue.sigs.k8s.io/docs/tasks/run/jobs/
 */
export function isQueued(run: KubeObject): boolean {
	const manager = textAt(run, 'spec', 'managedBy') ?? 'kubernetes.io/job-controller';
	return (
		manager !== 'kubernetes.io/job-controller' || Object.keys(run.metadata.labels ?? {}).some(key => key.startsWith('kueue.x-k8s.io/'))
	);
}
