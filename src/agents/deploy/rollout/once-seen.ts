import {isUnseen} from '../../../analysis/health/workload-counts.ts';
import {sleep} from '../../../core/clock.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import type {Context} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';

/** A controller that runs has seen a change within milliseconds. */
const longestMs = 5000;
const everyMs = 250;

/**
 * The workload once its controller has seen its last change: a script may have applied it a moment ago, and its numbers of pods are of the time before
 * until then. As it is after five seconds where the controller does not come.
 */
export async function onceSeen(
	workload: KubeObject,
	{ports: {cluster}, clock, signal}: Pick<Context<DeployPorts>, 'ports' | 'clock' | 'signal'>,
): Promise<KubeObject> {
	let live = workload;
	for (let waitedMs = 0; isUnseen(live) && waitedMs < longestMs; waitedMs += everyMs) {
		await sleep(clock, everyMs, signal);
		live = (await cluster.get(refOf(workload))) ?? live;
	}
	return live;
}
