import type {Change, Draft} from '../../../../core/plan.ts';

const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/**
 * What a repository can hold of a plan. New objects are made by hand; of a rollout in stages it gets the new pod template and nothing else: canaries,
 * weights, numbers of pods and an autoscaler's limits on the way are the cluster's, and back to what they were at its end.
 */
export function deliveredChanges({changes, steps, input}: Pick<Draft, 'changes' | 'steps' | 'input'>): readonly Change[] {
	const updates = changes.filter(({operation}) => operation === 'update');
	if (steps.every(({upkeep}) => upkeep === undefined)) return updates;
	return updates
		.filter(({ref}) => workloads.has(ref.kind) && ref.name === input.name)
		.map(change => ({...change, fields: change.fields.filter(({path}) => path[0] === 'spec' && path[1] === 'template')}))
		.filter(({fields}) => fields.length > 0);
}
