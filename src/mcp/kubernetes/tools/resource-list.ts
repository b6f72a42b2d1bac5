import * as z from 'zod';
import type {Json} from '../../../core/json.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import {cleanedObject} from '../model/cleaned-object.ts';
import {compactList, compactListOutput, compactRow, listOutput} from '../model/compact-list.ts';
import {fittingRows, offsetOf, answerCharacters as usualCharacters} from '../model/fitting-rows.ts';
import {rowHealth} from '../model/row-health.ts';
import {simplePath} from '../model/simple-path.ts';
import {plainLine} from '../model/untrusted-text.ts';
import type {Cluster, ListQuery} from '../port.ts';
import {refuseMissingNamespace} from '../read-neighbours.ts';
import {readTables} from '../read-tables.ts';
import {
	allNamespacesField,
	command,
	cursorField,
	fieldSelectorField,
	kindField,
	labelSelectorField,
	limitField,
	namespaceField,
	type OnCluster,
	readOnly,
} from '../tool-input.ts';

/** More rows than this are not counted unless all are asked for; the answer says so. */
const mostRows = 20_000;

/** Characters of an answer around its rows and its counts. */
const aroundRows = 500;

type Output = z.output<typeof listOutput>;
type Row = Output['rows'][number] & {readonly word: string};

/** The longest name that an object can have: a name that is cut is no use in the next command. */
const cellCharacters = 253;

export const resourceList = readTool({
	name: 'resource_list',
	summary: 'Lists objects of any kind with counts by status, unhealthy ones first',
	effect: 'read',
	annotations: readOnly,
	command: command('list'),
	positionals: ['kind'],
	input: z.object({
		kind: kindField,
		namespace: namespaceField,
		allNamespaces: allNamespacesField,
		labelSelector: labelSelectorField,
		fieldSelector: fieldSelectorField,
		columns: z.array(z.string().max(300)).max(12).default([]).describe('Paths to show, such as .spec.nodeName'),
		limit: limitField(50),
		all: z.boolean().default(false).describe('Every row at once, whatever the limit'),
		cursor: cursorField,
	}),
	output: listOutput,
	compact: {output: compactListOutput, of: compactList},
	async run(
		{kind, namespace, allNamespaces, labelSelector, fieldSelector, columns, limit, all, cursor},
		{ports: {cluster}, signal, answerCharacters = usualCharacters, toldCompactly = false}: OnCluster,
	) {
		const type = await cluster.typeOf(kind);
		const where = type.namespaced && !allNamespaces ? (namespace ?? cluster.namespace) : undefined;
		const query: ListQuery = {type, namespace: where, labelSelector, fieldSelector};
		const counted = all ? Number.POSITIVE_INFINITY : mostRows;
		const found = await (columns.length > 0
			? chosenColumns(cluster, query, {columns, most: counted, signal})
			: serverColumns(cluster, query, {most: counted, signal}));
		if (found.rows.length === 0 && where !== undefined) await refuseMissingNamespace(cluster, where);
		const byStatus = Map.groupBy(found.rows, ({word}) => word);
		const ranked = [...found.rows.filter(({healthy}) => healthy === false), ...found.rows.filter(({healthy}) => healthy !== false)];
		const offset = offsetOf(cursor);
		const head = {
			kind: type.kind,
			plural: type.plural,
			...(where === undefined ? {} : {namespace: where}),
			columns: found.columns,
			total: found.rows.length,
			complete: found.complete,
			byStatus: Object.fromEntries([...byStatus].filter(([word]) => word !== '').map(([word, {length}]) => [word, length])),
		};
		const wanted = ranked.slice(offset, all ? undefined : offset + limit).map(({word: _, ...row}) => row);
		const most = all ? answerCharacters : Math.min(answerCharacters, usualCharacters);
		const rows = fittingRows(wanted, most - JSON.stringify(head).length - aroundRows, toldCompactly ? compactRow(head, wanted) : undefined);
		const shown = offset + rows.length;
		return {
			...head,
			rows: [...rows],
			leftOut: Math.max(0, found.rows.length - shown),
			...(shown < found.rows.length ? {cursor: String(shown)} : {}),
		};
	},
	text: listText,
});

type Reading = {readonly most: number; readonly signal: AbortSignal};
type Found = {readonly columns: string[]; readonly rows: readonly Row[]; readonly complete: boolean};

/** The server's own table: it is made for display, and ten times smaller than the objects. */
async function serverColumns(cluster: Cluster, query: ListQuery, {most, signal}: Reading): Promise<Found> {
	const rows: Row[] = [];
	let columns: string[] = [];
	for await (const table of readTables(cluster, query)) {
		signal.throwIfAborted();
		if (rows.length >= most) return {columns, rows, complete: false};
		const usual = table.columns.map(({priority}) => priority === 0);
		const names = table.columns.map(({name}) => name);
		columns = names.filter((_, index) => usual[index]);
		for (const {cells, name, namespace} of table.rows) {
			const {word, healthy} = rowHealth(names, cells);
			const shown = cells.filter((_, index) => usual[index]).map(cell => plainLine(String(cell ?? ''), cellCharacters));
			rows.push({...(namespace === undefined ? {} : {namespace}), name, cells: shown, ...(healthy === undefined ? {} : {healthy}), word});
		}
	}
	return {columns, rows, complete: true};
}

async function chosenColumns(
	cluster: Cluster,
	query: ListQuery,
	{columns, most, signal}: Reading & {readonly columns: readonly string[]},
): Promise<Found> {
	const paths = columns.map(simplePath);
	const rows: Row[] = [];
	for await (const object of cluster.each(query)) {
		signal.throwIfAborted();
		const {name, namespace} = object.metadata;
		const visible = cleanedObject(object);
		const cells = paths.map(read => plainLine(read(visible).map(cellText).join(','), cellCharacters));
		rows.push({...(namespace === undefined ? {} : {namespace}), name, cells: [name, ...cells], word: ''});
		if (rows.length === most) return {columns: ['Name', ...columns], rows, complete: false};
	}
	return {columns: ['Name', ...columns], rows, complete: true};
}

const cellText = (value: Json) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function listText({kind, plural, namespace, columns, rows, total, complete, byStatus, leftOut, cursor}: Output, view: View): string {
	const counts = Object.entries(byStatus).toSorted((a, b) => b[1] - a[1]);
	const place = namespace === undefined ? '' : ` in ${namespace}`;
	const head = `${complete ? '' : 'at least '}${total} ${total === 1 ? kind.toLowerCase() : plural}${place}${counts.length === 0 ? '' : `: ${counts.map(([word, count]) => `${count} ${word}`).join(', ')}`}`;
	const wide = namespace === undefined && rows.some(row => row.namespace !== undefined);
	const table = textTable({
		headers: [...(wide ? ['NAMESPACE'] : []), ...columns.map(name => name.toUpperCase())],
		rows: rows.map(row => [...(wide ? [row.namespace ?? ''] : []), ...row.cells]),
		view,
	});
	const more = cursor === undefined ? [] : [`${leftOut} more: --all, --cursor ${cursor}, or narrow with --label-selector`];
	return [head, ...(rows.length === 0 ? [] : ['', table]), ...more].join('\n');
}
