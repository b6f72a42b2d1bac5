import * as z from 'zod';
import {type Ref, refText} from '../../../core/kube/kube-object.ts';
import {changeTool} from '../../../core/tool.ts';
import {checkManifests} from '../plan/check-manifests.ts';
import {consequencesFor} from '../plan/consequences-for.ts';
import {draftOf} from '../plan/draft-of.ts';
import type {Prediction} from '../plan/predict.ts';
import {predictManifests} from '../plan/predict-manifests.ts';
import {readManifests} from '../plan/read-manifests.ts';
import {waitForKind} from '../plan/wait-for-kind.ts';
import {changes, command, namespaceField, type OnCluster} from '../tool-input.ts';

export const resourceApply = changeTool({
	name: 'resource_apply',
	summary: 'Creates or changes the objects of a manifest by server-side apply, in the order in which they need each other',
	effect: 'change',
	annotations: changes,
	command: command('apply'),
	positionals: [],
	input: z.object({
		manifest: z.string().min(1).describe('Manifest, YAML or JSON, one or many documents').meta({from: 'file'}),
		namespace: namespaceField,
	}),
	resolved: z.object({objects: z.array(z.string()), namespace: z.string().optional()}),
	output: z.object({objects: z.array(z.object({object: z.string(), operation: z.enum(['created', 'changed'])}))}),
	async plan({manifest, namespace}, {ports: {cluster}}: OnCluster) {
		const manifests = await checkManifests(cluster, readManifests(manifest), namespace);
		const predictions = await predictManifests(cluster, manifests);
		const changing = predictions.filter(({before, change}) => before === undefined || change.fields.length > 0);
		const where = soleNamespace(predictions.map(({write}) => write.ref));
		return draftOf({
			effect: 'change',
			input: {objects: changing.map(({write}) => refText(write.ref)), ...(where === undefined ? {} : {namespace: where})},
			summary: summaryOf(changing, predictions.length),
			steps: changing.map(prediction => ({title: titleOf(prediction), predictions: [prediction]})),
			consequences: await consequencesFor(cluster, changing),
			verify: changing.map(({write}) => `${refText(write.ref)} holds what the manifest says`),
			undo: {possible: true, how: 'Deletes what was created, and sets the earlier values of what was changed'},
		});
	},
	async apply(plan, context: OnCluster, effects) {
		for (const [index, {writes}] of plan.steps.entries()) {
			for (const {ref} of writes) await waitForKind(ref, context);
			await effects.performStep(index);
		}
		const objects = plan.changes.map(
			({ref, operation}) => ({object: refText(ref), operation: operation === 'create' ? 'created' : 'changed'}) as const,
		);
		return {objects};
	},
	text: ({objects}) => objects.map(({object, operation}) => `${object} ${operation}`).join('\n'),
});

const isNew = ({before}: Prediction) => before === undefined;
const titleOf = (prediction: Prediction) => `${isNew(prediction) ? 'Create' : 'Change'} ${refText(prediction.write.ref)}`;

function summaryOf(changing: readonly Prediction[], all: number): string {
	const [only] = changing;
	if (only === undefined) return all === 1 ? 'The object is as the manifest says' : `All ${all} objects are as the manifest says`;
	if (changing.length === 1) return titleOf(only);
	const created = changing.filter(isNew).length;
	const parts = [created === 0 ? '' : `create ${created}`, created === changing.length ? '' : `change ${changing.length - created}`];
	return `Apply ${changing.length} of ${all} objects: ${parts.filter(Boolean).join(', ')}`;
}

/** The namespace that all namespaced objects share; undefined where they do not. */
function soleNamespace(refs: readonly Ref[]): string | undefined {
	const names = new Set(refs.flatMap(({namespace}) => (namespace === undefined ? [] : [namespace])));
	return names.size === 1 ? [...names][0] : undefined;
}
