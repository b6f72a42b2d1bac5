import type {Pod} from '../life/pod-shapes.ts';
import {isFinished, isReady} from '../life/pod-state.ts';
import {millis} from '../life/time.ts';
import type {Load} from './load-profile.ts';

/** A time in which a pod had its share of a service's requests. */
export type Span = {readonly fromMs: number; toMs: number; readonly share: number; readonly stream: Stream};

/** The requests of a service while its mean rate stays the same. */
export type Stream = {readonly load: Load; readonly perSecond: number};

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

/** Ends the open span of a service unless it goes on unchanged. */
export function endSpan(history: PodHistory, key: string, share: number, stream: Stream | undefined, nowMs: number): void {
	const last = history.serving.get(key)?.spans.at(-1);
	if (last === undefined || last.toMs !== Number.POSITIVE_INFINITY) return;
	if (last.share !== share || last.stream !== stream) last.toMs = nowMs;
}

/** Begins a span, unless one is open. */
export function beginSpan(serving: Serving, share: number, stream: Stream, nowMs: number): void {
	if (serving.spans.at(-1)?.toMs === Number.POSITIVE_INFINITY) return;
	serving.spans.push({fromMs: nowMs, toMs: Number.POSITIVE_INFINITY, share, stream});
}
