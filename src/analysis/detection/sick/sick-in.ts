import {numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {autoscalerCauses} from '../../diagnosis/autoscaler-causes.ts';
import {budgetCauses} from '../../diagnosis/budget-causes.ts';
import {type Case, caseOf, isReady, ofKind, type Scene} from '../../diagnosis/case.ts';
import type {Cause} from '../../diagnosis/cause.ts';
import {causesOf} from '../../diagnosis/causes-of.ts';
import {recurringCrashes} from '../../diagnosis/crash-causes.ts';
import {deletionCauses} from '../../diagnosis/deletion-causes.ts';
import {ingressCauses} from '../../diagnosis/ingress-causes.ts';
import {nodeCauses} from '../../diagnosis/node-causes.ts';
import {serviceCauses} from '../../diagnosis/service-causes.ts';
import {stalledRollout} from '../../diagnosis/stalled-rollout.ts';
import {storageCauses} from '../../diagnosis/storage-causes.ts';
import type {Health} from '../../health/health.ts';
import {healthOf} from '../../health/health-of.ts';

/** One thing that does not do what it is for. */
export type Sick = {
	readonly object: KubeObject;
	/** By its own status. */
	readonly health: Health;
	/** Every cause that was found; none is no pass. */
	readonly causes: readonly Cause[];
	/** Of what keeps pods running; undefined for the rest. */
	readonly pods: {readonly ready: number; readonly wanted: number} | undefined;
	/** It changed a moment ago, and nothing is known that would keep it from becoming well. */
	readonly isOnItsWay: boolean;
	/** Until when it may be on its way: judged again then, it is not. Milliseconds since 1970. */
	readonly settlesAtMs: number;
};

/** So long pods may take to become ready before somebody is told: image, start and probes of a large program. */
const settleMs = 5 * 60_000;

/** What is seen at every start, and passes. */
const passing = new Set(['probe-fails', 'no-ready-pod', 'claim-pending', 'no-node-has-room', 'no-place-for-pods']);

/** What an autoscaler may well be. */
const calm = new Set(['autoscaler-at-maximum', 'autoscaler-bounds-equal', 'autoscaler-switched-off']);

/** What a person decided of a node is no trouble of it. */
const decided = new Set(['node-cordoned', 'node-tainted']);

/** A claim of such a class is bound when its first pod comes. */
function waitsForPod(claim: KubeObject, scene: Scene): boolean {
	const name = textAt(claim, 'spec', 'storageClassName');
	const found = ofKind(scene, 'StorageClass').find(({metadata}) => metadata.name === name);
	return textAt(found, 'volumeBindingMode') === 'WaitForFirstConsumer';
}

/** The causes of one object, without those of what stands around it. */
function ownCauses(given: Case, nowMs: number): readonly Cause[] {
	const {target, scene} = given;
	switch (target.kind) {
		case 'Node':
			return nodeCauses(target).filter(({id}) => !decided.has(id));
		case 'PodDisruptionBudget':
			return budgetCauses({...given, budgets: [target]});
		case 'HorizontalPodAutoscaler':
			return autoscalerCauses({...given, scalers: [target]}).filter(({id}) => !calm.has(id));
		case 'Service':
			return serviceCauses({...given, services: [target], ingresses: []}).filter(({id}) => id !== 'no-ready-pod');
		case 'Ingress':
			return ingressCauses(target, given);
		case 'PersistentVolumeClaim':
			return given.workload === undefined && waitsForPod(target, scene)
				? []
				: storageCauses({...given, claims: [target], workload: undefined});
		case 'Namespace':
			return deletionCauses(target);
		default:
			return ofPods(given, nowMs);
	}
}

/** One end is one cause, whether it is under way or comes back. */
function ofPods(given: Case, nowMs: number): readonly Cause[] {
	const found = [
		...causesOf({...given, services: [], ingresses: []}, 'down'),
		...recurringCrashes(given, nowMs),
		...deletionCauses(given.target),
	];
	const causes = found.length > 0 ? found : stalledRollout(given);
	return [...new Map(causes.map(cause => [`${cause.id} ${cause.cause.en}`, cause])).values()];
}

/** Kinds that say by themselves that they are ill; of the others only a cause does. */
const speaking = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'Namespace']);

const timeOf = (text: string | undefined) => (text === undefined ? 0 : Date.parse(text) || 0);

/** When the last thing happened to it that takes time. */
function movedAt({target, pods}: Case): number {
	const {creationTimestamp, deletionTimestamp} = target.metadata;
	const started = pods.map(({metadata}) => timeOf(metadata.creationTimestamp));
	return Math.max(timeOf(creationTimestamp), timeOf(deletionTimestamp), ...started);
}

function podsOf(given: Case): Sick['pods'] {
	const {target, pods} = given;
	const wanted =
		target.kind === 'DaemonSet' ? numberAt(target, 'status', 'desiredNumberScheduled') : (numberAt(target, 'spec', 'replicas') ?? 1);
	const runs = ['Deployment', 'StatefulSet', 'DaemonSet'].includes(target.kind);
	return runs ? {ready: pods.filter(isReady).length, wanted: wanted ?? 0} : undefined;
}

/** What an object of a scene lacks; undefined where it is well, or where nothing speaks against it. */
export function sicknessOf(object: KubeObject, scene: Scene, nowMs: number): Sick | undefined {
	const given = caseOf(object, scene);
	const [health, causes] = [healthOf(object), ownCauses(given, nowMs)];
	const isIll = health.status === 'Degraded' || (health.status !== 'Healthy' && speaking.has(object.kind));
	if (causes.length === 0 && !isIll) return undefined;
	const settlesAtMs = movedAt(given) + settleMs;
	const isYoung = nowMs < settlesAtMs && health.status !== 'Degraded';
	const isPaused = valueAt(object, 'spec', 'paused') === true;
	return {
		object,
		health,
		causes,
		pods: podsOf(given),
		isOnItsWay: isYoung && !isPaused && causes.every(({id, isLasting}) => passing.has(id) && isLasting !== true),
		settlesAtMs,
	};
}
