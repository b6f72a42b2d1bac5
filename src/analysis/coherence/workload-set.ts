import {fenceposts} from '../../core/consequences/rollout.ts';
import type {Json} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {fitsMap, fitsSelector} from '../../core/kube/selector.ts';
import type {Around} from './set-finding.ts';

/** One workload of a set, with what of the set and of its namespace belongs to it. */
export type SetWorkload = {
	readonly object: KubeObject;
	readonly ref: Ref;
	readonly labels: Json;
	readonly podSpec: Json;
	/** Pods at the least: the autoscaler's minimum where there is one. Undefined for a kind that counts by nodes. */
	readonly pods: number | undefined;
	readonly mostPods: number | undefined;
	/** Pods more than wanted that a rollout may run at once. */
	readonly surge: number;
	readonly scaler: KubeObject | undefined;
	readonly budgets: readonly KubeObject[];
	readonly services: readonly KubeObject[];
	readonly policies: readonly KubeObject[];
};

const counted = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);
const workloadKinds = new Set([...counted, 'DaemonSet']);

/** Objects of a kind in a set and around it; one of the set stands for the live one of its name. */
export function ofKind(kind: string, set: readonly KubeObject[], {objects}: Around): readonly KubeObject[] {
	const own = set.filter(object => object.kind === kind);
	const names = new Set(own.map(({metadata}) => metadata.name));
	return [...own, ...objects.filter(object => object.kind === kind && !names.has(object.metadata.name))];
}

function surgeOf(object: KubeObject, pods: number): number {
	const isRolling = object.kind === 'Deployment' && textAt(object, 'spec', 'strategy', 'type') !== 'Recreate';
	return isRolling ? fenceposts(object, pods).surge : 0;
}

function workloadOf(object: KubeObject, set: readonly KubeObject[], around: Around): SetWorkload {
	const path = templatePath(object) ?? [];
	const labels = objectAt(object, ...path, 'metadata', 'labels');
	const selecting = (kind: string, field: string) =>
		ofKind(kind, set, around).filter(each => fitsSelector(valueAt(each, 'spec', field), labels));
	const scaler = ofKind('HorizontalPodAutoscaler', set, around).find(
		each =>
			textAt(each, 'spec', 'scaleTargetRef', 'kind') === object.kind &&
			textAt(each, 'spec', 'scaleTargetRef', 'name') === object.metadata.name,
	);
	const asked = counted.has(object.kind) ? (numberAt(object, 'spec', 'replicas') ?? 1) : undefined;
	const pods = asked === undefined || scaler === undefined ? asked : (numberAt(scaler, 'spec', 'minReplicas') ?? 1);
	const mostPods = pods === undefined || scaler === undefined ? pods : (numberAt(scaler, 'spec', 'maxReplicas') ?? pods);
	return {
		object,
		ref: refOf(object),
		labels,
		podSpec: podSpecOf(object),
		pods,
		mostPods,
		surge: surgeOf(object, pods ?? 0),
		scaler,
		budgets: selecting('PodDisruptionBudget', 'selector'),
		services: ofKind('Service', set, around).filter(each => fitsMap(valueAt(each, 'spec', 'selector'), labels)),
		policies: selecting('NetworkPolicy', 'podSelector'),
	};
}

/** The workloads of a set that run for ever: those are what Services, budgets and autoscalers are for. */
export const workloadsOf = (set: readonly KubeObject[], around: Around): readonly SetWorkload[] =>
	set.filter(({kind}) => workloadKinds.has(kind)).map(object => workloadOf(object, set, around));

/** A port that a container declares. */
export type DeclaredPort = {readonly name: string; readonly number: number; readonly protocol?: string | undefined};

/** Ports of the containers of a pod, sidecars among them. */
export const declaredPorts = (podSpec: Json): readonly DeclaredPort[] =>
	[...listAt(podSpec, 'containers'), ...listAt(podSpec, 'initContainers')].flatMap(container =>
		listAt(container, 'ports').flatMap(port => {
			const number = numberAt(port, 'containerPort');
			return number === undefined ? [] : [{name: textAt(port, 'name') ?? '', number, protocol: textAt(port, 'protocol') ?? 'TCP'}];
		}),
	);

/** `NetworkPolicy web and 2 more`, for evidence. */
export const named = (objects: readonly KubeObject[]) => objects.map(object => refText(refOf(object))).join(', ');
