/** Pods of both sides. */
export type Split = {readonly canary: number; readonly stable: number};

/** Whether `weight` of `maxWeight` means a canary of this many among `total` pods is as near from below as from above. */
const isTied = (exact: number) => exact - Math.floor(exact) === 0.5;

/**
 * Whole pods that come nearest to a weight, as Argo Rollouts finds them without a traffic router.
 * Between nothing and everything a side never gets no pod, but for a single replica without surge. With surge one pod more is tried too; of splits
 * that are as near the first stays: the larger canary, and no pod more.
 * @see Argo Rollouts, utils/replicaset/canary.go
 */
export function approximateWeight(replicas: number, weight: number, maxWeight: number, maxSurge: number): Split {
	if (replicas === 0) return {canary: 0, stable: 0};
	const mayBeNone = weight === 0 || weight === maxWeight || (replicas === 1 && maxSurge === 0);
	const totals = maxSurge > 0 ? [replicas, replicas + 1] : [replicas];
	const options = totals.flatMap(total => splitsOf(total, weight / maxWeight, mayBeNone));
	const distance = ({canary, stable}: Split) => Math.abs((canary / (canary + stable)) * maxWeight - weight);
	return options.reduce((best, option) => (distance(option) < distance(best) ? option : best), options[0] ?? {canary: 0, stable: replicas});
}

function splitsOf(total: number, share: number, mayBeNone: boolean): readonly Split[] {
	const exact = total * share;
	const canaries = isTied(exact) ? [Math.ceil(exact)] : [Math.ceil(exact), Math.floor(exact)];
	const splits = canaries.map(canary => ({canary, stable: total - canary}));
	return splits.filter(({canary, stable}) => mayBeNone || (canary > 0 && stable > 0));
}

/** Pods for a part of the traffic, rounded up. */
export const replicasForWeight = (replicas: number, weight: number, maxWeight = 100) => Math.ceil((replicas * weight) / maxWeight);
