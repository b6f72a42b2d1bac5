import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {givesOrder} from '../words/mood/mood-of.ts';
import {hasOrder} from '../words/order-verbs.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';
import {sparedInKorean} from './spared-in-korean.ts';
import {type Found, namesAhead, stayingKinds} from './spared-names.ts';

/** What a request leaves alone (`all but web`, `cart instead of mail`), and what it says without that. */
export type Spared = {
	readonly objects: readonly KubeObject[];
	/** What was to be spared and is no name that exists. */
	readonly unknown?: string;
	readonly rest: Clause;
};

const english =
	/(?:^|[,;]\s*|\s)(?:(?:but|and|yet|while|please|just|only)\s+)*(?<strong>except(?:ing)?(?:\s+for)?(?!\s+(?:on\s+)?(?:the\s+)?(?:sun|mon|tues?|wed|wednes|thu|thurs|fri|sat|satur)(?:day)?s?\b|\s+(?:on\s+)?(?:weekends?|holidays?)\b)|excluding|exclude|apart\s+from|aside\s+from|other\s+than|besides|but\s+not(?!\s+(?:yet\s+|really\s+|quite\s+)?(?:ready|running|reachable|responding|healthy|working|serving|starting|available|up|there|enough|well)\b)|but\s+for|save\s+for|barring|minus|with\s+the\s+exception\s+of|leaving\s+out|leave\s+out|skip(?:ping)?|omit(?:ting)?|sparing|spare|(?:keep(?:ing)?|leav(?:e|ing)|retain|preserve)|without\s+touching|hands\s+off(?:\s+of)?|no\s+changes?\s+(?:to|for|in)|nothing\s+changes\s+(?:for|in|on|with)|(?:don't|do\s+not|dont|never)\s+(?:touch|change|modify|edit|alter|amend|adjust)|(?:under no circumstances|on no account|by no means)\s+(?:touch|change|delete|remove|restart|reboot|scale|stop|drain|update|modify|edit|roll\s+back)|instead\s+of(?:\s+\w+ing)?|rather\s+than(?:\s+\w+ing)?|in\s+place\s+of|before\s+(?:(?:you|we|i)\s+)?\w+(?:ing)?|(?<=\b(?:all|every|everything|each|any|every\w*)\b[^,;.]*)but)\s+/gi;
const contrast = /\b(?:instead|rather)\b/i;
const englishAfter =
	/^\s+(?:itself\s+|themselves\s+)?(?:only\s+|still\s+)?(?:must|should|shall|has to|have to|needs to|need to|is to|are to|may|can|stays?|remains?)(?:\s+(?:not(?=\s+(?:be|change|stop|move|go|touched)\b|\s*(?:$|[,;.!]))|of course|please|just|exactly|how|where|the way|there|put|so|change|changed|be|stay|remain|keep|left|running|untouched|touched|restarted|up|as|it|they|is|are|alone|online|alive|now|too))*(?=[\s,;.!]|$)/i;
const tail =
	/^\s+(?:(?:at|on|with)\s+(?:\d+|one|two|three|zero)(?:\s+(?:replicas?|pods?|instances?))?|running|as\s+(?:it|they)\s+(?:is|are)|as\s+is|alone|untouched|intact|in\s+place|out(?:\s+of\s+it)?|be|up)(?=[\s,;.]|$)/i;

/** Undefined: nothing is spared, or nothing else is ordered. */
export async function sparedIn(clause: Clause, world: World): Promise<Spared | undefined> {
	const objects = (await Promise.all(namedKinds.map(kind => world.objects(kind)))).flat();
	const found = clause.language === 'ko' ? sparedInKorean(clause.text, objects) : inEnglish(clause.text, objects);
	if (found === undefined) return undefined;
	const rest = clauseOf(
		found.rest
			.replaceAll(/[^\S\n]+/g, ' ')
			.replaceAll(/[^\S\n]+([,.])/g, '$1')
			.replace(/^[\s,;-]+(?:and\s+)?|[\s,;]+$/g, ''),
	);
	if (!(hasOrder(rest.words) || givesOrder(rest.text) || kindsIn(rest).length > 0)) return undefined;
	return {...found, rest: await ofSameName(rest, found.objects, world)};
}

/** `keep the web service, delete only the ingress`: the other kind is that of the same name. */
export async function ofSameName(rest: Clause, spared: readonly KubeObject[], world: World): Promise<Clause> {
	const [name, ...names] = new Set(spared.map(({metadata}) => metadata.name));
	const kinds = kindsIn(rest);
	const isOther = kinds.length > 0 && kinds.every(({kind, plural}) => !plural && !spared.some(object => object.kind === kind));
	if (name === undefined || names.length > 0 || !isOther || /\b(?:all|every|each)\b|모든|모두|전부/i.test(rest.text)) return rest;
	if ((await mentionsIn(rest, world, namedKinds)).mentions.length > 0) return rest;
	return clauseOf(rest.language === 'ko' ? `${name} ${rest.text}` : `${rest.text.replace(/[.!]+$/, '')} of ${name}`);
}

function inEnglish(text: string, objects: readonly KubeObject[]): Found | undefined {
	for (const marker of text.matchAll(english)) {
		const end = marker.index + marker[0].length;
		const {names, length} = namesAhead(text.slice(end), objects);
		const behind = text.slice(end + length);
		const isExclusion = !/^(?:under|on no|by no|instead|rather|before|in\s|keep|leav|retain|preserve|skip|omit|spar|but$|minus)/i.test(
			marker.groups?.strong ?? '',
		);
		const undone = /^(?:it|them|that|this)\b|^(?=\s*(?:$|[,;.]))/i.exec(text.slice(end));
		// `… instead of restarting it`: the deed is left out, not a thing.
		if (names.length === 0 && /ing$/i.test(marker.groups?.strong ?? '') && undone !== null && contrast.test(marker[0]))
			return {objects: [], rest: `${text.slice(0, marker.index)} ${text.slice(end + undone[0].length)}`};
		if (names.length === 0 && !isExclusion) continue;
		const rest = `${text.slice(0, marker.index)} ${behind.slice(tail.exec(behind)?.[0].length ?? 0)}`;
		// `every deployment, but not the daemonset`: a kind that is not ordered anyway.
		const onlyKind = /^(?:the\s+|any\s+)?([\w-]+)\s*[.!]?$/.exec(text.slice(end))?.[1];
		if (names.length === 0 && onlyKind !== undefined && isOtherKind(onlyKind, text.slice(0, marker.index)))
			return {objects: [], rest: text.slice(0, marker.index)};
		if (names.length === 0) return {objects: [], unknown: text.slice(end).split(/[,;.]/)[0] ?? '', rest};
		return {objects: names, rest};
	}
	return staying(text, objects);
}

/** A kind that the order before does not speak of. */
function isOtherKind(word: string, order: string): boolean {
	const kinds = new Set(kindsIn(clauseOf(order)).map(({kind}) => kind));
	const own = kindsIn(clauseOf(word)).map(({kind}) => kind);
	return kinds.size > 0 && own.length > 0 && own.every(kind => !kinds.has(kind));
}

/** `b: leave it`, in a list of what is to happen to each. */
const listed =
	/^\s*:\s*(?:please\s+)?(?:leave|keep|skip|no change|nothing|untouched|as is|don't touch|do not touch|hands off|stays?|unchanged)\b[^,;.\n]*/i;
/** `mail must stay up` behind or before an order. */
function staying(text: string, objects: readonly KubeObject[]): Found | undefined {
	for (const part of text.matchAll(/(?:^|[,;]\s*(?:(?:and|but)\s+)?|\s(?:and|but|while)\s+)/gi)) {
		const begin = part.index + part[0].length;
		const {names, length} = namesAhead(text.slice(begin), objects);
		const behind = text.slice(begin + length);
		const left = names.length === 0 ? null : listed.exec(behind);
		if (left !== null) return {objects: names, rest: `${text.slice(0, part.index)} ${behind.slice(left[0].length)}`};
		const stay = names.length === 0 ? null : englishAfter.exec(behind);
		// `web must not be alone`: how it is to be.
		if (
			stay === null ||
			/\bbe\s*$|\bnot be alone\b/i.test(stay[0]) ||
			!/stay|remain|not|untouched|alone|running|\bup\b|as (?:it|they)/i.test(stay[0])
		)
			continue;
		return {objects: names, rest: `${text.slice(0, part.index)} ${text.slice(begin + length + stay[0].length)}`};
	}
	return stayingKinds(text, 'en');
}
