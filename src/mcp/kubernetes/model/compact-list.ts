import * as z from 'zod';

/** A list as `resource_list` tells it to people's programs: each row under its name. */
export const listOutput = z.object({
	kind: z.string(),
	plural: z.string(),
	namespace: z.string().optional(),
	columns: z.array(z.string()),
	rows: z.array(
		z.object({namespace: z.string().optional(), name: z.string(), cells: z.array(z.string()), healthy: z.boolean().optional()}),
	),
	total: z.number(),
	/** False when counting stopped before the end. */
	complete: z.boolean(),
	byStatus: z.record(z.string(), z.number()),
	leftOut: z.number(),
	cursor: z.string().optional(),
});
type List = z.output<typeof listOutput>;
type Row = List['rows'][number];

/** The same as a table: what stands in every row is said once. */
export const compactListOutput = listOutput.extend({
	rows: z.array(z.array(z.string())).describe('The cells of each row, in the order of columns'),
	unhealthy: z
		.number()
		.optional()
		.describe('How many rows are unhealthy: the first ones. Left out where the columns do not tell of any row'),
	unjudged: z.array(z.number()).optional().describe('Indices of the other rows of which the columns do not tell'),
});
type CompactList = z.output<typeof compactListOutput>;

/** Nothing is lost: a name or a namespace that is no column of the server's becomes one. */
export function compactList({columns, rows, ...rest}: List): CompactList {
	const {namespace, name} = lackedColumns({columns, namespace: rest.namespace}, rows);
	const unjudged = rows.flatMap(({healthy}, index) => (healthy === undefined ? [index] : []));
	return {
		...rest,
		columns: [...(namespace ? ['Namespace'] : []), ...(name ? ['Name'] : []), ...columns],
		rows: rows.map(compactRow({columns, namespace: rest.namespace}, rows)),
		...(unjudged.length === rows.length ? {} : {unhealthy: rows.filter(({healthy}) => healthy === false).length}),
		...(unjudged.length === 0 || unjudged.length === rows.length ? {} : {unjudged}),
	};
}

type Head = Pick<List, 'columns' | 'namespace'>;

/** A row of these rows as the compact form tells it. */
export function compactRow(head: Head, rows: readonly Row[]): (row: Row) => string[] {
	const lacked = lackedColumns(head, rows);
	return ({namespace = '', name, cells}) => [...(lacked.namespace ? [namespace] : []), ...(lacked.name ? [name] : []), ...cells];
}

const lackedColumns = ({columns, namespace}: Head, rows: readonly Row[]) => ({
	namespace: namespace === undefined && rows.some(row => row.namespace !== undefined),
	name: rows.some(({name, cells}) => cells[columns.indexOf('Name')] !== name),
});
