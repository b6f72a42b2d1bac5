import {numberAt, valueAt} from '../../../core/json-at.ts';
import type {KubeObject} from '../../../core/kube-object.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {workloadStatus} from '../../../mcp/kubernetes/model/workload-status.ts';
import {canaryName} from '../canary/canary-manifest.ts';
import {deploymentInput} from '../inputs.ts';
import type {DeployPorts} from '../ports.ts';
import {podsOf} from '../rollout/pod-health.ts';
import {revisionOf} from '../rollout/revisions.ts';
import {isRolledOut} from '../rollout/wait-for-rollout.ts';
import {podRows, type Status, shownPods, statusOutput, statusText} from '../status-text.ts';
import {deploymentRef, liveDeployment} from '../workload.ts';

export const deploymentStatus = readTool({
	name: 'deployment_status',
	summary: 'Shows how far a Deployment is: versions, pods, canary, and why a pod does not run',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['deploy', 'status'],
	positionals: ['name'],
	input: deploymentInput,
	output: statusOutput,
	text: statusText,

	async run({name, namespace: named}, {ports: {cluster}}: Context<DeployPorts>): Promise<Status> {
		const namespace = named ?? cluster.namespace;
		const deployment = await liveDeployment(cluster, namespace, name);
		const canary = await cluster.get(deploymentRef(namespace, canaryName(name)));
		const pods = podRows(await podsOf(cluster, deployment));
		const {text = '', desired = 0, ready = 0, updated = 0} = workloadStatus(deployment) ?? {};
		return {
			name,
			namespace,
			state: stateOf(deployment, canary !== undefined),
			summary: text,
			revision: revisionOf(deployment),
			images: [...imagesOf(deployment)],
			desired,
			ready,
			updated,
			...(canary === undefined ? {} : {canary: canaryRow(canary)}),
			conditions: conditionsOf(deployment),
			pods: pods.slice(0, shownPods),
			podsLeftOut: Math.max(0, pods.length - shownPods),
		};
	},
});

const conditionsOf = (deployment: KubeObject) =>
	objectsAt(deployment, 'status', 'conditions').map(condition => ({
		type: wordAt(condition, 'type'),
		status: wordAt(condition, 'status'),
		reason: wordAt(condition, 'reason'),
		message: wordAt(condition, 'message'),
	}));

const canaryRow = (canary: KubeObject) => ({
	name: canary.metadata.name,
	images: [...imagesOf(canary)],
	desired: numberAt(canary, 'spec', 'replicas') ?? 1,
	ready: numberAt(canary, 'status', 'readyReplicas') ?? 0,
});

function stateOf(deployment: KubeObject, hasCanary: boolean): Status['state'] {
	if (conditionsOf(deployment).some(({reason}) => reason === 'ProgressDeadlineExceeded')) return 'stuck';
	if (hasCanary) return 'canary';
	if (valueAt(deployment, 'spec', 'paused') === true) return 'paused';
	if (isRolledOut(deployment)) return 'healthy';
	const isUpdated = (numberAt(deployment, 'status', 'updatedReplicas') ?? 0) === (numberAt(deployment, 'spec', 'replicas') ?? 1);
	return isUpdated && numberAt(deployment, 'status', 'observedGeneration') === deployment.metadata.generation ? 'degraded' : 'rolling-out';
}
