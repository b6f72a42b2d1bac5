import type {KubeObject} from '../../../core/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Cluster} from '../cluster.ts';
import type {Shape} from '../encode/shape.ts';
import {apiVersionOf, type Resource, storageName} from '../resource.ts';
import type {StreamAnswer} from '../routing/answer.ts';
import type {StoreEvent} from '../storage/store.ts';

// The API server sends a bookmark about once a minute.
const bookmarkEveryMs = 60_000;

export type WatchRequest = {
	readonly resource: Resource;
	readonly isSelected: (object: KubeObject) => boolean;
	readonly query: URLSearchParams;
	readonly shape: Shape;
	/** To the version that the client asked for. */
	readonly convert: (object: KubeObject) => KubeObject;
};

const isTrue = (value: string | null) => value === 'true' || value === '1';

/** A stream of events, one JSON object a line: what happened since a version, then what happens. */
export function watchStream(cluster: Cluster, {resource, isSelected, query, shape, convert}: WatchRequest): StreamAnswer {
	const version = Number(query.get('resourceVersion') ?? '');
	const initial = query.get('sendInitialEvents');
	const bookmarks = isTrue(query.get('allowWatchBookmarks'));
	const timeoutSeconds = Number(query.get('timeoutSeconds') ?? 0);
	const line = (type: string, text: string) => `{"type":"${type}","object":${text}}\n`;
	const bookmark = (annotations: {readonly [key: string]: string} = {}) =>
		JSON.stringify({
			kind: resource.kind,
			apiVersion: apiVersionOf(resource),
			metadata: {
				resourceVersion: String(cluster.store.version()),
				creationTimestamp: null,
				...(Object.keys(annotations).length === 0 ? {} : {annotations}),
			},
		});

	return {
		kind: 'stream',
		contentType: 'application/json',
		run(sink, signal) {
			const send = (event: StoreEvent) => {
				const type = typeFor(event, isSelected);
				if (type === undefined) return;
				// A deleted object is sent as it last was, with the version of its deletion.
				sink.write(line(type, shape.one(convert(event.object))));
			};
			const name = storageName(resource);
			try {
				if (isTrue(initial) || (initial === null && version === 0)) {
					for (const object of cluster.store.list(name)) if (isSelected(object)) sink.write(line('ADDED', shape.one(convert(object))));
					if (isTrue(initial) && bookmarks) sink.write(line('BOOKMARK', bookmark({'k8s.io/initial-events-end': 'true'})));
				} else if (version > 0) for (const event of cluster.store.since(name, version)) send(event);
			} catch (error) {
				if (!(error instanceof StatusError)) throw error;
				sink.write(line('ERROR', JSON.stringify(error.status())));
				return sink.end();
			}
			const stops = [cluster.store.listen(event => event.resource === name && send(event))];
			const stop = () => {
				for (const each of stops) each();
			};
			if (bookmarks) stops.push(repeat(cluster, bookmarkEveryMs, () => sink.write(line('BOOKMARK', bookmark()))));
			if (timeoutSeconds > 0) {
				stops.push(
					cluster.clock.schedule(timeoutSeconds * 1000, () => {
						stop();
						sink.end();
					}),
				);
			}
			signal.addEventListener('abort', stop, {once: true});
		},
	};
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
