import type {Place} from '../../../series/request-series.ts';

/** Who told a value: a pod that several jobs scrape counts once. */
export const tellers = ['job', 'instance'] as const;

/** Of a pod that several jobs scrape, the rows of the first one. Gateways are several, and each counts requests of its own. */
export function toldOnce<Row extends {readonly name: string; readonly group: string}>(
	rows: readonly Row[],
	{by}: Pick<Place, 'by'>,
): readonly Row[] {
	if (by === 'service') return rows;
	const told = new Map<string, string>();
	for (const {name, group} of rows) if (group < (told.get(name) ?? '\uffff')) told.set(name, group);
	return rows.filter(({name, group}) => told.get(name) === group);
}
