import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {firstIndex} from './history.ts';

export const storeKey = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`;
export const keyOf = ({metadata}: KubeObject) => storeKey(metadata.namespace, metadata.name);

/** The objects of one resource, by key and in the order of their keys. */
export function createShelf() {
	const objects = new Map<string, KubeObject>();
	const keys: string[] = [];
	let sorted: readonly KubeObject[] | undefined;
	const placeOf = (key: string) => firstIndex(keys.length, index => (keys[index] ?? '') >= key);
	return {
		get: (key: string) => objects.get(key),
		/** The same list until the next write. */
		list(): readonly KubeObject[] {
			sorted ??= keys.flatMap(key => objects.get(key) ?? []);
			return sorted;
		},
		set(key: string, object: KubeObject): void {
			if (!objects.has(key)) keys.splice(placeOf(key), 0, key);
			objects.set(key, object);
			sorted = undefined;
		},
		delete(key: string): void {
			if (objects.delete(key)) keys.splice(placeOf(key), 1);
			sorted = undefined;
		},
	};
}
