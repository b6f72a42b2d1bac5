import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import type {Talk, Understanding} from '../understanding.ts';
import type {World} from '../world.ts';
import {kindsMeant} from './kinds-in.ts';
import {type Mention, mentionsIn} from './mentions-in.ts';
import type {Scope} from './scope-in.ts';
import {whichOne} from './which-one.ts';

type Question = Extract<Understanding, {kind: 'question'}>;

/** The object that a clause is about. `several`: equally good ones, and the question to ask. */
export type Found =
	| {readonly found: 'one'; readonly object: KubeObject; readonly mention: Mention; readonly scope: Scope}
	| {readonly found: 'none'; readonly scope: Scope}
	| {readonly found: 'several'; readonly objects: readonly KubeObject[]; readonly question: Question; readonly scope: Scope};

/**
 * The one object of these kinds that a clause names. A namespace in the clause limits, then the namespace of the context decides; a name that still fits
 * several objects is a question, never a guess.
 */
export async function theOne(clause: Clause, world: World, kinds: readonly string[], talk?: Talk): Promise<Found> {
	const {scope, mentions} = await mentionsIn(clause, world, kinds, talk);
	const meant = kindsMeant(clause, kinds);
	const mention =
		mentions.find(({kindSaid}) => kindSaid) ?? mentions.find(({objects}) => objects.some(({kind}) => meant.includes(kind))) ?? mentions[0];
	if (mention === undefined) return {found: 'none', scope};
	const same = mentions.filter(({first}) => first === mention.first).flatMap(({objects}) => objects);
	const [object, ...others] = narrowed(same, meant, world.namespace);
	if (object === undefined) return {found: 'none', scope};
	if (others.length === 0) return {found: 'one', object, mention, scope};
	const objects = [object, ...others];
	return {found: 'several', objects, question: whichOne(clause, objects, spokenName(clause, mention)), scope};
}

/** By the kinds that are said, then by the namespace of the context. */
export function narrowed(objects: readonly KubeObject[], kinds: readonly string[], namespace: string): readonly KubeObject[] {
	const ofKind = objects.filter(({kind}) => kinds.includes(kind));
	const fitting = ofKind.length === 0 ? objects : ofKind;
	const here = fitting.filter(({metadata}) => metadata.namespace === namespace);
	return here.length > 0 ? here : fitting;
}

/** The words that name it, as they were written. */
export const spokenName = ({words}: Clause, {first, last}: Mention) =>
	words
		.slice(first, last + 1)
		.map(({raw}) => raw)
		.join(' ');
