import {numberAt} from '../../../../core/kube/json-at.ts';
import {type Ref, refText} from '../../../../core/kube/kube-object.ts';
import {type Context, StoppedError} from '../../../../core/tool.ts';
import type {DeployPorts} from '../../ports.ts';
import {waitForReady} from '../../rollout/wait-for-ready.ts';

/** A workload to wait for, and how many of its pods must be ready at least: an autoscaler raises their number a moment later. */
export type AwaitedWorkload = {readonly ref: Ref; readonly pods: number};

export type ReadyWorkload = {readonly object: string; readonly pods: number};

/**
 * Waits for workloads that were written, one after the other.
 * @param left what stands there meanwhile, for people
 * @throws StoppedError `not-ready`, with the reason and the words of the pods
 */
export async function waitForSet(
	awaited: readonly AwaitedWorkload[],
	withinMs: number,
	left: string,
	context: Context<DeployPorts>,
): Promise<readonly ReadyWorkload[]> {
	const ready: ReadyWorkload[] = [];
	const deadlineMs = context.clock.now() + withinMs;
	for (const {ref, pods} of awaited) {
		const end = await waitForReady({ref, pods, withinMs: Math.max(1, deadlineMs - context.clock.now())}, context);
		if (!end.done)
			throw new StoppedError({
				trouble: {kind: 'environment', code: 'not-ready', what: `${refText(ref)} was written, and does not become ready`, why: end.reason},
				wayOn: journal => `Take it back with: mkcoa undo ${journal}`,
				undone: [],
				left: [left],
				output: {evidence: end.evidence},
			});
		ready.push({
			object: refText(ref),
			pods: numberAt(end.object, 'status', 'readyReplicas') ?? numberAt(end.object, 'status', 'numberReady') ?? pods,
		});
	}
	return ready;
}
