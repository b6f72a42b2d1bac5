import {approximateWeight, type Split} from './approximate-weight.ts';

/** A ReplicaSet as asked for and as it serves. */
export type Pods = {readonly desired: number; readonly available: number};

/** A number of pods, or a part of the replicas as `20%`. */
export type PodsOrPercent = number | string;

export type BasicCanary = {
	readonly replicas: number;
	/** Per cent for the canary. */
	readonly weight: number;
	readonly maxSurge: PodsOrPercent;
	readonly maxUnavailable: PodsOrPercent;
	readonly canary: Pods | undefined;
	/** Undefined where nothing is stable yet, or the canary is the stable version: then it takes everything. */
	readonly stable: Pods | undefined;
	/** Pods asked for by ReplicaSets older than both. */
	readonly olderPods: number;
};

/**
 * The next size of both ReplicaSets on the way to a weight without a traffic router, as Argo Rollouts goes it: up as far as `maxSurge` lets it, stable
 * first, then down as far as `maxUnavailable` lets it, canary first, and nothing down while older ReplicaSets have pods.
 * @see Argo Rollouts, CalculateReplicaCountsForBasicCanary
 */
export function basicCanary(state: BasicCanary): Split {
	const {surge, unavailable} = fenceposts(state);
	const wanted = wantedSplit(state, surge);
	const risen = scaledUp(state, wanted, surge);
	if (state.olderPods > 0) return risen;
	const {canary, stable} = scaledDown(state, wanted, risen, unavailable);
	// Pods of a canary that came up beside a stable side too large for it go first.
	return {canary: Math.min(canary, Math.max(0, state.replicas + surge - stable)), stable};
}

/** Per cent of surge round up, those of unavailability down; both nothing would never move, so one pod may be missing then. */
function fenceposts({replicas, maxSurge, maxUnavailable}: BasicCanary) {
	const surge = podsOf(maxSurge, replicas, Math.ceil);
	const unavailable = Math.min(replicas, podsOf(maxUnavailable, replicas, Math.floor));
	return {surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable};
}

const podsOf = (value: PodsOrPercent, replicas: number, round: (pods: number) => number) =>
	typeof value === 'number' ? value : round((replicas * Number.parseFloat(value)) / 100);

const wantedSplit = ({replicas, weight, stable}: BasicCanary, surge: number): Split =>
	stable === undefined ? {canary: replicas, stable: 0} : approximateWeight(replicas, weight, 100, surge);

function scaledUp({replicas, canary, stable, olderPods}: BasicCanary, wanted: Split, surge: number): Split {
	const now = {canary: canary?.desired ?? 0, stable: stable?.desired ?? 0};
	const room = Math.max(0, replicas + surge - now.canary - now.stable - olderPods);
	const moreStable = Math.min(room, Math.max(0, wanted.stable - now.stable));
	const moreCanary = canary === undefined ? 0 : Math.min(room - moreStable, Math.max(0, wanted.canary - now.canary));
	return {canary: now.canary + moreCanary, stable: now.stable + moreStable};
}

function scaledDown({replicas, canary, stable}: BasicCanary, wanted: Split, risen: Split, unavailable: number): Split {
	const [canaryNow, stableNow] = [canary?.desired ?? 0, stable?.desired ?? 0];
	// On the way up the stable side's pods may be down for good, on the way back the canary's: those do not hold the other side up.
	const isGrowing = wanted.canary >= canaryNow;
	const serving = servingPods(canary, !isGrowing) + servingPods(stable, isGrowing);
	const spare = Math.max(0, serving - (replicas - unavailable));
	const lessCanary = Math.min(spare, Math.max(0, canaryNow - wanted.canary));
	const lessStable = Math.min(spare - lessCanary, Math.max(0, stableNow - wanted.stable));
	return {
		canary: lessCanary > 0 ? canaryNow - lessCanary : risen.canary,
		stable: lessStable > 0 ? stableNow - lessStable : risen.stable,
	};
}

/** Pods that are available beyond what is asked for are about to go. */
const servingPods = (pods: Pods | undefined, ignoreAvailability: boolean) =>
	pods === undefined ? 0 : ignoreAvailability ? pods.desired : Math.min(pods.desired, pods.available);
