import type {Plan} from '../../core/plan.ts';
import {isPlanInside, reachOf} from '../../core/roles/reach.ts';
import type {EdgeCaller} from '../../mcp/edge/edge-tool.ts';

/** Whether somebody may still read a plan of his: roles may have been taken away since. */
export function mayReadPlan({rights}: Pick<EdgeCaller, 'rights'>, plan: Plan): boolean {
	if (rights === undefined) return true;
	const rooms = (['read', 'change', 'destructive'] as const).map(effect => reachOf(rights.roles, {effect}).read);
	return rooms.some(room => isPlanInside(room, plan));
}
