import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsMap, fitsSelector} from '../../../core/kube/selector.ts';
import type {StatusError} from '../../status-error.ts';
import {conditionOf, withCondition, withoutCondition} from '../conditions.ts';
import {type Controller, isStatusOnly, itself, type Key, keyOf, ownerOf, type Tools} from '../controller.ts';
import {controllerOf} from '../owners.ts';
import type {Pod} from '../pod-shapes.ts';
import {availableInMs, isActive, isAvailable, isFinished, isReady} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import type {ReplicaSet} from '../shapes.ts';
import {claim} from './adoption.ts';
import {podControl} from './pod-control.ts';
import {inDeletionOrder} from './pod-deletion-order.ts';
import {podFromTemplate} from './pod-from-template.ts';

const component = 'replicaset-controller';

/** Keeps as many pods as `spec.replicas` says. */
export function replicaSetController(tools: Tools): Controller {
	const {world, pods, clock, suffix} = tools;
	const control = podControl(tools, component);

	const create = (set: ReplicaSet, count: number): StatusError | undefined => {
		for (let made = 0; made < count; made++) {
			const prefix = `${set.metadata.name}-`;
			const refusal = control.create(set, podFromTemplate(set, set.spec.template, `${prefix}${suffix(prefix)}`, prefix));
			if (refusal !== undefined) return refusal;
		}
		return undefined;
	};
	const wanting = ({metadata}: KubeObject): readonly Key[] =>
		world
			.list('ReplicaSet', metadata.namespace)
			.filter(({spec}) => fitsSelector(spec.selector, metadata.labels))
			.map(keyOf);
	const refusedIn = (namespace: string | undefined): readonly Key[] =>
		world
			.list('ReplicaSet', namespace)
			.filter(({status}) => conditionOf(status?.conditions, 'ReplicaFailure') !== undefined)
			.map(keyOf);
	return {
		name: component,
		concerns: {
			// Its own status is no news; looking again at once would ask a full quota for ever.
			ReplicaSet: event => (isStatusOnly(event) ? [] : itself(event)),
			Pod: event => (controllerOf(event.object) === undefined ? wanting(event.object) : ownerOf('ReplicaSet')(event)),
			ResourceQuota: event => (isStatusOnly(event) ? [] : refusedIn(event.object.metadata.namespace)),
			LimitRange: event => refusedIn(event.object.metadata.namespace),
		},
		sync({namespace, name}) {
			const set = world.get('ReplicaSet', namespace, name);
			if (set === undefined) return undefined;
			claim(tools, set, pods.ownedBy(set.metadata.uid), pods.ownedBy(undefined));
			const active = pods.ownedBy(set.metadata.uid).filter(isActive);
			const missing = (set.spec.replicas ?? 1) - active.length;
			let refusal: StatusError | undefined;
			if (set.metadata.deletionTimestamp === undefined) {
				if (missing > 0) refusal = create(set, missing);
				if (missing < 0) for (const pod of inDeletionOrder(active).slice(0, -missing)) control.remove(set, pod);
			}
			const now = pods.ownedBy(set.metadata.uid).filter(isActive);
			writeStatus(tools, set, refusal);
			if (refusal !== undefined) throw refusal;
			return availableInMs(now, set.spec.minReadySeconds ?? 0, clock.now());
		},
	};
}

const isTerminating = (pod: Pod) => pod.metadata.deletionTimestamp !== undefined && !isFinished(pod);

function writeStatus({machine, world, pods, clock}: Tools, {metadata}: ReplicaSet, refusal: StatusError | undefined) {
	const set = world.get('ReplicaSet', metadata.namespace, metadata.name);
	if (set === undefined) return;
	const owned = pods.ownedBy(metadata.uid);
	const active = owned.filter(isActive);
	const known = conditionOf(set.status?.conditions, 'ReplicaFailure');
	// The first refusal's words stay: the next has another pod's name in it and nothing else new.
	const failing =
		refusal && known === undefined ? {type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: refusal.message} : known;
	const conditions =
		refusal === undefined || failing === undefined
			? withoutCondition(set.status?.conditions, 'ReplicaFailure')
			: withCondition(set.status?.conditions, failing, clock.now());
	const labels = set.spec.template.metadata?.labels ?? {};
	putStatus(machine, set, {
		replicas: active.length,
		...positive({
			fullyLabeledReplicas: active.filter(pod => fitsMap(labels, pod.metadata.labels)).length,
			readyReplicas: active.filter(isReady).length,
			availableReplicas: active.filter(pod => isAvailable(pod, set.spec.minReadySeconds ?? 0, clock.now())).length,
		}),
		terminatingReplicas: owned.filter(isTerminating).length,
		observedGeneration: set.metadata.generation,
		...(conditions.length === 0 ? {} : {conditions}),
	});
}

/** Counters of 0 are left out of a status, as Go's `omitempty` does. */
export const positive = (counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
	Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
