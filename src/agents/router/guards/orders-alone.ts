import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {namedKinds} from '../route/ordered.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';

const joints = /(?<=[.!,;])\s+|\s+[-–—]\s+|\s+(?=(?:because|since)\s)/;
const small = /^(?:the|a|an|and|or|both|all|in|of|on|old|new|our|its|my|named|called|please|too|also|둘|다|모두)$/;

/** `delete x, nobody wants y there`: what stands beside the order names nothing of what goes. The whole clause where the rest names nothing. */
export async function ordersAlone(clause: Clause, world: World, verbs: string): Promise<Clause> {
	const order = orderIn(clause, verbs);
	if (order === undefined) return clause;
	return (await mentionsIn(order, world, namedKinds)).mentions.length > 0 ? order : clause;
}

/** The parts of a clause that hold the verb, or a name of a list; undefined where that is all or none of it. */
export function orderIn(clause: Clause, verbs: string): Clause | undefined {
	const parts = clause.text.split(joints).map(clauseOf);
	const kept = parts.filter(part => spoken(part, verbs) || isListed(part));
	return kept.length === parts.length || kept.length === 0 ? undefined : clauseOf(kept.map(({text}) => text).join(' '));
}

/** A name of a list, with no more around it than its kind. */
function isListed({words}: Clause): boolean {
	const kinds = kindsIn({words});
	const others = words.filter(({text}, at) => !small.test(text) && !kinds.some(({first, last}) => at >= first && at <= last));
	return others.length < 3;
}
