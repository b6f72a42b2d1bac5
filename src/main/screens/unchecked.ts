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
