import type {Clause} from '../clause.ts';
import {theOne} from '../names/the-one.ts';
import type {Talk, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {numberOf} from '../words/number-words.ts';
import {hasOrder} from '../words/order-verbs.ts';
import type {World} from '../world.ts';
import {isQuestion} from './ordered.ts';

const less = 'fewer than|less than|lower than|under|below';
const more = 'more than|over|above|greater than|higher than';
const english = new RegExp(
	`^if\\s+(.*?)\\s*\\b(${less}|${more}|at least|at most|exactly)\\s+([\\w-]+)[^,]*?(?:,\\s*(?:then\\s+)?|\\s+then\\s+)(.+)$`,
	'is',
);
const korean =
	/^(.*?)(\d+)\s*(?:개|대)?\s*(보다\s*(?:적|작)으면|미만이면|이하면|이하이면|보다\s*(?:많|크)으?면|초과면|초과이면|이상이면)[,\s]+(.+)$/s;

type Condition = {readonly subject: string; readonly holds: (replicas: number) => boolean; readonly order: string};

/**
 * `If it has fewer than 5, make it 5`: the order where the condition holds of the live replicas, an answer where it does not.
 * An order under another condition is asked about, not given. Undefined: the clause has no condition.
 */
export async function underCondition(clause: Clause, world: World, talk: Talk): Promise<Clause | Understanding | undefined> {
	const condition = conditionOf(clause.text);
	if (condition === undefined) return undecided(clause);
	const found = await subjectOf(condition, clause, world, talk);
	if (found?.found === 'several') return found.question;
	if (found?.found !== 'one') return undecided(clause);
	const {metadata, spec} = found.object;
	const replicas = typeof spec === 'object' && spec !== null && 'replicas' in spec && typeof spec.replicas === 'number' ? spec.replicas : 1;
	if (!condition.holds(replicas)) return notMet(clause, metadata.name, replicas);
	const name =
		metadata.namespace === undefined
			? metadata.name
			: clause.language === 'ko'
				? `${metadata.namespace} 네임스페이스의 ${metadata.name}`
				: `${metadata.name} in ${metadata.namespace}`;
	return clauseOf(orderFor(condition.order, name, clause.language));
}

const notMet = ({language}: Clause, name: string, replicas: number): Understanding =>
	language === 'ko'
		? {
				kind: 'answer',
				said: `${name}의 레플리카 수를 확인합니다`,
				text: `${name}의 레플리카는 ${replicas}개입니다. 조건에 맞지 않으므로 바꿀 것이 없습니다.`,
			}
		: {
				kind: 'answer',
				said: `Check the replicas of ${name}`,
				text: `${name} has ${replicas} replicas: the condition does not hold, so there is nothing to change.`,
			};

const conditional =
	/^(?:but\s+)?(?:if|unless|in case|once(?!-)|as soon as|only if|when)\b.*?,\s*(?:then\s+)?(.+)$|^(?:만약|만일|혹시).*?면[,\s]+(.+)$/is;

function undecided(clause: Clause): Understanding | undefined {
	const [, english, korean] = conditional.exec(clause.text) ?? [];
	const order = english ?? korean;
	if (order === undefined || isQuestion(clauseOf(order)) || !hasOrder(clauseOf(order).words)) return undefined;
	return {
		kind: 'question',
		text:
			clause.language === 'ko'
				? `이 조건이 맞는지는 판단할 수 없습니다: "${clause.text}". 지금 실행할까요?`
				: `I cannot tell whether that condition holds: "${clause.text}". Should it be done now?`,
		choices: [{text: order, request: order}],
	};
}

function conditionOf(text: string): Condition | undefined {
	const [, subject, comparison, count, order] = english.exec(text) ?? [];
	const value = numberOf((count ?? '').toLowerCase());
	if (subject !== undefined && comparison !== undefined && order !== undefined && value !== undefined)
		return {subject, holds: comparing(comparison.toLowerCase(), value), order};
	const [, korSubject, korCount, korComparison, korOrder] = korean.exec(text) ?? [];
	if (korSubject === undefined || korComparison === undefined || korOrder === undefined) return undefined;
	return {subject: korSubject, holds: comparing(korComparison, Number(korCount)), order: korOrder};
}

function comparing(words: string, value: number): (replicas: number) => boolean {
	if (/fewer|less|lower|under|below|적|작|미만/.test(words)) return replicas => replicas < value;
	if (/at least|이상/.test(words)) return replicas => replicas >= value;
	if (/at most|이하/.test(words)) return replicas => replicas <= value;
	return /exactly/.test(words) ? replicas => replicas === value : replicas => replicas > value;
}

/** The workload that the condition names, or the one that the clause before spoke of. */
async function subjectOf({subject}: Condition, clause: Clause, world: World, talk: Talk) {
	const kinds = ['Deployment', 'StatefulSet'];
	const own = await theOne(clauseOf(subject), world, kinds, talk);
	if (own.found !== 'none') return own;
	const inOrder = await theOne(clause, world, kinds, talk);
	const before = talk.clauses[talk.index - 1];
	return inOrder.found !== 'none' || before === undefined ? inOrder : theOne(before, world, kinds, talk);
}

/** `make it 5` is an order of replicas here. */
function orderFor(order: string, name: string, language: Clause['language']): string {
	if (language === 'ko') return order.includes(name) ? order : `${name}을 ${order}`;
	const named = order.replace(/\b(it|them)\b/i, name);
	const made = /^(?:make|set|bring)\s+(?:it|them)\s+(?:to\s+|up\s+to\s+)?([\w-]+)\b(.*)$/is.exec(order);
	if (made?.[1] !== undefined && numberOf(made[1].toLowerCase()) !== undefined) return `scale ${name} to ${made[1]}${made[2] ?? ''}`;
	return named === order && !order.includes(name) ? `${order} for ${name}` : named;
}
