import type {KubeObject} from '../../../core/kube/kube-object.ts';

const texts = new WeakMap<KubeObject, string>();

/**
 * The JSON of a stored object as an item of a list, where the API leaves kind and apiVersion to the list.
 * Stored objects never change, so each is written once and shared by every list and watch.
 */
export function itemText(object: KubeObject): string {
	const known = texts.get(object);
	if (known !== undefined) return known;
	const {apiVersion: _version, kind: _kind, metadata, ...rest} = object;
	const text = JSON.stringify({metadata, ...rest});
	if (Object.isFrozen(object)) texts.set(object, text);
	return text;
}

/** The JSON of an object on its own. */
export const objectText = (object: KubeObject) =>
	`{"kind":${JSON.stringify(object.kind)},"apiVersion":${JSON.stringify(object.apiVersion)},${itemText(object).slice(1)}`;
