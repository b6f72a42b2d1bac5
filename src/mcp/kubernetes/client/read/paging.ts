import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {ListPage, ListQuery, ResourceType} from '../../port.ts';
import {aboutOf, resourcePath} from '../discovery/resource-path.ts';
import {ApiError} from '../transport/api-error.ts';
import type {Call} from '../transport/call.ts';
import type {Transport} from '../transport/transport.ts';

const defaultPageSize = 500;

/** @see https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches */
const metadataAlone = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json';

/** The request of one page. */
export const listCall = (
	{type, namespace, labelSelector, fieldSelector, pageSize = defaultPageSize, cursor, onlyMetadata}: ListQuery,
	signal?: AbortSignal,
): Call => ({
	method: 'GET',
	path: resourcePath(type, {namespace}),
	query: {labelSelector, fieldSelector, limit: pageSize, continue: cursor},
	changes: false,
	...(onlyMetadata === true ? {accept: metadataAlone} : {}),
	about: aboutOf('list', type, namespace),
	signal,
});

/** Items of a list do not repeat their kind; an object that travels alone needs it. */
export const withType = (item: JsonObject, {apiVersion, kind}: ResourceType): KubeObject =>
	// The API server answers objects with metadata; what it answers is not checked field by field.
	(item.kind === 'PartialObjectMetadata' ? {...item, apiVersion, kind} : {apiVersion, kind, ...item}) as KubeObject;

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
 * Runs the request of one page. A cursor that expired goes on with what is stored now, where the server offers that.
 * @throws MkcoaError `expired` when the list has to start again
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#410-gone-responses
 */
export async function readPage<Answer>(call: Call, send: (call: Call) => Promise<Answer>): Promise<Answer> {
	try {
		return await send(call);
	} catch (error) {
		const token = error instanceof ApiError && error.refusal.status === 410 ? error.refusal.continueToken : undefined;
		if (token === undefined || call.query?.continue === undefined) throw error;
		return send({...call, query: {...call.query, continue: token}});
	}
}

/**
 * One page of objects and where the next one begins.
 * @throws MkcoaError `expired` when the list has to start again
 */
export async function listPage(transport: Transport, query: ListQuery): Promise<ListPage> {
	const {body} = await readPage(listCall(query), transport.json);
	const items = Array.isArray(body.items) ? body.items.filter(isJsonObject) : [];
	return {items: items.map(item => withType(item, query.type)), ...listPosition(body)};
}
