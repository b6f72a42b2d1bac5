import type {PlanAbout} from '../../core/plan-about.ts';
import {isPlanInside, reachOf} from '../../core/roles/reach.ts';
import type {EdgeCaller} from '../../mcp/edge/edge-tool.ts';

/** Whether somebody may still read a plan of his: roles may have been taken away since. What nothing is known of is for those alone who are under none. */
export function mayReadPlan({rights}: Pick<EdgeCaller, 'rights'>, about: PlanAbout | undefined): boolean {
	if (rights === undefined) return true;
	if (about === undefined) return false;
	const rooms = (['read', 'change', 'destructive'] as const).map(effect => reachOf(rights.roles, {effect}).read);
	return rooms.some(room => isPlanInside(room, about));
}
