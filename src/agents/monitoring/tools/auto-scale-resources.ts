import * as z from 'zod';
import {gravestFirst} from '../../../core/consequences/gravest-first.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Draft, Step} from '../../../core/plan.ts';
import {preconditionOf} from '../../../core/road/precondition.ts';
import {measuredText} from '../../../core/text/measured-text.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf, type PredictedStep} from '../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../mcp/kubernetes/plan/predict.ts';
import {durationUpTo} from '../../deploy/duration.ts';
import type {ObservationPorts} from '../../deploy/optimize/observation-ports.ts';
import {resizePatch} from '../../deploy/optimize/resize-patch.ts';
import {sizingText, vpaNotes} from '../../deploy/optimize/sizing-notes.ts';
import {wayBack} from '../../incident/recovery/way-back.ts';
import {durationOf} from '../duration-of.ts';
import type {MonitoringPorts} from '../ports.ts';
import {carryOutScaling} from '../scaling/carry-out-scaling.ts';
import {type Recommended, recommended, requestSizings} from '../scaling/recommend.ts';
import {evidenceOf, scaleNotes} from '../scaling/scale-notes.ts';
import {type ScaledBy, scaledBy} from '../scaling/scaled-by.ts';
import {readScaled, type ScaledWorkload, scaledInput} from '../scaling/scaled-workload.ts';
import {refuseOwned, scalerWrite} from '../scaling/scaler-write.ts';
import {scalingSchema, scalingText} from '../scaling/scaling-output.ts';
import {neededAlone, type RequestSizing} from '../scaling/size-requests.ts';

const resolved = z.object({
	kind: z.string(),
	apiVersion: z.string(),
	name: z.string(),
	namespace: z.string(),
	autoscaler: z.string(),
	minReplicas: z.number(),
	maxReplicas: z.number(),
	targetPercent: z.number(),
	watchFor: z.string(),
});
type Resolved = z.output<typeof resolved>;
type Ports = MonitoringPorts & ObservationPorts;

export const autoScaleResources = changeTool({
	name: 'auto_scale_resources',
	summary: 'Sets the autoscaler of a workload by its replayed past and forecast, watches what comes of it, and puts it back when it hurts',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'scale'],
	positionals: ['target'],
	input: scaledInput.extend({
		watchFor: durationUpTo('24h', 'what hurts only after a day is for an alert')
			.default('10m')
			.describe('How long it is watched afterwards; an autoscaler takes pods away after five minutes'),
		requests: z.boolean().default(false).describe('Sets the memory requests that its past recommends too, which replaces the pods'),
	}),
	resolved,
	output: scalingSchema,
	text: scalingText,

	async plan({target, namespace, since, ahead, watchFor, requests}, context: Context<Ports>) {
		const {cluster, monitoring} = context.ports;
		const workload = await readScaled(cluster, {target, namespace});
		const by = scaledBy(workload);
		if (workload.scaler !== undefined && by.present === undefined) throw scaledOtherwise(workload, by);
		const found = await recommended(workload, by, {sinceMs: durationOf(since), aheadMs: durationOf(ahead)}, context);
		refuseOwned(workload, found.settings);
		const sizes = sizesOf(workload, by, found, requests);
		const steps = await stepsFor(context.ports, workload, by, found, sizes.written);
		const predictions = steps.flatMap(each => each.predictions);
		const notes = await scaleNotes({cluster, use: monitoring.use}, workload, by, found, sizes);
		const evidence = evidenceOf(found);
		const draft = draftOf({
			effect: 'change',
			input: {
				...{kind: workload.ref.kind, apiVersion: workload.ref.apiVersion, name: workload.ref.name, namespace: workload.namespace},
				autoscaler: scalerWrite(workload, by, found.settings).ref.name,
				...settingsOf(found),
				watchFor,
			},
			summary: summaryOf(workload, found),
			steps,
			consequences: [...notes, ...(await consequencesFor(cluster, predictions)), ...evidence],
			verify: [
				`Watched for ${watchFor}: the autoscaler acts, as many pods as before are ready, errors and latency are as before where somebody counts them; put back when that hurts`,
			],
			undo: {
				possible: true,
				how:
					workload.scaler === undefined
						? 'Deletes the autoscaler again; the pods stay as many as there are'
						: 'Sets the earlier bounds and target',
			},
		});
		if (draft.steps.length === 0) return asItIs(draft, workload, [...evidence, ...notes]);
		return withWayBack(context.ports, workload, draft);
	},

	apply: carryOutScaling,
});

