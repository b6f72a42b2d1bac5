import * as z from 'zod';
import {checkSet} from '../../../analysis/coherence/check-set.ts';
import type {Observed} from '../../../analysis/right-sizing/observed-use.ts';
import {changedFields, rightSize, type Sizing} from '../../../analysis/right-sizing/right-size.ts';
import {MkcoaError} from '../../../core/error.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refText} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {count} from '../../../core/text/count.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {restartableKinds} from '../../../mcp/kubernetes/model/workload-status.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../mcp/kubernetes/plan/predict.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import {durationMs, durationUpTo, readyWithinText} from '../duration.ts';
import {deploymentInput} from '../inputs.ts';
import {readAround} from '../objects/manifests/read-around.ts';
import {setNotes} from '../objects/manifests/set-notes.ts';
import {waitForSet} from '../objects/manifests/wait-for-set.ts';
import {workloadField} from '../objects/services/live-workload.ts';
import type {ObservationPorts} from '../optimize/observation-ports.ts';
import {observeWorkload} from '../optimize/observe-workload.ts';
import {askedOf, resizePatch} from '../optimize/resize-patch.ts';
import {autoscalerNotes, evidenceNotes, inPlaceNotes, qosNotes, sizingText, totalNote, vpaNotes} from '../optimize/sizing-notes.ts';
import type {DeployPorts} from '../ports.ts';

/** A request is lowered only where so much is known: KRR's minimum of points, over a quarter of a day. */
const enoughSamples = 100;
const enoughMs = 6 * 3_600_000;

const amount = z.number().optional();
const asked = z.object({cpuRequest: amount, memoryRequest: amount, cpuLimit: amount, memoryLimit: amount});

export const optimizeResources = changeTool({
	name: 'optimize_resources',
	summary: 'Sets requests and limits of a workload by what it used, with the numbers that they rest on, and rolls its pods',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['deploy', 'optimize'],
	positionals: ['workload'],
	input: z.object({
		workload: workloadField,
		namespace: deploymentInput.shape.namespace,
		window: durationUpTo('2160h', 'Prometheus mostly keeps less than 90 days').default('168h').describe('How far Prometheus is asked back'),
		sampleFor: durationUpTo('24h', 'let Prometheus count for longer, and give its --window')
			.default('2m')
			.describe('How long use is watched where there is no Prometheus'),
		percentile: z.number().int().min(50).max(100).default(95).describe('Percentile of CPU that the request covers'),
		margin: z.number().int().min(0).max(200).default(15).describe('What is added to what was observed, per cent'),
		readyWithin: readyWithinText.default('10m').describe('How long the new pods may take to become ready'),
	}),
	resolved: z.object({
		kind: z.string(),
		apiVersion: z.string(),
		name: z.string(),
		namespace: z.string(),
		sizes: z.array(z.object({name: z.string(), before: asked, after: asked})),
		readyWithin: z.string(),
	}),
	output: z.object({workload: z.string(), pods: z.number(), sizes: z.array(z.object({name: z.string(), before: asked, after: asked}))}),
	text: ({workload, pods, sizes}) =>
		`✓ ${workload} runs with ${sizingText(sizes.map(each => ({...each, reasons: []})))}, ${count(pods, 'ready pod')}`,

	async plan(
		{workload: text, namespace: named, window, sampleFor, percentile, margin, readyWithin},
		context: Context<DeployPorts & ObservationPorts>,
	) {
		const {cluster, observe} = context.ports;
		const {ref, object} = await liveWorkload(cluster, text, named ?? cluster.namespace);
		const key = ['optimize', refText(ref), window, sampleFor, percentile].join(' ');
		const look = () =>
			observeWorkload({workload: object, windowMs: durationMs(window), sampleMs: durationMs(sampleFor), percentile}, context);
		const observed = await observe(key, look);
		const sizings = sizingsOf(object, observed, margin / 100);
		refuseUnknown(sizings, observed, ref);
		const sizes = sizings
			.filter(sizing => changedFields(sizing).length > 0)
			.map(({name, before, after}) => ({name, before: {...before}, after: {...after}}));
		const input = {kind: ref.kind, apiVersion: ref.apiVersion, name: ref.name, namespace: ref.namespace ?? '', sizes, readyWithin};
		const title = `Resize ${refText(ref)}: ${sizingText(sizings)}`;
		const evidence = evidenceNotes(observed, sizings, margin / 100);
		if (sizes.length === 0)
			return draftOf({
				effect: 'change',
				input,
				summary: `The requests of ${refText(ref)} fit what it used. ${evidence.map(note => note.text).join('. ')}`,
				steps: [],
				consequences: evidence,
				verify: [],
				undo: {possible: true, how: 'Nothing is changed'},
			});
		const prediction = await predict(cluster, {op: 'patch', ref, type: 'strategic', patch: resizePatch(sizings)});
		const more = await surroundingNotes(cluster, {before: object, after: prediction.after ?? object, sizings, observed});
		const draft = draftOf({
			effect: 'change',
			input,
			summary: title,
			steps: [{title, predictions: [prediction]}],
			consequences: [...more, ...(await consequencesFor(cluster, [prediction])), ...evidence],
			verify: [`Every pod of ${refText(ref)} is new and ready within ${readyWithin}`],
			undo: {possible: true, how: 'Sets the earlier sizes, which replaces the pods once more'},
		});
		return {...draft, steps: [...draft.steps, {title: `Wait until ${refText(ref)} is ready`, writes: []}]};
	},

	async apply({input: {kind, apiVersion, name, namespace, sizes, readyWithin}, steps}, context, effects) {
		for (const [index] of steps.entries()) await effects.performStep(index);
		const ref = {apiVersion, kind, namespace, name};
		const [ready] = await waitForSet(
			[{ref, pods: 0}],
			durationMs(readyWithin),
			`${refText(ref)} is between two sizes; old pods serve as far as its strategy keeps them`,
			context,
		);
		return {workload: refText(ref), pods: ready?.pods ?? 0, sizes};
	},
});

