import type {Pod} from '../life/pod-shapes.ts';
import {isFinished, isReady} from '../life/pod-state.ts';
import {millis} from '../life/time.ts';
import type {Span} from './open-spans.ts';

export type Serving = {readonly service: string; readonly cpuPerRequest: number; readonly spans: Span[]};

/** What has happened to one pod: enough to compute each of its series at any time. */
export type PodHistory = {
	pod: Pod;
	/** When its main container started, each time; counters begin anew. */
	readonly starts: number[];
	readonly readiness: {readonly ms: number; readonly ready: boolean}[];
	/** By namespace/service. */
	readonly serving: Map<string, Serving>;
	/** Infinity while it exists. */
	endMs: number;
};

export const newHistory = (pod: Pod): PodHistory => ({
	pod,
	starts: [],
	readiness: [],
	serving: new Map(),
	endMs: Number.POSITIVE_INFINITY,
});

/** Writes down what a pod's status says: starts, readiness, and its end. */
export function noteStatus(history: PodHistory, pod: Pod, gone: boolean, nowMs: number): void {
	history.pod = pod;
	const started = pod.status?.containerStatuses?.[0]?.state.running?.startedAt;
	if (started !== undefined && history.starts.at(-1) !== millis(started)) history.starts.push(millis(started));
	const ready = isReady(pod);
	// A pod that is ready when it is first seen has been since it started.
	const sinceMs = history.readiness.length === 0 ? (history.starts[0] ?? nowMs) : nowMs;
	if (history.readiness.at(-1)?.ready !== ready) history.readiness.push({ms: sinceMs, ready});
	if ((gone || isFinished(pod)) && history.endMs === Number.POSITIVE_INFINITY) history.endMs = nowMs;
}
