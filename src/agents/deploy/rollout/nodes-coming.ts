import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {podTrouble} from './pod-trouble.ts';
import {eventsOf} from './refused-pods.ts';

/** What autoscalers of nodes say of a pod: Cluster Autoscaler's and Karpenter's words, true where a node is on its way. */
const said: ReadonlyMap<string, boolean> = new Map([
	['TriggeredScaleUp', true],
	['Nominated', true],
	['NotTriggerScaleUp', false],
	['FailedScaleUp', false],
]);

/** Names of the pods that wait for a node which an autoscaler is making. None where events may not be read. */
export async function nodesComing(cluster: Cluster, pods: readonly KubeObject[]): Promise<ReadonlySet<string>> {
	const names: string[] = [];
	for (const pod of pods.filter(each => podTrouble(each)?.cause === 'unschedulable')) {
		const last = (await eventsOf(cluster, pod)).findLast(({reason}) => said.has(reason));
		if (last !== undefined && said.get(last.reason) === true) names.push(pod.metadata.name);
	}
	return new Set(names);
}