async function liveWorkload(cluster: Cluster, text: string, namespace: string): Promise<{readonly ref: Ref; readonly object: KubeObject}> {
	const slash = text.indexOf('/');
	const [word, name] = slash < 0 ? ['deployments.apps', text] : [text.slice(0, slash), text.slice(slash + 1)];
	const {apiVersion, kind, plural} = await cluster.typeOf(word);
	const ref = {apiVersion, kind, namespace, name};
	if (!restartableKinds.has(kind))
		throw new MkcoaError({
			kind: 'usage',
			code: 'not-resizable',
			what: `${refText(ref)} cannot be resized`,
			why: 'only Deployments, StatefulSets and DaemonSets replace their pods by themselves',
			next: 'Name one of those',
		});
	const object = await cluster.get(ref);
	if (object !== undefined) return {ref, object};
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-workload',
		what: `There is no ${kind} ${name} in namespace ${namespace}`,
		next: `See what is there with: mkcoa k8s list ${plural} -n ${namespace}`,
	});
}

function sizingsOf(workload: KubeObject, observed: Observed, margin: number): readonly Sizing[] {
	return objectsAt(podSpecOf(workload), 'containers').flatMap(container => {
		const use = observed.containers.find(({name}) => name === wordAt(container, 'name'));
		if (use === undefined || use.samples === 0) return [];
		return [rightSize(use, askedOf(container), {margin, mayLower: use.samples >= enoughSamples && observed.coveredMs >= enoughMs})];
	});
}

/** @throws `not-enough-data` where no container of the template was measured */
function refuseUnknown(sizings: readonly Sizing[], {source}: Observed, ref: Ref): void {
	if (sizings.length > 0) return;
	throw new MkcoaError({
		kind: 'environment',
		code: 'not-enough-data',
		what: `There is not enough data: ${source} tells nothing of the containers that ${refText(ref)} has now`,
		next: 'Wait until its pods have run for some minutes, or watch longer with --sample-for',
	});
}

type Surrounding = {
	readonly before: KubeObject;
	readonly after: KubeObject;
	readonly sizings: readonly Sizing[];
	readonly observed: Observed;
};

/** Only these checks of a set speak of sizes. */
const ofSizes = new Set(['quota-has-room', 'pod-fits-a-node']);

async function surroundingNotes(cluster: Cluster, {before, after, sizings, observed}: Surrounding) {
	const {namespace = cluster.namespace} = before.metadata;
	const [around, vpas, version] = await Promise.all([
		readAround(cluster, namespace),
		readNeighbours(cluster, namespace, ['verticalpodautoscalers.autoscaling.k8s.io']),
		cluster.raw('/version'),
	]);
	const scaler = around.objects.find(
		({kind, spec}) =>
			kind === 'HorizontalPodAutoscaler' &&
			wordAt(spec, 'scaleTargetRef', 'kind') === before.kind &&
			wordAt(spec, 'scaleTargetRef', 'name') === before.metadata.name,
	);
	const pods = numberAt(before, 'status', 'replicas') ?? numberAt(before, 'status', 'desiredNumberScheduled') ?? 1;
	return [
		...setNotes(checkSet([after], around).filter(({id}) => ofSizes.has(id))),
		...autoscalerNotes(scaler, sizings, observed, pods),
		...qosNotes(before, after),
		...vpaNotes(vpas.objects, before),
		...totalNote(sizings, pods),
		...inPlaceNotes(wordAt(version ?? {}, 'gitVersion'), sizings),
	];
}
