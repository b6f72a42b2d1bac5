import {isNotAllowed} from '../../../core/error.ts';
import {numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {isArgoPromoted} from '../backends/argo/argo-action.ts';
import type {ControlledBackend} from '../backends/backend.ts';
import {progressOf} from '../backends/controllers.ts';
import {nextFor} from '../backends/next-for.ts';
import {progressLine} from '../backends/progress-text.ts';
import {podsOf} from '../rollout/pod-health.ts';
import {revisionOf} from '../rollout/revisions.ts';
import {conditionsOf} from './conditions-of.ts';
import {podRows, troublesOf, versionsOf} from './pod-rows.ts';
import {type Status, shownPods} from './status-output.ts';

type Track = Status['pods'][number]['track'];

/** The objects whose pods serve, the stable version first, and how to tell which pod is of which. */
type Sides = {
	readonly workloads: readonly {readonly track: Track; readonly deployment: KubeObject}[];
	readonly trackOf: (pod: KubeObject) => Track;
};

/** How far a workload is that a controller rolls out: the controller's own words, the pods, and what fits next. */
export async function controllerStatus(cluster: Cluster, backend: ControlledBackend, name: string): Promise<Status> {
	const {controller, workload = controller} = backend;
	const [progress, {workloads, trackOf}] = await Promise.all([progressOf(cluster, backend), sidesOf(cluster, backend)]);
	const {pods, notChecked} = await allPods(
		cluster,
		workloads.map(({deployment}) => deployment),
	);
	const rows = podRows(pods, trackOf);
	const serving = workloads[0]?.deployment ?? workload;
	return {
		name,
		namespace: controller.metadata.namespace ?? '',
		state: progress.state,
		summary: progressLine(progress),
		revision: Math.max(revisionOf(controller), revisionOf(workload)),
		images: [...imagesOf(workload)],
		desired: numberAt(serving, 'spec', 'replicas') ?? numberAt(controller, 'spec', 'replicas') ?? 1,
		ready: numberAt(serving, 'status', 'readyReplicas') ?? 0,
		updated: numberAt(serving, 'status', 'updatedReplicas') ?? 0,
		versions: versionsOf(rows),
		troubles: troublesOf(workloads, pods, trackOf),
		next: nextFor(progress),
		conditions: conditionsOf(controller),
		pods: rows.slice(0, shownPods),
		podsLeftOut: Math.max(0, rows.length - shownPods),
		progress,
		...(notChecked === undefined ? {} : {notChecked}),
	};
}

/** Argo keeps both versions behind one selector and tells them by a hash; Flagger serves from a copy of its target. */
async function sidesOf(cluster: Cluster, {kind, controller, workload}: ControlledBackend): Promise<Sides> {
	if (kind === 'argo-rollout') {
		const hash = isArgoPromoted(controller) ? undefined : textAt(controller, 'status', 'currentPodHash');
		const isNew = (pod: KubeObject) => hash !== undefined && textMapAt(pod, 'metadata', 'labels')['rollouts-pod-template-hash'] === hash;
		return {
			workloads: [{track: 'stable', deployment: selecting(controller, workload)}],
			trackOf: pod => (isNew(pod) ? 'canary' : 'stable'),
		};
	}
	if (workload === undefined) return {workloads: [], trackOf: () => 'stable'};
	const {apiVersion, kind: workloadKind, metadata} = workload;
	const copyName = kind === 'flagger' ? `${metadata.name}-primary` : `${metadata.name}-canary`;
	const copy = await cluster.get({apiVersion, kind: workloadKind, namespace: metadata.namespace, name: copyName});
	const [stable, canary] = kind === 'flagger' ? [copy, workload] : [workload, copy];
	const isOf = (side: KubeObject | undefined, pod: KubeObject) =>
		side !== undefined && pod.metadata.name.startsWith(`${side.metadata.name}-`);
	return {
		workloads: [
			...(stable === undefined ? [] : [{track: 'stable', deployment: stable} as const]),
			...(canary === undefined ? [] : [{track: 'canary', deployment: canary} as const]),
		],
		trackOf: pod => (kind === 'flagger' ? (isOf(stable, pod) ? 'stable' : 'canary') : isOf(canary, pod) ? 'canary' : 'stable'),
	};
}

/** A Rollout that refers to a workload may keep no selector of its own. */
const selecting = (controller: KubeObject, workload: KubeObject | undefined) =>
	valueAt(controller, 'spec', 'selector') === undefined ? (workload ?? controller) : controller;

async function allPods(cluster: Cluster, workloads: readonly KubeObject[]) {
	try {
		const found = (await Promise.all(workloads.map(workload => podsOf(cluster, workload)))).flat();
		return {pods: [...new Map(found.map(pod => [pod.metadata.name, pod])).values()]};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return {pods: [], notChecked: error.trouble.what};
	}
}
