import type {Fault, Settings} from '../../../src/analysis/checks/check.ts';
import type {World} from '../../../src/analysis/checks/world.ts';
import type {Ref} from '../../../src/core/kube/kube-object.ts';

/** One fault that one of our checks found in one object. */
export type Failure = {readonly check: string; readonly resource: Ref; readonly fault: Fault};

/** As much of an object's name as somebody says: a subject of a binding has no `apiVersion`. */
export type PartOfRef = {readonly [Name in keyof Ref]?: Ref[Name] | undefined};

/** A finding as the set tells it: fields at fault in one object, and in others of the chain. */
export type Found = {
	readonly object: PartOfRef;
	readonly paths: readonly string[];
	readonly related?: Fault['related'];
};

/** Which of our checks demand what one rule of the set demands. */
export type RuleMap = {
	/** Their ids. */
	readonly checks: readonly string[];
	/** The rule's settings of a case as settings of our checks, by their ids. */
	readonly settings?: (given: {readonly [name: string]: readonly string[]}) => {readonly [check: string]: Settings};
	/** How the rule's writers tell what our checks found, where it is not one finding for each fault. */
	readonly tell?: (failures: readonly Failure[], world: World) => readonly Found[];
};

/** By the rule's name. */
export type RuleMaps = {readonly [rule: string]: RuleMap};

export const oneForEachFault = (failures: readonly Failure[]): readonly Found[] =>
	failures.map(({resource, fault: {paths, related}}) => ({object: resource, paths, related}));

/** One finding for each object, whatever is wrong in it. */
export const oneForEachObject = (failures: readonly Failure[]): readonly Found[] =>
	[...Map.groupBy(failures, ({resource}) => resource).values()].flatMap(ofOne => {
		const [first] = ofOne;
		if (first === undefined) return [];
		const related = ofOne.flatMap(({fault}) => fault.related ?? []);
		return [{object: first.resource, paths: ofOne.flatMap(({fault}) => fault.paths), related}];
	});

/** A rule that says which object is at fault, and not where in it. */
export const withoutPaths = (failures: readonly Failure[]): readonly Found[] =>
	oneForEachObject(failures).map(found => ({...found, paths: [], related: []}));
