import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube-object.ts';
import type {ListPage, ListQuery, ResourceType} from '../../port.ts';
import {aboutOf, resourcePath} from '../discovery/resource-path.ts';
import {ApiError} from '../transport/api-error.ts';
import type {Call} from '../transport/call.ts';
import type {Transport} from '../transport/transport.ts';

const defaultPageSize = 500;

/** The request of one page. */
export const listCall = (
	{type, namespace, labelSelector, fieldSelector, pageSize = defaultPageSize, cursor}: ListQuery,
	signal?: AbortSignal,
): Call => ({
	method: 'GET',
	path: resourcePath(type, {namespace}),
	query: {labelSelector, fieldSelector, limit: pageSize, continue: cursor},
	changes: false,
	about: aboutOf('list', type, namespace),
	signal,
});

/** Items of a list do not repeat their kind; an object that travels alone needs it. */
export const withType = (item: JsonObject, {apiVersion, kind}: ResourceType): KubeObject =>
	// The API server answers objects with metadata; what it answers is not checked field by field.
	({apiVersion, kind, ...item}) as KubeObject;

/** Where a list goes on, and as of when. */
export function listPosition(body: JsonObject): Pick<ListPage, 'resourceVersion' | 'cursor' | 'remaining'> {
	const metadata = isJsonObject(body.metadata) ? body.metadata : {};
	const {resourceVersion, continue: cursor, remainingItemCount: remaining} = metadata;
	return {
		resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '',
		...(typeof cursor === 'string' && cursor !== '' ? {cursor} : {}),
		...(typeof remaining === 'number' ? {remaining} : {}),
	};
}

/**
 * One page as the server sends it. A cursor that expired goes on with what is stored now, where the server offers that.
 * @throws MkcoaError `expired` when the list has to start again
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#410-gone-responses
 */
export async function readPage(transport: Transport, call: Call): Promise<JsonObject> {
	try {
		return (await transport.json(call)).body;
	} catch (error) {
		const token = error instanceof ApiError && error.refusal.status === 410 ? error.refusal.continueToken : undefined;
		if (token === undefined || call.query?.continue === undefined) throw error;
		return (await transport.json({...call, query: {...call.query, continue: token}})).body;
	}
}

export async function listPage(transport: Transport, query: ListQuery, signal?: AbortSignal): Promise<ListPage> {
	const body = await readPage(transport, listCall(query, signal));
	const items = Array.isArray(body.items) ? body.items.filter(isJsonObject) : [];
	return {items: items.map(item => withType(item, query.type)), ...listPosition(body)};
}

/**
 * Every page until the end, one held at a time. A list that expired and cannot go on starts again, and objects told before are
 * left out; for that the uids are kept, not the objects.
 */
export async function* eachPage(transport: Transport, query: ListQuery, signal?: AbortSignal): AsyncIterable<ListPage> {
	const told = new Set<string>();
	let cursor = query.cursor;
	for (let restarts = 0; ; ) {
		const page = await listPage(transport, {...query, cursor}, signal).catch((error: unknown) => {
			if (cursor === undefined || restarts === 3 || !(error instanceof ApiError) || error.refusal.status !== 410) throw error;
			return undefined;
		});
		if (page === undefined) {
			restarts++;
			cursor = undefined;
			continue;
		}
		cursor = page.cursor;
		const items = told.size === 0 ? page.items : page.items.filter(({metadata}) => !told.has(metadata.uid ?? metadata.name));
		if (cursor !== undefined) for (const {metadata} of items) told.add(metadata.uid ?? metadata.name);
		yield {...page, items};
		if (cursor === undefined) return;
	}
}
