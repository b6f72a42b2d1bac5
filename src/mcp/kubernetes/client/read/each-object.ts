import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {ListPage, ListQuery} from '../../port.ts';
import {ApiError} from '../transport/api-error.ts';
import {notJson, type Transport} from '../transport/transport.ts';
import {listCall, listPosition, readPage, withType} from './paging.ts';
import {splitItems} from './split-items.ts';

export type EachOptions = {
	readonly signal?: AbortSignal | undefined;
	/** Told where a page stands, once its objects have been told. */
	readonly onPage?: (position: Pick<ListPage, 'resourceVersion' | 'cursor'>) => void;
};

/** A list that expires more often than this changes faster than it can be read. */
const maxRestarts = 3;

/**
 * Every object, page by page; the bytes of one page are held, and one parsed object at a time. A list that expired and cannot go on
 * starts again, and objects told before are left out; for that the uids are kept, not the objects.
 */
export async function* eachObject(
	transport: Transport,
	query: ListQuery,
	{signal, onPage}: EachOptions = {},
): AsyncGenerator<KubeObject, void> {
	const told = new Set<string>();
	let cursor = query.cursor;
	for (let restarts = 0; ; ) {
		const call = listCall({...query, cursor}, signal);
		const chunks = await readPage(call, transport.chunks).catch((error: unknown) => {
			if (cursor === undefined || restarts === maxRestarts || !(error instanceof ApiError) || error.refusal.status !== 410) throw error;
			return undefined;
		});
		if (chunks === undefined) {
			restarts++;
			cursor = undefined;
			continue;
		}
		const items = splitItems(chunks);
		const next = () => {
			try {
				return items.next();
			} catch (error) {
				throw error instanceof SyntaxError ? notJson(call, '') : error;
			}
		};
		let step: IteratorResult<JsonObject, JsonObject> = next();
		for (; !step.done; step = next()) {
			const object = withType(step.value, query.type);
			const key = object.metadata.uid ?? `${object.metadata.namespace}/${object.metadata.name}`;
			if (restarts > 0 && told.has(key)) continue;
			told.add(key);
			yield object;
		}
		const position = listPosition(step.value);
		onPage?.(position);
		cursor = position.cursor;
		if (cursor === undefined) return;
	}
}
