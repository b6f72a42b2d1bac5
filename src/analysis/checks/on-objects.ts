import {type KubeObject, refOf} from '../../core/kube/kube-object.ts';
import type {Check, Fault, Settings} from './check.ts';
import type {World} from './world.ts';

/** The part of a check that looks. */
export type Looks<Given extends Settings = Settings> = Pick<Check<Given>, 'reads' | 'look' | 'settings'>;

/**
 * A check that looks at each object of some kinds by itself, with the others at hand.
 * @param others kinds that it needs to judge one of them
 */
export const onObjects = <Given extends Settings>(
	kinds: readonly string[],
	settings: Given,
	find: (object: KubeObject, given: Given, world: World) => readonly Fault[],
	others: readonly string[] = [],
): Looks<Given> => ({
	reads: [...kinds, ...others],
	settings,
	look: (world, given) =>
		kinds.flatMap(kind => world.ofKind(kind)).map(object => ({resource: refOf(object), faults: find(object, given, world)})),
});

/** A check that can only point at objects: whether they are as they should be is known to people. */
export const forReview = (kinds: readonly string[], why: string): Looks => ({
	reads: kinds,
	settings: {},
	look: world => kinds.flatMap(kind => world.ofKind(kind)).map(object => ({resource: refOf(object), why})),
});

/** The namespace that an object is in: a manifest that names none goes to `default` unless told otherwise. */
export const namespaceOf = ({metadata}: KubeObject) => metadata.namespace ?? 'default';

/** A path with a key that holds dots: `metadata.labels[pod-security.kubernetes.io/enforce]`. */
export const keyed = (path: string, key: string) => `${path}[${key}]`;
