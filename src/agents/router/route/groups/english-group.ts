import {kindPhrases} from '../../names/kind-words.ts';
import {workloadKinds} from '../../names/kinds-in.ts';
import {englishTrait, unshortened} from '../../traits/english-traits.ts';
import * as facts from '../../traits/facts.ts';
import {not, type Trait, type TraitRead, unless} from '../../traits/trait.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {creating} from '../../words/order-verbs.ts';
import type {Group, Known} from './group.ts';

const quantifier =
	'(?:(?<=^\\s*)any|all(?: of)?(?: the| our| my| those| these)?|every(?: single)?|each(?: of the| and every)?|both(?: of the| the)?|those|these|the(?: one| only| single| two| three| four| five)?|which ?ever|what ?ever)';
const kindWords = kindPhrases
	.filter(({words, kind}) => !/^(?:Pod|Namespace|Event)$/.test(kind) && words.every(word => /^[a-z]{3,}$/.test(word)))
	.map(({words}) => words.join('[ -]?'))
	.toSorted((a, b) => b.length - a.length);
const spoken = new RegExp(`(?<![\\w./=-])(?<kind>${kindWords.join('|')}|workload|app)(?<plural>(?:e?s)?)(?![\\w/=-]|\\.\\w)`, 'gi');

/** The quantifier and what stands between it and the kind: `every suspended`, `the two delivery`. */
const ahead = new RegExp(`(?:^|[\\s,;:(])(?<quantifier>${quantifier})(?<adjectives>(?:\\s+[\\w-]+(?:'s)?){0,3}?)\\s+$`, 'i');
const bare = /(?:^|[\s,;:(])(?<adjectives>[\w-]+(?:'s)?\s+)?$/i;
/** Words that choose some of them, and do not say which. */
const vague =
	/(?:^|[\s,;:(])(?:(?:half|most|some|many|few|several|a couple|part|a part|(?<!\b(?:the|all|these|those|any)\s)(?:one|two|three|four|five|\d+)|any (?:one|two|three|\d+)|the (?:rest|remainder|others?))(?: of)?(?: the| our| these| those)?|(?:the |all |our )?(?:\w+ )?(?:other|remaining|biggest|largest|smallest|oldest|newest|latest|busiest|slowest|heaviest|unused|idle|important|critical|old|stale))\s+(?:[\w-]+(?:'s)?\s+){0,2}$/i;
/** Behind a kind: what tells which ones, and was no predicate that is known. */
const open =
	/^,?\s+(?:(?:and|or|but)\s+)?(?:older|newer|younger|bigger|larger|smaller|heavier|busier|using|mounting|reading|running|selecting|owned|made|created|deployed|touched|written|maintained|managed|used|belonging|carrying|having|lacking|missing|labell?ed|tagged|on\s+[\w./-]+:\S+|(?:and|or|but)\s+(?:no|neither|nor|at (?:least|most)|more|less|fewer)\b)/i;

/** `whatever is crash-looping`, `everything in shop that has no limits`: no kind is said. */
const kindless = /(?<![\w-])(?:(?<free>what ?ever)|everything|anything|all things)(?=\s)/i;

/** `In zone north, …`: what the nodes behind it are of. */
const leadingLabel = /^(?:in|within|of|among)\s+(?=[\w-]+\s+[\w-]+,)/i;

/** The first phrase of a sentence that tells things by what they are. */
export function englishGroup(sentence: string, known: Known): Group | undefined {
	for (const found of sentence.matchAll(spoken)) {
		const group = groupAt(sentence, found, known);
		if (group !== undefined) return withLeading(sentence, group, known);
	}
	const found = kindless.exec(sentence);
	if (found === null) return undefined;
	const rest = restriction(sentence.slice(found.index + found[0].length), found.groups?.free !== undefined, workloadKinds, known);
	if (rest.traits.length === 0) return undefined;
	return {from: found.index, to: found.index + found[0].length + rest.length, kinds: workloadKinds, isTold: true, isOne: false, ...rest};
}

function withLeading(sentence: string, group: Group, known: Known): Group {
	const label = leadingLabel.test(sentence) ? labelIn(` ${sentence}`, group.kinds, known) : undefined;
	const skipped = label === undefined ? undefined : /^,\s+/.exec(sentence.slice(label.length - 1))?.[0];
	return label === undefined || skipped === undefined || group.from < label.length
		? group
		: {...group, traits: [...group.traits, label.trait], begin: label.length - 1 + skipped.length};
}

function groupAt(sentence: string, {index, 0: word, groups}: RegExpExecArray, known: Known): Group | undefined {
	const kinds = kindsOf(groups?.kind ?? '');
	const isPlural = groups?.plural !== '';
	const left = sentence.slice(0, index);
	const quantified = ahead.exec(left);
	const found = quantified ?? (isPlural ? bare.exec(left) : null);
	if (found === null) return undefined;
	const adjectives = (found.groups?.adjectives ?? '')
		.trim()
		.split(/\s+/)
		.filter(Boolean)
		.map(adjective => adjectiveOf(adjective, kinds, known));
	const said = quantified?.groups?.quantifier ?? '';
	const isFree = /ever$/i.test(said);
	const behind = sentence.slice(index + word.length);
	const rest = restriction(marking.test(left) ? behind.replace(markedWith, '') : behind, isFree, kinds, known);
	if (isPlural && vague.test(left) && !creating(clauseOf(sentence).words)) return unreadGroup(sentence, index, kinds);
	const isOne = !isPlural && /^the/i.test(said);
	// Without a quantifier, the word before may be a verb.
	const own = quantified === null ? adjectives.filter(one => one !== undefined) : adjectives;
	if (own.includes(undefined)) return rest.traits.length === 0 || isOne ? undefined : unreadGroup(sentence, index, kinds);
	const read = own.filter(one => one !== undefined);
	const begin =
		quantified === null
			? index - (read.length === 0 ? 0 : (found.groups?.adjectives ?? '').length)
			: left.length - found[0].trimStart().length;
	if (isOne && rest.unread !== undefined) return undefined;
	if (isPlaceOf(kinds, sentence.slice(0, begin))) return undefined;
	const places = [...read.flatMap(({namespace}) => namespace ?? []), ...(rest.namespaces ?? [])];
	return {
		from: begin,
		to: index + word.length + rest.length,
		kinds,
		namespaces: places.length === 0 ? undefined : places,
		traits: [...read.flatMap(({trait}) => trait ?? []), ...rest.traits],
		// `the hdd node` is one that a name or a value tells, as anywhere.
		isTold:
			rest.traits.length > 0 ||
			rest.unread !== undefined ||
			(!isOne && read.some(({trait, isName}) => trait !== undefined && isName !== true)),
		...(rest.unread === undefined ? {} : {unread: rest.unread}),
		isOne,
	};
}

/** `label every service of shop with a=b`: the pair is what they get. */
const marking = /\b(?:label|tag|annotate|mark|flag|stamp)\b/i;
const markedWith = /\s+(?:with|as|by)\s+(?:the\s+)?(?:labels?\s+|annotations?\s+)?[\w./-]+=.*$/is;

/** `pin web to nodes with zone=a`: where it is to run. */
const isPlaceOf = (kinds: readonly string[], before: string) =>
	kinds.includes('Node') && (/\b(?:to|onto|off)\s*$/i.test(before) || (/\bon\s*$/i.test(before) && !/=|\blabel|\btaint/i.test(before)));

const unreadGroup = (sentence: string, index: number, kinds: readonly string[]): Group => ({
	from: index,
	to: index,
	kinds,
	traits: [],
	isTold: true,
	unread: sentence.trim(),
	isOne: false,
});

function kindsOf(said: string): readonly string[] {
	if (/^(?:workload|app)$/i.test(said)) return workloadKinds;
	const plain = said.toLowerCase();
	return kindPhrases
		.filter(({words}) => new RegExp(`^${words.join('[ -]?')}$`).test(plain))
		.map(({kind}) => kind)
		.slice(0, 1);
}

type Adjective = {readonly namespace?: string; readonly trait?: Trait; readonly isName?: boolean};

const states: readonly (readonly [RegExp, Trait])[] = [
	[/^(?:suspended|paused)$/i, facts.isSuspended],
	[/^(?:active|running|unsuspended)$/i, not(facts.isSuspended)],
	[/^(?:cordoned|unschedulable|closed)$/i, facts.isCordoned],
	[/^(?:schedulable|open|uncordoned)$/i, not(facts.isCordoned)],
	[/^(?:crashing|crash-?looping)$/i, facts.isCrashing],
	[/^pending$/i, facts.isPending],
	[/^(?:unready|unhealthy|failing|broken|degraded)$/i, not(facts.isReady)],
	[/^(?:ready|healthy)$/i, facts.isReady],
];

/** What a word before a kind says of the things: where they are, their state, a part of their names, the value of a label. */
function adjectiveOf(said: string, kinds: readonly string[], {namespaces, objects}: Known): Adjective | undefined {
	const word = said.toLowerCase().replace(/'s$/, '');
	if (/^(?:live|other|remaining|rest|new|own)$/.test(word)) return undefined;
	if (namespaces.includes(word)) return {namespace: word};
	const state = states.find(([pattern]) => pattern.test(word));
	if (state !== undefined) return {trait: state[1]};
	const own = objects.filter(({kind}) => kinds.includes(kind));
	const isPart = ({metadata: {name}}: {readonly metadata: {readonly name: string}}) =>
		name.split('-').includes(word) || name.startsWith(`${word}-`);
	if (own.some(isPart)) return {trait: isPart, isName: true};
	const hasValue: Trait = ({metadata}) => Object.values(metadata.labels ?? {}).includes(word);
	return word.length > 2 && own.some(object => Object.values(object.metadata.labels ?? {}).includes(word)) ? {trait: hasValue} : undefined;
}

type Restriction = {
	readonly length: number;
	readonly namespaces?: readonly string[];
	readonly traits: readonly Trait[];
	readonly unread?: string;
};

/** What stands behind a kind and tells which ones: places and predicates, as far as they are understood. */
function restriction(text: string, isFree: boolean, kinds: readonly string[], known: Known): Restriction {
	const traits: Trait[] = [];
	const places: string[] = [];
	let length = 0;
	let free = isFree;
	for (;;) {
		const rest = text.slice(length);
		const place = placeIn(rest, known);
		if (place !== undefined) {
			places.push(...place.namespaces);
			length += place.length;
			continue;
		}
		const label = labelIn(rest, kinds, known);
		if (label !== undefined) {
			traits.push(label.trait);
			length += label.length;
			free = false;
			continue;
		}
		const joint =
			/^,?\s+(?:(?:and|or|but)\s+(?=that\s|which\s|who\s|whose\s))?(?:(?:that|which|who)\s+(?=\S)|whose\s+(?:names?\s+)?(?=\S)|(?=\S))/i.exec(
				rest,
			)?.[0] ?? (length === 0 ? '' : undefined);
		if (joint === undefined) break;
		const isTold = free || /that|which|who/i.test(joint);
		const said = unshortened(rest.slice(joint.length));
		// A bare verb behind the kind is what is to be, and no restriction: `all deployments get …`.
		const isPredicate = isTold || said.isShort;
		const trait = isPredicate ? englishTrait(said.text) : undefined;
		if (trait === undefined) {
			if (!/that|which|whose/i.test(joint) && !open.test(rest)) break;
			return {length, traits, ...(places.length === 0 ? {} : {namespaces: places}), unread: rest.trim()};
		}
		traits.push(trait.trait);
		length += joint.length + trait.length - said.added;
		free = false;
	}
	return {length, traits, ...(places.length === 0 ? {} : {namespaces: places})};
}

function placeIn(text: string, {namespaces}: Known): {readonly length: number; readonly namespaces: readonly string[]} | undefined {
	const name = `(?:${namespaces.map(each => each.replaceAll(/\W/g, String.raw`\$&`)).join('|')})`;
	const found = new RegExp(
		`^\\s+(?:that\\s+(?:are|run|live|sit)\\s+)?(?:in|of|from|on|inside|within|across|under)\\s+(?:the\\s+|both\\s+)?(?:namespaces?\\s+)?(?<list>${name}(?:(?:\\s*,\\s*(?:and\\s+)?|\\s+(?:and|or|plus)\\s+)${name})*)(?![\\w-])(?:\\s+namespaces?)?`,
		'i',
	).exec(text);
	const list = found?.groups?.list;
	return found === null || list === undefined
		? undefined
		: {length: found[0].length, namespaces: list.toLowerCase().split(/\s*,\s*(?:and\s+)?|\s+(?:and|or|plus)\s+/)};
}

/** `with disktype hdd`, `whose disktype is not ssd`, `of zone north`: the key of a label that things of these kinds have, and a value of it. */
function labelIn(text: string, kinds: readonly string[], {objects}: Known): TraitRead | undefined {
	const [said, key = '', denied, value = ''] =
		/^\s+(?:that\s+(?:have|has|are|is)\s+)?(?:with|whose|of|in|on|having)\s+(?:the\s+)?(?:labels?\s+)?([\w./-]+)(?:\s+(?:is|are|of|set to)|=|\s*:)?(\s+not|n't)?\s*(?:=\s*)?([\w.-]*\w)/i.exec(
			text,
		) ?? [];
	const known = objects.some(
		({kind, metadata}) =>
			kinds.includes(kind) &&
			Object.entries(metadata.labels ?? {}).some(
				([name, each]) => facts.isKey(name, key.toLowerCase()) && each.toLowerCase() === value.toLowerCase(),
			),
	);
	return said === undefined || !known ? undefined : {length: said.length, trait: unless(denied !== undefined, facts.hasLabel(key, value))};
}
