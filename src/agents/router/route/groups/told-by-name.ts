import type {Clause} from '../../clause.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import {scopeIn} from '../../names/scope-in.ts';
import type {Understanding} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {languageOf} from '../../words/language.ts';
import {itemsEnd} from '../../words/listed.ts';
import {givesOrder, moodOf} from '../../words/mood/mood-of.ts';
import {creating} from '../../words/order-verbs.ts';
import {removes} from '../../words/removal.ts';
import {tidies} from '../../words/tidies.ts';
import type {World} from '../../world.ts';
import {isQuestion, namedKinds} from '../ordered.ts';
import {englishGroup} from './english-group.ts';
import {type Group, type Known, membersOf} from './group.ts';
import {inEachPlace, type Lacking} from './in-each-place.ts';
import {koreanGroup} from './korean-group.ts';
import {nameOf, orderOf, withName} from './order-of.ts';
import {whichever} from './whichever.ts';

type Question = Extract<Understanding, {kind: 'question'}>;

/**
 * A request in which each thing is named that it tells by what it is: `restart every deployment in shop that has 4 replicas` → `restart deployment web in shop. …`.
 * A question where that is not understood, or nothing is so. The request itself where it speaks of no such group.
 */
export async function toldByName(request: string, world: World): Promise<string | Question> {
	const sentences = request.split(/(?<=[.!?;])\s+/);
	const known = await knownIn(world);
	const told: string[] = [];
	const placed = inEachPlace(sentences, known);
	if ('namespace' in placed) return nowhere(placed);
	for (const sentence of placed) {
		const read = await sentenceByName(sentence, known, world);
		if (typeof read !== 'string') return read;
		told.push(read);
	}
	return told.length === sentences.length && told.every((text, at) => text === sentences[at]) ? request : told.join(' ');
}

async function sentenceByName(sentence: string, known: Known, world: World): Promise<string | Question> {
	const clause = clauseOf(sentence);
	// `any deployment without limits gets …` asks nothing.
	if ((moodOf(sentence) === 'question' && !becomes.test(sentence)) || (isQuestion(clause) && !/^any\b[^?]*$/i.test(sentence)))
		return sentence;
	if (keepsHistory.test(sentence)) return sentence;
	const chosen = whichever(sentence, known);
	if (chosen !== undefined) return chosen.order(nameOf(chosen.object, 'en'));
	if (leftByTrait.test(sentence)) return unread(sentence, sentence.trim());
	const group = findGroup(sentence, known);
	// Which one is not told by a phrase of its own: `whichever is quieter`.
	if (group === undefined) return choosing.test(sentence) && givesOrder(sentence) ? unread(sentence, sentence.trim()) : sentence;
	if (!isOrdered(sentence, group)) return sentence;
	if (!(group.isTold || isEverywhere(group, clause)) || (creating(clause.words) && group.isOne)) return sentence;
	// What destroys says of which kind.
	if (removes(clause) && kindsIn(clauseOf(sentence.slice(group.from, group.to))).length === 0) return sentence;
	// What is deleted by a phrase that nobody understands is asked about with the names that there are.
	if (group.unread !== undefined) return removes(clause) || tidies(sentence) ? sentence : unread(sentence, group.unread);
	const scope = group.namespaces ?? (await scopeIn(clause, world)).namespaces;
	const members = await membersOf(group, scope, known, world);
	if (group.isOne && members.length > 1) return sentence;
	if (members.length === 0) return nothingFits(sentence, sentence.slice(group.from, group.to));
	return members.map(member => orderOf(sentence, group, member)).join(itemsEnd);
}

/** `keep 5 successful jobs`: how many are remembered. */
const keepsHistory =
	/\b(?:keep|keeps|remember|remembers|retain|retains)\b[^.;]*\b(?:successful|failed|finished|completed|old)\s+(?:jobs?|runs?|pods?|revisions?|replica ?sets?)\b/i;

/** What becomes of a group: `every deployment without limits gets the label …`. */
const becomes = /\b(?:gets?|receives?|takes?|becomes?)\b(?!.*\?)/i;

/** `the services of shop`: all of a kind in a place. What destroys says which ones. */
const isEverywhere = ({namespaces, isOne}: Group, clause: Clause) =>
	namespaces !== undefined &&
	givesOrder(clause.text) &&
	!isOne &&
	!addsMore.test(clause.text) &&
	!ofRights.test(clause.text) &&
	!creating(clause.words) &&
	!removes(clause) &&
	!tidies(clause.text);

/** One of several is to be chosen. */
const choosing = /\bwhichever\b|^(?:of|between|among|out of)\b.*\bthe one (?:with|that|which)\b/i;

/** `펜딩인 것 빼고 전부`: what is left out is told by what it is. */
const leftByTrait = /[가-힣](?:인|는|은|된|한|린)\s(?:것|거|애|놈)(?:들)?(?:은|만|을|를)?\s?(?:빼고|제외하고|말고|빼놓고|제외)/;

/** `let ana edit deployments in shop`: a kind of thing that somebody may act on. */
const ofRights = /\b(?:let|allow|grant|permit|role|rights?|permissions?|access)\b|권한|허용|역할/i;

/** `…, web too`: there is more than the group. */
const addsMore = /\b(?:including|incl|as well|too)\b|포함|까지/i;

/** A set of things alone, or with what is to be told of them, is to be listed; with one of them in its place, an order shows. */
function isOrdered(sentence: string, group: Group): boolean {
	const rest = `${sentence.slice(0, group.from)} ${sentence.slice(group.to)}`;
	return (
		/[\p{L}\p{N}]/u.test(rest.replace(/^\s*with (?:their|its)\b.*/is, '')) &&
		givesOrder(withName(sentence, group, languageOf(sentence) === 'ko' ? 'web 디플로이먼트' : 'deployment web in shop'))
	);
}

async function knownIn(world: World): Promise<Known> {
	const [namespaces, ...objects] = await Promise.all([world.namespaces(), ...namedKinds.map(kind => world.objects(kind))]);
	return {namespaces, objects: objects.flat()};
}

const findGroup = (sentence: string, known: Known): Group | undefined =>
	(languageOf(sentence) === 'ko' ? koreanGroup : englishGroup)(sentence, known);

const unread = (sentence: string, part: string): Question => ({
	kind: 'question',
	text:
		languageOf(sentence) === 'ko'
			? `어느 것들인지 이해하지 못했습니다: "${part}". 이름으로 말씀해 주세요.`
			: `I cannot tell which ones are meant by "${part}". Which, by name?`,
	choices: [],
});

const nothingFits = (sentence: string, group: string): Question => ({
	kind: 'question',
	text:
		languageOf(sentence) === 'ko'
			? `지금 "${group}"에 해당하는 것이 없습니다. 무엇을 바꿀까요?`
			: `Nothing is "${group}" as it stands now. What should change?`,
	choices: [],
});

const nowhere = ({sentence, name, namespace}: Lacking): Question => ({
	kind: 'question',
	text:
		languageOf(sentence) === 'ko'
			? `${namespace} 네임스페이스에는 ${name}이(가) 없습니다. 어느 것을 바꿀까요?`
			: `There is no ${name} in ${namespace}. Which one should change?`,
	choices: [],
});
