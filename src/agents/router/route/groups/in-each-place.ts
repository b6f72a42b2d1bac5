import {kindsIn, workloadKinds} from '../../names/kinds-in.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {languageOf} from '../../words/language.ts';
import {itemsEnd} from '../../words/listed.ts';
import {givesOrder} from '../../words/mood/mood-of.ts';
import {creating} from '../../words/order-verbs.ts';
import {isQuestion} from '../ordered.ts';
import type {Known} from './group.ts';

/** A place that is named for a thing and has none of the name. */
export type Lacking = {readonly sentence: string; readonly name: string; readonly namespace: string};

/** A thing of one name that lives in several namespaces. */
type Spread = {readonly name: string; readonly namespaces: readonly string[]};

/**
 * An order on a thing that lives in several namespaces, where it says all of them: `restart web in both namespaces` → `restart web in shop. restart web in qa.`
 * That it does may be told in the sentence before.
 */
export function inEachPlace(sentences: readonly string[], known: Known): readonly string[] | Lacking {
	const told: string[] = [];
	for (const sentence of sentences) {
		const before = told.at(-1);
		const own = spreadIn(sentence, known);
		const earlier = own !== undefined || before === undefined || !tellsOfThings(before) ? undefined : spreadIn(before, known);
		const spread = own ?? earlier;
		const said = spread === undefined || !mayBeOrder(sentence) ? undefined : placesIn(sentence, spread, known);
		if (spread === undefined || said === undefined) {
			told.push(sentence);
			continue;
		}
		if ('namespace' in said) return {...said, sentence};
		if (earlier !== undefined) told.pop();
		told.push(said.namespaces.map(namespace => orderIn(sentence, said, spread.name, namespace, own === undefined)).join(itemsEnd));
	}
	return told;
}

/** `there is a web in shop and one in qa` */
const tellsOfThings = (sentence: string) =>
	!givesOrder(sentence) ||
	/^(?:and\s+|so\s+)?there (?:is|are)\b/i.test(sentence) ||
	/있(?:죠|지요|습니다|어요|는데요?)[.\s]*$/.test(sentence);

const mayBeOrder = (sentence: string) => {
	const clause = clauseOf(sentence);
	return !isQuestion(clause) && !creating(clause.words);
};

function spreadIn(sentence: string, {objects}: Known): Spread | undefined {
	const clause = clauseOf(sentence);
	const kinds = kindsIn(clause).map(({kind}) => kind);
	for (const {text} of clause.words) {
		const same = objects.filter(({metadata}) => metadata.name === text);
		const meant = [
			same.filter(({kind}) => kinds.includes(kind)),
			same.filter(({kind}) => (workloadKinds as readonly string[]).includes(kind)),
			same,
		].find(list => list.length > 0);
		const namespaces = [...new Set(meant?.flatMap(({metadata}) => metadata.namespace ?? []))];
		if (namespaces.length > 0) return {name: text, namespaces};
	}
	return undefined;
}

type Said = {readonly from: number; readonly to: number; readonly namespaces: readonly string[]};

const listOf = (namespaces: readonly string[]) => {
	const name = `(?:${namespaces.join('|')})`;
	return `(?<list>${name}(?:(?:\\s*,\\s*(?:and\\s+)?|\\s+(?:and|as well as)\\s+|(?:이랑|랑|와|과|하고)\\s*|\\s+(?:및|그리고)\\s+)${name})+)(?![\\w-])`;
};

/** Where a sentence says all places of a thing, and which these are. */
function placesIn(sentence: string, spread: Spread, {namespaces: all}: Known): Said | Omit<Lacking, 'sentence'> | undefined {
	const list = listOf(all);
	const every =
		/\b(?:in|of|from|across|for|on)\s+(?:(?<both>both)|all|each|every|either)(?:\s+of)?(?:\s+(?:its|the|their|these|those|two))*(?:\s+(?:namespaces?|places?|environments?|them))?/
			.source;
	const english = new RegExp(
		`\\s*(?:${every}(?:\\s*[,:(–-]+\\s*${list}\\)?)?|,?\\s*(?:both\\s+)?(?:in|across)\\s+(?:both\\s+)?(?:the\\s+)?(?:namespaces?\\s+)?${list.replace('?<list>', '?<places>')}(?:\\s+namespaces)?|\\b(?:everywhere|wherever it (?:runs|lives|is)))(?![\\w-])`,
		'i',
	);
	const korean = new RegExp(
		`(?:${list}(?:\\s?네임스페이스)?(?:에\\s?있는|에서|에|의|쪽)?\\s*(?:것\\s?|거\\s?)?(?:둘\\s?다|양쪽(?:\\s?다)?|모두|전부|각각)(?:에서|의|에)?|${list.replace('?<list>', '?<places>')}(?:\\s?네임스페이스)?(?:의|에\\s?있는)\\s*(?=${spread.name})|(?<both>양쪽|두(?=\\s?(?:네임스페이스|군데|곳|쪽)))\\s?(?:네임스페이스|군데|곳|쪽)?(?:에서|의|에)?\\s?(?:다|모두|전부)?(?=\\s)|(?:네임스페이스|곳)마다)[,\\s]*`,
	);
	const found = (languageOf(sentence) === 'ko' ? korean : english).exec(sentence);
	if (found === null) return undefined;
	const said = (found.groups?.list ?? found.groups?.places)?.match(new RegExp(`(?<![\\w-])(?:${all.join('|')})(?![\\w-])`, 'g'));
	const namespaces = said ?? spread.namespaces;
	const lacking = namespaces.find(namespace => !spread.namespaces.includes(namespace));
	const isBeside =
		sentence.slice(found.index + found[0].length).startsWith(spread.name) ||
		new RegExp(`(?<![\\w-])${spread.name}(?:\\s+\\w+)?\\s*$`, 'i').test(sentence.slice(0, found.index));
	if (lacking !== undefined) return isBeside ? {name: spread.name, namespace: lacking} : undefined;
	if (namespaces.length < 2) return undefined;
	if (found.groups?.both !== undefined && namespaces.length !== 2) return undefined;
	return {from: found.index, to: found.index + found[0].length, namespaces};
}

/** @param isAbsent whether the sentence does not name the thing itself */
function orderIn(sentence: string, {from, to}: Said, name: string, namespace: string, isAbsent: boolean): string {
	const [before, behind] = [sentence.slice(0, from), sentence.slice(to)];
	const isKorean = languageOf(sentence) === 'ko';
	const placed = isKorean ? `${namespace} 네임스페이스의 ${name}` : `${name} in ${namespace}`;
	if (isAbsent) return ended(isKorean ? `${before}${placed} ${behind}` : `${before} in ${placed}${behind}`);
	const rest = `${before}${isKorean || /^[\s.,;!?]|^$/.test(behind) ? '' : ' '}${behind}`;
	return ended(rest.replace(new RegExp(`(?<![\\w./-])${name}(?![\\w/-]|\\.\\w)`, 'i'), placed));
}

const ended = (text: string) => {
	const plain = text.replace(/[\s,]+(?=[.!?;]?$)/, '');
	return /[.!?;]$/.test(plain) ? plain : `${plain}.`;
};
