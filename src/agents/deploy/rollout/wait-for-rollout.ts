import {sleep} from '../../../core/clock.ts';
import {numberAt} from '../../../core/json-at.ts';
import type {KubeObject} from '../../../core/kube-object.ts';
import type {Context} from '../../../core/tool.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {DeployPorts} from '../ports.ts';
import {liveDeployment} from '../workload.ts';
import {isCanaryPod, podHealth, podsOf, withImage} from './pod-health.ts';

/** Between two looks at the cluster. */
export const lookEveryMs = 2000;

/** A pod that cannot run for so long is not going to: image pulls and config errors get one more try within it. */
const patienceMs = 15_000;

export type RolloutEnd = {readonly done: true} | {readonly done: false; readonly reason: string};

export type Wanted = {
	readonly namespace: string;
	readonly name: string;
	readonly container: string;
	readonly image: string;
	readonly withinMs: number;
};

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

/** The Deployment's own pods of the new image; a canary beside it runs the same. */
const newPods = async (cluster: DeployPorts['cluster'], deployment: KubeObject, container: string, image: string) =>
	withImage(await podsOf(cluster, deployment), container, image).filter(pod => !isCanaryPod(pod));

/** Follows a rolling update to its end, and gives up early on pods that cannot run. */
export async function waitForRollout(
	{namespace, name, container, image, withinMs}: Wanted,
	{ports, clock, signal, emit}: Context<DeployPorts>,
): Promise<RolloutEnd> {
	const start = clock.now();
	let stuckSince: number | undefined;
	for (;;) {
		const deployment = await liveDeployment(ports.cluster, namespace, name);
		if (isRolledOut(deployment)) return {done: true};
		const {stuck, ready, names, restarts} = podHealth(await newPods(ports.cluster, deployment, container, image));
		const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1;
		emit({
			kind: 'progress',
			text: `${ready} of ${wanted} new pods ready${stuck[0] === undefined ? '' : `, ${stuck[0]}`}`,
			done: ready,
			total: wanted,
		});
		stuckSince = stuck.length > 0 ? (stuckSince ?? clock.now()) : undefined;
		if (stuckSince !== undefined && clock.now() - stuckSince >= patienceMs)
			return {done: false, reason: `${names.length - ready} new pods cannot run (${stuck.join(', ')}, ${restarts} restarts)`};
		if (deadlinePassed(deployment)) return {done: false, reason: 'the Deployment passed its progress deadline'};
		if (clock.now() - start >= withinMs) {
			const why = stuck.length === 0 ? '' : ` (${stuck.join(', ')})`;
			return {done: false, reason: `${ready} of ${wanted} new pods were ready when the time was over${why}`};
		}
		await sleep(clock, lookEveryMs, signal);
	}
}
