import {replicasForWeight, type Split} from './approximate-weight.ts';
import type {Pods} from './basic-canary.ts';

/** What a canary whose traffic a router carries is sized by. */
export type TrafficRoutedCanary = {
	readonly replicas: number;
	/** For the canary by the present step, of `maxWeight`; all of it when promoted in full or where nothing else is stable. */
	readonly weight: number;
	/** The weight that means all traffic; 100 if left out. */
	readonly maxWeight?: number | undefined;
	readonly aborted: boolean;
	/** Seconds until the canary goes after an abort; 0 leaves it up; undefined means the default of 30. */
	readonly abortScaleDownDelaySeconds?: number | undefined;
	/** A size of its own for the canary, whatever the weight; of a canary that is promoted in full there is none. */
	readonly canaryScale?: {readonly replicas?: number | undefined; readonly weight?: number | undefined} | undefined;
	readonly minPods?: number | undefined;
	/** The stable side shrinks as the canary grows. */
	readonly dynamicStableScale: boolean;
	/** What the router sends today, of `maxWeight`. */
	readonly traffic?: {readonly canary: number; readonly stable: number} | undefined;
	/** Weights of all steps, in their order. */
	readonly stepWeights: readonly number[];
	readonly canary: Pods | undefined;
	readonly stable: Pods | undefined;
};

/**
 * Size of both ReplicaSets where a router carries the weight: the stable side stays whole, or with a dynamic scale carries the larger of the traffic
 * that it has and the traffic that it will have; so does the canary while the rollout is aborted.
 * @see Argo Rollouts, CalculateReplicaCountsForTrafficRoutedCanary
 */
export function trafficRoutedCanary(state: TrafficRoutedCanary): Split {
	const {replicas, traffic, maxWeight = 100} = state;
	const podsFor = (weight: number) => Math.max(0, replicasForWeight(replicas, weight, maxWeight));
	const atLeast = (pods: number) => (pods === 0 ? 0 : Math.max(pods, Math.min(state.minPods ?? 0, replicas)));
	const scale = state.aborted && state.abortScaleDownDelaySeconds !== 0 ? undefined : state.canaryScale;
	const canary = scale?.replicas ?? atLeast(podsFor(wantedWeight(state, scale)));
	if (!state.dynamicStableScale) return {canary, stable: replicas};
	const stable = podsFor(maxWeight - wantedWeight(state, scale));
	if (traffic === undefined) return {canary: atLeast(canary), stable: atLeast(stable)};
	return {
		canary: atLeast(state.aborted ? Math.max(canary, podsFor(traffic.canary)) : canary),
		stable: atLeast(Math.max(stable, podsFor(traffic.stable))),
	};
}

/** A number of pods that is asked for says nothing of the weight, so the stable side stays whole beside it. */
function wantedWeight(state: TrafficRoutedCanary, scale: TrafficRoutedCanary['canaryScale']): number {
	if (scale?.replicas !== undefined) return 0;
	if (scale?.weight !== undefined) return scale.weight;
	if (!state.aborted) return state.weight;
	return state.dynamicStableScale ? weightOnAbort(state) : 0;
}

/**
 * The weight that the canary steps down to while a rollout with a dynamic stable scale is aborted: the last step that needs fewer pods than the
 * canary has to keep, which are those that the stable side lacks, and those that it has. With a delay that was asked for the canary's own size
 * does not hold it up.
 * @returns a weight of `maxWeight`; 0 where no step is below, or one side is missing
 * @see Argo Rollouts, GetDesiredCanaryWeight
 */
export function weightOnAbort(
	state: Pick<TrafficRoutedCanary, 'replicas' | 'maxWeight' | 'canary' | 'stable' | 'stepWeights' | 'abortScaleDownDelaySeconds'>,
): number {
	const {replicas, maxWeight = 100, canary, stable, stepWeights, abortScaleDownDelaySeconds: delay = 0} = state;
	if (canary === undefined || stable === undefined) return 0;
	const kept = Math.max(replicas - stable.available, delay > 0 ? 0 : canary.available);
	return stepWeights.findLast(weight => replicasForWeight(replicas, weight, maxWeight) < kept) ?? 0;
}
