import type {Policy, ScalingRules} from './behavior.ts';
import {ceilInt32} from './integers.ts';
import {changeWithin, type ScaleEvent} from './scale-events.ts';

/** A number of replicas, and the reason and message of the condition ScalingLimited. */
export type Limited = {readonly replicas: number; readonly reason: string; readonly message: string};

export type Bounds = {readonly minReplicas: number; readonly maxReplicas: number};

export type Events = {readonly ups: readonly ScaleEvent[]; readonly downs: readonly ScaleEvent[]};

const messages = {
	DesiredWithinRange: 'the desired count is within the acceptable range',
	ScaleUpLimit: 'the desired replica count is increasing faster than the maximum scale rate',
	ScaleDownLimit: 'the desired replica count is decreasing faster than the maximum scale rate',
	TooManyReplicas: 'the desired replica count is more than the maximum replica count',
	TooFewReplicas: 'the desired replica count is less than the minimum replica count',
} as const;

const limited = (replicas: number, reason: keyof typeof messages): Limited => ({replicas, reason, message: messages[reason]});

/**
 * The bounds where no behavior is given: at once at most twice the replicas, or four.
 * @see convertDesiredReplicasWithRules in horizontal.go
 */
export function limitedByRules(current: number, desired: number, {minReplicas, maxReplicas}: Bounds): Limited {
	const most = Math.max(2 * current, 4);
	if (desired < minReplicas) return limited(minReplicas, 'TooFewReplicas');
	if (desired <= Math.min(most, maxReplicas)) return limited(desired, 'DesiredWithinRange');
	return maxReplicas > most ? limited(most, 'ScaleUpLimit') : limited(maxReplicas, 'TooManyReplicas');
}

/** Replicas at the start of a policy's period, from which its value counts. */
const atStart = (current: number, {periodSeconds}: Policy, {ups, downs}: Events, nowMs: number) =>
	current - changeWithin(ups, periodSeconds, nowMs) + changeWithin(downs, periodSeconds, nowMs);

/** The most replicas that the rules allow now. @see calculateScaleUpLimitWithScalingRules in horizontal.go */
export function scaleUpLimit(current: number, events: Events, {selectPolicy, policies}: ScalingRules, nowMs: number): number {
	if (selectPolicy === 'Disabled') return current;
	const limits = policies.map(policy => {
		const start = atStart(current, policy, events, nowMs);
		// Rounded up, or a small percentage would never add one.
		return policy.type === 'Pods' ? start + policy.value : ceilInt32(start * (1 + policy.value / 100));
	});
	return selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
}

/** The fewest replicas that the rules allow now. @see calculateScaleDownLimitWithBehaviors in horizontal.go */
export function scaleDownLimit(current: number, events: Events, {selectPolicy, policies}: ScalingRules, nowMs: number): number {
	if (selectPolicy === 'Disabled') return current;
	const limits = policies.map(policy => {
		const start = atStart(current, policy, events, nowMs);
		return policy.type === 'Pods' ? start - policy.value : Math.trunc(start * (1 - policy.value / 100));
	});
	return selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits);
}

/**
 * The bounds, and how fast the behavior lets the replicas change.
 * @see convertDesiredReplicasWithBehaviorRate in horizontal.go
 */
export function limitedByBehavior(
	current: number,
	desired: number,
	{minReplicas, maxReplicas}: Bounds,
	{scaleUp, scaleDown}: {readonly scaleUp: ScalingRules; readonly scaleDown: ScalingRules},
	events: Events,
	nowMs: number,
): Limited {
	if (desired > current) {
		const most = Math.max(scaleUpLimit(current, events, scaleUp, nowMs), current);
		if (desired > Math.min(most, maxReplicas))
			return maxReplicas > most ? limited(most, 'ScaleUpLimit') : limited(maxReplicas, 'TooManyReplicas');
	} else if (desired < current) {
		const least = Math.min(scaleDownLimit(current, events, scaleDown, nowMs), current);
		if (desired < Math.max(least, minReplicas))
			return minReplicas < least ? limited(least, 'ScaleDownLimit') : limited(minReplicas, 'TooFewReplicas');
	}
	return limited(desired, 'DesiredWithinRange');
}
