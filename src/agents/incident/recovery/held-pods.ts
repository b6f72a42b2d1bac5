import {refKey, refText} from '../../../core/kube/kube-object.ts';
import type {Change, Consequence, Draft} from '../../../core/plan.ts';
import type {Context, Effects} from '../../../core/tool.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {podFreer} from '../../deploy/staged/free-pods.ts';
import {podRefs} from '../../deploy/strategies/rolling/by-partition.ts';
import type {RecoveryPorts} from '../ports.ts';

const changesTemplate = ({ref, fields, operation}: Change) =>
	ref.kind === 'StatefulSet' && operation === 'update' && fields.some(({path}) => path[0] === 'spec' && path[1] === 'template');

/**
 * A StatefulSet waits for the pod that is broken before it makes one of the mended template: its pods stand in the plan, and one that is seen to hold it up is
 * deleted.
 */
export async function withHeldPods(cluster: Cluster, draft: Draft): Promise<Draft> {
	const [first, ...others] = draft.steps;
	if (first === undefined || draft.steps.some(({upkeep}) => upkeep !== undefined)) return draft;
	const sets = (await Promise.all(draft.changes.filter(changesTemplate).map(({ref}) => cluster.get(ref)))).filter(set => set !== undefined);
	if (sets.length === 0) return draft;
	const notes = draft.changes.filter(changesTemplate).map(
		({ref}): Consequence => ({
			id: 'frees-held-pods',
			severity: 'info',
			text: `A pod that is not ready and holds ${refText(ref)} up is deleted, so that it is made anew`,
			ref,
		}),
	);
	return {...draft, steps: [{...first, upkeep: sets.flatMap(podRefs)}, ...others], consequences: [...draft.consequences, ...notes]};
}

/** Deletes, at each look, the pods of the plan that hold their StatefulSet up. */
export function heldPodsFreer(
	{steps, changes}: Pick<Draft, 'steps' | 'changes'>,
	{ports: {cluster}}: Context<RecoveryPorts>,
	effects: Effects,
): () => Promise<void> {
	const frees = steps.flatMap(({upkeep = []}) => upkeep.filter(({kind}) => kind === 'Pod'));
	const sets = [...new Map(changes.filter(changesTemplate).map(({ref}) => [refKey(ref), ref])).values()];
	const freers = sets.map(ref => podFreer({kind: 'ready', ref, pods: 0, withinMs: 0, frees}, cluster, effects));
	return async () => {
		for (const free of freers) await free();
	};
}
