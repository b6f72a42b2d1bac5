import {elevatedRights} from '../policy/elevated-rights.ts';
import {type Rule, say} from './question.ts';

/** Starts the id of every consequence of this rule, for policies. */
export const elevatedPrefix = 'elevated-';

/** Rights beyond the ordinary that the change brings. Those that the object had before are no consequence of it. */
export const elevationRule: Rule = ({before, after, ref}) => {
	if (after === null) return [];
	const had = new Set(before === null ? [] : elevatedRights(before).map(({text}) => text));
	return elevatedRights(after)
		.filter(({text}) => !had.has(text))
		.map(({id, text}) => say(`${elevatedPrefix}${id}`, 'danger', `${text.charAt(0).toUpperCase()}${text.slice(1)}`, ref));
};
