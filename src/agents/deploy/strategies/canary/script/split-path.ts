import type {Split} from '../../../../../analysis/canary/replicas/approximate-weight.ts';

/**
 * The sizes of both sides on the way from one stage to the next, one side at a time: the canary grows as far as there is room, then the stable side
 * shrinks. Without room the stable side goes first, by as many as may be on top, at least one.
 * @param replicas pods of the workload; with `surge` more of both sides at most, where the stages themselves need no more
 */
export function splitPath(from: Split, to: Split, replicas: number, surge: number): readonly Split[] {
	const path: Split[] = [];
	let {canary, stable} = from;
	while (canary !== to.canary || stable !== to.stable) {
		const room = replicas + surge - canary - stable;
		const mayShrink = stable > to.stable;
		if (canary !== to.canary && (room > 0 || !mayShrink)) canary = mayShrink ? Math.min(to.canary, canary + room) : to.canary;
		else if (canary !== to.canary) stable = Math.max(to.stable, stable - Math.max(1, surge));
		else stable = to.stable;
		path.push({canary, stable});
	}
	return path;
}
