import {type Behavior, filledBehavior, type GivenBehavior} from './behavior.ts';
import type {Condition} from './conditions.ts';
import {type Bounds, type Events, limitedByBehavior, limitedByRules} from './limits.ts';
import {withEvent} from './scale-events.ts';
import type {ControllerSettings} from './settings.ts';
import {type Recommendation, stabilizedBoth, stabilizedDown} from './stabilize.ts';

/** What the controller remembers of one autoscaler, as long as it runs. */
export type Memory = Events & {
	/** Undefined before its first look. */
	readonly recommendations?: readonly Recommendation[] | undefined;
};

export const noMemory: Memory = {ups: [], downs: []};

const lower = 'recent recommendations were lower than current one, applying the lowest recent recommendation';
const higher = 'recent recommendations were higher than current one, applying the highest recent recommendation';

function ableToScale(isHeld: boolean, isUp: boolean): Condition {
	if (!isHeld) return {type: 'AbleToScale', status: true, reason: 'ReadyForNewScale', message: 'recommended size matches current size'};
	const [reason, message] = isUp ? ['ScaleUpStabilized', lower] : ['ScaleDownStabilized', higher];
	return {type: 'AbleToScale', status: true, reason, message};
}

/**
 * What the metrics ask for, held back by stabilization first and by rates and bounds then, with the conditions that say so.
 * @see normalizeDesiredReplicas and normalizeDesiredReplicasWithBehaviors in horizontal.go
 */
export function normalized(
	current: number,
	desired: number,
	bounds: Bounds,
	behavior: Behavior | undefined,
	memory: Memory,
	{downscaleStabilizationMs}: Pick<ControllerSettings, 'downscaleStabilizationMs'>,
	nowMs: number,
): {readonly replicas: number; readonly conditions: readonly Condition[]; readonly memory: Memory} {
	const past = memory.recommendations ?? [];
	const stable =
		behavior === undefined
			? stabilizedDown(past, desired, downscaleStabilizationMs, nowMs)
			: stabilizedBoth(past, current, desired, behavior, nowMs);
	const {replicas, reason, message} =
		behavior === undefined
			? limitedByRules(current, stable.replicas, bounds)
			: limitedByBehavior(current, stable.replicas, bounds, behavior, memory, nowMs);
	return {
		replicas,
		conditions: [
			ableToScale(stable.replicas !== desired, behavior !== undefined && desired >= current),
			{type: 'ScalingLimited', status: replicas !== stable.replicas, reason, message},
		],
		memory: {...memory, recommendations: stable.recommendations},
	};
}

/** The memory after a rescale: without behavior no event is kept. @see storeScaleEvent in horizontal.go */
export function remembering(memory: Memory, given: GivenBehavior | undefined, from: number, to: number, nowMs: number): Memory {
	if (given === undefined) return memory;
	const {scaleUp, scaleDown} = filledBehavior(given);
	return to > from
		? {...memory, ups: withEvent(memory.ups, to - from, scaleUp, nowMs)}
		: {...memory, downs: withEvent(memory.downs, from - to, scaleDown, nowMs)};
}
