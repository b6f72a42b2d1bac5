import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Found} from './the-one.ts';

/**
 * Objects of one name in one namespace are one thing: a Deployment, its Service, its autoscaler.
 * @param kinds those that stand for it first
 * @returns undefined where they are several things
 */
export function sameThing(objects: readonly KubeObject[], kinds: readonly string[]): KubeObject | undefined {
	const [first] = objects;
	const isOne = objects.every(({metadata}) => metadata.name === first?.metadata.name && metadata.namespace === first?.metadata.namespace);
	return isOne ? objects.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))[0] : undefined;
}

/** What was found, where one thing in several kinds is one. */
export function foundThing(found: Found, kinds: readonly string[]): Found | {readonly found: 'one'; readonly object: KubeObject} {
	const object = found.found === 'several' ? sameThing(found.objects, kinds) : undefined;
	return object === undefined ? found : {found: 'one', object};
}
