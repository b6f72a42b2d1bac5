import * as z from 'zod';
import type {SealedValues} from '../../../core/journal.ts';
import type {ApprovedPlan, Draft, Plan} from '../../../core/plan.ts';
import type {Context, Effects, View} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {applyControl as applyStaged} from '../staged/control/apply-control.ts';
import {
	type ControlInput as StagedInput,
	controlInput as stagedInput,
	controlOutput as stagedOutput,
	controlText as stagedText,
} from '../staged/control/control-input.ts';
import {planControl as planStaged} from '../staged/control/plan-control.ts';
import {recallTakeOver} from '../staged/recall/recall-take-over.ts';
import type {PlainBackend} from './backend.ts';
import {notNow, type Verb} from './control.ts';
import {
	type Asked,
	applyControl,
	type ControlResolved,
	controlFor,
	controlOutput,
	controlResolved,
	controlText,
	draftOf,
} from './control-tool.ts';
import {findBackend} from './find-backend.ts';

/** Resolved by the controller's part or by mkcoa's own rollout in stages; the fields tell which. */
export const verbResolved = z.looseObject({name: z.string(), namespace: z.string()});

/** `progress` and `next` of a controller, `result`, `reason` and `undone` of a rollout that mkcoa carries out itself. */
export const verbOutput = z.object({
	...controlOutput.partial().shape,
	...stagedOutput.partial().shape,
	name: z.string(),
	namespace: z.string(),
});
type VerbOutput = z.output<typeof verbOutput>;

export function verbText(output: VerbOutput, view: View): string {
	const controlled = controlOutput.safeParse(output);
	return controlled.success ? controlText(controlled.data, view) : stagedText(stagedOutput.parse(output), view);
}

/** The plan of one verb, for whatever rolls the workload out. @throws with what fits instead */
export async function planVerb(verb: Verb, asked: Asked, context: Context<DeployPorts>): Promise<Draft<ControlResolved | StagedInput>> {
	const {cluster} = context.ports;
	const backend = await findBackend(cluster, asked.namespace ?? cluster.namespace, asked.name);
	if (backend.kind === 'plain') return planPlain(verb, backend, context);
	return draftOf(backend, await controlFor(cluster, backend, verb), asked, context);
}

async function planPlain(verb: Verb, {workload}: PlainBackend, context: Context<DeployPorts>): Promise<Draft<StagedInput>> {
	const {name, namespace} = workload.metadata;
	if (verb === 'retry')
		throw notNow(
			`There is nothing of ${name} to try again`,
			'no controller rolls it out, and what mkcoa takes back leaves nothing behind',
			`Begin anew: mkcoa deploy canary ${name} -n ${namespace} --image IMAGE`,
		);
	if (verb === 'skip-step')
		throw notNow(
			`A rollout of ${name} by mkcoa skips no single step`,
			'what is judged there would be left out unseen',
			`Let the rest of it through unjudged: mkcoa deploy promote ${name} -n ${namespace} --full`,
		);
	return planStaged(verb === 'promote-full' ? 'promote' : verb, workload, {full: verb === 'promote-full'}, context);
}

/** Carries out what `planVerb` planned. */
export async function applyVerb(
	plan: ApprovedPlan<z.output<typeof verbResolved> & ApprovedPlan['input']>,
	context: Context<DeployPorts>,
	effects: Effects,
): Promise<VerbOutput> {
	if (isControlled(plan)) return applyControl(plan, context, effects);
	if (isStaged(plan)) return applyStaged(plan, context, effects);
	throw new Error('A plan of neither a controller nor a rollout in stages');
}

/** See `ChangeTool.recall`. */
export const recallVerb = async (
	plan: Plan<z.output<typeof verbResolved> & Plan['input']>,
	sealed: SealedValues,
	context: Context<DeployPorts>,
): Promise<SealedValues> => (isStaged(plan) ? recallTakeOver(plan, sealed, context) : {});

const isControlled = (plan: ApprovedPlan): plan is ApprovedPlan<ControlResolved> => controlResolved.safeParse(plan.input).success;
const isStaged = <Given extends Plan>(plan: Given): plan is Given & Plan<StagedInput> => stagedInput.safeParse(plan.input).success;
