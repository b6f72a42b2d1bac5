import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {changeTool} from '../../../core/tool.ts';
import {findObject, workloadWords} from '../find-object.ts';
import {consequencesFor} from '../plan/consequences-for.ts';
import {draftOf} from '../plan/draft-of.ts';
import {predict} from '../plan/predict.ts';
import {changes, command, namespaceField, type OnCluster, workloadField} from '../tool-input.ts';

const resolved = z.object({
	kind: z.string(),
	name: z.string(),
	namespace: z.string().optional(),
	replicas: z.number(),
});

export const workloadScale = changeTool({
	name: 'workload_scale',
	summary: 'Sets the replicas of a workload through its scale subresource',
	effect: 'change',
	annotations: changes,
	command: command('scale'),
	positionals: ['workload', 'replicas'],
	input: z.object({
		workload: workloadField,
		replicas: z.number().int().min(0).max(10_000).describe('Replicas to have'),
		namespace: namespaceField,
	}),
	resolved,
	output: z.object({workload: z.string(), replicas: z.number(), before: z.number().optional()}),
	async plan({workload, replicas, namespace}, {ports: {cluster}}: OnCluster) {
		const {type, ref, object} = await findObject(cluster, {...workloadWords(workload), namespace});
		if (!type.subresources.includes('scale'))
			throw new MkcoaError({
				kind: 'usage',
				code: 'not-scalable',
				what: `${refText(ref)} cannot be scaled`,
				why: `${type.plural} have no scale subresource`,
				next: 'Name a workload that has replicas, such as a Deployment or a StatefulSet',
			});
		const write = {op: 'patch', ref, type: 'merge', patch: {spec: {replicas}}, subresource: 'scale'} as const;
		const prediction = await predict(cluster, write);
		const before = numberAt(object, 'spec', 'replicas');
		return draftOf({
			effect: 'change',
			input: {kind: ref.kind, name: ref.name, ...(ref.namespace === undefined ? {} : {namespace: ref.namespace}), replicas},
			summary: `Scale ${refText(ref)} from ${before ?? 'an unknown number of'} to ${replicas} replicas`,
			steps: [{title: `Scale ${refText(ref)}`, predictions: [prediction]}],
			consequences: await consequencesFor(cluster, [prediction]),
			verify: [`${refText(ref)} asks for ${replicas} replicas`],
			undo: {possible: true, how: before === undefined ? 'Takes the replicas out again' : `Sets ${before} replicas again`},
		});
	},
	async apply(plan, _context, effects) {
		const [answer] = await effects.performStep(0);
		const before = plan.changes[0]?.fields.find(({path}) => path.at(-1) === 'replicas')?.before;
		return {
			workload: refText({...plan.input, apiVersion: ''}),
			replicas: numberAt(answer ?? {}, 'spec', 'replicas') ?? plan.input.replicas,
			...(typeof before === 'number' ? {before} : {}),
		};
	},
	text: ({workload, replicas, before}) =>
		`${workload} asks for ${replicas} replicas now${before === undefined ? '' : `, before ${before}`}`,
});
