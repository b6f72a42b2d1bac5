import * as z from 'zod';
import {DriftError, MkcoaError, troubleOf} from '../../../core/error.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import type {ApprovedPlan, Draft, Step} from '../../../core/plan.ts';
import {textLines} from '../../../core/text/styled.ts';
import {type Context, type Effects, StoppedError, type View} from '../../../core/tool.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {durationMs, readyWithinText} from '../duration.ts';
import {workloadInput} from '../inputs.ts';
import type {DeployPorts} from '../ports.ts';
import type {ControlledBackend} from './backend.ts';
import {rollbackControl} from './change-back.ts';
import {type Control, notNow, notPossible, type Verb} from './control.ts';
import {controllers, progressOf} from './controllers.ts';
import {draftControl} from './draft-control.ts';
import {findBackend} from './find-backend.ts';
import {followController} from './follow-controller.ts';
import {commandFor, nextFor} from './next-for.ts';
import {progressShape} from './progress.ts';
import {progressText} from './progress-text.ts';

/** Which workload, whatever rolls it out. */
export const targetInput = workloadInput.extend({
	name: workloadInput.shape.name.describe('Workload: NAME or KIND/NAME').meta({completes: 'rollouts'}),
});

export const followInput = {
	readyWithin: readyWithinText.default('10m').describe('How long it is watched'),
	detach: z.boolean().default(false).describe('Returns at once, and leaves the rest to the controller'),
};

export const controlResolved = z.object({
	name: z.string(),
	namespace: z.string(),
	controller: z.string(),
	/** Version and step that the verb speaks of. */
	at: z.string(),
	until: z.enum(['rest', 'back', 'nothing']),
	readyWithin: z.string(),
});
export type ControlResolved = z.output<typeof controlResolved>;

export const controlOutput = z.object({
	name: z.string(),
	namespace: z.string(),
	progress: progressShape,
	/** Command lines for what to do next, the likeliest first. */
	next: z.array(z.string()),
});
export type ControlOutput = z.output<typeof controlOutput>;

export const controlText = ({progress, next}: ControlOutput, view: View) =>
	[...progressText(progress, view), ...next.flatMap(step => textLines('> ', step, view))].join('\n');

export type Asked = {
	readonly name: string;
	readonly namespace?: string | undefined;
	readonly readyWithin?: string | undefined;
	readonly detach?: boolean | undefined;
};

/** Where the controller has no field for an abort, its workload gets the version back that serves. */
export async function controlFor(cluster: Cluster, backend: ControlledBackend, verb: Verb): Promise<Control> {
	if (verb === 'abort' && backend.kind !== 'argo-rollout') return abortByTemplate(cluster, backend);
	const {subresources} = await cluster.typeOfRef(backend.controller);
	return controllers[backend.kind].control(backend, verb, {hasStatus: subresources.includes('status')});
}

async function abortByTemplate(cluster: Cluster, backend: ControlledBackend): Promise<Control> {
	const {object, state, phase} = controllers[backend.kind].progress(backend);
	if (state !== 'healthy' && phase !== 'Failed') return rollbackControl(cluster, backend, undefined);
	throw notNow(
		`${object} has no rollout to abort`,
		`its phase is ${phase}`,
		`Return to an earlier version with: ${commandFor(backend.kind, backend.controller, 'rollback')}`,
	);
}

/** The plan of what a controller is to be told. */
export function draftOf(
	backend: ControlledBackend,
	{at, until, ...control}: Control,
	{name, namespace, readyWithin = '10m', detach = false}: Asked,
	{ports: {cluster}}: Context<DeployPorts>,
): Promise<Draft<ControlResolved>> {
	const input = {
		name,
		namespace: namespace ?? cluster.namespace,
		controller: backend.kind,
		at,
		until: detach ? ('nothing' as const) : until,
		readyWithin,
	};
	if (detach && control.steps.length > 1) throw nobodySetsBack(control.steps.slice(1));
	return draftControl(cluster, backend, {input, control});
}

/** Sent at once after the first step, its controller would see neither. */
const nobodySetsBack = (steps: readonly Step[]) =>
	notPossible(
		'This cannot be left to the controller',
		`when it is over, mkcoa has something left to do: ${steps.map(({title}) => title).join('; ')}`,
		'Run it without --detach, and wait',
	);

/** Sends the first step, follows the controller as far as the verb asks, and sends what is left. */
export async function applyControl(
	{input, steps}: ApprovedPlan<ControlResolved>,
	context: Context<DeployPorts>,
	effects: Effects,
): Promise<ControlOutput> {
	const {name, namespace, until, readyWithin} = input;
	await unlessMoved(input, context, () => effects.performStep(0));
	const backend = await controlled(context, input);
	const follow = () =>
		until === 'nothing'
			? progressOf(context.ports.cluster, backend)
			: followController({backend, until, withinMs: durationMs(readyWithin)}, context);
	const rest = async () => {
		for (let index = 1; index < steps.length; index++) await effects.performStep(index);
	};
	const followed = await follow().catch(async (error: unknown) => {
		throw await afterAll(error, steps.slice(1), rest);
	});
	await rest();
	return {name, namespace, progress: followed, next: nextFor(followed)};
}

/** What is left of the steps sets back what the first one set, so it is owed to a rollout that failed, too. */
async function afterAll(error: unknown, left: readonly Step[], rest: () => Promise<void>): Promise<unknown> {
	if (left.length === 0) return error;
	const trouble = await rest().then(
		() => undefined,
		(failure: unknown) => troubleOf(failure).what,
	);
	if (!(error instanceof StoppedError)) return error;
	const {output} = error;
	return new StoppedError({
		trouble: error.trouble,
		undone: trouble === undefined ? [...error.undone, ...left.map(({title}) => title)] : error.undone,
		left: trouble === undefined ? error.left : [...error.left, ...left.map(({title}) => `${title} (not done: ${trouble})`)],
		...(output === undefined ? {} : {output}),
	});
}

/**
 * The server took the patch when it was planned, and the patch is bound to a version and a step: refused now, it tells that somebody else
 * was faster, which is drift and not a bad patch.
 */
async function unlessMoved(input: ControlResolved, context: Context<DeployPorts>, perform: () => Promise<unknown>): Promise<void> {
	try {
		await perform();
	} catch (error) {
		if (!(error instanceof MkcoaError) || error.trouble.code !== 'invalid') throw error;
		const {controller, kind} = await controlled(context, input);
		const [known, now] = [refText(refOf(controller)), controllers[kind].at(controller)];
		const moved = now.startsWith(input.at) ? `was told something else at ${now}` : `went on: it was ${input.at}, and is ${now}`;
		throw new DriftError([`${known} meanwhile ${moved}`], {cause: error});
	}
}

async function controlled({ports: {cluster}}: Context<DeployPorts>, {name, namespace}: ControlResolved): Promise<ControlledBackend> {
	const backend = await findBackend(cluster, namespace, name);
	if (backend.kind !== 'plain') return backend;
	throw new MkcoaError({
		kind: 'environment',
		code: 'no-such-workload',
		what: `The controller of ${name} is gone`,
		next: `See how it is: mkcoa deploy status ${name} -n ${namespace}`,
	});
}
