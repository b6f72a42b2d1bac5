import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import type {Cluster, ListPage, ListQuery, ServerTable} from '../port.ts';
import {withinNamespace} from './place-of-path.ts';

const position = z.tuple([z.string(), z.string()]);

const usualPage = 500;

type Page<Item> = {readonly items: readonly Item[]; readonly cursor?: string | undefined};

/** One page over several namespaces, in their order: as many questions as it takes to fill it. */
async function pageOver<Item, Answer extends Page<Item>>(
	places: readonly string[],
	{cursor, pageSize = usualPage, ...query}: ListQuery,
	ask: (query: ListQuery) => Promise<Answer>,
): Promise<{readonly answers: readonly Answer[]; readonly cursor?: string}> {
	const [from, begun] = cursor === undefined ? [places[0], ''] : positionOf(cursor, places);
	const answers: Answer[] = [];
	let left = pageSize;
	let inner = begun;
	for (const namespace of places.slice(from === undefined ? 0 : places.indexOf(from))) {
		if (left <= 0) return {answers, cursor: JSON.stringify([namespace, ''])};
		const answer = await ask({...query, namespace, pageSize: left, ...(inner === '' ? {} : {cursor: inner})});
		answers.push(answer);
		left -= answer.items.length;
		inner = '';
		if (answer.cursor !== undefined) return {answers, cursor: JSON.stringify([namespace, answer.cursor])};
	}
	return {answers};
}

/** A cursor comes back from outside: it goes on in one of these namespaces, or nowhere. */
function positionOf(cursor: string, places: readonly string[]): readonly [string, string] {
	try {
		const [namespace, inner] = position.parse(JSON.parse(cursor));
		if (places.includes(namespace)) return [namespace, inner];
	} catch {
		// Told below.
	}
	throw new MkcoaError({kind: 'usage', code: 'bad-cursor', what: 'The cursor is none of this list', next: 'Begin the list anew'});
}

/** Objects of several namespaces as one list. */
export async function listOver(places: readonly string[], query: ListQuery, cluster: Pick<Cluster, 'list'>): Promise<ListPage> {
	const {answers, cursor} = await pageOver(places, query, each => cluster.list(each));
	return {
		items: answers.flatMap(({items}) => items),
		resourceVersion: answers.at(-1)?.resourceVersion ?? '',
		...(cursor === undefined ? {} : {cursor}),
	};
}

/** The server's columns of several namespaces as one table. */
export async function tableOver(places: readonly string[], query: ListQuery, cluster: Pick<Cluster, 'table'>): Promise<ServerTable> {
	const {answers, cursor} = await pageOver(places, query, async each => {
		const table = await cluster.table(each);
		// The server names the namespace in no column where one was asked for.
		return {...table, items: table.rows.map(row => ({namespace: each.namespace, ...row}))};
	});
	return {
		columns: answers[0]?.columns ?? [],
		rows: answers.flatMap(({items}) => items),
		...(cursor === undefined ? {} : {cursor}),
	};
}

/** A list below the API server, of several namespaces: undefined where none of them knows it. */
export async function rawOver(places: readonly string[], path: string, cluster: Pick<Cluster, 'raw'>): Promise<JsonObject | undefined> {
	const answers: JsonObject[] = [];
	for (const namespace of places) {
		const answer = await cluster.raw(withinNamespace(path, namespace));
		if (answer !== undefined) answers.push(answer);
	}
	const [first] = answers;
	if (first === undefined) return places.length === 0 ? {items: []} : undefined;
	return {...first, items: answers.flatMap(({items}) => (Array.isArray(items) ? items.filter(isJsonObject) : []))};
}
