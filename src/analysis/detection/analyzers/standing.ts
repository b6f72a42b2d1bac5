import {wantedReplicas} from '../../../core/consequences/rollout.ts';
import type {Finding} from '../../../core/finding.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {isReady} from '../../diagnosis/case.ts';
import type {Survey} from '../survey.ts';

const hasEnded = ({kind, status}: KubeObject) =>
	(kind === 'Job' &&
		listAt(status, 'conditions').some(
			each => ['Complete', 'Failed'].includes(textAt(each, 'type') ?? '') && textAt(each, 'status') === 'True',
		)) ||
	(kind === 'Pod' && ['Succeeded', 'Failed'].includes(textAt(status, 'phase') ?? ''));

/** Whether a workload will start pods again: what has ended, goes away, or is scaled to nothing or suspended by somebody does not. */
const willStart = oncePerObject((workload: KubeObject): boolean => {
	if (workload.metadata.deletionTimestamp !== undefined || hasEnded(workload)) return false;
	if (valueAt(workload, 'spec', 'suspend') === true) return false;
	return !['Deployment', 'StatefulSet', 'ReplicaSet'].includes(workload.kind) || wantedReplicas(workload) > 0;
});

/** What of a namespace, or of all of them, will start pods. */
export const startingWorkloads = (survey: Survey, namespace?: string): readonly KubeObject[] =>
	survey.workloads(namespace).filter(willStart);

/** How grave it is where the pods of a workload cannot start: while all run, it is the next start that fails; undefined where it shows already. */
export function severityOfStart(workload: KubeObject, survey: Survey): Finding['severity'] | undefined {
	if (workload.kind === 'CronJob') return 'medium';
	const pods = survey.podsOf(workload);
	const wanted = workload.kind === 'DaemonSet' ? 1 : wantedReplicas(workload);
	return pods.length >= wanted && pods.every(isReady) ? 'medium' : undefined;
}
