import type {KubeObject} from '../../../core/kube-object.ts';
import {containersOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {objectsAt, textMapAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {podSelectorText} from '../../../mcp/kubernetes/model/label-selector.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {trackLabel} from '../track-label.ts';

/** The kubelet waits and tries again on these, but a version that gets there does not run. */
const stuckReasons = new Set([
	'CrashLoopBackOff',
	'ImagePullBackOff',
	'ErrImagePull',
	'InvalidImageName',
	'ErrImageNeverPull',
	'CreateContainerConfigError',
	'CreateContainerError',
	'RunContainerError',
]);

export type PodHealth = {
	readonly names: readonly string[];
	readonly ready: number;
	readonly restarts: number;
	readonly stuck: readonly string[];
};

const isReady = (pod: KubeObject) => objectsAt(pod, 'status', 'conditions').some(({type, status}) => type === 'Ready' && status === 'True');

/** Pods that are meant to serve, in numbers; pods on their way out do not count. */
export function podHealth(pods: readonly KubeObject[]): PodHealth {
	const living = pods.filter(({metadata}) => metadata.deletionTimestamp === undefined);
	const containers = living.flatMap(pod => containersOf(pod));
	return {
		names: living.map(({metadata}) => metadata.name),
		ready: living.filter(isReady).length,
		restarts: containers.reduce((sum, {restarts}) => sum + restarts, 0),
		stuck: [...new Set(containers.map(({reason}) => reason).filter(reason => stuckReasons.has(reason)))],
	};
}

/** The pods that a workload's selector finds. */
export async function podsOf(cluster: Cluster, workload: KubeObject): Promise<readonly KubeObject[]> {
	const labelSelector = podSelectorText(workload);
	if (labelSelector === undefined) return [];
	const type = await cluster.typeOfRef({apiVersion: 'v1', kind: 'Pod'});
	const pods: KubeObject[] = [];
	for await (const pod of cluster.each({type, namespace: workload.metadata.namespace, labelSelector})) pods.push(pod);
	return pods;
}

/** Selected by the stable Deployment too, but not its own. */
export const isCanaryPod = (pod: KubeObject) => textMapAt(pod, 'metadata', 'labels')[trackLabel] === 'canary';

/** The pods of a workload that run a given image in a container. */
export const withImage = (pods: readonly KubeObject[], container: string, image: string) =>
	pods.filter(pod =>
		objectsAt(pod, 'spec', 'containers').some(item => wordAt(item, 'name') === container && wordAt(item, 'image') === image),
	);
