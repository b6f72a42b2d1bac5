import type {Consequence} from '../../../../../core/plan.ts';
import {imagesOf} from '../../../../../mcp/kubernetes/model/container-summary.ts';
import type {Cluster} from '../../../../../mcp/kubernetes/port.ts';
import {deploymentRef} from '../../../workload.ts';
import {canaryName} from './canary-manifest.ts';

/** A canary that runs or was left behind: a rolling update does not touch it, and it goes on taking its share. */
export async function canaryBeside(cluster: Cluster, namespace: string, name: string): Promise<readonly Consequence[]> {
	const canary = await cluster.get(deploymentRef(namespace, canaryName(name)));
	if (canary === undefined) return [];
	return [
		{
			id: 'canary-beside',
			severity: 'warning',
			text: `${canary.metadata.name} runs beside it (${imagesOf(canary).join(', ')}) and goes on taking its share of the traffic`,
		},
	];
}
