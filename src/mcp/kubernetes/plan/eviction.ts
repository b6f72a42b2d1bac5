import {MkcoaError} from '../../../core/error.ts';
import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import type {Cluster} from '../port.ts';
import {type Neighbours, readNeighbours} from '../read-neighbours.ts';
import type {Prediction} from './predict.ts';

/** The code with which the server refuses an eviction that a PodDisruptionBudget does not allow (HTTP 429). */
const budgetRefuses = 'disruption-budget';

/** Whether a PodDisruptionBudget stands behind an error, so that waiting may help. */
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

/**
 * What an eviction does: the pod goes. The server is not asked to try it out, because its answer holds for that moment alone:
 * budgets are read instead, and the eviction itself waits for its turn.
 */
export function predictEviction(pod: KubeObject, graceSeconds?: number): Prediction {
	const ref = refOf(pod);
	return {
		write: {op: 'evict', ref, ...(graceSeconds === undefined ? {} : {graceSeconds})},
		before: pod,
		after: null,
		change: {ref, operation: 'delete', fields: [], computed: 'local', why: 'an eviction is a request that the server answers in its turn'},
		warnings: [],
	};
}

/** @throws MkcoaError `not-allowed` that names the namespaces in which pods may not be evicted, before any of them is */
export async function demandEvictions(cluster: Cluster, pods: readonly KubeObject[]): Promise<void> {
	const namespaces = [...new Set(pods.map(({metadata}) => metadata.namespace ?? ''))];
	const answers = await cluster.canI(
		namespaces.map(namespace => ({verb: 'create', group: '', resource: 'pods', subresource: 'eviction', namespace})),
	);
	const refused = namespaces.filter((_, index) => answers[index]?.allowed !== true);
	if (refused.length === 0) return;
	throw new MkcoaError({
		kind: 'auth',
		code: 'not-allowed',
		what: `You may not evict pods in ${refused.join(', ')}`,
		next: 'Ask for the right to create pods/eviction there',
	});
}
