import {count, someOf} from '../../core/text/count.ts';
import {textLines} from '../../core/text/styled.ts';
import type {View} from '../../core/tool.ts';
import type {Unchecked} from './told-incident.ts';

/** `Role (7 classes of faults)`: which ones, JSON lists. */
const told = ({what, classes}: Unchecked) => (classes === undefined ? what : `${what} (${count(classes.length, 'class')} of faults)`);

/** Reasons that are told for many things are told once. */
export function uncheckedLines(notChecked: readonly Unchecked[], view: View): readonly string[] {
	if (notChecked.length === 0) return [];
	const byWhy = [...Map.groupBy(notChecked, ({why}) => why)];
	return ['', 'Not checked', ...byWhy.flatMap(([why, list]) => textLines('  ', `${someOf(list.map(told))}: ${why}`, view))];
}
