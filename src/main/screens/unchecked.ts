import type {Detection} from '../../analysis/detection/detect.ts';
import type {Unread} from '../../analysis/detection/snapshot.ts';
import type {Finding} from '../../core/finding.ts';
import {someOf} from '../../core/text/count.ts';

/** Something that was not looked at, and why: silence is no pass. */
export const unchecked = (id: string, cause: string, why: string): Finding => ({
	id,
	status: 'not-checked',
	severity: 'low',
	evidence: [],
	cause: `Not looked at: ${cause}`,
	why,
});

/** Kinds that were left unread for one reason stand in one row. */
export const uncheckedKinds = (unread: readonly Unread[]): readonly Finding[] =>
	[...Map.groupBy(unread, ({why}) => why)].map(([why, list]) => {
		const kinds = [...new Set(list.map(({kind}) => kind))];
		const places = [...new Set(list.flatMap(({namespace}) => namespace ?? []))];
		const where = places.length === 0 ? '' : ` in ${someOf(places)}`;
		return unchecked('kinds-not-read', `${someOf(kinds)}${where}`, `${someOf(kinds)}${where}: ${why}`);
	});

/** Whether it becomes well nobody can tell yet. */
export const onItsWay = ({ref, how}: Detection['onTheirWay'][number]): Finding => ({
	id: 'on-its-way',
	status: 'not-checked',
	severity: 'low',
	resource: ref,
	evidence: [],
	cause: `It is on its way: ${how}`,
	why: `it changed within the last 5 minutes and is still on its way: ${how}`,
});

/** What a diagnosis of one object does not reach. */
export const notLookedAt = (said: string): Finding => ({
	id: 'not-looked-at',
	status: 'not-checked',
	severity: 'low',
	evidence: [],
	cause: said,
	why: said.replace(/^Not looked at: /, ''),
});
