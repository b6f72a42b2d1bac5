import * as z from 'zod';
import type {Context} from '../../../core/tool.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {workloadStatus} from '../../../mcp/kubernetes/model/workload-status.ts';
import {currentRevision, workloadHistory} from '../bundle/workload-history.ts';
import type {DeployPorts} from '../ports.ts';
import {patience} from '../staged/patience.ts';

/** What serves after a rollout. */
export const rollingOutput = z.object({
	kind: z.string(),
	name: z.string(),
	namespace: z.string(),
	images: z.array(z.string()),
	revision: z.number(),
	ready: z.number(),
	pods: z.number(),
});

type Output = z.output<typeof rollingOutput>;

/** Reads what serves now. */
export async function rolledOut(
	{kind, name, namespace}: Pick<Output, 'kind' | 'name' | 'namespace'>,
	context: Context<DeployPorts>,
): Promise<Output> {
	const {cluster} = context.ports;
	return patience(context)(async () => {
		const workload = await cluster.get({apiVersion: 'apps/v1', kind, namespace, name});
		if (workload === undefined) return {kind, name, namespace, images: [], revision: 0, ready: 0, pods: 0};
		const {desired = 0, ready = 0} = workloadStatus(workload) ?? {};
		const revision = currentRevision(workload, await workloadHistory(cluster, workload));
		return {kind, name, namespace, images: [...imagesOf(workload)], revision, ready, pods: desired};
	});
}

/** The end of a rollout in one line. */
export const rolledOutText = ({kind, name, namespace, images, revision, ready, pods}: Output) =>
	`✓ ${kind} ${namespace}/${name} serves ${images.join(', ')} with ${ready} of ${pods} pods ready, revision ${revision}`;
