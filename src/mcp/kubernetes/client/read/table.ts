import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import {objectsAt, wordAt} from '../../model/fields.ts';
import type {ListQuery, ServerTable} from '../../port.ts';
import {parseBody, type Transport} from '../transport/transport.ts';
import {listCall, listPosition, readPage} from './paging.ts';
import {shortTable} from './short-table.ts';

const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/**
 * The server's own columns. A server that makes no tables gives names and creation times.
 *
 * Objects come along only where their namespace is asked for: a table without them is a thirtieth of the text, and a fifth of the server's work.
 */
export async function readTable(transport: Transport, query: ListQuery): Promise<ServerTable> {
	const {type, namespace} = query;
	if (type.namespaced && namespace === undefined) return readWithObjects(transport, query);
	const {body, call} = await ask(transport, query, 'None');
	const table = parseBody(body.toString('utf8'), call);
	if (table.kind !== 'Table') return {...fromList(table), ...whereItStands(table)};
	const nameAt = objectsAt(table.columnDefinitions).findIndex(({format}) => format === 'name');
	if (nameAt === -1) return readWithObjects(transport, query);
	const place = type.namespaced && namespace !== undefined ? {namespace} : {};
	return {...fromTable(table, (_, cells) => ({name: String(cells[nameAt] ?? ''), ...place})), ...whereItStands(table)};
}

async function readWithObjects(transport: Transport, query: ListQuery): Promise<ServerTable> {
	const {body, call} = await ask(transport, query, 'Metadata');
	const table = shortTable(body, query.type.namespaced) ?? parseBody(body.toString('utf8'), call);
	const content = table.kind === 'Table' ? fromTable(table, object => namesOf(isJsonObject(object) ? object : {})) : fromList(table);
	return {...content, ...whereItStands(table)};
}

async function ask(transport: Transport, query: ListQuery, includeObject: 'None' | 'Metadata') {
	const plain = listCall(query);
	const call = {...plain, accept, query: {...plain.query, includeObject}};
	return {call, body: Buffer.concat(await readPage(call, transport.chunks))};
}

function whereItStands(table: JsonObject): Pick<ServerTable, 'cursor' | 'remaining'> {
	const {cursor, remaining} = listPosition(table);
	return {cursor, remaining};
}

type Content = Pick<ServerTable, 'columns' | 'rows'>;
type Cell = ServerTable['rows'][number]['cells'][number];
type Names = {readonly name: string; readonly namespace?: string};

const fromTable = (table: JsonObject, namesFrom: (object: Json | undefined, cells: readonly Cell[]) => Names): Content => ({
	columns: objectsAt(table.columnDefinitions).map(({name, type, priority}) => ({
		name: wordAt(name),
		type: wordAt(type),
		priority: typeof priority === 'number' ? priority : 0,
	})),
	rows: objectsAt(table.rows).map(({cells, object}) => {
		const read = (Array.isArray(cells) ? cells : []).map(cellOf);
		return {cells: read, ...namesFrom(object, read)};
	}),
});

const fromList = (body: JsonObject): Content => ({
	columns: [
		{name: 'Name', type: 'string', priority: 0},
		{name: 'Created At', type: 'date', priority: 0},
	],
	rows: objectsAt(body.items).map(item => {
		const names = namesOf(item);
		return {cells: [names.name, isJsonObject(item.metadata) ? wordAt(item.metadata.creationTimestamp) : ''], ...names};
	}),
});

const cellOf = (cell: Json): Cell => (typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : cell);

function namesOf({metadata}: JsonObject): Names {
	const {name, namespace} = isJsonObject(metadata) ? metadata : {};
	return {name: wordAt(name), ...(typeof namespace === 'string' ? {namespace} : {})};
}
