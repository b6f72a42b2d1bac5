import type {KubeObject, ObjectMeta} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Cluster} from '../cluster.ts';
import {apiVersionOf, type Resource, storageName} from '../resource.ts';
import type {Sink, StreamAnswer} from '../routing/answer.ts';
import type {StoreEvent} from '../storage/history.ts';

// The API server sends a bookmark about once a minute.
const bookmarkEveryMs = 60_000;

export type WatchRequest = {
	readonly resource: Resource;
	readonly isSelected: (object: KubeObject) => boolean;
	readonly query: URLSearchParams;
	/** How this stream writes an object. */
	readonly write: (object: KubeObject) => string;
	/** To the version that the client asked for. */
	readonly convert: (object: KubeObject) => KubeObject;
};

const isTrue = (value: string | null) => value === 'true' || value === '1';

const line = (type: string, text: string) => `{"type":"${type}","object":${text}}\n`;

/** A stream of events, one JSON object a line: what happened since a version, then what happens. */
export function watchStream(cluster: Cluster, request: WatchRequest): StreamAnswer {
	return {
		kind: 'stream',
		contentType: 'application/json',
		run(sink, signal) {
			try {
				sendPast(cluster, request, sink);
			} catch (error) {
				// Once the answer has begun, a refusal is an event too.
				if (!(error instanceof StatusError)) throw error;
				sink.write(line('ERROR', JSON.stringify(error.status())));
				return sink.end();
			}
			follow(cluster, request, sink, signal);
		},
	};
}

/** What is there already, or what has happened since the version that the client knows. */
function sendPast(cluster: Cluster, request: WatchRequest, sink: Sink): void {
	const {resource, isSelected, query, write, convert} = request;
	const version = Number(query.get('resourceVersion') ?? '');
	const initial = query.get('sendInitialEvents');
	const name = storageName(resource);
	if (!isTrue(initial) && (initial !== null || version > 0)) {
		if (version > 0) for (const event of cluster.store.since(name, version)) send(request, sink, event);
		return;
	}
	for (const object of cluster.store.list(name)) if (isSelected(object)) sink.write(line('ADDED', write(convert(object))));
	if (isTrue(initial) && isTrue(query.get('allowWatchBookmarks'))) {
		sink.write(bookmark(cluster, request, {'k8s.io/initial-events-end': 'true'}));
	}
}

/** What happens from now on, until the client has gone or its time is over. */
function follow(cluster: Cluster, request: WatchRequest, sink: Sink, signal: AbortSignal): void {
	const {resource, query} = request;
	const name = storageName(resource);
	const timeoutSeconds = Number(query.get('timeoutSeconds') ?? 0);
	const stops = [cluster.store.listen(event => event.resource === name && send(request, sink, event))];
	const stop = () => {
		for (const each of stops) each();
	};
	if (isTrue(query.get('allowWatchBookmarks'))) {
		stops.push(repeat(cluster, bookmarkEveryMs, () => sink.write(bookmark(cluster, request))));
	}
	if (timeoutSeconds > 0) {
		const end = () => {
			stop();
			sink.end();
		};
		stops.push(cluster.clock.schedule(timeoutSeconds * 1000, end));
	}
	signal.addEventListener('abort', stop, {once: true});
}

/** An object that was deleted, or that left the selection, is sent as it last was there, with the version of what happened. */
function send({isSelected, write, convert}: WatchRequest, sink: Sink, event: StoreEvent): void {
	const type = typeFor(event, isSelected);
	if (type === undefined) return;
	const {object, before, version} = event;
	const shown =
		type === 'DELETED' && before !== undefined ? {...before, metadata: {...before.metadata, resourceVersion: String(version)}} : object;
	sink.write(line(type, write(convert(shown))));
}

/** Up to where a watcher has seen everything. */
function bookmark(cluster: Cluster, {resource, write}: WatchRequest, annotations?: {readonly [key: string]: string}): string {
	const metadata = {resourceVersion: String(cluster.store.version()), ...(annotations === undefined ? {} : {annotations})};
	// A bookmark is written as an object of the kind would be, though it has no name.
	return line('BOOKMARK', write({apiVersion: apiVersionOf(resource), kind: resource.kind, metadata: metadata as ObjectMeta}));
}

/** What a write means to a watcher that sees only selected objects. */
function typeFor({type, object, before}: StoreEvent, isSelected: (object: KubeObject) => boolean): StoreEvent['type'] | undefined {
	const was = before !== undefined && isSelected(before);
	const is = type !== 'DELETED' && isSelected(object);
	return is ? (was ? 'MODIFIED' : 'ADDED') : was ? 'DELETED' : undefined;
}

function repeat(cluster: Cluster, everyMs: number, run: () => void): () => void {
	let cancel = () => {};
	const next = () => {
		cancel = cluster.clock.schedule(everyMs, () => {
			run();
			next();
		});
	};
	next();
	return () => cancel();
}
