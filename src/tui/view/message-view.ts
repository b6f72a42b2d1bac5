import {emptyLine, hanging, span} from '../../core/text/styled.ts';
import {rule} from '../rule.ts';
import {type Leave, leave, type View} from './view.ts';

/** A few sentences, until any key. */
export const messageView: View<{readonly title: string; readonly text: string}, undefined, Leave> = {
	first: undefined,
	press: () => ({place: undefined, act: leave}),
	lines(_, {data: {title, text}, size: {columns, rows}}) {
		const width = Math.max(20, columns);
		const told = [rule(width, title), ...hanging([], text, {width}), emptyLine].slice(0, Math.max(1, rows - 3));
		return [...told, rule(width), [span('Any key goes back', 'dim')]];
	},
};
