import type {Plan} from './plan.ts';
import {oneLine} from './text/one-line.ts';

/** The name that must be typed before a plan that cannot be undone is applied: of what is deleted first, or changed first. */
export function nameToType({undo, changes, target}: Plan): string | undefined {
	if (undo.possible || undo.contrary === true) return undefined;
	const change = changes.find(({operation}) => operation === 'delete') ?? changes[0];
	return oneLine(change?.ref.name ?? target.namespace ?? target.context);
}
