import type {JsonObject} from '../../../core/json.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import type {Draft} from '../../../core/plan.ts';
import {preconditionOf} from '../../../core/road/precondition.ts';

/** A plan that has nothing to do. */
export const nothingToRoll = <Resolved extends JsonObject>(workload: KubeObject, input: Resolved, summary: string): Draft<Resolved> => ({
	input,
	summary,
	risk: {level: 'low', reasons: []},
	steps: [],
	changes: [],
	consequences: [],
	preconditions: [preconditionOf(workload, refOf(workload), 'all but replicas')],
	verify: [],
	undo: {possible: false, how: 'Nothing was changed'},
});
