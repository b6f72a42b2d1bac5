import {share} from '../../core/consequences/rollout.ts';
import type {Json} from '../../core/json.ts';
import {valueAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {count} from '../../core/text/count.ts';
import {failed, notApplicable, passed, type SetFinding} from './set-finding.ts';
import type {SetWorkload} from './workload-set.ts';

/** Pods that a budget lets go when so many are healthy. Both shares round up, as the disruption controller does. */
export function mayGo(budget: Json, pods: number): number {
	const least = valueAt(budget, 'spec', 'minAvailable');
	if (least !== undefined) return pods - share(least, 0, pods, Math.ceil);
	return Math.min(pods, share(valueAt(budget, 'spec', 'maxUnavailable'), 0, pods, Math.ceil));
}

/** A budget that lets no pod go blocks every drain; it must leave room at the smallest number of pods, which is the autoscaler's minimum. */
export function budgetCheck({ref, pods, scaler, budgets}: SetWorkload): readonly SetFinding[] {
	const on = {id: 'budget-leaves-room', resource: ref, severity: 'high'} as const;
	if (pods === undefined) return [notApplicable(on, 'its pods are counted by nodes')];
	if (budgets.length === 0)
		return pods < 2
			? [notApplicable(on, 'one pod cannot be guarded without blocking drains')]
			: [
					failed(
						{...on, severity: 'low'},
						{
							cause: `No PodDisruptionBudget guards its ${count(pods, 'pod')}: a drain may take all of them at once`,
							fix: 'Add one with maxUnavailable: 1',
						},
					),
				];
	const least =
		scaler === undefined ? `${count(pods, 'replica')}` : `minReplicas ${pods} of HorizontalPodAutoscaler ${scaler.metadata.name}`;
	const crowd = budgets.length < 2 ? [] : [`${count(budgets.length, 'budget')} guard the same pods, and then every eviction is refused`];
	const stuck = budgets.filter(budget => mayGo(budget, pods) < 1);
	const causes = [
		...stuck.map(budget => `${refText(refOf(budget))} lets no pod go at ${least}, so no node with such a pod can be drained`),
		...crowd,
	];
	const evidence = budgets.map(budget => ({source: refText(refOf(budget)), detail: `${mayGo(budget, pods)} of ${pods} pods may go`}));
	if (causes.length === 0) return [passed(on, `At ${least} its budget lets ${count(mayGo(budgets[0] ?? null, pods), 'pod')} go`, evidence)];
	return [
		failed(on, {
			cause: causes.join('; '),
			fix: crowd.length > 0 ? 'Keep one budget' : `Set maxUnavailable: 1, or a minAvailable below ${pods}`,
			evidence,
		}),
	];
}
