import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import {objectsAt, wordAt} from '../../model/fields.ts';
import type {ListQuery, ServerTable} from '../../port.ts';
import {parseBody, type Transport} from '../transport/transport.ts';
import {listCall, listPosition, readPage} from './paging.ts';
import {shortTable} from './short-table.ts';

const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** The server's own columns. A server that makes no tables gives names and creation times. */
export async function readTable(transport: Transport, query: ListQuery): Promise<ServerTable> {
	const call = listCall(query);
	const bytes = Buffer.concat(await readPage({...call, accept, query: {...call.query, includeObject: 'Metadata'}}, transport.chunks));
	const body = shortTable(bytes, query.type.namespaced) ?? parseBody(bytes.toString('utf8'), call);
	const {cursor, remaining} = listPosition(body);
	return {...(body.kind === 'Table' ? fromTable(body) : fromList(body)), cursor, remaining};
}

const fromTable = (body: JsonObject): Pick<ServerTable, 'columns' | 'rows'> => ({
	columns: objectsAt(body.columnDefinitions).map(({name, type, priority}) => ({
		name: wordAt(name),
		type: wordAt(type),
		priority: typeof priority === 'number' ? priority : 0,
	})),
	rows: objectsAt(body.rows).map(({cells, object}) => ({
		cells: (Array.isArray(cells) ? cells : []).map(cellOf),
		...namesOf(isJsonObject(object) ? object : {}),
	})),
});

const fromList = (body: JsonObject): Pick<ServerTable, 'columns' | 'rows'> => ({
	columns: [
		{name: 'Name', type: 'string', priority: 0},
		{name: 'Created At', type: 'date', priority: 0},
	],
	rows: objectsAt(body.items).map(item => {
		const names = namesOf(item);
		return {cells: [names.name, isJsonObject(item.metadata) ? wordAt(item.metadata.creationTimestamp) : ''], ...names};
	}),
});

const cellOf = (cell: Json): string | number | boolean | null => (typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : cell);

function namesOf({metadata}: JsonObject): {readonly name: string; readonly namespace?: string} {
	const {name, namespace} = isJsonObject(metadata) ? metadata : {};
	return {name: wordAt(name), ...(typeof namespace === 'string' ? {namespace} : {})};
}
