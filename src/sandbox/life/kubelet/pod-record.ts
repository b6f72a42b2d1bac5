import type {ContainerStatus, Pod, Terminated} from '../pod-shapes.ts';
import {millis} from '../time.ts';
import type {Unmet} from './demands.ts';

/** Where a container is in its life. Times are milliseconds since 1970. */
type Stage =
	/** `pullMs` is how long its image takes to arrive; 0 when the node has it. */
	| {readonly kind: 'creating'; readonly untilMs: number | undefined; readonly pullMs: number}
	| {readonly kind: 'pull-failed'; readonly backingOff: boolean; readonly untilMs: number}
	| {readonly kind: 'config-error'; readonly message: string; readonly untilMs: number}
	/** What it found amiss when it started, if anything; while it waits it looks again at `untilMs`. */
	| {readonly kind: 'running'; readonly startedMs: number; readonly ready: boolean; readonly probedMs: number; readonly unmet?: UnmetNow}
	/** It has ended, the kubelet has seen it, and starts it again: at once, or after a pause. */
	| {readonly kind: 'stopped'; readonly delayMs: number; readonly untilMs: number}
	| {readonly kind: 'back-off'; readonly delayMs: number; readonly untilMs: number}
	| {readonly kind: 'ended'};

type UnmetNow = Unmet & {readonly untilMs: number};

export type ContainerRecord = {
	readonly name: string;
	readonly stage: Stage;
	readonly restarts: number;
	/** How the latest run ended. */
	readonly last: Terminated | undefined;
	/** What it said when it gave up. */
	readonly lastWords?: string | undefined;
	/** And how the run before it ended. */
	readonly earlier: Terminated | undefined;
	readonly pullFailures: number;
	/** Crashes in a row without ten good minutes between them. */
	readonly crashes: number;
};

/** What a kubelet remembers of a pod beyond its status. */
export type PodRecord = {
	readonly startedMs: number;
	readonly ip: string | undefined;
	readonly init: readonly ContainerRecord[];
	readonly main: readonly ContainerRecord[];
};

/** A container that nothing has happened to. */
export const fresh = (name: string): ContainerRecord => ({
	name,
	stage: {kind: 'creating', untilMs: undefined, pullMs: 0},
	restarts: 0,
	last: undefined,
	earlier: undefined,
	pullFailures: 0,
	crashes: 0,
});

export const newRecord = ({spec}: Pod, nowMs: number): PodRecord => ({
	startedMs: nowMs,
	ip: undefined,
	init: (spec.initContainers ?? []).map(({name}) => fresh(name)),
	main: spec.containers.map(({name}) => fresh(name)),
});

/** The record of a pod that was already running when this kubelet first saw it. */
export function adopted(pod: Pod, nowMs: number): PodRecord {
	const take = (name: string, list: readonly ContainerStatus[] | undefined): ContainerRecord => {
		const status = list?.find(other => other.name === name);
		if (status === undefined) return fresh(name);
		const {state, lastState, restartCount, ready} = status;
		const last = state.terminated ?? lastState.terminated;
		const startedMs = millis(state.running?.startedAt, nowMs);
		const stage: Stage =
			state.running === undefined
				? state.terminated === undefined
					? {kind: 'creating', untilMs: undefined, pullMs: 0}
					: {kind: 'ended'}
				: {kind: 'running', startedMs, ready, probedMs: nowMs};
		return {...fresh(name), stage, restarts: restartCount, last};
	};
	return {
		startedMs: millis(pod.status?.startTime, nowMs),
		ip: pod.status?.podIP,
		init: (pod.spec.initContainers ?? []).map(({name}) => take(name, pod.status?.initContainerStatuses)),
		main: pod.spec.containers.map(({name}) => take(name, pod.status?.containerStatuses)),
	};
}
