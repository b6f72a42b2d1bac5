import {conditionOf} from './conditions.ts';
import type {Pod} from './pod-shapes.ts';
import {millis} from './time.ts';

export const isFinished = ({status}: Pod) => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** Counts towards the replicas of its owner. */
export const isActive = (pod: Pod) => !isFinished(pod) && pod.metadata.deletionTimestamp === undefined;

export const isReady = ({status}: Pod) => conditionOf(status?.conditions, 'Ready')?.status === 'True';

/** Since when it is ready, in milliseconds; undefined if it is not. */
export function readySince({status}: Pod): number | undefined {
	const condition = conditionOf(status?.conditions, 'Ready');
	return condition?.status === 'True' ? millis(condition.lastTransitionTime) : undefined;
}

/** Ready for at least `minReadySeconds`. */
export function isAvailable(pod: Pod, minReadySeconds: number, nowMs: number): boolean {
	const since = readySince(pod);
	return since !== undefined && (minReadySeconds === 0 || since + minReadySeconds * 1000 <= nowMs);
}

/** How long until the next of these pods becomes available though nothing else happens; undefined if none will. */
export function availableInMs(pods: readonly Pod[], minReadySeconds: number, nowMs: number): number | undefined {
	const waits = pods.flatMap(pod => {
		const since = readySince(pod);
		const wait = since === undefined ? 0 : since + minReadySeconds * 1000 - nowMs;
		return wait > 0 ? [wait] : [];
	});
	return waits.length === 0 ? undefined : Math.min(...waits);
}
