import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {scopeIn} from '../names/scope-in.ts';
import {namedKinds} from '../route/ordered.ts';
import type {Intent} from '../understanding.ts';
import {speaksOfPart} from '../words/parts-of.ts';
import {isWord} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {deleteObjects, deletingVerbs} from './delete-objects.ts';
import {orderIn, ordersAlone} from './orders-alone.ts';

const grammar =
	/^(?:it|them|those|the|a|an|our|my|that|this|both|all|of|in|from|on|and|plus|too|also|now|completely|entirely|please|named|called|rid|away|out|down|up|둘|다|둘다|모두|전부|싹|이제|그냥|좀|아예|완전|깨끗|네임스페이스|하|부탁|바라|바랍니다|요|씩)$/;

/** An order to delete that says nothing but what: no word of it can be one of a setting. */
export const deletePlainly: Intent = {
	name: 'delete plainly',
	understand: async (clause, world, talk) => {
		const order = await ordersAlone(clause, world, deletingVerbs);
		const verbAlone = orderIn(clause, deletingVerbs) ?? clause;
		return (await isPlain(order, world)) || (await isPlainOfBefore(verbAlone, clause, world))
			? deleteObjects.understand(clause, world, talk)
			: undefined;
	},
};

/** `x was a trial. Delete it, …`: of the one name that is told of. */
async function isPlainOfBefore(order: Clause, whole: Clause, world: World): Promise<boolean> {
	// `the label of x is wrong. Remove it`
	if (speaksOfPart(whole.text) || !order.words.some(({text}) => /^(?:it|them|that|this|those)$/.test(text))) return false;
	const [name, ...names] = new Set((await mentionsIn(whole, world, namedKinds)).mentions.map(mention => mention.name));
	return name !== undefined && names.length === 0 && isSaid(order, []);
}

async function isPlain(clause: Clause, world: World): Promise<boolean> {
	const [{mentions}, scope] = await Promise.all([mentionsIn(clause, world, namedKinds), scopeIn(clause, world)]);
	const known = [...mentions, ...kindsIn(clause)];
	return mentions.length > 0 && isSaid(clause, [...known, ...[...scope.at].map(at => ({first: at, last: at}))]);
}

type Span = {readonly first: number; readonly last: number};

function isSaid({words}: Clause, known: readonly Span[]): boolean {
	const verbs = deletingVerbs.split(' ').flatMap(verb => verb.split('_'));
	return words.every(
		(word, at) =>
			grammar.test(word.text) || known.some(({first, last}) => at >= first && at <= last) || verbs.some(verb => isWord(word, verb)),
	);
}
