/** Pods of both sides. */
export type Split = {readonly canary: number; readonly stable: number};

type Option = {readonly canary: number; readonly total: number};

/**
 * Whole pods that come nearest to a weight, as Argo Rollouts finds them without a traffic router.
 * Between nothing and everything a side never gets no pod, but for a single replica without surge. With surge the same canaries are tried beside one
 * pod more; of splits that are as near the first stays: the larger canary, and no pod more.
 * @see Argo Rollouts, utils/replicaset/canary.go
 */
export function approximateWeight(replicas: number, weight: number, maxWeight: number, maxSurge: number): Split {
	if (replicas === 0) return {canary: 0, stable: 0};
	const mayBeNone = weight === 0 || weight === maxWeight || (replicas === 1 && maxSurge === 0);
	const exact = (replicas * weight) / maxWeight;
	const [more, less] = [Math.ceil(exact), Math.floor(exact)];
	// Where the weight lies in the middle between two canaries the larger one is meant.
	const isTied = (total: number) => (total * (weight / maxWeight)) % 1 === 0.5;
	const withLess = (total: number) => (!isTied(total) && (less > 0 || mayBeNone) ? [{canary: less, total}] : []);
	const options: readonly Option[] = [
		...(more < replicas || mayBeNone ? [{canary: more, total: replicas}] : []),
		...withLess(replicas),
		...(maxSurge > 0 ? [{canary: more, total: replicas + 1}, ...withLess(replicas + 1)] : []),
	];
	const distance = ({canary, total}: Option) => Math.abs((canary * maxWeight) / total - weight);
	// In the middle between the last two splits of all pods without surge Argo Rollouts finds none, and makes no canary.
	const [first = {canary: less, total: replicas}, ...others] = options;
	const {canary, total} = others.reduce((best, option) => (distance(option) < distance(best) ? option : best), first);
	return {canary, stable: total - canary};
}

/** Pods for a part of the traffic, rounded up. */
export const replicasForWeight = (replicas: number, weight: number, maxWeight = 100) => Math.ceil((replicas * weight) / maxWeight);
