import {kindsIn} from '../../names/kinds-in.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import type {World} from '../../world.ts';

/** Whether words only name a thing: what else is said of it may be what the condition is about (`the memory limit of web`). */
export async function isOnlyNamed(subject: string, kinds: readonly string[], world: World): Promise<boolean> {
	const clause = clauseOf(subject);
	const {mentions, scope} = await mentionsIn(clause, world, kinds);
	const said = [...mentions, ...kindsIn(clause)];
	return clause.words.every(
		({text}, at) =>
			scope.at.has(at) || said.some(({first, last}) => at >= first && at <= last) || grammar.test(text) || /^[가-힣]$/.test(text),
	);
}

const grammar =
	/^(?:the|a|in|of|on|for|and|it|they|there|please|whether|check|see|look|at|have|inspect|our|my|deployment|namespace|already|still)$/;
