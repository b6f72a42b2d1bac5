import {replicasForWeight, type Split} from './approximate-weight.ts';
import type {Pods} from './basic-canary.ts';

/** What a canary whose traffic a router carries is sized by. */
export type TrafficRoutedCanary = {
	readonly replicas: number;
	/** Per cent for the canary by the present step; 100 when promoted in full. */
	readonly weight: number;
	readonly aborted: boolean;
	/** Seconds until the canary goes after an abort; 0 leaves it up; undefined means the default of 30. */
	readonly abortScaleDownDelaySeconds?: number | undefined;
	/** A size of its own for the canary, whatever the weight. */
	readonly canaryScale?: {readonly replicas?: number | undefined; readonly weight?: number | undefined} | undefined;
	readonly minPods?: number | undefined;
	/** The stable side shrinks as the canary grows. */
	readonly dynamicStableScale: boolean;
	/** Per cent that the router sends today. */
	readonly traffic?: {readonly canary: number; readonly stable: number} | undefined;
	/** Weights of all steps. */
	readonly stepWeights: readonly number[];
	readonly canary: Pods | undefined;
	readonly stable: Pods | undefined;
};

/**
 * Size of both ReplicaSets where a router carries the weight: the stable side stays whole, or with a dynamic scale carries the larger of the traffic
 * that it has and the traffic that it will have; so does the canary.
 * @see Argo Rollouts, CalculateReplicaCountsForTrafficRoutedCanary
 */
export function trafficRoutedCanary(state: TrafficRoutedCanary): Split {
	const {replicas, traffic} = state;
	const atLeast = (pods: number) => (pods === 0 ? 0 : Math.max(pods, Math.min(state.minPods ?? 0, replicas)));
	const scale = state.aborted && state.abortScaleDownDelaySeconds !== 0 ? undefined : state.canaryScale;
	const weight = state.aborted ? 0 : state.weight;
	const canary = scale?.replicas ?? atLeast(replicasForWeight(replicas, scale?.weight ?? weight));
	if (!state.dynamicStableScale) return {canary, stable: replicas};
	const wanted = atLeast(replicasForWeight(replicas, 100 - (state.aborted ? weightOnAbort(state) : weight)));
	if (traffic === undefined) return {canary, stable: wanted};
	return {
		canary: Math.max(canary, atLeast(replicasForWeight(replicas, traffic.canary))),
		stable: Math.max(wanted, atLeast(replicasForWeight(replicas, traffic.stable))),
	};
}

/**
 * The weight that the canary steps down to while a rollout with a dynamic stable scale is aborted: the next step below what the canary has to carry
 * still, as long as the stable side cannot. With a delay that was asked for the canary's own size does not hold it up.
 * @returns per cent
 */
export function weightOnAbort(
	state: Pick<TrafficRoutedCanary, 'replicas' | 'canary' | 'stable' | 'stepWeights' | 'abortScaleDownDelaySeconds'>,
): number {
	const {replicas, canary, stable, stepWeights, abortScaleDownDelaySeconds: delay} = state;
	const partOf = (pods: number) => (replicas === 0 ? 0 : (100 * pods) / replicas);
	const uncovered = stable === undefined ? 0 : 100 - partOf(stable.available);
	const held = canary === undefined || (delay !== undefined && delay > 0) ? 0 : partOf(canary.available);
	return Math.max(0, ...stepWeights.filter(weight => weight < Math.max(uncovered, held)));
}
