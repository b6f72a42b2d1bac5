import {MkcoaError} from '../../../core/error.ts';
import {numberAt, valueAt} from '../../../core/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube-object.ts';
import {fitsSelector} from '../../../core/selector.ts';
import type {Cluster} from '../port.ts';
import {type Neighbours, readNeighbours} from '../read-neighbours.ts';
import {type Prediction, predict} from './predict.ts';

/** The code with which the server refuses an eviction that a PodDisruptionBudget does not allow (HTTP 429). */
export const budgetRefuses = 'disruption-budget';

export const isBudgetRefusal = (error: unknown): error is MkcoaError => error instanceof MkcoaError && error.trouble.code === budgetRefuses;

/** Budgets of a namespace, or of all. */
export const readBudgets = (cluster: Cluster, namespace: string | undefined): Promise<Neighbours> =>
	readNeighbours(cluster, namespace, ['poddisruptionbudgets.policy']);

/** The budgets that guard a pod and allow no disruption now. */
export const budgetsInTheWay = (pod: KubeObject, budgets: readonly KubeObject[]): readonly Ref[] =>
	budgets
		.filter(
			budget =>
				budget.metadata.namespace === pod.metadata.namespace &&
				fitsSelector(valueAt(budget, 'spec', 'selector'), pod.metadata.labels ?? {}) &&
				numberAt(budget, 'status', 'disruptionsAllowed') === 0,
		)
		.map(refOf);

/** The refusal in words that name the budgets. */
export function evictionBlocked(pod: Ref, budgets: readonly Ref[], cause?: unknown): MkcoaError {
	const names = budgets.map(refText).join(', ') || 'a PodDisruptionBudget';
	return new MkcoaError(
		{
			kind: 'environment',
			code: budgetRefuses,
			what: `${refText(pod)} cannot be evicted now`,
			why: `${names} allows no disruption`,
			next: 'Wait until more of its pods are ready, add replicas, or change the budget',
		},
		{cause},
	);
}

/** What an eviction would do. Its dry run is not asked where a budget may refuse it for the moment: the eviction waits for its turn. */
export async function predictEviction(cluster: Cluster, pod: KubeObject, graceSeconds?: number): Promise<Prediction> {
	const ref = refOf(pod);
	const write = {op: 'evict', ref, ...(graceSeconds === undefined ? {} : {graceSeconds})} as const;
	try {
		return await predict(cluster, write);
	} catch (error) {
		if (!isBudgetRefusal(error)) throw error;
		const change = {ref, operation: 'delete', fields: [], computed: 'local', why: 'a disruption budget refuses it at this moment'} as const;
		return {write, before: pod, after: null, change, warnings: []};
	}
}
