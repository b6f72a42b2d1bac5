import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import type {Json} from '../../../core/json.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {changeTool} from '../../../core/tool.ts';
import {findObject} from '../find-object.ts';
import {consequencesFor} from '../plan/consequences-for.ts';
import {draftOf} from '../plan/draft-of.ts';
import {localAfter} from '../plan/local-after.ts';
import {predict} from '../plan/predict.ts';
import {readValue} from '../plan/read-manifests.ts';
import {changes, command, kindField, nameOf, namespaceField, type OnCluster} from '../tool-input.ts';

export const resourcePatch = changeTool({
	name: 'resource_patch',
	summary: 'Changes fields of one object with a JSON patch, a merge patch or a strategic merge patch',
	effect: 'change',
	annotations: changes,
	command: command('patch'),
	positionals: ['kind', 'name'],
	input: z.object({
		kind: kindField,
		name: nameOf('Object to change'),
		namespace: namespaceField,
		patch: z.string().min(2).max(200_000).describe('Patch as JSON or YAML text').meta({short: 'p'}),
		type: z.enum(['json', 'merge', 'strategic']).default('merge').describe('How the patch is read'),
	}),
	resolved: z.object({kind: z.string(), name: z.string(), namespace: z.string().optional()}),
	output: z.object({object: z.string(), resourceVersion: z.string()}),
	async plan({kind, name, namespace, patch: text, type}, {ports: {cluster}}: OnCluster) {
		const {ref, object} = await findObject(cluster, {kind, name, namespace});
		const patch = patchOf(text, type);
		const {kubeSchema} = await import('../plan/loaded-schema.ts');
		const schema = kubeSchema.kind(ref.apiVersion, ref.kind);
		if (type === 'strategic' && schema === undefined)
			throw new MkcoaError({
				kind: 'usage',
				code: 'bad-patch',
				what: `${refText(ref)} takes no strategic patch`,
				why: 'custom resources do not',
				next: 'Use --type merge or json',
			});
		const write = {op: 'patch', ref, type, patch} as const;
		// Tried here first: the server's words for a patch that does not fit name no operation.
		localAfter(write, object, schema);
		const prediction = await predict(cluster, write);
		return draftOf({
			effect: 'change',
			input: {kind: ref.kind, name, ...(ref.namespace === undefined ? {} : {namespace: ref.namespace})},
			summary: `Patch ${refText(ref)}`,
			steps: [{title: `Patch ${refText(ref)}`, predictions: [prediction]}],
			consequences: await consequencesFor(cluster, [prediction]),
			verify: [`${refText(ref)} holds the new values`],
			undo: {possible: true, how: 'Sets the earlier values again, where nobody changed them since'},
		});
	},
	async apply(plan, _context, effects) {
		const [answer] = await effects.performStep(0);
		return {object: refText({...plan.input, apiVersion: ''}), resourceVersion: answer?.metadata.resourceVersion ?? ''};
	},
	text: ({object}) => `${object} changed`,
});

function patchOf(text: string, type: 'json' | 'merge' | 'strategic'): Json {
	const value = readValue(text);
	const fits = type === 'json' ? Array.isArray(value) : typeof value === 'object' && value !== null && !Array.isArray(value);
	if (!fits)
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-patch',
			what: `The patch is not a ${type} patch`,
			why: type === 'json' ? 'a list of operations was expected' : 'an object was expected',
			next: type === 'json' ? 'Or use --type merge' : 'A list of operations needs --type json',
		});
	return value;
}
