import {isBesideCluster, type Plan} from './plan.ts';
import {oneLine} from './text/one-line.ts';

/** The name that must be typed before a plan that cannot be undone is applied: of what is deleted first, or changed first; of the tool where no object is. */
export function nameToType(plan: Plan): string | undefined {
	const {undo, changes, target, tool} = plan;
	if (undo.possible || undo.contrary === true) return undefined;
	const change = changes.find(({operation}) => operation === 'delete') ?? changes[0];
	if (isBesideCluster(plan)) return oneLine(tool);
	return oneLine(change?.ref.name ?? target.namespace ?? target.context);
}
