import {numberAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Arms} from '../../metrics/sides.ts';
import {eachOnce, type PodHealth, podHealth, podsOf} from '../../rollout/pod-health.ts';
import {creationTrouble, type PodTrouble} from '../../rollout/pod-trouble.ts';
import {deploymentRef, liveDeployment} from '../../workload.ts';

/** The Deployments of one canary, by name, and the Services by which a route reaches each version alone. */
export type CanaryNames = {
	readonly namespace: string;
	readonly stable: string;
	readonly canary: string;
	readonly baseline?: string | undefined;
	readonly stableService?: string | undefined;
	readonly canaryService?: string | undefined;
};

/** Both sides of a canary at one moment. */
export type CanarySight = {
	readonly canary: PodHealth;
	readonly arms: Arms;
	/** What keeps canary pods from serving, or from being made. */
	readonly troubles: readonly PodTrouble[];
	/** A sentence where the canary is not there any more. */
	readonly missing: string | undefined;
};

/** Looks at the stable Deployment and its canary. The stable selector may find the pods of the others too: those are not its own. */
export async function seeCanary(cluster: Cluster, names: CanaryNames): Promise<CanarySight> {
	const {namespace, stable, canary, baseline, stableService, canaryService} = names;
	const stableObject = await liveDeployment(cluster, namespace, stable);
	const podsBeside = async (name: string | undefined) => {
		const object = name === undefined ? undefined : await cluster.get(deploymentRef(namespace, name));
		return {object, pods: object === undefined ? [] : await podsOf(cluster, object)};
	};
	const [beside, base] = [await podsBeside(canary), await podsBeside(baseline)];
	const health = withLongReady(podHealth(beside.pods), beside.object);
	const creation = beside.object === undefined ? undefined : creationTrouble(beside.object);
	const stablePods = without(await podsOf(cluster, stableObject), [...beside.pods, ...base.pods]);
	return {
		canary: health,
		arms: {
			canary: {workload: canary, pods: beside.pods, service: canaryService},
			stable: {workload: stable, pods: stablePods, service: stableService},
			// Its pods stand behind the Service of the stable version.
			...(baseline === undefined ? {} : {baseline: {workload: baseline, pods: base.pods, service: stableService}}),
		},
		troubles: eachOnce([...(creation === undefined ? [] : [creation]), ...health.troubles]),
		missing: beside.object === undefined ? `somebody deleted ${canary}` : undefined,
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
