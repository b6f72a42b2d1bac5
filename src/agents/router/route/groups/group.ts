import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Trait} from '../../traits/trait.ts';
import type {World} from '../../world.ts';

/** A phrase that tells things by what they are: `every deployment in shop that has 4 replicas`. */
export type Group = {
	/** Where the phrase stands in its sentence. */
	readonly from: number;
	readonly to: number;
	/** Where the order begins, behind words that tell them as well (`in zone north, …`). */
	readonly begin?: number | undefined;
	readonly kinds: readonly string[];
	/** Undefined: none is said in the phrase. */
	readonly namespaces?: readonly string[] | undefined;
	/** What each of them is: none where they are only of a kind and a place. */
	readonly traits: readonly Trait[];
	/** Whether more than their names, their kind and their place tells them. */
	readonly isTold: boolean;
	/** What tells them apart and was not understood. */
	readonly unread?: string | undefined;
	/** The particle that stood between the phrase and a word for all of them, which is a part of the phrase. */
	readonly particle?: string | undefined;
	/** Whether one is meant, and not all that fit. */
	readonly isOne: boolean;
};

/** What words that a finder meets may mean in this cluster. */
export type Known = {
	readonly namespaces: readonly string[];
	/** All objects of the kinds that groups are made of. */
	readonly objects: readonly KubeObject[];
};

/** Those of the group's kinds, in its places, of which all of its traits hold. */
export async function membersOf(
	{kinds, traits}: Group,
	namespaces: readonly string[] | undefined,
	{objects}: Known,
	world: World,
): Promise<readonly KubeObject[]> {
	const inside = objects.filter(
		({kind, metadata}) =>
			kinds.includes(kind) && (metadata.namespace === undefined || namespaces === undefined || namespaces.includes(metadata.namespace)),
	);
	const holds = await Promise.all(
		inside.map(async object => (await Promise.all(traits.map(trait => trait(object, world)))).every(Boolean)),
	);
	return inside.filter((_, at) => holds[at]);
}
