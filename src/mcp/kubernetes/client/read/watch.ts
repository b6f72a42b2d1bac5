import {sleep} from '../../../../core/clock.ts';
import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {ListQuery, WatchEvent} from '../../port.ts';
import {aboutOf, resourcePath} from '../discovery/resource-path.ts';
import {ApiError, readRefusal} from '../transport/api-error.ts';
import {refusedCall} from '../transport/refused-call.ts';
import {backoffMs, mayPass, type Pace} from '../transport/retry.ts';
import type {Transport} from '../transport/transport.ts';
import {eachObject} from './each-object.ts';
import {withType} from './paging.ts';
import {splitLines} from './split-lines.ts';
import {makeWatchMemory, type WatchMemory} from './watch-memory.ts';

/** The server ends a watch after this long, plus a random part; a silent connection is given up a little later. */
const watchSeconds = 240;
const graceMs = 30_000;
/** No object of a healthy cluster comes near: etcd refuses 1.5 MB. */
const longestEventBytes = 32 * 1024 * 1024;

/** An event names nobody; what it refuses is the watch itself. */
const watcher = {who: 'The watcher', whenRefused: () => ({why: 'the cluster ended the watch', next: 'Sign in to the cluster again'})};

export type WatchNeeds = Pace & {readonly transport: Transport};

/**
 * What exists, then `synced` once, then every change. Resumes from the last version after bookmarks, ends, resets, silence and
 * 5xx; after 410 lists again and tells the difference. Ends quietly when the signal aborts.
 * @throws MkcoaError when the first list fails, or for a refusal that does not pass (403, 404)
 */
export async function* watchObjects(needs: WatchNeeds, query: ListQuery, signal: AbortSignal): AsyncIterable<WatchEvent> {
	const memory = makeWatchMemory();
	let synced = false;
	let failures = 0;
	try {
		while (!signal.aborted) {
			let heard = false;
			try {
				if (memory.version === undefined) yield* relist(needs, query, memory, signal);
				if (!synced) yield {type: 'synced'};
				synced = true;
				for await (const event of watchOnce(needs, query, memory, signal)) {
					heard = true;
					if (event !== 'bookmark') yield event;
				}
			} catch (error) {
				if (signal.aborted) return;
				if (isExpired(error)) memory.version = undefined;
				else if (!synced || !mayPass(error)) throw error;
			}
			failures = heard ? 0 : failures + 1;
			if (failures > 0) await sleep(needs.clock, backoffMs(Math.min(failures, 8), needs.random), signal);
		}
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}

const isExpired = (error: unknown) => error instanceof ApiError && error.refusal.status === 410;

/** Tells what a list shows that was not known, and what is gone. */
async function* relist({transport}: WatchNeeds, query: ListQuery, memory: WatchMemory, signal: AbortSignal): AsyncIterable<WatchEvent> {
	const seen = new Set<string>();
	let version: string | undefined;
	// Later pages may be newer; from the first page's version on, nothing is missed.
	const objects = eachObject(transport, query, {signal, onPage: ({resourceVersion}) => (version ??= resourceVersion)});
	for await (const object of objects) {
		seen.add(memory.keyOf(object));
		yield* memory.learn(object);
	}
	yield* memory.forgetAllBut(seen);
	memory.version = version;
}

/** One connection. @throws ApiError for an ERROR event, NetworkError when it breaks */
async function* watchOnce(
	{transport, clock, random}: WatchNeeds,
	{type, namespace, labelSelector, fieldSelector}: ListQuery,
	memory: WatchMemory,
	signal: AbortSignal,
): AsyncIterable<WatchEvent | 'bookmark'> {
	const timeoutSeconds = Math.round(watchSeconds * (1 + random() / 4));
	const silent = new AbortController();
	const cancel = clock.schedule(timeoutSeconds * 1000 + graceMs, () => silent.abort());
	const about = aboutOf('watch', type, namespace);
	try {
		const chunks = await transport.stream({
			method: 'GET',
			path: resourcePath(type, {namespace}),
			query: {watch: true, allowWatchBookmarks: true, resourceVersion: memory.version, timeoutSeconds, labelSelector, fieldSelector},
			changes: false,
			about,
			signal: AbortSignal.any([signal, silent.signal]),
		});
		for await (const {text, cut} of splitLines(chunks, longestEventBytes)) {
			const event = cut ? undefined : parseEvent(text);
			// Half a line is what a broken connection leaves; the next one tells it whole.
			if (event === undefined) return;
			const {kind, object} = event;
			if (kind === 'ERROR') throw refusedCall(readRefusal(Number(object.code), JSON.stringify(object), undefined), about, watcher);
			const known = withType(object, type);
			if (known.metadata.resourceVersion !== undefined) memory.version = known.metadata.resourceVersion;
			if (kind === 'BOOKMARK') yield 'bookmark';
			else yield* kind === 'DELETED' ? memory.forget(known) : memory.learn(known);
		}
	} catch (error) {
		if (!silent.signal.aborted || signal.aborted) throw error;
	} finally {
		cancel();
		silent.abort();
	}
}

function parseEvent(line: string): {readonly kind: string; readonly object: JsonObject & Pick<KubeObject, 'metadata'>} | undefined {
	try {
		const event: unknown = JSON.parse(line);
		if (!isJsonObject(event) || typeof event.type !== 'string' || !isJsonObject(event.object)) return undefined;
		// Every event carries an object or a Status, and both have metadata.
		return {kind: event.type, object: {metadata: {name: ''}, ...event.object} as JsonObject & Pick<KubeObject, 'metadata'>};
	} catch {
		return undefined;
	}
}
