import {numberAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import type {PodNames} from '../metrics/judgement.ts';
import {eachOnce, type PodHealth, podHealth, podsOf} from '../rollout/pod-health.ts';
import {creationTrouble, type PodTrouble} from '../rollout/pod-trouble.ts';
import {deploymentRef, liveDeployment} from '../workload.ts';
import {canaryName} from './canary-manifest.ts';

/** Both sides of a canary at one moment. */
export type CanarySight = {
	readonly canary: PodHealth;
	readonly names: PodNames;
	/** What keeps canary pods from serving, or from being made. */
	readonly troubles: readonly PodTrouble[];
	/** A sentence where the canary is not there any more. */
	readonly missing: string | undefined;
};

/** Looks at the stable Deployment and its canary. The stable selector mostly finds the canary's pods too: those are not its own. */
export async function seeCanary(
	cluster: Cluster,
	{namespace, name}: {readonly namespace: string; readonly name: string},
): Promise<CanarySight> {
	const stable = await liveDeployment(cluster, namespace, name);
	const deployment = await cluster.get(deploymentRef(namespace, canaryName(name)));
	const canaryPods = deployment === undefined ? [] : await podsOf(cluster, deployment);
	const canary = withLongReady(podHealth(canaryPods), deployment);
	const creation = deployment === undefined ? undefined : creationTrouble(deployment);
	return {
		canary,
		names: {canary: canary.names, stable: podHealth(without(await podsOf(cluster, stable), canaryPods)).names},
		troubles: eachOnce([...(creation === undefined ? [] : [creation]), ...canary.troubles]),
		missing: deployment === undefined ? `somebody deleted ${canaryName(name)}` : undefined,
	};
}

function without(pods: readonly KubeObject[], others: readonly KubeObject[]): readonly KubeObject[] {
	const names = new Set(others.map(({metadata}) => metadata.name));
	return pods.filter(({metadata}) => !names.has(metadata.name));
}

/** With `minReadySeconds` a pod counts only when it was ready for so long: the stable version must not shrink before that. */
function withLongReady(health: PodHealth, deployment: KubeObject | undefined): PodHealth {
	if ((numberAt(deployment, 'spec', 'minReadySeconds') ?? 0) === 0) return health;
	return {...health, ready: Math.min(health.ready, numberAt(deployment, 'status', 'availableReplicas') ?? 0)};
}
