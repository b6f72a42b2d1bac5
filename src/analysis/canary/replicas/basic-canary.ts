import {approximateWeight, type Split} from './approximate-weight.ts';

/** A ReplicaSet as asked for and as it serves. */
export type Pods = {readonly desired: number; readonly available: number};

/** A number of pods, or a part of the replicas as `20%`. */
type PodsOrPercent = number | string;

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

/** Both sides as they are now, and pods asked for by ReplicaSets older than both. */
type Now = Pick<BasicCanary, 'canary' | 'stable' | 'olderPods'>;

/** Pods at most of both sides together, and available ones at least. */
type Limits = {readonly most: number; readonly least: number};

/**
 * The next size of both ReplicaSets on the way to a weight without a traffic router, as Argo Rollouts goes it.
 * @see Argo Rollouts, CalculateReplicaCountsForBasicCanary and adjustReplicaWithinLimits
 */
export function basicCanary(state: BasicCanary): Split {
	const {surge, unavailable} = fenceposts(state);
	return stepTowards(wantedSplit(state, surge), state, {most: state.replicas + surge, least: state.replicas - unavailable});
}

/**
 * One step on the way to other sizes: up as far as there is room, stable first, then the side that loses weight down as far as enough pods stay
 * available, and nothing down while older ReplicaSets have pods.
 */
export function stepTowards(wanted: Split, now: Now, limits: Limits): Split {
	const risen = scaledUp(now, wanted, limits);
	return now.olderPods > 0 ? risen : scaledDown(now, wanted, risen, limits);
}

/** Per cent of surge round up, those of unavailability down; both nothing would never move, so one pod may be missing then. */
function fenceposts({replicas, maxSurge, maxUnavailable}: BasicCanary) {
	const surge = podsOf(maxSurge, replicas, Math.ceil);
	const unavailable = podsOf(maxUnavailable, replicas, Math.floor);
	return {surge, unavailable: Math.min(replicas, surge === 0 && unavailable === 0 ? 1 : unavailable)};
}

const podsOf = (value: PodsOrPercent, replicas: number, round: (pods: number) => number) =>
	typeof value === 'number' ? value : round((replicas * Number.parseFloat(value)) / 100);

const wantedSplit = ({replicas, weight, stable}: BasicCanary, surge: number): Split =>
	stable === undefined ? {canary: replicas, stable: 0} : approximateWeight(replicas, weight, 100, surge);

function scaledUp({canary, stable, olderPods}: Now, wanted: Split, {most}: Limits): Split {
	const now = {canary: canary?.desired ?? 0, stable: stable?.desired ?? 0};
	const room = Math.max(0, most - now.canary - now.stable - olderPods);
	const moreStable = Math.min(room, Math.max(0, wanted.stable - now.stable));
	const moreCanary = canary === undefined ? 0 : Math.min(room - moreStable, Math.max(0, wanted.canary - now.canary));
	return {canary: now.canary + moreCanary, stable: now.stable + moreStable};
}

function scaledDown({canary, stable}: Now, wanted: Split, risen: Split, limits: Limits): Split {
	// On the way up the stable side's pods may be down for good, on the way back the canary's: those do not hold the other side up.
	const isGrowing = wanted.canary >= (canary?.desired ?? 0);
	const spare = servingPods(canary, !isGrowing) + servingPods(stable, isGrowing) - limits.least;
	if (spare <= 0) return risen;
	if (!isGrowing) {
		const drained = drainedTo(canary, wanted.canary, risen.canary, spare);
		const [fewer, other] = withinLimits({pods: canary, size: drained}, {pods: stable, size: risen.stable}, limits);
		return {canary: fewer, stable: other};
	}
	if (stable === undefined) return risen;
	const drained = drainedTo(stable, wanted.stable, risen.stable, spare);
	const [fewer, other] = withinLimits({pods: stable, size: drained}, {pods: canary, size: risen.canary}, limits);
	return {canary: other, stable: fewer};
}

const drainedTo = (pods: Pods | undefined, wanted: number, risen: number, spare: number) =>
	pods !== undefined && pods.desired > wanted ? Math.max(wanted, pods.desired - spare) : risen;

type Side = {readonly pods: Pods | undefined; readonly size: number};

/** The side that does not lose weight gives way first, but for pods that are needed to serve; what is too many then, the other side gives up. */
function withinLimits(draining: Side, other: Side, {most, least}: Limits): readonly [draining: number, other: number] {
	if (other.pods === undefined) return [draining.size, other.size];
	const trimmed = other.size - Math.max(0, other.size + draining.size - most);
	const available = Math.min(draining.pods?.available ?? 0, draining.size) + Math.min(other.pods.available, trimmed);
	const needed = Math.min(Math.max(0, other.pods.available - trimmed), Math.max(0, least - available));
	const kept = Math.max(0, trimmed + needed);
	return [Math.max(0, draining.size - Math.max(0, kept + draining.size - most)), kept];
}

/** Pods that are available beyond what is asked for are about to go. */
const servingPods = (pods: Pods | undefined, ignoreAvailability: boolean) =>
	pods === undefined ? 0 : ignoreAvailability ? pods.desired : Math.min(pods.desired, pods.available);
