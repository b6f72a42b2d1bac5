import type {Word} from '../../clause.ts';
import {type KindMention, kindsIn} from '../../names/kinds-in.ts';
import {wordsOf} from '../words-of.ts';
import {isImperative} from './imperatives.ts';

/** What says which things, before their kind. */
const determiners =
	/^(?:the|all|every|each|any|both|our|my|of|just|only|and|or|in|on|for|across|whole|cluster|currently|running|unused|orphaned|unmounted|pending|failed|failing|suspended|cordoned|headless|single|which|those|these|top|first)$/;
const numbers = /^(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)$/;
/** `the three biggest claims`: as many as are said, of those that are there. */
const superlative =
	/\b(?:most|biggest|largest|heaviest|oldest|youngest|highest|lowest|smallest|least|fewest|greediest|hungriest|busiest|newest)\b(?!\s+(?:of|recent|likely|important|urgent|version|image|tag|release|build)\b)/;
const compares = /\bat (?:most|least)\b/;

/** What stands behind the kind where a set is spoken of: which ones, or what of them. */
const pronoun = /^(?:that|which|whose|who|where)$/;
const relative =
	/^(?:that|which|whose|who|where|without|lacking|missing|having|using|carrying|running|mounting|referencing|selecting|labell?ed|older|younger|larger|bigger|smaller|newer|still|not|stuck|down|with)$/;
const goesOn =
	/^(?:in|of|by|on|and|or|from|per|across|sorted|ranked|ordered|more|less|fewer|we|you|under|behind|at|over|there|together|please|cluster|versus|vs|owned|managed|used|exposed|reachable|listening|guarding|belonging|around|whichever|each|here|now|available|bound|attached|please|plus)$/;
const compared = /\b(?:than|over|above|under|below|at least|at most|exactly|only|top|last|past|older|newer|zone|port)\b/;
const done = /\b(?:restarted|deleted|removed|scaled|drained|moved|resized|updated|upgraded|rolled|patched|closed|opened|exposed to|gone)$/;
/** `pods that say nothing get 100m` */
const given = /\b(?:is|are) to (?:be|have|get|run|stay)\b|\b(?:gets?|shall|must|should|go(?:es)?|to)\b (?:\S+ )?\d/;
/** How something is to be, or that it is to be made. */
const makes = /^(?:should|shall|must|wants?|needs?|gets?|goes|loses?|new|named|called|create|make|add|give|set|scale|to|becomes?|off)$/;

/** Things without a kind of their own, spoken of as a set. */
const loose = /^(?:workload|app|application|container|image|host|thing|resource|object)s?$/;

function firstSet(words: readonly Word[]): KindMention | undefined {
	const kinds = kindsIn({words}).filter(({name}) => name === undefined);
	const others = words.flatMap(({text, quoted}, at) =>
		!quoted && loose.test(text) ? [{kind: '', first: at, last: at, plural: text.endsWith('s')}] : [],
	);
	return [...kinds, ...others].toSorted((a, b) => a.first - b.first)[0];
}

/**
 * Whether a phrase speaks of things as a set and says nothing of how they should be: `services in payments with their ports`, `pods that are not ready`,
 * `the deployment that asks for the most memory`, `HPAs`.
 */
export function namesSet(part: string): boolean {
	const words = wordsOf(part);
	const kind = firstSet(words);
	if (kind === undefined || kind.first > 5) return false;
	const ranks = superlative.test(part) && !compares.test(part);
	const before = words.slice(0, kind.first);
	const isOfEach = /^(?:of|in|per|for|on) (?:each|every|all)$/.test([words[kind.last + 1]?.text, words[kind.last + 2]?.text].join(' '));
	const isMany = kind.plural || ranks || isOfEach || before.slice(-2).some(({text}) => /^(?:every|each|all|any|single|which)$/.test(text));
	return isMany && chooses(before, ranks) && !isToBe(words.slice(kind.last + 1), words[kind.last]?.stop !== undefined);
}

/** `policy sealed for all pods there`: one thing, and what it is for. */
const named = /^(?:polic(?:y|ie)|netpol|role|binding|quota|budget|pdb|hpa|ingress)$/;

/** Whether only what says which things stands before their kind: a place, a number of those that are there. */
function chooses(before: readonly Word[], ranks: boolean): boolean {
	const others = before.filter(({text}) => !determiners.test(text) && !superlative.test(text));
	// `the till on every node`: the kind is only where it is to be.
	const hung = before.findLastIndex(({text}) => text === 'on');
	if (hung > 0 && others.some(word => before.indexOf(word) < hung)) return false;
	const counts = others.filter(({text}) => numbers.test(text));
	const places = others.filter(({text}) => !numbers.test(text));
	if (counts.length > 0 && !ranks && !before.some(({text}) => /^(?:the|these|those|top|first)$/.test(text))) return false;
	return (
		places.length <= 2 &&
		!places.some(({text}) => named.test(text)) &&
		!places.some(({text}) => /\d|=|^(?:an?|another|no|more)$/.test(text) || makes.test(text) || isImperative(text))
	);
}

/** Whether what stands behind the kind says how the things should be. */
function isToBe(rest: readonly Word[], isApart: boolean): boolean {
	const [next, second] = rest.map(({text}) => text);
	if (next === undefined) return false;
	const isOfPlace = goesOn.test(next) && rest.slice(1, 6).some(({text}) => pronoun.test(text));
	const text = rest.map(word => word.text).join(' ');
	if (isOfPlace || (relative.test(next) && !(next === 'down' && second === 'to'))) return setsPair(rest) || given.test(text);
	if (!isApart && !goesOn.test(next) && !/(?:ing|ed|en)$/.test(next)) return true;
	return (
		rest.some(({text: word, quoted}) => !quoted && makes.test(word)) ||
		done.test(text) ||
		(!compared.test(text) && /(?:^|\s)\d/.test(text)) ||
		setsPair(rest)
	);
}

/** `with LEVEL=debug`; `labelled team=web` tells which ones. */
const setsPair = (rest: readonly Word[]) =>
	rest.some(({raw}) => /^[^=]+=[^=]+$/.test(raw)) &&
	!rest.some(({text}) => /^(?:label.*|marked|flagged|carry.*|bear.*|having|whose|where|tagged|selected|matching)$/.test(text));
