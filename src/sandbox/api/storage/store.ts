import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {createBroadcast} from './broadcast.ts';
import {deepFreeze} from './deep-freeze.ts';
import {createHistory, type StoreEvent} from './history.ts';
import {createShelf, keyOf, storeKey} from './shelf.ts';

/** Objects by resource and key, one version counter over all, and a bounded history for watches and for lists of a past version. */
export type Store = {
	readonly version: () => number;
	readonly get: (resource: string, namespace: string | undefined, name: string) => KubeObject | undefined;
	/** Frozen objects in the order of their keys. */
	readonly list: (resource: string) => readonly KubeObject[];
	/** The list as it was at a version. Throws 410 Expired when the history no longer reaches back. */
	readonly listAt: (resource: string, version: number) => readonly KubeObject[];
	readonly put: (resource: string, object: KubeObject) => KubeObject;
	readonly drop: (resource: string, object: KubeObject) => KubeObject;
	/** Events after a version. Throws 410 Expired when the history no longer reaches back. */
	readonly since: (resource: string, version: number) => readonly StoreEvent[];
	/** Called in the order of writes, after each write; a write made by a listener is told after the present one. */
	readonly listen: (listener: (event: StoreEvent) => void) => () => void;
	/** Forgets all history, as compaction does. */
	readonly compact: () => void;
};

/** @param historyLength how many past writes are kept */
export function createStore({historyLength = 20_000}: {readonly historyLength?: number} = {}): Store {
	const shelves = new Map<string, ReturnType<typeof createShelf>>();
	const history = createHistory(historyLength);
	const broadcast = createBroadcast<StoreEvent>();
	let version = 0;

	const shelf = (resource: string) => {
		const found = shelves.get(resource) ?? createShelf();
		shelves.set(resource, found);
		return found;
	};
	const stamp = (object: KubeObject) => {
		version += 1;
		return deepFreeze({...object, metadata: {...object.metadata, resourceVersion: String(version)}});
	};
	const tell = (event: StoreEvent) => {
		history.add(event);
		broadcast.tell(event);
		return event.object;
	};

	return {
		version: () => version,
		get: (resource, namespace, name) => shelf(resource).get(storeKey(namespace, name)),
		list: resource => shelf(resource).list(),
		listAt: (resource, at) => undo(shelf(resource).list(), history.after(resource, at)),
		put(resource, object) {
			const place = shelf(resource);
			const before = place.get(keyOf(object));
			const stored = stamp(object);
			place.set(keyOf(object), stored);
			return tell(
				before === undefined
					? {type: 'ADDED', resource, version, object: stored}
					: {type: 'MODIFIED', resource, version, object: stored, before},
			);
		},
		drop(resource, object) {
			const place = shelf(resource);
			const before = place.get(keyOf(object)) ?? object;
			const last = stamp(object);
			place.delete(keyOf(object));
			return tell({type: 'DELETED', resource, version, object: last, before});
		},
		since: history.after,
		listen: broadcast.listen,
		compact: () => history.forget(version),
	};
}

/** A list before some events happened to it. */
function undo(list: readonly KubeObject[], events: readonly StoreEvent[]): readonly KubeObject[] {
	const objects = new Map(list.map(object => [keyOf(object), object]));
	for (const {object, before} of events.toReversed()) {
		if (before === undefined) objects.delete(keyOf(object));
		else objects.set(keyOf(object), before);
	}
	return [...objects.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}