const settingsOf = ({settings: {minReplicas, maxReplicas, targetPercent}}: Recommended) => ({minReplicas, maxReplicas, targetPercent});

function summaryOf({ref}: ScaledWorkload, {settings: {minReplicas, maxReplicas, targetPercent}}: Recommended): string {
	return `Scale ${refText(ref)} between ${minReplicas} and ${maxReplicas} pods at ${measuredText(targetPercent, 'number')} % of its CPU request`;
}

/** Its past is counted by somebody whose numbers are not looked at here. */
const scaledOtherwise = ({ref, scaler}: ScaledWorkload, {others}: ScaledBy) =>
	new MkcoaError({
		kind: 'environment',
		code: 'not-scaled-by-cpu',
		what: `${refText(ref)} is left as it is`,
		why: `HorizontalPodAutoscaler ${scaler?.metadata.name} scales it by ${others.join(' and ')}, and settings are replayed over the past of CPU alone`,
		next: `See what it would need by CPU with: mkcoa monitor predict ${ref.kind === 'Deployment' ? '' : `${ref.kind.toLowerCase()}/`}${ref.name}`,
	});

type Sizes = {readonly all: readonly RequestSizing[]; readonly written: readonly RequestSizing[]};

/** Requests to write: what the autoscaler cannot do without, and all of them where that is asked for. A vertical autoscaler keeps its own. */
function sizesOf(workload: ScaledWorkload, by: ScaledBy, found: Recommended, isAsked: boolean): Sizes {
	const all = requestSizings(workload, found);
	const isVertical =
		vpaNotes(
			workload.beside.filter(({kind}) => kind === 'VerticalPodAutoscaler'),
			workload.object,
		).length > 0;
	if (isVertical) return {all: [], written: []};
	const needed = by.isAmount || by.lacking === undefined ? [] : neededAlone(all);
	return {all, written: isAsked ? all : needed};
}

async function stepsFor(
	{cluster}: Pick<Ports, 'cluster'>,
	workload: ScaledWorkload,
	by: ScaledBy,
	found: Recommended,
	sizes: readonly RequestSizing[],
): Promise<readonly PredictedStep[]> {
	const {ref} = workload;
	const text = sizingText(sizes);
	const resized =
		text === ''
			? []
			: [
					{
						title: `Resize ${refText(ref)}: ${text}`,
						predictions: [await predict(cluster, {op: 'patch', ref, type: 'strategic', patch: resizePatch(sizes)})],
					},
				];
	if (!found.isChange) return resized;
	return [
		...resized,
		{title: summaryOf(workload, found), predictions: [await predict(cluster, scalerWrite(workload, by, found.settings))]},
	];
}

/** A plan without steps: what there is will do, and why. */
const asItIs = (draft: Draft<Resolved>, {ref}: ScaledWorkload, notes: readonly Consequence[]): Draft<Resolved> => ({
	...draft,
	summary: `The autoscaler of ${refText(ref)} is set well. ${notes
		.filter(({id}) => id !== 'sureness')
		.map(({text}) => text)
		.join('. ')}`,
	consequences: [],
	verify: [],
	undo: {possible: false, how: 'Nothing is changed'},
});

/**
 * The steps that put it back when it hurts. An autoscaler that was not there before leaves its number of pods behind, so the former one is set again;
 * whoever scales the workload meanwhile is no drift.
 */
async function withWayBack({cluster}: Pick<Ports, 'cluster'>, workload: ScaledWorkload, draft: Draft<Resolved>): Promise<Draft<Resolved>> {
	const {ref, object, replicas, scaler} = workload;
	const back = await wayBack(cluster, draft);
	const scale: Step = {
		title: `If it got worse: scale ${refText(ref)} to ${replicas} again, where it has fewer`,
		writes: [{op: 'patch', ref, type: 'merge', patch: {spec: {replicas}}, subresource: 'scale'}],
		on: 'failure',
	};
	const others = draft.preconditions.filter(each => each.ref.kind !== ref.kind || each.ref.name !== ref.name);
	return {
		...draft,
		steps: [
			...draft.steps,
			{title: `Watch ${refText(ref)} for ${draft.input.watchFor}`, writes: []},
			...back,
			...(scaler === undefined ? [scale] : []),
		],
		preconditions: [...others, preconditionOf(object, ref, 'all but replicas')],
		consequences: gravestFirst(draft.consequences),
	};
}
