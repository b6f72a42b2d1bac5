import type {ScalingLook} from '../../../analysis/autoscaling/scale/judge-scaling.ts';
import {DriftError, troubleOf} from '../../../core/error.ts';
import {type KubeObject, type Ref, refText} from '../../../core/kube/kube-object.ts';
import type {ApprovedPlan, Step} from '../../../core/plan.ts';
import {type Context, type Effects, StoppedError} from '../../../core/tool.ts';
import {durationMs} from '../../deploy/duration.ts';
import {waitForSet} from '../../deploy/objects/manifests/wait-for-set.ts';
import type {MonitoringPorts} from '../ports.ts';
import {lookAtScaling} from './look-at-scaling.ts';
import {scalingJson, type ToldScaling} from './scaling-output.ts';
import {type WatchedScaling, watchScaling} from './watch-scaling.ts';

/** What a plan is resolved to. */
export type Scaling = {
	readonly kind: string;
	readonly apiVersion: string;
	readonly name: string;
	readonly namespace: string;
	readonly autoscaler: string;
	readonly minReplicas: number;
	readonly maxReplicas: number;
	readonly targetPercent: number;
	readonly watchFor: string;
};

type Run = {readonly plan: ApprovedPlan<Scaling>; readonly context: Context<MonitoringPorts>; readonly effects: Effects};

/** New pods of new requests may take as long as those of any rollout. */
const readyWithinMs = 600_000;

const workloadOf = ({kind, apiVersion, namespace, name}: Scaling): Ref => ({apiVersion, kind, namespace, name});
const scalerOf = ({namespace, autoscaler}: Scaling): Ref => ({
	...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace, name: autoscaler},
});

/**
 * Writes the settings, watches what comes of them, and puts back what it wrote when that hurts. Each write has its place in the journal, so that a
 * run which dies between two of them goes on from there.
 * @throws StoppedError `hurts`, `not-settled`, `changed-by-others` with what was put back and what stays
 */
export async function carryOutScaling(
	plan: ApprovedPlan<Scaling>,
	context: Context<MonitoringPorts>,
	effects: Effects,
): Promise<ToldScaling> {
	const run = {plan, context, effects};
	const [workload, scaler] = [workloadOf(plan.input), scalerOf(plan.input)];
	context.emit({kind: 'progress', text: 'Looking at it before anything is changed'});
	const {look: before} = await lookAtScaling({workload, scaler}, 'before', context);
	const written = await goForward(run);
	const withinMs = durationMs(plan.input.watchFor);
	const watched = await watchScaling({workload, scaler, written, before, withinMs}, context);
	const told = toldOf(plan.input, before, watched);
	if (watched.end === 'kept') return told;
	throw stoppedBy(run, watched, told, watched.end === 'hurts' ? await goBack(run, watched.last) : undefined);
}

const announce = ({plan: {steps}, context}: Run, index: number, {title, on}: Step) =>
	context.emit({kind: 'step', index, of: on === 'failure' ? steps.length : steps.filter(each => each.on !== 'failure').length, title});

/** @returns the autoscaler as the server answered it; null where nothing of it was written */
async function goForward(run: Run): Promise<KubeObject | null> {
	const {plan, context, effects} = run;
	const workload = workloadOf(plan.input);
	let scaler: KubeObject | null = null;
	for (const [index, step] of plan.steps.entries()) {
		if (step.on === 'failure') continue;
		announce(run, index, step);
		for (const [at, {ref}] of step.writes.entries()) {
			const answer = await effects.performAt(index, at);
			if (ref.kind === 'HorizontalPodAutoscaler') scaler = answer;
		}
		const isNext = step.writes.some(({ref}) => ref.kind === workload.kind);
		if (isNext)
			await waitForSet(
				[{ref: workload, pods: 0}],
				readyWithinMs,
				`${refText(workload)} is between two sizes, and nothing scales it yet; old pods serve as far as its strategy keeps them`,
				context,
			);
	}
	return scaler;
}

type Back = {readonly undone: readonly string[]; readonly left: readonly string[]};

/** A scale is only set back upwards: pods that came meanwhile may be what the load takes. */
const isNeeded = ({writes}: Step, {replicas}: ScalingLook) =>
	!writes.some(
		write =>
			write.op === 'patch' &&
			write.subresource === 'scale' &&
			replicas >= Number(Reflect.get(Object(Reflect.get(Object(write.patch), 'spec')), 'replicas')),
	);

async function goBack(run: Run, last: ScalingLook): Promise<Back> {
	const {plan, context, effects} = run;
	const back = plan.steps.flatMap((step, index) => (step.on === 'failure' && isNeeded(step, last) ? [{step, index}] : []));
	const undone: string[] = [];
	for (const {step, index} of back) {
		announce(run, index, step);
		try {
			for (const at of step.writes.keys()) await effects.performAt(index, at);
			undone.push(step.title);
		} catch (error) {
			// Whoever changed it meanwhile keeps what they wrote; the rest is told as left.
			context.emit({kind: 'note', text: `${step.title}: ${error instanceof DriftError ? error.message : troubleOf(error).what}`});
			return {undone, left: back.slice(undone.length).map(each => each.step.title)};
		}
	}
	return {undone, left: []};
}

const numbersLacking = ({requestsPerSecond, errorRatio, latency}: ScalingLook): readonly string[] => [
	...(requestsPerSecond === undefined || errorRatio === undefined ? ['errors: nobody counts its requests'] : []),
	...(latency === undefined ? ['latency: nobody measures it'] : []),
];

function toldOf(scaling: Scaling, before: ScalingLook, watched: WatchedScaling): ToldScaling {
	const {autoscaler, minReplicas, maxReplicas, targetPercent, namespace} = scaling;
	const why =
		watched.end === 'hurts' ? watched.harm.text : watched.end === 'theirs' ? watched.who : 'why' in watched ? watched.why : undefined;
	return {
		workload: refText(workloadOf(scaling)),
		autoscaler: `HorizontalPodAutoscaler ${namespace}/${autoscaler}`,
		...{minReplicas, maxReplicas, targetPercent, result: watched.end, ...(why === undefined ? {} : {why})},
		watchedSeconds: Math.round(watched.watchedMs / 1000),
		...{before, after: watched.last, notWatched: [...numbersLacking(before)]},
	};
}

const codes = {hurts: 'hurts', 'not-settled': 'not-settled', theirs: 'changed-by-others'} as const;

function stoppedBy({plan}: Run, watched: WatchedScaling, told: ToldScaling, back: Back | undefined): StoppedError {
	const {workload, why = ''} = told;
	if (watched.end === 'kept') throw new Error('what is kept is no failure');
	const what = {
		hurts: `The new scaling of ${workload} hurts`,
		'not-settled': `${workload} is scaled anew, and is not settled after ${told.watchedSeconds} seconds`,
		theirs: `The scaling of ${workload} was changed by somebody else while it was watched`,
	}[watched.end];
	const isBack = back !== undefined && back.left.length === 0;
	const next = {
		hurts: 'See what is wrong with: mkcoa incident detect',
		'not-settled': 'See what its pods wait for with: mkcoa incident detect',
		theirs: 'Settle who sets it before it is changed again',
	}[watched.end];
	return new StoppedError({
		trouble: {kind: 'environment', code: codes[watched.end], what, why},
		undone: back?.undone ?? [],
		left: back?.left ?? plan.changes.map(({ref}) => `${refText(ref)} as it was written`),
		output: scalingJson(told),
		wayOn: journal => (isBack ? `It was put back. ${next}` : `${next}. Take it back with: mkcoa undo ${journal}`),
	});
}
