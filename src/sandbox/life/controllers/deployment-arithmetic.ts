import {scaled} from '../int-or-percent.ts';
import type {Deployment, ReplicaSet} from '../shapes.ts';

export const wanted = ({spec}: {readonly spec: {readonly replicas?: number}}) => spec.replicas ?? 1;
export const sumOf = (sets: readonly ReplicaSet[], read: (set: ReplicaSet) => number | undefined) =>
	sets.reduce((total, set) => total + (read(set) ?? 0), 0);

/** How many pods may exist beyond the wanted ones, and how many may be missing. Surge rounds up, unavailability down; never both zero. */
export function bounds({spec}: Deployment): {readonly surge: number; readonly unavailable: number} {
	if (spec.strategy?.type === 'Recreate') return {surge: 0, unavailable: wanted({spec})};
	const rolling = spec.strategy?.rollingUpdate;
	const surge = scaled(rolling?.maxSurge ?? '25%', wanted({spec}), 'up');
	const unavailable = scaled(rolling?.maxUnavailable ?? '25%', wanted({spec}), 'down');
	return {surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, wanted({spec}))};
}

/** The size of the new ReplicaSet that the surge allows now. @see NewRSNewReplicas in deployment_util.go */
export function newSize(deployment: Deployment, all: readonly ReplicaSet[], current: number): number {
	if (deployment.spec.strategy?.type === 'Recreate') return wanted(deployment);
	const room = wanted(deployment) + bounds(deployment).surge - sumOf(all, wanted);
	return room <= 0 ? current : current + Math.min(room, wanted(deployment) - current);
}

/**
 * New sizes of the old ReplicaSets: first pods that are not available anyway, then as many as availability allows, oldest set first.
 * @see reconcileOldReplicaSets in pkg/controller/deployment/rolling.go
 */
export function oldSizes(deployment: Deployment, fresh: ReplicaSet, old: readonly ReplicaSet[]): ReadonlyMap<ReplicaSet, number> {
	const sizes = new Map(old.map(set => [set, wanted(set)]));
	const least = wanted(deployment) - bounds(deployment).unavailable;
	const all = [...old, fresh];
	const freshMissing = wanted(fresh) - (fresh.status?.availableReplicas ?? 0);
	let removable = sumOf(all, wanted) - least - freshMissing;
	if (removable <= 0) return sizes;
	for (const set of old) {
		const size = sizes.get(set) ?? 0;
		const unhealthy = Math.max(0, size - (set.status?.availableReplicas ?? 0));
		const taken = Math.min(removable, unhealthy);
		sizes.set(set, size - taken);
		removable -= taken;
	}
	let available = sumOf(all, set => set.status?.availableReplicas) - least;
	for (const set of old) {
		const taken = Math.max(0, Math.min(available, sizes.get(set) ?? 0));
		sizes.set(set, (sizes.get(set) ?? 0) - taken);
		available -= taken;
	}
	return sizes;
}

/**
 * Sizes after a change of `spec.replicas` in the middle of a rollout: the difference is spread over the sets in proportion to their size,
 * largest first, and the largest takes what rounding leaves.
 * @see scale and GetProportion in pkg/controller/deployment
 */
export function proportionalSizes(deployment: Deployment, active: readonly ReplicaSet[]): ReadonlyMap<ReplicaSet, number> {
	const total = sumOf(active, wanted);
	const allowed = wanted(deployment) > 0 ? wanted(deployment) + bounds(deployment).surge : 0;
	const toAdd = allowed - total;
	const sorted = active.toSorted((a, b) => wanted(b) - wanted(a));
	const sizes = new Map<ReplicaSet, number>();
	let added = 0;
	for (const set of sorted) {
		const share = total === 0 ? 0 : Math.round((wanted(set) * allowed) / annotatedMaximum(set, total)) - wanted(set);
		const left = toAdd - added;
		const part = toAdd > 0 ? Math.min(Math.max(share, 0), left) : Math.max(Math.min(share, 0), left);
		sizes.set(set, wanted(set) + part);
		added += part;
	}
	const largest = sorted[0];
	if (largest !== undefined) sizes.set(largest, Math.max(0, (sizes.get(largest) ?? 0) + toAdd - added));
	return sizes;
}

const annotatedMaximum = ({metadata}: ReplicaSet, otherwise: number) =>
	Number(metadata.annotations?.['deployment.kubernetes.io/max-replicas'] ?? 0) || otherwise;
