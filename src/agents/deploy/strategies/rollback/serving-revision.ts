import {isNotAllowed} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {isReady} from '../../../../mcp/kubernetes/model/conditions.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {controllerOf} from '../../../../mcp/kubernetes/model/owner-chain.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {KeptTemplate} from '../../bundle/workload-history.ts';
import {podsOf} from '../../rollout/pod-health.ts';

/**
 * The revision that serves while the present one does not get whole: of the others the one with most ready pods, the newest of equals. Several
 * versions may have been tried since. Undefined where none has a ready pod, or pods may not be listed.
 */
export async function servingRevision(
	cluster: Cluster,
	workload: KubeObject,
	history: readonly KeptTemplate[],
	current: number,
): Promise<number | undefined> {
	const pods = await readyPods(cluster, workload);
	const {name} = workload.metadata;
	const counted = history
		.filter(({number}) => number !== current)
		.map(({number, source}) => ({
			number,
			pods: pods.filter(pod => madeBy(pod).some(word => word === source || `${name}-${word}` === source)).length,
		}))
		.filter(each => each.pods > 0)
		.sort((a, b) => a.pods - b.pods || a.number - b.number);
	return counted.at(-1)?.number;
}

async function readyPods(cluster: Cluster, workload: KubeObject): Promise<readonly KubeObject[]> {
	try {
		return (await podsOf(cluster, workload)).filter(pod => pod.metadata.deletionTimestamp === undefined && isReady(pod));
	} catch (error) {
		if (isNotAllowed(error)) return [];
		throw error;
	}
}

/** Words for what keeps a pod's template: the ReplicaSet, or the ControllerRevision, of a DaemonSet without the set's name in front. */
const madeBy = (pod: KubeObject): readonly string[] =>
	[controllerOf(pod)?.name, textMapAt(pod, 'metadata', 'labels')['controller-revision-hash']].filter(word => word !== undefined);
