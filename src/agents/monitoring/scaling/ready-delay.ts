import {textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {conditionOf, isReady} from '../../../mcp/kubernetes/model/conditions.ts';

/** How long a new pod takes until it serves, as the pods of now did. */
export type ReadyDelay = {readonly ms: number; readonly pods: number};

/** A pod whose start nobody saw: images of usual size on a node that does not have them. */
export const unseenDelayMs = 60_000;

/** The deadline of a Deployment's rollout, if nobody sets another: who became ready later was ready before, and fell out for a while. */
const longestMs = 600_000;

/**
 * From a pod's creation to its Ready condition, the middle of its pods. A pod that fell out and came back tells the time of its return, which is
 * not that of a start: times longer than a rollout may take are left out.
 * @returns undefined where no pod tells it
 */
export function readyDelay(pods: readonly KubeObject[]): ReadyDelay | undefined {
	const delays = pods
		.filter(isReady)
		.map(
			pod => Date.parse(textAt(conditionOf(pod, 'Ready'), 'lastTransitionTime') ?? '') - Date.parse(pod.metadata.creationTimestamp ?? ''),
		)
		.filter(ms => ms >= 0 && ms <= longestMs)
		.toSorted((a, b) => a - b);
	const ms = delays[Math.floor(delays.length / 2)];
	return ms === undefined ? undefined : {ms, pods: delays.length};
}
