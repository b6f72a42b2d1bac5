import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import {isReady} from '../../../../mcp/kubernetes/model/conditions.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';

/** How many pods a Service finds, and how many of them are ready to answer. */
export async function podsBehind(cluster: Cluster, service: KubeObject): Promise<{readonly pods: number; readonly ready: number}> {
	const {objects} = await readNeighbours(cluster, service.metadata.namespace, ['pods']);
	const behind = objects.filter(pod => fitsMap(valueAt(service, 'spec', 'selector'), pod.metadata.labels));
	return {pods: behind.length, ready: behind.filter(isReady).length};
}
