import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {theOne} from '../../names/the-one.ts';
import type {Talk, Understanding} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {moodOf} from '../../words/mood/mood-of.ts';
import {hasOrder} from '../../words/order-verbs.ts';
import type {World} from '../../world.ts';
import {isQuestion} from '../ordered.ts';
import {type Condition, conditionIn} from './condition-in.ts';
import {amountOf, measureOf, replicas, states} from './measures.ts';
import {isOnlyNamed} from './only-named.ts';
import {orderFor} from './order-for.ts';

/**
 * `If it has fewer than 5, make it 5`: the order where the condition holds of the live object, an answer where it does not. An order under another condition
 * is asked about, not given. Undefined: the clause has no condition.
 */
export async function underCondition(clause: Clause, world: World, talk: Talk): Promise<Clause | Understanding | undefined> {
	const condition = conditionIn(clause.text, clause.language);
	if (condition === undefined) return undecided(clause);
	const measure = measureOf(condition.subject, condition.value);
	const state = states.find(({words}) => words.test(condition.value));
	const kinds = measure?.kinds ?? state?.kinds;
	const found = kinds === undefined ? undefined : await subjectOf(condition, clause, {world, talk, kinds});
	if (found?.found === 'several') return found.question;
	if (found?.found !== 'one') return undecided(clause);
	const {object} = found;
	// `the latency of web is below 3`: a number alone is one of replicas only of the thing itself.
	if (measure === replicas && !(await isOnlyNamed(condition.subject.replace(counted, ' '), kinds ?? [], world)))
		return unknown(clause, condition.order);
	if (measure !== undefined) {
		const now = measure.now(object);
		return now.some(one => isSo(one, condition))
			? clauseOf(orderFor(condition.order, object, measure, clause.language))
			: notMet(clause, object, `${measure.told[clause.language]}: ${now[0] ?? '-'}`);
	}
	if (state === undefined) return undecided(clause);
	const isIn = state.holds(object);
	return isIn === (condition.comparison === 'is')
		? clauseOf(orderFor(condition.order, object, undefined, clause.language))
		: notMet(clause, object, `${state.told[clause.language]}: ${isIn}`);
}

const counted =
	/\b(?:\d+|has|have|is|are|runs?|replicas?(?: counts?)?|pods?|instances?|copies|count|number)\b|레플리카|파드|개수|(?<=\s)수/gi;

function isSo(now: string, {comparison, value}: Condition): boolean {
	if (comparison === 'same') return now === value;
	if (comparison === 'other') return now !== value;
	const [one, other] = [amountOf(now), amountOf(value)];
	if (one === undefined || other === undefined) return false;
	if (comparison === 'less') return one < other;
	if (comparison === 'more') return one > other;
	return comparison === 'least' ? one >= other : one <= other;
}

function notMet({language}: Clause, object: KubeObject, told: string): Understanding {
	const {name} = object.metadata;
	return language === 'ko'
		? {kind: 'answer', said: `${name}을(를) 확인합니다`, text: `${name} ${told}. 조건에 맞지 않으므로 바꿀 것이 없습니다.`}
		: {kind: 'answer', said: `Check ${name}`, text: `${name}: ${told}. The condition does not hold, so there is nothing to change.`};
}

const conditional =
	/^(?:[^,;:.]*[;:.,]\s+)?(?:but\s+)?(?:if|unless|in case|once(?!-)|as soon as|only if|when)\b.*?(?:,|(?<=\b(?:over|done|finished|complete|completed|gone|past|back|live))\s)\s*(?:then\s+)?(.+)$|^(?:만약|만일|혹시).*?면[,\s]+(.+)$/is;

function undecided(clause: Clause): Understanding | undefined {
	const [, english, korean] = conditional.exec(clause.text) ?? [];
	const order = english ?? korean;
	if (
		order === undefined ||
		isQuestion(clauseOf(order)) ||
		['question', 'weighed'].includes(moodOf(order)) ||
		!hasOrder(clauseOf(order).words)
	)
		return undefined;
	return unknown(clause, order);
}

const unknown = (clause: Clause, order: string): Understanding => ({
	kind: 'question',
	text:
		clause.language === 'ko'
			? `이 조건이 맞는지는 판단할 수 없습니다: "${clause.text}". 지금 실행할까요?`
			: `I cannot tell whether that condition holds: "${clause.text}". Should it be done now?`,
	choices: [{text: order, request: order}],
});

type Around = {readonly world: World; readonly talk: Talk; readonly kinds: readonly string[]};

/** What the condition names, or its order, or the clause before. */
async function subjectOf({subject}: Condition, clause: Clause, {world, talk, kinds}: Around) {
	const own = await theOne(clauseOf(subject), world, kinds, talk);
	if (own.found !== 'none') return own;
	const inOrder = await theOne(clause, world, kinds, talk);
	const before = talk.clauses[talk.index - 1];
	return inOrder.found !== 'none' || before === undefined ? inOrder : theOne(before, world, kinds, talk);
}
