import {numberAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import {foundThing} from '../../names/same-thing.ts';
import {theOne} from '../../names/the-one.ts';
import type {Understanding} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {languageOf} from '../../words/language.ts';
import {itemsEnd} from '../../words/listed.ts';
import {beginsWithVerb} from '../../words/mood/imperatives.ts';
import type {World} from '../../world.ts';
import {isQuestion, namedKinds} from '../ordered.ts';
import {type Measure, measureOf, namedIn} from './measures.ts';
import {isOnlyNamed} from './only-named.ts';
import {orderFor} from './order-for.ts';
import {plainlyTold} from './plainly-told.ts';
import {type ToldCondition, toldCondition} from './told-condition.ts';

/** A request without the conditions that could be looked up, and what is told of those that do not hold. */
export type Settled = {readonly request: string; readonly answers: readonly Understanding[]};

/**
 * Looks up each condition of a request that is about what is live: its order stands where it holds, what is to be done otherwise where it does not.
 * Conditions that cannot be read stay as they are.
 */
export async function settled(request: string, world: World): Promise<Settled> {
	const sentences = sentencesOf(plainlyTold(request));
	const told: string[] = [];
	const answers: Understanding[] = [];
	let before: string | undefined;
	let isSettled = false;
	for (const sentence of sentences) {
		const read = toldCondition(sentence);
		const condition = read === undefined || isQuestion(clauseOf(read.order)) ? undefined : read;
		const object = condition === undefined ? undefined : await subjectOf(condition, before, world);
		if (condition === undefined || object === undefined) told.push(sentence);
		else {
			isSettled = true;
			const order = (await condition.trait(object, world)) ? await orderOf(condition, object, sentence, world) : otherwiseOf(condition);
			if (order === undefined) answers.push(notMet(sentence, object, condition));
			else told.push(order);
		}
		before = sentence;
	}
	return isSettled ? {request: told.join(itemsEnd), answers} : {request, answers: []};
}

/** `if a …, and if b …` are two; `Otherwise …` belongs to the sentence before. */
const sentencesOf = (request: string) =>
	request
		.replace(/,?\s+and\s+(?=if\s)/gi, (joint, at: number) => (/^(?:if|in case|provided)\b/i.test(request) && at > 0 ? '. ' : joint))
		.split(/(?<=[.!?])\s+(?!(?:else|otherwise|if not)\b)(?=\S)/i)
		.filter(sentence => sentence.trim() !== '')
		.map((sentence, at, all) => repeated(sentence, all[at - 1]));

/** `Check a: if it …, do so. Same check for b.` */
function repeated(sentence: string, before: string | undefined): string {
	const name = /^(?:and\s+)?(?:the\s+)?same(?:\s+(?:check|test|thing))?(?:\s+goes)?\s+(?:for|with|on)\s+([\w-]+)[.!]?$/i.exec(
		sentence,
	)?.[1];
	const checked =
		before === undefined ? undefined : /^(?:please\s+)?(?:check|look at|see|if)\s+(?:node\s+|deployment\s+)?([\w-]+)/i.exec(before)?.[1];
	return name === undefined || checked === undefined || before === undefined ? sentence : before.replaceAll(checked, name);
}

async function subjectOf({subject, order, key}: ToldCondition, before: string | undefined, world: World): Promise<KubeObject | undefined> {
	const kinds = key === undefined ? [...namedKinds, 'Namespace'] : ['ConfigMap'];
	const isPointing = /\b(?:it|they|there)\b/i.test(subject);
	for (const text of [
		subject,
		...(key !== undefined || isPointing ? [order] : []),
		...(isPointing && before !== undefined ? [before] : []),
	]) {
		if (!(await isOnlyNamed(subject, kinds, world)) && key === undefined) return undefined;
		const found = foundThing(await theOne(clauseOf(text), world, kinds), kinds);
		if (found.found === 'one') return found.object;
		if (found.found === 'several') return undefined;
	}
	return undefined;
}

async function orderOf({order, said, key}: ToldCondition, object: KubeObject, sentence: string, world: World): Promise<string> {
	const language = languageOf(sentence);
	if (key !== undefined) return `set ${key} to ${order.replace(/^.*\b(?:to|it)\s+(?=\S+[.!]?$)/i, '')} in ${namedIn(object, language)}`;
	const [, lacked = '', one] = /\b(?:no|any|an?)\s+(.+)$/i.exec(said) ?? [];
	const deed =
		lacked === '' || one !== undefined
			? order
			: order.replace(/\b(add|give it|create|set)\s+one\b/i, `$1 a ${lacked.replace(/\s+(?:yet|at all)$/i, '')}`);
	if ((await mentionsIn(clauseOf(deed), world, namedKinds)).mentions.length > 0) return deed;
	const missing = language === 'ko' ? /^(.+?)(?:이|가|도)?\s?없는$/.exec(said)?.[1] : undefined;
	if (missing !== undefined && !order.includes(missing)) return `${namedIn(object, language)}에 ${missing}를 ${order}`;
	const field = language === 'ko' ? /^((?:CPU|메모리|memory|씨피유)\s?\S+?)(?:이|가|은|는)?\s?\d/i.exec(said)?.[1] : undefined;
	if (field !== undefined && /^\d/.test(order)) return `${namedIn(object, language)}의 ${field}을 ${order}`;
	const isOfReplicas =
		/replica|pod|instance|cop(?:y|ies)|\bruns?\b|레플리카|파드|\d\s?(?:개|대)|^(?:has|have)\s+(?:still\s+|only\s+|already\s+)*(?:at (?:least|most)\s+|(?:less|fewer|more) than\s+|exactly\s+)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)$/i.test(
			said,
		);
	return orderFor(deed, object, isOfReplicas ? measureOf('replicas', '1') : resourceIn(said), language);
}

/** `if its memory limit is above 3Gi, bring it down to 3Gi` */
function resourceIn(said: string): Pick<Measure, 'order' | 'field'> | undefined {
	const [, name, field] = /\b(cpu|memory)\s+(request|limit)/i.exec(said) ?? [];
	return name === undefined || field === undefined
		? undefined
		: {order: (named, value) => `set the ${name} ${field} of ${named} to ${value}`, field: `의 ${name} ${field}을`};
}

/** `else geocoder to 4`: the verb of the order goes for it. */
function otherwiseOf({otherwise, order}: ToldCondition): string | undefined {
	if (otherwise === undefined) return undefined;
	return beginsWithVerb(otherwise.toLowerCase()) ? otherwise : `${order.split(/\s+/)[0]} ${otherwise}`;
}

function notMet(sentence: string, object: KubeObject, {said, key}: ToldCondition): Understanding {
	const {name} = object.metadata;
	const replicas = numberAt(object, 'spec', 'replicas');
	const now =
		key === undefined ? (replicas === undefined ? undefined : `replicas: ${replicas}`) : `${key}: ${textAt(object, 'data', key) ?? '-'}`;
	return languageOf(sentence) === 'ko'
		? {
				kind: 'answer',
				said: `${name}을(를) 확인합니다`,
				text: `${name}${now === undefined ? '' : ` ${now}`}. 조건(${said})에 맞지 않으므로 바꿀 것이 없습니다.`,
			}
		: {
				kind: 'answer',
				said: `Check ${name}`,
				text: `${name}${now === undefined ? '' : `, ${now}`}. The condition (${said}) does not hold, so there is nothing to change.`,
			};
}
