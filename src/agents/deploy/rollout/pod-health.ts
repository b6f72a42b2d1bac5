import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {isReady} from '../../../mcp/kubernetes/model/conditions.ts';
import {containersOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {podSelectorText} from '../../../mcp/kubernetes/model/label-selector.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';
import {type PodTrouble, podTrouble} from './pod-trouble.ts';

export type PodHealth = {
	readonly names: readonly string[];
	readonly ready: number;
	/** Of containers that serve. An init container may fail and try again: that is how many wait for a database. */
	readonly restarts: number;
	/** How a container of them ended before its restart; undefined where none did. */
	readonly lastEnd: string | undefined;
	/** What keeps pods from serving, lasting troubles first, each said once. */
	readonly troubles: readonly PodTrouble[];
};

/** Pods that are meant to serve, in numbers; pods on their way out do not count. */
export function podHealth(pods: readonly KubeObject[]): PodHealth {
	const living = pods.filter(({metadata}) => metadata.deletionTimestamp === undefined);
	const serving = living.flatMap(pod => containersOf(pod)).filter(({kind}) => kind === 'app' || kind === 'sidecar');
	return {
		names: living.map(({metadata}) => metadata.name),
		ready: living.filter(isReady).length,
		restarts: serving.reduce((sum, {restarts}) => sum + restarts, 0),
		lastEnd: serving.find(({lastEnd}) => lastEnd !== '')?.lastEnd,
		troubles: eachOnce(living.flatMap(pod => podTrouble(pod) ?? [])),
	};
}

/** Lasting ones first. Pods of one template tend to say the same. */
export const eachOnce = (troubles: readonly PodTrouble[]): readonly PodTrouble[] =>
	[...new Map(troubles.map(trouble => [trouble.text, trouble])).values()].sort((a, b) => Number(b.lasting) - Number(a.lasting));

/** The pods that a workload's selector finds. */
export async function podsOf(cluster: Cluster, workload: KubeObject): Promise<readonly KubeObject[]> {
	const labelSelector = podSelectorText(workload);
	if (labelSelector === undefined) return [];
	const type = await cluster.typeOfRef({apiVersion: 'v1', kind: 'Pod'});
	return everyObject(cluster, {type, namespace: workload.metadata.namespace, labelSelector});
}
