import {amountsIn} from '../../words/amounts.ts';
import {wordsOf} from '../../words/words-of.ts';
import {indexOfWord} from '../reading/naming.ts';
import type {Wish} from '../reading/wish.ts';
import {isOnlyJoined, type Member} from './members.ts';

/** Where a text speaks of one of several by name, by a part of its name that only it has, or by its place in their list. */
type Mark = {readonly from: number; readonly to: number; readonly member: number};

/** A piece of the text, and of which it tells; undefined: of all. */
type Piece = {readonly text: string; readonly members: readonly number[] | undefined};

/** `blue` of `web-blue` beside `web-green`. */
function partsOf(names: readonly string[], own: string): readonly string[] {
	const others = new Set(names.filter(name => name !== own).flatMap(name => name.split('-')));
	return own.split('-').filter(part => part.length > 2 && !others.has(part) && names.every(name => name.includes('-')));
}

const colours: {readonly [part: string]: string} = {blue: '블루', green: '그린', stable: '스테이블', canary: '카나리'};

const ordinals: readonly (readonly [place: number, pattern: string])[] = [
	[0, String.raw`\bthe (?:first|former)(?: one)?\b|(?:앞|첫 ?번째|전자)(?:의)? ?(?:것|거|쪽)?(?=[은는이에])`],
	[1, String.raw`\bthe (?:second|latter|other)(?: one)?\b|(?:뒤|두 ?번째|후자|나머지)(?:의)? ?(?:것|거|쪽)?(?=[은는이에])`],
	[2, String.raw`\bthe third(?: one)?\b|세 ?번째(?:의)? ?(?:것|거|쪽)?(?=[은는이에])`],
	[-1, String.raw`\bthe last(?: one)?\b|마지막(?:의)? ?(?:것|거|쪽)?(?=[은는이에])`],
];

function marksIn(text: string, names: readonly string[]): readonly Mark[] {
	const found = names.flatMap((name, member) => {
		const parts = partsOf(names, name);
		const words = [name, ...parts, ...parts.flatMap(part => colours[part] ?? [])].map(text => RegExp.escape(text)).join('|');
		return [...text.matchAll(new RegExp(String.raw`(?<![\w./=-])(?:${words})(?![\w/=-]|\.\w)`, 'g'))].map(({0: said, index}) => ({
			from: index,
			to: index + said.length,
			member,
		}));
	});
	const inOrder = ordinals.flatMap(([place, pattern]) =>
		[...text.matchAll(new RegExp(pattern, 'gi'))].map(({0: said, index}) => ({
			from: index,
			to: index + said.length,
			member: place < 0 ? names.length - 1 : place,
		})),
	);
	return [...found, ...inOrder].filter(({member}) => member < names.length).toSorted((left, right) => left.from - right.from);
}

const ofAll = /\b(?:both|each|all)(?: of them)?\b|둘 ?다|모두|양쪽(?: ?다)?|각각|공통/g;
const sentences = /(?<=[.;!?])\s+|\n+/;

/** What one sentence behind the list tells: of all, of the one that it begins with, or of each what stands beside it. */
function piecesOf(sentence: string, names: readonly string[]): readonly Piece[] {
	const marks = marksIn(sentence, names);
	const [first] = marks;
	if (first === undefined) return [{text: sentence, members: undefined}];
	const parts = inParts(sentence, marks, names);
	if (parts !== undefined) return parts;
	// `이미지는 nginx:1.29, a는 2개, b는 3개`: what stands before the first in a part of its own is told of all.
	const opening = /[,;]\s+$/.test(sentence.slice(0, first.from)) && marks.length > 1 ? sentence.slice(0, first.from) : '';
	const pieces: Piece[] = opening === '' ? [] : [{text: opening, members: undefined}];
	let members: readonly number[] | undefined = groupAt(sentence, marks, 0);
	let from = opening.length;
	for (const [at, mark] of marks.entries()) {
		if (at === 0 || isOnlyJoined(sentence.slice(marks[at - 1]?.to, mark.from))) continue;
		pieces.push({text: sentence.slice(from, mark.from), members});
		members = groupAt(sentence, marks, at);
		from = mark.from;
	}
	const last = sentence.slice(from);
	// `a with X=1, b with X=2, and both with Z=3`
	const each = [...last.matchAll(ofAll)].at(-1)?.index;
	// `a with X=1 and b with X=2, Z=3 on each`
	const isBehind = each !== undefined && /\b(?:on|to|for|in) $/.test(last.slice(0, each)) && last.slice(0, each).includes(', ');
	const all = isBehind ? last.slice(0, each).lastIndexOf(', ') : each;
	if (all === undefined || pieces.length === 0) return [...pieces, {text: last, members}];
	return [...pieces, {text: last.slice(0, all), members}, {text: last.slice(all), members: undefined}];
}

