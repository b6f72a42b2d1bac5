import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {World} from '../world.ts';

/** Something that holds of an object as it stands now or does not: that it has four replicas, carries a label, lacks a probe, is suspended. */
export type Trait = (object: KubeObject, world: World) => boolean | Promise<boolean>;

/** A trait that words tell, and how far into the text they reach. */
export type TraitRead = {readonly length: number; readonly trait: Trait};

export const not =
	(trait: Trait): Trait =>
	async (object, world) =>
		!(await trait(object, world));

export const both =
	(one: Trait, other: Trait): Trait =>
	async (object, world) =>
		(await one(object, world)) && (await other(object, world));

export const either =
	(one: Trait, other: Trait): Trait =>
	async (object, world) =>
		(await one(object, world)) || (await other(object, world));

export const unless = (isDenied: boolean, trait: Trait): Trait => (isDenied ? not(trait) : trait);
