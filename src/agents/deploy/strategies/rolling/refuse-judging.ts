import {MkcoaError} from '../../../../core/error.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {isOnDelete} from './compile-rolling.ts';

/** @throws `cannot-hold` where nothing holds a rollout so that its first pods can be judged beside the old ones */
export function refuseJudging(workload: KubeObject): void {
	const why = whyNot(workload);
	if (why === undefined) return;
	const {name} = workload.metadata;
	throw new MkcoaError({
		kind: 'usage',
		code: 'cannot-hold',
		what: `The rollout of ${workload.kind} ${name} cannot be held while its first pods are judged`,
		why,
		next: 'Leave --interval out: readiness, crashes and restarts of the new pods are watched all the same',
	});
}

function whyNot(workload: KubeObject): string | undefined {
	if (isOnDelete(workload)) return 'its pods are replaced only when somebody deletes them';
	if (workload.kind === 'DaemonSet') return 'Kubernetes has no way to hold a DaemonSet between two nodes';
	return valueAt(workload, 'spec', 'strategy', 'type') === 'Recreate' ? 'all its pods are replaced at once (Recreate)' : undefined;
}
