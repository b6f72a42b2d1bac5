import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Tools} from '../controller.ts';
import {isReady} from '../pod-state.ts';
import {timestamp} from '../time.ts';
import {isKind} from '../world.ts';
import {budgetsFor} from './disruption-budget.ts';

/**
 * Asks the disruption budgets of a pod before it is evicted, and takes one disruption from the one that covers it, but for a dry run.
 * Throws 429 with the words of the API server when none is left, 500 when several budgets cover the pod.
 */
export function checkEviction(tools: Tools, pod: KubeObject, dryRun: boolean): void {
	if (!isKind(pod, 'Pod') || pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed' || pod.status?.phase === 'Pending') return;
	const budgets = budgetsFor(tools, pod.metadata.namespace, pod.metadata.labels);
	const budget = budgets[0];
	if (budget === undefined) return;
	if (budgets.length > 1) {
		throw new StatusError(
			500,
			'InternalError',
			'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
		);
	}
	const {disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0, disruptedPods = {}} = budget.status ?? {};
	// A pod that serves nobody may go while the others keep the budget, or always.
	const isKept = currentHealthy >= desiredHealthy && desiredHealthy > 0;
	if (!isReady(pod) && (isKept || budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow')) return;
	if (disruptionsAllowed <= 0) {
		throw new StatusError(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
			causes: [
				{
					reason: 'DisruptionBudget',
					message: `The disruption budget ${budget.metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
				},
			],
		});
	}
	if (dryRun) return;
	const status = {
		...budget.status,
		disruptionsAllowed: disruptionsAllowed - 1,
		disruptedPods: {...disruptedPods, [pod.metadata.name]: timestamp(tools.clock.now())},
	};
	tools.machine.update({...budget, status}, 'kube-apiserver', 'status');
}
