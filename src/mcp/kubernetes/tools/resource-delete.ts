import * as z from 'zod';
import {type KubeObject, type Ref, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../core/plan.ts';
import {changeTool} from '../../../core/tool.ts';
import {findObject} from '../find-object.ts';
import {endingText, endingWords, keptBy} from '../model/ending.ts';
import {workloadStatus} from '../model/workload-status.ts';
import {consequencesFor, unread} from '../plan/consequences-for.ts';
import {draftOf} from '../plan/draft-of.ts';
import {predict} from '../plan/predict.ts';
import {countsText, readDependents} from '../plan/read-dependents.ts';
import {undoOfDeletion} from '../plan/undo-of-deletion.ts';
import type {Cluster} from '../port.ts';
import {command, destroys, kindField, nameOf, namespaceField, type OnCluster} from '../tool-input.ts';

const output = z.object({object: z.string(), state: z.enum(['gone', 'ending']), waitsFor: z.array(z.string())});

export const resourceDelete = changeTool({
	name: 'resource_delete',
	summary: 'Deletes one object; shows first what goes with it and what depends on it',
	effect: 'destructive',
	annotations: destroys,
	command: command('delete'),
	positionals: ['kind', 'name'],
	input: z.object({
		kind: kindField,
		name: nameOf('Object to delete'),
		namespace: namespaceField,
		propagation: z
			.enum(['Background', 'Foreground', 'Orphan'])
			.default('Background')
			.describe('When the objects that it owns go; Orphan keeps them'),
		graceSeconds: z.number().int().min(0).max(86_400).optional().describe('Seconds that its pods may take to end'),
	}),
	resolved: z.object({apiVersion: z.string(), kind: z.string(), name: z.string(), namespace: z.string().optional()}),
	output,
	async plan({kind, name, namespace, propagation, graceSeconds}, {ports: {cluster}}: OnCluster) {
		const {ref, object} = await findObject(cluster, {kind, name, namespace});
		const ending = endingText(object);
		// A shorter grace is asked for once more, and may help a pod that does not end.
		if (ending !== undefined && graceSeconds === undefined) return nothingMore(ref, ending);
		const prediction = await predict(cluster, {op: 'delete', ref, propagation, ...(graceSeconds === undefined ? {} : {graceSeconds})});
		return draftOf({
			effect: 'destructive',
			input: {...ref},
			summary: `Delete ${refText(ref)}`,
			steps: [{title: `Delete ${refText(ref)}`, predictions: [prediction]}],
			consequences: [
				...(await whatGoes(cluster, object, propagation)),
				...(graceSeconds === 0
					? [{id: 'no-grace', severity: 'danger', text: 'It is taken out at once: its processes may still run on the node', ref} as const]
					: []),
				...(await consequencesFor(cluster, [prediction])),
			],
			verify: [`${refText(ref)} no longer exists`],
			undo: undoOfDeletion(object),
		});
	},
	async apply(plan, {ports: {cluster}}: OnCluster, effects): Promise<z.output<typeof output>> {
		await effects.performStep(0);
		const live = await cluster.get(plan.input);
		const object = refText(plan.input);
		if (live === undefined || live.metadata.uid !== plan.preconditions[0]?.uid) return {object, state: 'gone', waitsFor: []};
		return {object, state: 'ending', waitsFor: [...keptBy(live)]};
	},
	text: ({object, state, waitsFor}) => `${object} ${state === 'gone' ? 'is deleted' : endingWords(waitsFor)}`,
});

const nothingMore = (ref: Ref, ending: string) =>
	draftOf({
		effect: 'destructive',
		input: {...ref},
		summary: `${refText(ref)} ${ending}`,
		steps: [],
		consequences: [],
		verify: [],
		undo: {possible: false, how: 'Nothing is done'},
	});

/** What the object owns, beside the pods that are told of a workload anyway. */
async function whatGoes(cluster: Cluster, object: KubeObject, propagation: string): Promise<readonly Consequence[]> {
	const {counts, notChecked} = await readDependents(cluster, object);
	const owned = counts.filter(({kind}) => kind !== 'Pod' || propagation === 'Orphan' || workloadStatus(object) === undefined);
	if (owned.length === 0) return unread(notChecked);
	const text = countsText(owned);
	const consequence: Consequence =
		propagation === 'Orphan'
			? {id: 'left-without-owner', severity: 'warning', text: `${text} stay, and nothing owns them any more`}
			: {id: 'deleted-with-it', severity: 'warning', text: `Deleted with it: ${text}`};
	return [consequence, ...unread(notChecked)];
}
