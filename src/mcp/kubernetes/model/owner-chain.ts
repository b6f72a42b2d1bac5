import {type KubeObject, type OwnerReference, type Ref, refKey, refOf} from '../../../core/kube/kube-object.ts';

/** The owner that controls an object, or its first one. */
export const controllerOf = ({metadata}: KubeObject): OwnerReference | undefined =>
	metadata.ownerReferences?.find(({controller}) => controller === true) ?? metadata.ownerReferences?.[0];

/** An owner is in the namespace of the owned, or in none: only the kind tells, so the caller says which. */
const ownerRef = ({apiVersion, kind, name}: OwnerReference, namespace: string | undefined): Ref => ({
	apiVersion,
	kind,
	...(namespace === undefined ? {} : {namespace}),
	name,
});

/**
 * The owners of an object, nearest first, at most eight.
 * An owner that is gone, or a new object under its old name, ends the chain with `missing`.
 */
export async function ownerChain(
	object: KubeObject,
	get: (ref: Ref) => Promise<KubeObject | undefined>,
): Promise<readonly {readonly ref: Ref; readonly missing: boolean}[]> {
	const chain: {readonly ref: Ref; readonly missing: boolean}[] = [];
	const seen = new Set([refKey(refOf(object))]);
	let here: KubeObject | undefined = object;
	while (here !== undefined && chain.length < 8) {
		const owner: OwnerReference | undefined = controllerOf(here);
		if (owner === undefined) break;
		const ref = ownerRef(owner, here.metadata.namespace);
		if (seen.has(refKey(ref))) break;
		seen.add(refKey(ref));
		const found: KubeObject | undefined = await get(ref);
		const missing = found === undefined || found.metadata.uid !== owner.uid;
		chain.push({ref: found === undefined ? ref : refOf(found), missing});
		here = missing ? undefined : found;
	}
	return chain;
}
