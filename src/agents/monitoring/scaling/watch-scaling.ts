import {harmIn, type ScalingHarm, type ScalingLook} from '../../../analysis/autoscaling/scale/judge-scaling.ts';
import {sleep} from '../../../core/clock.ts';
import {lastWriters} from '../../../core/diff/managed-fields.ts';
import {canonicalJson, type Json} from '../../../core/json.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refText} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import type {Context} from '../../../core/tool.ts';
import {throughOutages} from '../../deploy/rollout/through-outages.ts';
import type {MonitoringPorts} from '../ports.ts';
import {lookAtScaling} from './look-at-scaling.ts';

/** The autoscaler looks as often. */
const pauseMs = 15_000;
/** What hurts for so long, and in so many looks, is no pod that is just starting and no number that is just late. */
const [steadyMs, steadyLooks] = [60_000, 3];
/** So long after the end of the watch what hurts, and keeps changing how, may stay in doubt. */
const longestDoubtMs = 3 * steadyMs;

type Watching = {
	readonly workload: Ref;
	readonly scaler: Ref;
	/** What was written, as the server answered it. */
	readonly written: KubeObject | null;
	readonly before: ScalingLook;
	readonly withinMs: number;
};

/** How a watch ended. `theirs`: somebody else wrote what was written here. */
export type WatchedScaling = {readonly last: ScalingLook; readonly watchedMs: number} & (
	| {readonly end: 'kept'}
	| {readonly end: 'not-settled'; readonly why: string}
	| {readonly end: 'hurts'; readonly harm: ScalingHarm}
	| {readonly end: 'theirs'; readonly who: string}
);

const fields = ['minReplicas', 'maxReplicas', 'metrics'] as const;

/** Who changed what was written, in words; undefined where it stands. */
function changedBy(scaler: KubeObject | undefined, {written, scaler: ref}: Watching): string | undefined {
	if (written === null) return undefined;
	if (scaler === undefined || scaler.metadata.uid !== written.metadata.uid) return `${refText(ref)} was deleted`;
	const at = (object: KubeObject, field: string): Json => valueAt(object, 'spec', field) ?? null;
	const moved = fields.filter(field => canonicalJson(at(scaler, field)) !== canonicalJson(at(written, field)));
	if (moved.length === 0) return undefined;
	const writers = lastWriters(scaler);
	return `${writers.length === 0 ? 'Somebody' : someOf(writers)} changed ${someOf(moved)} of ${refText(ref)}`;
}

const progressText = ({ready, replicas, stuck}: ScalingLook, harm: ScalingHarm | undefined): string =>
	harm?.text ?? (stuck === undefined ? `${ready} of ${count(replicas, 'pod')} ready` : `The autoscaler waits: ${stuck}`);

const unsettled = ({ready, replicas}: ScalingLook): string | undefined =>
	ready < replicas ? `${ready} of ${count(replicas, 'pod')} ${ready === 1 ? 'is' : 'are'} ready` : undefined;

/**
 * Looks again and again at a workload whose scaling was changed, until the time is over, until it surely hurts, or until somebody else takes it. A
 * server that is away for a moment is waited for.
 */
export async function watchScaling(watching: Watching, context: Context<MonitoringPorts>): Promise<WatchedScaling> {
	const {clock, signal, emit} = context;
	const patiently = throughOutages(context, pauseMs);
	const startMs = clock.now();
	let run = {kind: '', looks: 0, sinceMs: startMs};
	let last = watching.before;
	for (;;) {
		const leftMs = startMs + watching.withinMs - clock.now();
		await sleep(clock, leftMs > 0 ? Math.max(1000, Math.min(pauseMs, leftMs)) : pauseMs, signal);
		const seen = await patiently(() => lookAtScaling(watching, 'now', context));
		const nowMs = clock.now();
		const watchedMs = nowMs - startMs;
		if (seen !== undefined) {
			last = seen.look;
			const who = changedBy(seen.scaler, watching);
			if (who !== undefined) return {end: 'theirs', who, last, watchedMs};
			const harm = harmIn(watching.before, last);
			const kind = harm?.kind ?? '';
			run = run.kind === kind ? {...run, looks: run.looks + 1} : {kind, looks: 1, sinceMs: nowMs};
			emit({kind: 'progress', text: progressText(last, harm)});
			if (harm !== undefined && run.looks >= steadyLooks && nowMs - run.sinceMs >= steadyMs) return {end: 'hurts', harm, last, watchedMs};
		}
		if (watchedMs < watching.withinMs) continue;
		// What hurts at the end is looked at until it surely does, or has passed.
		const harm = harmIn(watching.before, last);
		if (harm !== undefined && watchedMs < watching.withinMs + longestDoubtMs) continue;
		const why = harm?.text ?? unsettled(last);
		return why === undefined ? {end: 'kept', last, watchedMs} : {end: 'not-settled', why, last, watchedMs};
	}
}
