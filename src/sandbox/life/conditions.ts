import type {Condition} from './pod-shapes.ts';
import {timestamp} from './time.ts';

export const conditionOf = (conditions: readonly Condition[] | undefined, type: string) => conditions?.find(other => other.type === type);

/**
 * The list with one condition set; it keeps its place. The transition time moves only when the status does.
 * `updated` conditions (those of Deployments) also carry the time of the last change of any kind, and move to the end, as the real controller has it.
 */
export function withCondition(
	conditions: readonly Condition[] | undefined,
	condition: Condition,
	nowMs: number,
	{updated = false}: {readonly updated?: boolean} = {},
): readonly Condition[] {
	const list = conditions ?? [];
	const before = conditionOf(list, condition.type);
	const sameStatus = before?.status === condition.status;
	if (sameStatus && before.reason === condition.reason && before.message === condition.message && !updated) return list;
	const next: Condition = {
		...condition,
		...(updated ? {lastUpdateTime: timestamp(nowMs)} : {}),
		lastTransitionTime: sameStatus ? (before.lastTransitionTime ?? timestamp(nowMs)) : timestamp(nowMs),
	};
	if (before === undefined) return [...list, next];
	return updated ? [...list.filter(other => other !== before), next] : list.map(other => (other === before ? next : other));
}

export const withoutCondition = (conditions: readonly Condition[] | undefined, type: string): readonly Condition[] =>
	(conditions ?? []).filter(other => other.type !== type);
