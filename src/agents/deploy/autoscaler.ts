import type {KubeObject} from '../../core/kube/kube-object.ts';
import {wordAt} from '../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../mcp/kubernetes/read-neighbours.ts';

/** The name of the autoscaler, undefined where there is none, or why nobody can tell. */
export type Autoscaler = {readonly scaler?: string | undefined; readonly notChecked?: string | undefined};

/** The HorizontalPodAutoscaler that owns a workload's number of pods: it puts back what anybody else sets. */
export async function autoscalerOf(cluster: Cluster, {kind, metadata}: KubeObject): Promise<Autoscaler> {
	const {objects, notChecked} = await readNeighbours(cluster, metadata.namespace, ['horizontalpodautoscalers.autoscaling']);
	const found = objects.find(scaler => {
		const target = (field: string) => wordAt(scaler, 'spec', 'scaleTargetRef', field);
		return target('kind') === kind && target('name') === metadata.name;
	});
	return found === undefined ? {notChecked: notChecked[0]} : {scaler: found.metadata.name};
}
