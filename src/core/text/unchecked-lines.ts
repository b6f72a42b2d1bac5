import type {View} from '../tool.ts';
import type {Unchecked} from '../unchecked.ts';
import {count, someOf} from './count.ts';
import {textLines} from './styled.ts';

/** `Role (7 classes of faults)`: which ones, JSON lists. */
const told = ({what, classes}: Unchecked) => (classes === undefined ? what : `${what} (${count(classes.length, 'class')} of faults)`);

/** Reasons that are told for many things are told once. */
export function uncheckedLines(notChecked: readonly Unchecked[], view: View): readonly string[] {
	if (notChecked.length === 0) return [];
	const byWhy = [...Map.groupBy(notChecked, ({why}) => why)];
	return ['', 'Not checked', ...byWhy.flatMap(([why, list]) => textLines('  ', `${someOf(list.map(told))}: ${why}`, view))];
}
