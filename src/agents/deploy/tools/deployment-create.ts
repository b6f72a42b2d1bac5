import * as z from 'zod';
import {checkSet} from '../../../analysis/coherence/check-set.ts';
import {workloadsOf} from '../../../analysis/coherence/workload-set.ts';
import {MkcoaError} from '../../../core/error.ts';
import {type KubeObject, refText} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import type {Prediction} from '../../../mcp/kubernetes/plan/predict.ts';
import {predictManifests} from '../../../mcp/kubernetes/plan/predict-manifests.ts';
import {durationMs, readyWithinText} from '../duration.ts';
import {answersInput} from '../objects/manifests/answers-input.ts';
import {chosenSet, namespaceOf} from '../objects/manifests/chosen-set.ts';
import {readAround} from '../objects/manifests/read-around.ts';
import {setNotes} from '../objects/manifests/set-notes.ts';
import {waitForSet} from '../objects/manifests/wait-for-set.ts';
import type {DeployPorts} from '../ports.ts';

const awaited = z.object({
	ref: z.object({apiVersion: z.string(), kind: z.string(), namespace: z.string(), name: z.string()}),
	pods: z.number(),
});

export const deploymentCreate = changeTool({
	name: 'deployment_create',
	summary: 'Creates a workload with all that belongs to it, from an image and a few answers or from manifests, and waits until it serves',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['deploy', 'create'],
	positionals: ['image'],
	input: answersInput
		.extend({readyWithin: readyWithinText.default('5m').describe('How long the pods may take to become ready')})
		.meta({examples: ['mkcoa deploy create registry.example/shop/web:1.0 --health /healthz', 'mkcoa deploy create -f web.yaml']}),
	resolved: z.object({namespace: z.string(), objects: z.array(z.string()), awaited: z.array(awaited), readyWithin: z.string()}),
	output: z.object({
		objects: z.array(z.object({object: z.string(), operation: z.enum(['created', 'changed'])})),
		ready: z.array(z.object({object: z.string(), pods: z.number()})),
	}),
	text: ({objects, ready}) =>
		[
			...objects.map(({object, operation}) => `${object} ${operation}`),
			...ready.map(({object, pods}) => `✓ ${object} serves with ${count(pods, 'ready pod')}`),
		].join('\n'),

	async plan({readyWithin, ...input}, {ports: {cluster}}: Context<DeployPorts>) {
		const set = await chosenSet(cluster, input);
		const objects = set.map(({object}) => object);
		const namespace = namespaceOf(objects, cluster.namespace);
		const around = await readAround(cluster, namespace);
		const workloads = workloadsOf(objects, around);
		refuseOthers(
			objects,
			workloads.map(({object}) => object),
			around.objects,
		);
		const predictions = await predictManifests(cluster, set);
		const changing = predictions.filter(({before, change}) => before === undefined || change.fields.length > 0);
		const consequences = [...setNotes(checkSet(objects, around)), ...(await consequencesFor(cluster, changing))];
		const names = workloads.map(({ref}) => refText(ref)).join(', ');
		const draft = draftOf({
			effect: 'change',
			input: {
				namespace,
				objects: changing.map(({write}) => refText(write.ref)),
				awaited: workloads.map(({ref: {apiVersion, kind, name}, pods = 0}) => ({ref: {apiVersion, kind, namespace, name}, pods})),
				readyWithin,
			},
			summary: `Create ${names}${changing.length > workloads.length ? ` with ${count(changing.length - workloads.length, 'more object')}` : ''}`,
			steps: changing.map(prediction => ({title: titleOf(prediction), predictions: [prediction]})),
			consequences,
			verify: [`Every pod of ${names} is ready within ${readyWithin}`],
			undo: {possible: true, how: 'Deletes what was created, its pods with it, and sets the earlier values of what was changed'},
		});
		return draft.steps.length === 0 ? draft : {...draft, steps: [...draft.steps, {title: `Wait until ${names} is ready`, writes: []}]};
	},

	async apply({input: {awaited: workloads, readyWithin, namespace}, steps, changes}, context, effects) {
		for (const [index] of steps.entries()) await effects.performStep(index);
		const ready = await waitForSet(workloads, durationMs(readyWithin), `What was created stays in namespace ${namespace}`, context);
		const objects = changes.map(
			({ref, operation}) => ({object: refText(ref), operation: operation === 'create' ? 'created' : 'changed'}) as const,
		);
		return {objects, ready: [...ready]};
	},
});

const titleOf = ({write, before}: Prediction) => `${before === undefined ? 'Create' : 'Change'} ${refText(write.ref)}`;

/** @throws `no-workload` for manifests that run nothing, `already-there` for a workload that somebody made before */
function refuseOthers(set: readonly KubeObject[], workloads: readonly KubeObject[], live: readonly KubeObject[]): void {
	if (workloads.length === 0)
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-workload',
			what: `None of ${count(set.length, 'manifest')} is a Deployment, StatefulSet or DaemonSet`,
			next: 'Apply them with: mkcoa k8s apply -f FILE',
		});
	const there = workloads.find(({kind, metadata}) => live.some(each => each.kind === kind && each.metadata.name === metadata.name));
	if (there === undefined) return;
	const {name, namespace} = there.metadata;
	throw new MkcoaError({
		kind: 'usage',
		code: 'already-there',
		what: `${there.kind} ${namespace}/${name} is there already`,
		next: `Give it a new version with mkcoa deploy canary ${name} or deploy update ${name}, or change it with mkcoa k8s apply -f FILE`,
	});
}
