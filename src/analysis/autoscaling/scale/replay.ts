import type {GivenBehavior} from '../hpa/behavior.ts';
import {noMemory} from '../hpa/normalize.ts';
import {type Outcome, reconcile} from '../hpa/reconcile.ts';
import type {PodMetric, ScaledPod} from '../hpa/scaled-pod.ts';
import {type ControllerSettings, defaultSettings} from '../hpa/settings.ts';
import {type Demand, heldMs, thinned} from './load-history.ts';

/** What a pod of the workload is. Cores. */
export type PodShape = {
	readonly requestCores: number;
	readonly limitCores?: number | undefined;
	/** From its start until it serves. */
	readonly readinessMs: number;
};

export type ScaleSettings = {
	readonly minReplicas: number;
	readonly maxReplicas: number;
	/** Of the CPU request. */
	readonly targetPercent: number;
	readonly behavior?: GivenBehavior | undefined;
};

/** What would have come of settings over a history. */
export type Replay = {
	readonly seconds: number;
	/** Of them those in which a ready pod had more to do than its limit or, without one, than its request. */
	readonly saturatedSeconds: number;
	readonly podHours: number;
	readonly rescales: number;
	/** Rescales that took back another within ten minutes. */
	readonly flaps: number;
	readonly peakReplicas: number;
	/** The most replicas while each point of the history stood. */
	readonly course: readonly number[];
};

/** The controller looks every 15 s; a replay that looks once a minute is late by less than a pod takes to start, and four times as fast. */
const mostTickMs = 60_000;
/** Two weeks of minutes: a replay of more looks less often, so that it takes no longer. */
const mostTicks = 20_160;
const flapMs = 600_000;

/** What a pod can do before its callers wait: its limit or, where it has none, what its node owes it. */
const saturationCores = ({limitCores, requestCores}: PodShape): number => limitCores ?? requestCores;

/** One pod as the autoscaler sees it, before it is ready and after. */
type Pod = {readonly readyMs: number; readonly starting: ScaledPod; readonly serving: ScaledPod};

function newPod(name: string, startedMs: number, {requestCores, readinessMs}: PodShape): Pod {
	const readyMs = startedMs + readinessMs;
	const containers = [{name: 'pod', requests: {cpu: Math.round(requestCores * 1000)}}];
	const common = {name, phase: 'Running', startedMs, containers};
	return {
		readyMs,
		starting: {...common, ready: {status: 'False', sinceMs: startedMs}},
		serving: {...common, ready: {status: 'True', sinceMs: readyMs}},
	};
}

/** The fleet at one moment: what it was asked to do is shared by those that serve. */
function look(pods: readonly Pod[], cores: number, shape: PodShape, nowMs: number, tickMs: number) {
	const ready = pods.reduce((count, {readyMs}) => count + (readyMs <= nowMs ? 1 : 0), 0);
	const wanted = ready === 0 ? Number.POSITIVE_INFINITY : cores / ready;
	const used = Math.min(wanted, shape.limitCores ?? wanted);
	const value = Number.isFinite(used) ? Math.round(used * 1000) : 0;
	const byPod = new Map<string, PodMetric>();
	const seen = pods.map(({readyMs, starting, serving}) => {
		const serves = readyMs <= nowMs;
		byPod.set(starting.name, {value: serves ? value : 0, atMs: nowMs, windowMs: tickMs});
		return serves ? serving : starting;
	});
	return {seen, byPod, isSaturated: cores > 0 && wanted > saturationCores(shape)};
}

/** Pods after a rescale: the youngest go first. */
function resized(pods: readonly Pod[], count: number, shape: PodShape, nowMs: number): readonly Pod[] {
	const added = Array.from({length: Math.max(0, count - pods.length)}, (_, at) => newPod(`${nowMs}-${at}`, nowMs, shape));
	return [...pods.slice(0, count), ...added];
}

/** Counts rescales, and those that take the one before back. */
function rescaleCounter() {
	let [rescales, flaps, lastMs, last] = [0, 0, Number.NEGATIVE_INFINITY, 0];
	return {
		note(change: number, nowMs: number): void {
			rescales++;
			if (Math.sign(change) === -last && nowMs - lastMs <= flapMs) flaps++;
			[lastMs, last] = [nowMs, Math.sign(change)];
		},
		counts: () => ({rescales, flaps}),
	};
}

/**
 * Lets the autoscaler's mathematics run over the past with other settings. Demand is taken as it was: fewer pods do not make callers ask
 * for less.
 */
export function replay(
	history: Demand,
	shape: PodShape,
	settings: ScaleSettings,
	controller: ControllerSettings = defaultSettings,
): Replay {
	const demand = thinned(history, mostTicks);
	const tickMs = Math.max(controller.syncMs, Math.min(mostTickMs, demand.stepMs), history.coveredMs / mostTicks);
	const {minReplicas, maxReplicas, targetPercent, behavior} = settings;
	const spec = {
		...{minReplicas, maxReplicas, behavior},
		metrics: [{type: 'Resource', resource: 'cpu', target: {averageUtilization: targetPercent}}] as const,
	};
	const first = Math.min(Math.max(demand.points[0]?.replicas ?? minReplicas, minReplicas), maxReplicas);
	let pods = resized([], first, shape, (demand.points[0]?.atMs ?? 0) - shape.readinessMs - controller.cpuInitializationMs);
	let state: Pick<Outcome, 'conditions' | 'memory'> = {conditions: [], memory: noMemory};
	const counter = rescaleCounter();
	const course: number[] = [];
	let [ms, saturatedMs, podMs, peakReplicas] = [0, 0, 0, pods.length];
	for (const [at, {atMs, cores}] of demand.points.entries()) {
		const endMs = atMs + heldMs(demand, at);
		let most = 0;
		for (let nowMs = atMs; nowMs < endMs; nowMs += tickMs) {
			const spanMs = Math.min(tickMs, endMs - nowMs);
			const {seen, byPod, isSaturated} = look(pods, cores, shape, nowMs, tickMs);
			ms += spanMs;
			if (isSaturated) saturatedMs += spanMs;
			podMs += pods.length * spanMs;
			const target = {specReplicas: pods.length, statusReplicas: pods.length, pods: seen};
			const outcome = reconcile({spec, target, readings: [{byPod}], settings: controller, nowMs}, state.conditions, state.memory);
			if (outcome.isRescaled) {
				counter.note(outcome.desiredReplicas - pods.length, nowMs);
				pods = resized(pods, outcome.desiredReplicas, shape, nowMs);
				peakReplicas = Math.max(peakReplicas, pods.length);
			}
			most = Math.max(most, pods.length);
			state = outcome;
		}
		course.push(most);
	}
	return {seconds: ms / 1000, saturatedSeconds: saturatedMs / 1000, podHours: podMs / 3_600_000, peakReplicas, course, ...counter.counts()};
}
