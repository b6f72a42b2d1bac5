import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Understanding} from '../../understanding.ts';
import type {Asking, Question} from '../asking.ts';
import {type Edit, editTargets, plannedEdit} from '../edit-targets.ts';

/**
 * Asks what becomes of the object of a kind that a clause calls by its whole name, in whatever namespace: one that the clause speaks of besides may be that
 * of others (`kafka-ingress should let namespace ml in`). Where the name is none or that of several, the usual way decides.
 */
export async function editCalled(
	asking: Asking,
	kind: string,
	edit: (object: KubeObject) => Promise<Edit | Question | undefined> | Edit | Question | undefined,
): Promise<Understanding | undefined> {
	const words = new Set(asking.clause.words.map(({raw}) => raw));
	const [one, ...others] = (await asking.world.objects(kind)).filter(({metadata: {name}}) => name.includes('-') && words.has(name));
	if (one === undefined || others.length > 0) return editTargets(asking, [kind], edit);
	const edited = await edit(one);
	if (edited === undefined || 'kind' in edited) return edited;
	return {kind: 'calls', ...plannedEdit(asking, one, edited)};
}
