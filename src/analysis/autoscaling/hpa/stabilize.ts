import type {Behavior} from './behavior.ts';

/** What the metrics asked for at one look. */
export type Recommendation = {readonly replicas: number; readonly atMs: number};

/** What holds after recent recommendations were looked at, and all that are kept from now on. */
export type Stabilized = {readonly replicas: number; readonly recommendations: readonly Recommendation[]};

/** The new one takes the place of the last that is too old to count, so the list stays as long as a window. */
function remembered(past: readonly Recommendation[], added: Recommendation, isOld: (one: Recommendation) => boolean) {
	const at = past.findLastIndex(isOld);
	return at === -1 ? [...past, added] : past.with(at, added);
}

/**
 * Without behavior: the most that was asked for within the controller's window.
 * @see stabilizeRecommendation in horizontal.go
 */
export function stabilizedDown(past: readonly Recommendation[], desired: number, windowMs: number, nowMs: number): Stabilized {
	const isOld = ({atMs}: Recommendation) => atMs < nowMs - windowMs;
	const replicas = past.reduce((most, one) => (isOld(one) ? most : Math.max(most, one.replicas)), desired);
	return {replicas, recommendations: remembered(past, {replicas: desired, atMs: nowMs}, isOld)};
}

/**
 * With behavior: up to the least of one window, down to the most of the other.
 * @see stabilizeRecommendationWithBehaviors in horizontal.go
 */
export function stabilizedBoth(
	past: readonly Recommendation[],
	current: number,
	desired: number,
	{scaleUp, scaleDown}: Behavior,
	nowMs: number,
): Stabilized {
	const upFrom = nowMs - scaleUp.stabilizationWindowSeconds * 1000;
	const downFrom = nowMs - scaleDown.stabilizationWindowSeconds * 1000;
	let [up, down] = [desired, desired];
	for (const {replicas, atMs} of past) {
		if (atMs > upFrom) up = Math.min(up, replicas);
		if (atMs > downFrom) down = Math.max(down, replicas);
	}
	const isOld = ({atMs}: Recommendation) => atMs < upFrom && atMs < downFrom;
	const replicas = Math.min(Math.max(current, up), down);
	return {replicas, recommendations: remembered(past, {replicas: desired, atMs: nowMs}, isOld)};
}
