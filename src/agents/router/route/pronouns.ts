import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {type Mention, mentionsIn} from '../names/mentions-in.ts';
import type {Scope} from '../names/scope-in.ts';
import type {Talk} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {beginsOrder, creating} from '../words/order-verbs.ts';
import {partOfIn, speaksOfPart} from '../words/parts-of.ts';
import {removes} from '../words/removal.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {isQuestion, namedKinds} from './ordered.ts';

const english =
	/\b(both(?: of them)?(?=[.!?]*$)|all of them|it|them|this one|that one|these|those)(?='s\b|\b)(?!\s+(?:is|was|has)\s+(?:ready|done|possible)\b)/i;
const korean = /(그것|그거|이것|이거|그 ?서비스|그 ?디플로이먼트|그걸|이걸|그게)(?=[가-힣]*)/;

/**
 * Says again what a clause only points at: `it`, or nothing at all (`catalog를 2개로 늘리고 이미지는 5.4로`), is what the clause before spoke of, in the
 * namespace that was spoken of.
 * @param before the clause before, or the last one of the turn before
 */
export async function saidAgain(clause: Clause, before: Clause | undefined, talk: Talk, world: World): Promise<Clause> {
	if (before === undefined) return clause;
	const [own, earlier] = await Promise.all([mentionsIn(clause, world, namedKinds, talk), mentionsIn(before, world, namedKinds)]);
	const named = several.test(clause.text) ? await namedBefore(talk, world) : unneededIn(before, earlier.mentions);
	const made = creating(before.words) ? newNamespace(before) : undefined;
	if (made !== undefined) return inNew(clause, made);
	const pronoun = english.exec(clause.text) ?? korean.exec(clause.text) ?? undefined;
	const [only, ...others] = new Set(named.map(({name}) => name));
	// `…라벨이 틀렸어요. 지워주세요` has no pronoun.
	const isPartMeant = only !== undefined && others.length === 0 && (pronoun !== undefined || removes(clause));
	const part = isPartMeant ? partOfIn(before.text, only, clause.language) : undefined;
	// What is to go is the part that was spoken of. Where that is not found, the whole must not go in its place.
	if (part === undefined && pronoun !== undefined && removes(clause) && speaksOfPart(before.text)) return clause;
	const subject = part ?? subjectOf(named, clause.language);
	if (own.mentions.length === 0 && subject !== undefined) {
		if (possessive.test(clause.text) && part === undefined)
			return scoped(clauseOf(clause.text.replace(possessive, `${subject}'s`)), earlier.scope.namespaces);
		if (pronoun !== undefined) {
			const behind = clause.text.slice(pronoun.index + pronoun[0].length);
			return scoped(clauseOf(`${clause.text.slice(0, pronoun.index)}${subject}${behind}`), earlier.scope.namespaces);
		}
		if (lacksObject(clause) || asksOfBefore(clause, own.scope))
			return scoped(
				clauseOf(clause.language === 'ko' ? `${subject}의 ${clause.text}` : `${clause.text.replace(/[.!?]+$/, '')} for ${subject}`),
				earlier.scope.namespaces,
			);
	}
	const here = new Set(own.mentions.flatMap(({objects}) => objects.map(({metadata}) => metadata.namespace)));
	return own.scope.namespaces === undefined && here.size > 1 ? scoped(clause, earlier.scope.namespaces) : clause;
}

/** `remove its service`: of what was spoken of. */
const possessive = /(?<=\b(?:delete|remove|drop|restart|and)\s)its\b/i;

const subjectOf = (named: readonly Mention[], language: Clause['language']) =>
	named.length === 0 ? undefined : [...new Set(named.map(({name}) => name))].join(language === 'ko' ? ', ' : ' and ');

const several = /\b(?:both|all of them|them)\b|둘 ?다|모두/i;

const unneeded =
	/\b(?:(?:does not|doesn't|do not|don't|no longer|nobody|nothing|no one)(?: \w+)?|stopped) (?:read|use|need|mount|load|reference|want)(?:s|ing)?\b/i;

/** `web does not read the config map x any more`: what is not needed is spoken of, and not who does not need it. */
function unneededIn(before: Clause, mentions: readonly Mention[]): readonly Mention[] {
	const found = unneeded.exec(before.text);
	if (found === null) return mentions;
	const from = clauseOf(before.text.slice(0, found.index + found[0].length)).words.length;
	const behind = mentions.filter(({first}) => first >= from);
	return behind.length === 0 ? mentions : behind;
}

/** All that the clauses before have named. */
const namedBefore = async ({clauses, index}: Talk, world: World) =>
	(await Promise.all(clauses.slice(0, index).map(one => mentionsIn(one, world, namedKinds)))).flatMap(({mentions}) => mentions);

/** `start a pod smoke there`: what is made is no object of before. */
const makesSomething = /\b(?:start|run|put|set up|add|make|bring up|spin up) (?:up )?(?:an?|another|one|two|three) /i;

/** An order that names no kind of its own. */
const lacksObject = (clause: Clause) =>
	!isQuestion(clause) &&
	(clause.language === 'ko' || beginsOrder(clause.words, [])) &&
	!creating(clause.words) &&
	!makesSomething.test(clause.text) &&
	kindsIn(clause).every(({kind}) => kind === 'Pod');

/** `지금 무슨 이미지야?`: a question that names nothing, in a language that leaves out what was spoken of. */
const asksOfBefore = (clause: Clause, {namespaces}: Scope) =>
	clause.language === 'ko' && isQuestion(clause) && namespaces === undefined && kindsIn(clause).length === 0;

/** The clause with the namespace of the clause before, where that was one. */
function scoped(clause: Clause, namespaces: readonly string[] | undefined): Clause {
	const [namespace, ...others] = namespaces ?? [];
	if (namespace === undefined || others.length > 0 || clause.words.some(({text}) => text === namespace)) return clause;
	return clauseOf(
		clause.language === 'ko' ? `${namespace} 네임스페이스의 ${clause.text}` : `${clause.text.replace(/[.!?]+$/, '')} in ${namespace}`,
	);
}

/** The name of a namespace that a clause makes. */
function newNamespace(clause: Clause): string | undefined {
	const kind = kindsIn(clause).find(mention => mention.kind === 'Namespace');
	if (kind === undefined) return undefined;
	const {words} = clause;
	const called = /^(called|named)$/.test(words[kind.last + 1]?.text ?? '') ? kind.last + 2 : kind.last + 1;
	const name = clause.language === 'ko' ? (words[kind.first - 1] ?? words[kind.last + 1]) : words[called];
	return name !== undefined && /^[a-z0-9][a-z0-9-]*$/.test(name.text) ? name.text : undefined;
}

const clusterWide = new Set([
	'Namespace',
	'Node',
	'ClusterRole',
	'ClusterRoleBinding',
	'PersistentVolume',
	'StorageClass',
	'PriorityClass',
	'IngressClass',
]);

const inNew = (clause: Clause, namespace: string): Clause => {
	if (clause.words.some(({text}) => text === namespace)) return clause;
	const text = clause.text
		.replace(/\b(in|inside|into)\s+(?:it|there|that|this)\b/i, `$1 namespace ${namespace}`)
		.replace(/거기에?|그 안에/, `${namespace} 네임스페이스에`);
	if (text !== clause.text) return clauseOf(text);
	if (kindsIn(clause).some(({kind}) => clusterWide.has(kind))) return clause;
	return spoken(clause, 'in 에')
		? clause
		: clauseOf(
				clause.language === 'ko' ? `${namespace} 네임스페이스에 ${text}` : `${text.replace(/[.!?]+$/, '')} in namespace ${namespace}`,
			);
};
