import {sleep} from '../../../core/clock.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Context} from '../../../core/tool.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {DeployPorts} from '../ports.ts';
import {liveDeployment} from '../workload.ts';
import {newPods} from './new-pods.ts';
import {podHealth} from './pod-health.ts';
import {creationTrouble, type PodTrouble} from './pod-trouble.ts';
import {throughOutages} from './through-outages.ts';

/** Between two looks at the cluster. */
const lookEveryMs = 2000;

/** A pod that cannot run for so long is not going to: image pulls and config errors get one more try within it. */
export const patienceMs = 15_000;

export type RolloutEnd = {readonly done: true; readonly deployment: KubeObject} | {readonly done: false; readonly reason: string};

export type Wanted = {readonly namespace: string; readonly name: string; readonly withinMs: number};

/** Whether the controller has seen the last change, every pod is of the new template, available, and no old one is left. */
export function isRolledOut(deployment: KubeObject): boolean {
	const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1;
	const status = (field: string) => numberAt(deployment, 'status', field) ?? 0;
	return (
		status('observedGeneration') >= (deployment.metadata.generation ?? 0) &&
		status('updatedReplicas') === wanted &&
		status('replicas') === wanted &&
		status('availableReplicas') === wanted
	);
}

const deadlinePassed = (deployment: KubeObject) =>
	numberAt(deployment, 'status', 'observedGeneration') === deployment.metadata.generation &&
	objectsAt(deployment, 'status', 'conditions').some(condition => wordAt(condition, 'reason') === 'ProgressDeadlineExceeded');

/** How far a rollout is at one look. */
type Look = {
	readonly deployment: KubeObject;
	readonly isDone: boolean;
	readonly isOverdue: boolean;
	readonly wanted: number;
	readonly ready: number;
	readonly trouble: PodTrouble | undefined;
};

async function lookAt({namespace, name}: Wanted, cluster: DeployPorts['cluster']): Promise<Look> {
	const deployment = await liveDeployment(cluster, namespace, name);
	const pods = await newPods(cluster, deployment);
	const health = podHealth(pods ?? []);
	return {
		deployment,
		isDone: isRolledOut(deployment),
		isOverdue: deadlinePassed(deployment),
		wanted: numberAt(deployment, 'spec', 'replicas') ?? 1,
		ready: pods === undefined ? (numberAt(deployment, 'status', 'updatedReplicas') ?? 0) : health.ready,
		trouble: creationTrouble(deployment) ?? health.troubles[0],
	};
}

const because = (trouble: PodTrouble | undefined) => (trouble === undefined ? '' : ` (${trouble.text})`);

/** Follows a rolling update to its end, and gives up early on pods that cannot run. */
export async function waitForRollout(wanted: Wanted, {ports, clock, signal, emit}: Context<DeployPorts>): Promise<RolloutEnd> {
	const patiently = throughOutages(emit, lookEveryMs);
	let stuckMs = 0;
	for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
		const look = await patiently(() => lookAt(wanted, ports.cluster));
		if (look?.isDone === true) return {done: true, deployment: look.deployment};
		if (look !== undefined) {
			const {ready, wanted: pods, trouble} = look;
			emit({kind: 'progress', text: `Waiting for new pods${because(trouble)}`, done: ready, total: pods});
			if (trouble?.lasting === true && stuckMs >= patienceMs)
				return {done: false, reason: `${pods - ready} of ${pods} new pods cannot run${because(trouble)}`};
			if (look.isOverdue) return {done: false, reason: `the Deployment passed its progress deadline${because(trouble)}`};
			if (waitedMs >= wanted.withinMs)
				return {done: false, reason: `${ready} of ${pods} new pods were ready when the time was over${because(trouble)}`};
			stuckMs = trouble?.lasting === true ? stuckMs + lookEveryMs : 0;
		}
		await sleep(clock, lookEveryMs, signal);
	}
}
