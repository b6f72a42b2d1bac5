import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {nextGeneration, restartWrite} from '../../../core/restart-write.ts';
import {changeTool} from '../../../core/tool.ts';
import {findObject, workloadWords} from '../find-object.ts';
import {goOnWithRollout} from '../model/paused-rollout.ts';
import {restartableKinds} from '../model/workload-status.ts';
import {consequencesFor} from '../plan/consequences-for.ts';
import {draftOf} from '../plan/draft-of.ts';
import {predict} from '../plan/predict.ts';
import {isArgoRollout, rolloutRestartWrite} from '../plan/rollout-restart.ts';
import {changes, command, namespaceField, type OnCluster, workloadField} from '../tool-input.ts';

const resolved = z.object({kind: z.string(), name: z.string(), namespace: z.string().optional(), generation: z.string()});

export const workloadRestart = changeTool({
	name: 'workload_restart',
	summary: 'Replaces every pod of a Deployment, StatefulSet, DaemonSet or Argo Rollout, a few at a time',
	effect: 'change',
	annotations: {...changes, idempotentHint: false},
	command: command('restart'),
	positionals: ['workload'],
	input: z.object({workload: workloadField, namespace: namespaceField}),
	resolved,
	output: z.object({workload: z.string()}),
	async plan({workload, namespace}, {ports: {cluster}}: OnCluster) {
		const {ref, object} = await findObject(cluster, {...workloadWords(workload), namespace});
		if (!restartableKinds.has(ref.kind) && !isArgoRollout(object))
			throw new MkcoaError({
				kind: 'usage',
				code: 'not-restartable',
				what: `${refText(ref)} cannot be restarted`,
				why: 'only Deployments, StatefulSets, DaemonSets and Argo Rollouts replace their pods by themselves',
				next: 'Delete the pod instead; its owner makes a new one',
			});
		if (valueAt(object, 'spec', 'paused') === true)
			throw new MkcoaError({
				kind: 'usage',
				code: 'paused',
				what: `${refText(ref)} is paused`,
				why: 'a restart would wait for ever',
				next: `Go on with its rollout first: ${goOnWithRollout(ref.name, ref.namespace)}`,
			});
		const write = isArgoRollout(object) ? await rolloutRestartWrite(cluster, object) : restartWrite(ref, object);
		const prediction = await predict(cluster, write);
		return draftOf({
			effect: 'change',
			input: {
				kind: ref.kind,
				name: ref.name,
				...(ref.namespace === undefined ? {} : {namespace: ref.namespace}),
				generation: nextGeneration(object),
			},
			summary: `Restart ${refText(ref)}`,
			steps: [{title: `Restart ${refText(ref)}`, predictions: [prediction]}],
			consequences: await consequencesFor(cluster, [prediction]),
			verify: [`${refText(ref)} begins to replace its pods`],
			undo: {
				possible: true,
				how: isArgoRollout(object)
					? 'Takes spec.restartAt back; the pods stay'
					: 'Takes the annotation out again, which replaces the pods once more',
			},
		});
	},
	async apply(plan, _context, effects) {
		await effects.performStep(0);
		return {workload: refText({...plan.input, apiVersion: ''})};
	},
	text: ({workload}) => `${workload} replaces its pods now; watch it with: mkcoa deploy status`,
});
