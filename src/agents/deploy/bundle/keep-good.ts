import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../core/plan.ts';
import {neverWhole} from '../rollout/half-rolled.ts';
import type {Keeping} from './keep-now.ts';

/**
 * What is kept of the version that a rollout replaces. One that never became whole is none to come back to: no snapshot of it is kept, which a later
 * rollback would take for a good one, and the plan says where its own way back leads.
 * @param revision number of that version
 */
export function keepGood(
	workload: KubeObject,
	keeping: Keeping,
	revision: number,
): {readonly keeping: Keeping; readonly notes: readonly Consequence[]} {
	const why = neverWhole(workload);
	if (why === undefined) return {keeping, notes: []};
	const {name} = workload.metadata;
	const text = `Revision ${revision}, which ${name} has now, never became ready as a whole: ${why}. No snapshot of it is kept; if what this plan does is taken back, that leads to it again`;
	return {
		keeping: {...keeping, writes: [], words: undefined, notes: []},
		notes: [{id: 'never-whole', severity: 'warning', text}],
	};
}