/** Those that are joined from a mark on: `a and b get …`. */
function groupAt(text: string, marks: readonly Mark[], at: number): readonly number[] {
	const group: number[] = [];
	for (let index = at; index < marks.length; index += 1) {
		const mark = marks[index];
		if (mark === undefined || (index > at && !isOnlyJoined(text.slice(marks[index - 1]?.to, mark.from)))) break;
		group.push(mark.member);
	}
	return group;
}

const cuts = /,?\s+(?:but|and|while|against|versus|vs\.?|whereas|plus)\s+|,\s+|(?<=[가-힣](?:고|며)),?\s+|(?<=개),\s*/;
const fillers = /\b(?:only|just|for|in|on|of|to|the|and|but|even|namespace|with)\b|[\s,.;:]|만|은|는|쪽|에|에는|으?로|개/g;

/** `ten for a but only six for b`, `30 pods in a against 50 in b`: each part tells of the one that it ends with. */
function inParts(sentence: string, marks: readonly Mark[], names: readonly string[]): readonly Piece[] | undefined {
	const parts = sentence.split(cuts);
	const own = parts.map(part => marksIn(part, names));
	const [first] = own;
	const opening = parts[0] ?? '';
	const isBehind = (part: string, [mark]: readonly Mark[]) => mark !== undefined && /\d/.test(part.slice(0, mark.from));
	if (parts.length < 2 || parts.length !== marks.length || !parts.every((part, at) => own[at]?.length === 1 && isBehind(part, own[at])))
		return undefined;
	const unmarked = (part: string) => part.slice(0, first?.[0]?.from) + part.slice(first?.[0]?.to);
	return parts.map((part, at) => {
		const mark = own[at]?.[0];
		const rest = mark === undefined ? part : part.slice(0, mark.from) + part.slice(mark.to);
		const [amount, ...more] = numbersIn(rest);
		const isShort = amount !== undefined && more.length === 0 && rest.replace(amount, '').replaceAll(fillers, '') === '';
		const [model] = numbersIn(first?.[0] === undefined ? opening : opening.slice(0, first[0].from));
		return {
			text: isShort && at > 0 && model !== undefined ? unmarked(opening).replace(model, amount) : part,
			members: mark === undefined ? undefined : [mark.member],
		};
	});
}

const numbersIn = (text: string): readonly string[] => {
	const words = wordsOf(text);
	return amountsIn({words}).map(({first}) => words[first]?.raw ?? '');
};

/** A piece that speaks of several, with one of them in the place of their list. */
function withOnly(text: string, names: readonly string[], member: number): string {
	const marks = marksIn(text, names);
	const [first] = marks;
	const group = groupAt(text, marks, 0);
	const last = marks[group.length - 1];
	return first === undefined || last === undefined || group.length < 2
		? text
		: text.slice(0, first.from) + names[member] + text.slice(last.to);
}

/** `a and b each get a quota, 30 pods in a, 50 in b`: behind the list what is told of each. */
function behindList(sentence: string, names: readonly string[]): readonly string[] {
	const marks = marksIn(sentence, names);
	const next = marks[names.length];
	if (next === undefined || groupAt(sentence, marks, 0).length < names.length) return [sentence];
	const end = marks[names.length - 1]?.to ?? 0;
	const cut = [...sentence.slice(0, next.from).matchAll(new RegExp(cuts, 'g'))].findLast(({index}) => index >= end);
	return cut === undefined ? [sentence] : [sentence.slice(0, cut.index), sentence.slice(cut.index + cut[0].length)];
}

/**
 * What a wish for several says of each of them: what stands before and behind their list is told of all, what stands beside one is told of it.
 * @returns one text for each
 */
export function toldOf(wish: Wish, members: readonly Member[]): readonly string[] {
	const names = members.map(({name}) => name);
	const from = indexOfWord(wish, members[0]?.at ?? 0);
	const [list = '', ...later] = wish.text.slice(from).split(sentences);
	const pieces = [...behindList(list, names), ...later].flatMap(sentence => piecesOf(sentence, names));
	return names.map((_, member) => {
		const own = pieces.filter(({members: of}) => of === undefined || of.includes(member)).map(({text}) => withOnly(text, names, member));
		return [wish.text.slice(0, from).trimEnd(), ...own]
			.join(' ')
			.replaceAll(/[ \t]+/g, ' ')
			.trim();
	});
}
