import type {Turn} from '../../conversation/brain.ts';
import type {Clause} from '../clause.ts';
import {amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {hasOrder} from '../words/order-verbs.ts';
import {imagesIn, versionsIn} from '../words/values.ts';
import type {World} from '../world.ts';

/**
 * The request that a short answer completes: after `Which one is meant?`, `staging` is the request before, in staging. Any other request is itself.
 * @param earlier turns of the conversation, the latest last
 */
export async function withEarlier(request: string, earlier: readonly Turn[], world: World): Promise<string> {
	const last = earlier.at(-1);
	const answer = clauseOf(request.trim());
	if (last?.reason !== 'asked' || answer.words.length > 4 || answer.words.length === 0 || hasOrder(answer.words)) return request;
	const before = last.request.trim().replace(/[.!?]+$/, '');
	const namespace = await namespaceAlone(answer, world);
	if (clauseOf(before).language === 'ko')
		return namespace === undefined ? valued(answer, before, ' ') : `${namespace} 네임스페이스의 ${before}`;
	return namespace === undefined ? valued(answer, before, ' to ') : `${before} in ${namespace}`;
}

/** `staging`, `the one in staging`, `staging이요`. */
async function namespaceAlone({words}: Clause, world: World): Promise<string | undefined> {
	const names = await world.namespaces();
	const rest = words.map(({text}) => text).filter(text => !/^(the|one|in|namespace|네임스페이스|쪽|거)$/.test(text));
	const [name, ...others] = rest;
	return name !== undefined && others.length === 0 && names.includes(name) ? name : undefined;
}

const valued = (answer: Clause, before: string, joint: string) => {
	const isValue = amountsIn(answer).length > 0 || versionsIn(answer).length > 0 || imagesIn(answer).length > 0;
	if (!isValue) return `${before} ${answer.text}`;
	return /^(to|by|at|with)\b/i.test(answer.text) ? `${before} ${answer.text}` : `${before}${joint}${answer.text}`;
};
