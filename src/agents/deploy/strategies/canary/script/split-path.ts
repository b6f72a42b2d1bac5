import type {Split} from '../../../../../analysis/canary/replicas/approximate-weight.ts';
import {stepTowards} from '../../../../../analysis/canary/replicas/basic-canary.ts';

const serving = (pods: number) => ({desired: pods, available: pods});

type Room = {
	/** Pods of the workload; enough serve on the whole way, one less without a surge. */
	readonly replicas: number;
	/** More of both sides at most, where the stages themselves need no more. */
	readonly surge: number;
	/** Beside each pod of the canary one of the old version serves. */
	readonly baseline: boolean;
};

/**
 * The sizes of both sides on the way from one stage to the next, as a basic canary of Argo Rollouts goes it, but one side at a time: the canary grows
 * as far as there is room, and when it serves, the stable side shrinks. Without room one pod of the stable side goes first.
 */
export function splitPath(from: Split, to: Split, {replicas, surge, baseline}: Room): readonly Split[] {
	const path: Split[] = [];
	let at = from;
	while (!isAt(at, to)) {
		const least = replicas - (surge === 0 ? 1 : 0) - (baseline ? at.canary : 0);
		const now = {canary: serving(at.canary), stable: serving(at.stable), olderPods: 0};
		const next = stepTowards(to, now, {most: replicas + surge, least});
		// What grew is waited for, and more may shrink then.
		const grown = {canary: Math.max(at.canary, next.canary), stable: Math.max(at.stable, next.stable)};
		const goal = !isAt(grown, at) ? grown : !isAt(next, at) ? next : to;
		if (goal.canary !== at.canary && goal.stable !== at.stable) path.push({canary: goal.canary, stable: at.stable});
		path.push(goal);
		at = goal;
	}
	return path;
}

const isAt = (at: Split, place: Split) => at.canary === place.canary && at.stable === place.stable;
