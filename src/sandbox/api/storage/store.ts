import type {KubeObject} from '../../../core/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {deepFreeze} from './deep-freeze.ts';

export type StoreEvent = {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	/** The resource's storage name, e.g. `deployments.apps`. */
	readonly resource: string;
	/** Of the write; a deleted object carries it too. */
	readonly version: number;
	readonly object: KubeObject;
	readonly before?: KubeObject;
};

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

export const storeKey = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`;
const keyOf = ({metadata}: KubeObject) => storeKey(metadata.namespace, metadata.name);

/** `keys` stay sorted; `sorted` is the list of the present version, made when it is asked for. */
type Shelf = {readonly objects: Map<string, KubeObject>; readonly keys: string[]; sorted: readonly KubeObject[] | undefined};

/** @param historyLength how many past writes are kept */
export function createStore({historyLength = 20_000}: {readonly historyLength?: number} = {}): Store {
	const shelves = new Map<string, Shelf>();
	const listeners = new Set<(event: StoreEvent) => void>();
	const waiting: StoreEvent[] = [];
	let history: StoreEvent[] = [];
	let forgotten = 0;
	let version = 0;
	let telling = false;

	const shelf = (resource: string): Shelf => {
		const known = shelves.get(resource);
		if (known !== undefined) return known;
		const made: Shelf = {objects: new Map(), keys: [], sorted: undefined};
		shelves.set(resource, made);
		return made;
	};
	const list = (resource: string) => {
		const place = shelf(resource);
		place.sorted ??= place.keys.flatMap(key => place.objects.get(key) ?? []);
		return place.sorted;
	};
	const tell = (event: StoreEvent) => {
		history.push(event);
		if (history.length > historyLength * 2) {
			forgotten = history[history.length - historyLength - 1]?.version ?? forgotten;
			history = history.slice(-historyLength);
		}
		waiting.push(event);
		if (telling) return;
		telling = true;
		try {
			for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) for (const listener of [...listeners]) listener(next);
		} finally {
			telling = false;
		}
	};
	const after = (resource: string, from: number) => {
		if (from < forgotten) throw expired(from, forgotten);
		return history.slice(firstAfter(history, from)).filter(event => event.resource === resource);
	};
	const stamp = (object: KubeObject) => {
		version += 1;
		return deepFreeze({...object, metadata: {...object.metadata, resourceVersion: String(version)}});
	};

	return {
		version: () => version,
		get: (resource, namespace, name) => shelf(resource).objects.get(storeKey(namespace, name)),
		list,
		listAt(resource, at) {
			const objects = new Map(list(resource).map(object => [keyOf(object), object]));
			for (const event of after(resource, at).toReversed()) {
				if (event.before === undefined) objects.delete(keyOf(event.object));
				else objects.set(keyOf(event.object), event.before);
			}
			return sortByKey(objects);
		},
		put(resource, object) {
			const place = shelf(resource);
			const key = keyOf(object);
			const before = place.objects.get(key);
			const stored = stamp(object);
			place.objects.set(key, stored);
			if (before === undefined) place.keys.splice(placeOf(place.keys, key), 0, key);
			place.sorted = undefined;
			tell({
				type: before === undefined ? 'ADDED' : 'MODIFIED',
				resource,
				version,
				object: stored,
				...(before === undefined ? {} : {before}),
			});
			return stored;
		},
		drop(resource, object) {
			const place = shelf(resource);
			const key = keyOf(object);
			const before = place.objects.get(key) ?? object;
			const last = stamp(object);
			if (place.objects.delete(key)) place.keys.splice(placeOf(place.keys, key), 1);
			place.sorted = undefined;
			tell({type: 'DELETED', resource, version, object: last, before});
			return last;
		},
		since: after,
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		compact() {
			forgotten = version;
			history = [];
		},
	};
}

const sortByKey = (objects: ReadonlyMap<string, KubeObject>) =>
	[...objects.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, object]) => object);

/** Index of the first event after a version; events are in the order of their versions. */
function firstAfter(history: readonly StoreEvent[], version: number): number {
	return firstIndex(history.length, index => (history[index]?.version ?? 0) > version);
}

const placeOf = (keys: readonly string[], key: string) => firstIndex(keys.length, index => (keys[index] ?? '') >= key);

/** The first index where the answer is yes, when every later answer is yes too. */
function firstIndex(length: number, isYes: (index: number) => boolean): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isYes(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}

const expired = (asked: number, oldest: number) => new StatusError(410, 'Expired', `too old resource version: ${asked} (${oldest})`);
