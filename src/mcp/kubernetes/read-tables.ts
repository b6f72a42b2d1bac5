import {isNotAllowed} from '../../core/error.ts';
import type {Cluster, ListQuery, ServerTable} from './port.ts';

const pageSize = 500;
/** Tables that are asked for at one time. */
const width = 4;
/** Rows that a namespace must hold on average to be worth a request of its own. */
const rowsWorthARequest = 100;

/**
 * The server's table of a query, part by part, in the server's order. The server makes one part while the one before is read.
 *
 * A long list of every namespace goes on namespace by namespace, where these may be listed: then no objects have to come along to say
 * where each row belongs, and the server has a fifth of the work. Each namespace is as it was when it was asked for.
 */
export async function* readTables(cluster: Cluster, query: ListQuery): AsyncGenerator<ServerTable, void> {
	const first = await cluster.table({...query, pageSize});
	const namespaces = await worthwhileNamespaces(cluster, query, first);
	if (namespaces === undefined) {
		yield* pagesFrom(cluster, query, first);
		return;
	}
	// The last namespace of the first page may go on behind it, and is asked for whole.
	const last = first.rows.at(-1)?.namespace ?? '';
	yield {...first, rows: first.rows.filter(({namespace}) => namespace !== last)};
	const rest = namespaces.filter(name => keyOf(name) >= keyOf(last));
	for (let start = 0; start < rest.length; start += width) {
		const asked = rest.slice(start, start + width).map(namespace => {
			const one = {...query, namespace};
			return {one, page: awaited(cluster.table({...one, pageSize}))};
		});
		for (const {one, page} of asked) yield* pagesFrom(cluster, one, await page);
	}
}

/** Undefined where pages are better: a short list, one namespace, a selector (the server does not count then), many small namespaces. */
async function worthwhileNamespaces(cluster: Cluster, {type, namespace}: ListQuery, {cursor, remaining = 0}: ServerTable) {
	if (!type.namespaced || namespace !== undefined || cursor === undefined || remaining < pageSize * width) return undefined;
	try {
		const names: string[] = [];
		const query = {type: await cluster.typeOf('namespaces')};
		for await (const {rows} of pagesFrom(cluster, query, await cluster.table({...query, pageSize}))) {
			names.push(...rows.map(({name}) => name));
			if (names.length * rowsWorthARequest > remaining) return undefined;
		}
		return names.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
	} catch (error) {
		if (isNotAllowed(error)) return undefined;
		throw error;
	}
}

/** The server orders by the keys of its store, in which a slash stands behind the namespace. */
const keyOf = (namespace: string) => `${namespace}/`;

async function* pagesFrom(cluster: Cluster, query: ListQuery, first: ServerTable): AsyncGenerator<ServerTable, void> {
	let page: ServerTable | undefined = first;
	while (page !== undefined) {
		const {cursor}: ServerTable = page;
		const next: Promise<ServerTable> | undefined = cursor === undefined ? undefined : awaited(cluster.table({...query, pageSize, cursor}));
		yield page;
		page = await next;
	}
}

/** A page that is asked for ahead fails for the one who waits for it; nobody may, when enough was read before. */
function awaited(asked: Promise<ServerTable>): Promise<ServerTable> {
	asked.catch(() => {});
	return asked;
}
