import {isNotAllowed} from '../../../core/error.ts';
import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import {workloadStatus} from '../../../mcp/kubernetes/model/workload-status.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {targetInput} from '../backends/control-tool.ts';
import {findBackend} from '../backends/find-backend.ts';
import type {DeployPorts} from '../ports.ts';
import {podsOf} from '../rollout/pod-health.ts';
import {readinessOf} from '../rollout/readiness.ts';
import {revisionOf} from '../rollout/revisions.ts';
import {lostRollout} from '../staged/control/lost-rollout.ts';
import {workloadName} from '../staged/lease/held-by.ts';
import type {Watcher} from '../staged/lease/lease.ts';
import {rolloutState} from '../staged/record/rollout-state.ts';
import {conditionsOf} from '../status/conditions-of.ts';
import {controllerStatus} from '../status/controller-status.ts';
import {nextSteps} from '../status/next-steps.ts';
import {podRows, troublesOf, versionsOf} from '../status/pod-rows.ts';
import {type Status, shownPods, statusOutput} from '../status/status-output.ts';
import {statusText} from '../status/status-text.ts';
import {previewSuffix} from '../strategies/blue-green/switch.ts';
import {baselineName, canaryName} from '../strategies/canary/script/canary-manifest.ts';
import {trackLabel} from '../track-label.ts';
import {copyName, isCopyOf, isCopySelector} from '../traffic/copy/separate-copy.ts';
import {deploymentRef} from '../workload.ts';

export const deploymentStatus = readTool({
	name: 'deployment_status',
	summary:
		'Shows how far a workload is, whatever rolls it out: which version serves which share, why a pod does not run, and what to do next',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['deploy', 'status'],
	watch: 'Follows the rollout until it ends, and exits as it ended',
	positionals: ['name'],
	input: targetInput,
	output: statusOutput,
	text: statusText,

	async run({name, namespace: named}, context: Context<DeployPorts>): Promise<Status> {
		const {cluster} = context.ports;
		const namespace = named ?? cluster.namespace;
		const backend = await findBackend(cluster, namespace, name);
		return backend.kind === 'plain' ? plainStatus(cluster, backend.workload, context) : controllerStatus(cluster, backend, name);
	},
});

async function plainStatus(cluster: Cluster, deployment: KubeObject, watcher: Watcher): Promise<Status> {
	const {name, namespace = ''} = deployment.metadata;
	const {canary, baseline} = await besides(cluster, deployment);
	const {pods, notChecked} = await podsOfBoth(cluster, deployment, canary);
	const rows = podRows(pods);
	const sides = [
		{track: 'stable', deployment} as const,
		...(canary === undefined ? [] : [{track: trackOf(canary), deployment: canary}]),
		...(baseline === undefined ? [] : [{track: 'baseline', deployment: baseline} as const]),
	];
	const revision = revisionOf(deployment);
	const rollout = await rolloutState(cluster, workloadName(deployment), watcher);
	const copies = [canary, baseline].filter(copy => copy !== undefined);
	const lost = rollout === undefined ? await lostRollout(cluster, deployment, copies, watcher) : undefined;
	const state = stateOf(deployment, {hasCanary: canary !== undefined && trackOf(canary) === 'canary', isRolled: rollout !== undefined});
	const known = {
		name,
		namespace,
		state,
		...(rollout === undefined ? {} : {rollout}),
		...(lost === undefined ? {} : {lost}),
		...(canary === undefined ? {} : {canary: canaryRow(canary)}),
		troubles: troublesOf(sides, pods),
	};
	const {text = '', desired = 0, ready = 0, updated = 0} = workloadStatus(deployment) ?? {};
	return {
		...known,
		summary: text,
		revision,
		images: [...imagesOf(deployment)],
		desired,
		ready,
		updated,
		versions: versionsOf(rows),
		next: nextSteps({...known, revision, pods: [...rows]}),
		conditions: conditionsOf(deployment),
		pods: rows.slice(0, shownPods),
		podsLeftOut: Math.max(0, rows.length - shownPods),
		...(notChecked === undefined ? {} : {notChecked}),
	};
}

type Besides = {readonly canary?: KubeObject | undefined; readonly baseline?: KubeObject | undefined};

/** The canary, or else the preview, that stands beside a Deployment, and the fresh copy of the stable version that it is compared with. */
async function besides(cluster: Cluster, {kind, metadata: {name, namespace = ''}}: KubeObject): Promise<Besides> {
	if (kind !== 'Deployment') return {};
	const [canary, preview, baseline] = await Promise.all(
		[canaryName(name), copyName(name, previewSuffix), baselineName(name)].map(each => cluster.get(deploymentRef(namespace, each))),
	);
	return {
		canary: canary ?? (preview !== undefined && isCopyOf(preview.metadata.labels ?? {}, name) ? preview : undefined),
		// Its pods are found by the stable selector; another's Deployment of this name is none of them.
		baseline: baseline?.metadata.labels?.[trackLabel] === 'baseline' ? baseline : undefined,
	};
}

const trackOf = ({metadata: {labels = {}}}: KubeObject): 'canary' | 'preview' =>
	labels[trackLabel] === previewSuffix ? 'preview' : 'canary';

/** The stable selector mostly finds the canary's pods too; a selector that tells them apart does not. */
async function podsOfBoth(cluster: Cluster, deployment: KubeObject, canary: KubeObject | undefined) {
	try {
		const found = [...(await podsOf(cluster, deployment)), ...(canary === undefined ? [] : await podsOf(cluster, canary))];
		return {pods: [...new Map(found.map(pod => [pod.metadata.name, pod])).values()]};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return {pods: [], notChecked: error.trouble.what};
	}
}

const canaryRow = (canary: KubeObject) => ({
	name: canary.metadata.name,
	track: trackOf(canary),
	images: [...imagesOf(canary)],
	desired: numberAt(canary, 'spec', 'replicas') ?? 1,
	ready: numberAt(canary, 'status', 'readyReplicas') ?? 0,
	apart: isCopySelector(textMapAt(canary, 'spec', 'selector', 'matchLabels')),
});

function stateOf(
	deployment: KubeObject,
	{hasCanary, isRolled}: {readonly hasCanary: boolean; readonly isRolled: boolean},
): Status['state'] {
	if (conditionsOf(deployment).some(({reason}) => reason === 'ProgressDeadlineExceeded')) return 'stuck';
	if (hasCanary) return 'canary';
	if (valueAt(deployment, 'spec', 'paused') === true) return 'paused';
	if (readinessOf(deployment).done) return 'healthy';
	if (isRolled) return 'rolling-out';
	const isUpdated = (numberAt(deployment, 'status', 'updatedReplicas') ?? 0) === (numberAt(deployment, 'spec', 'replicas') ?? 1);
	return isUpdated && numberAt(deployment, 'status', 'observedGeneration') === deployment.metadata.generation ? 'degraded' : 'rolling-out';
}
