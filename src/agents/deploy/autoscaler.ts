import type {KubeObject} from '../../core/kube-object.ts';
import {wordAt} from '../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';

/** The HorizontalPodAutoscaler that owns a Deployment's number of pods: it puts back what anybody else sets. */
export async function autoscalerOf(cluster: Cluster, {metadata}: KubeObject): Promise<string | undefined> {
	const type = await cluster.typeOfRef({apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler'});
	for await (const scaler of cluster.each({type, namespace: metadata.namespace})) {
		const target = (field: string) => wordAt(scaler, 'spec', 'scaleTargetRef', field);
		if (target('kind') === 'Deployment' && target('name') === metadata.name) return scaler.metadata.name;
	}
	return undefined;
}
