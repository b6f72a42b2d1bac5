import {kindPhrases} from '../../names/kind-words.ts';
import {workloadKinds} from '../../names/kinds-in.ts';
import * as facts from '../../traits/facts.ts';
import {koreanTrait} from '../../traits/korean-traits.ts';
import {type Trait, type TraitRead, unless} from '../../traits/trait.ts';
import type {Group, Known} from './group.ts';

const phrases = kindPhrases
	.filter(({words, kind}) => !/^(?:Pod|Namespace|Event)$/.test(kind) && words.every(word => /^(?:[가-힣]{2,}|[a-z]{3,}|롤|잡)$/.test(word)))
	.map(({words}) => words.join('\\s?'))
	.toSorted((a, b) => b.length - a.length);
const spoken = new RegExp(`(?<![\\w가-힣./=-])(?<kind>${phrases.join('|')}|워크로드|앱)(?<many>들)?`, 'gi');
const quantifier = /^(?<particle>은|는|을|를|에|의|만|에만|도|이|가)?\s?(?:전부\s?다|모두\s?다|싹\s?다|전부|모두|각각|다|싹)(?=\s)/;
/** `디플로이먼트 중(에) 제한이 없는 것들`: which of them stands behind. */
const among = /^\s?(?:들)?\s?(?:중에서|중에|중|가운데(?:서)?)\s+/;
const ones = /^(?<said>.*?)\s?(?:것|거|애|놈|녀석)(?:들)?(?=만|은|는|을|를|에|도|이|의|\s|,|$)/;
/** The first phrase of a Korean sentence that tells things by what they are. */
export function koreanGroup(sentence: string, known: Known): Group | undefined {
	const family = familyIn(sentence, known);
	if (family !== undefined) return family;
	for (const {index, 0: word, groups} of sentence.matchAll(spoken)) {
		const kinds = kindsOf(groups?.kind ?? '');
		const behind = sentence.slice(index + word.length);
		const chosen = among.exec(behind);
		const group =
			chosen === null
				? ahead(sentence, {index, to: index + word.length, kinds, isMany: groups?.many !== undefined}, known)
				: amongThem(sentence, {index, from: index + word.length + chosen[0].length, kinds}, known);
		if (group !== undefined) return group;
	}
	return undefined;
}

const counts: {readonly [word: string]: number} = {두: 2, 둘: 2, 양쪽: 2, 세: 3, 셋: 3, 네: 4};
/** `dispatch 두 벌 다`: the workloads whose names begin so, where there are as many. */
const ofFamily =
	/(?<![\w-])(?<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\s?(?<count>두|세|네|둘|셋|양쪽)\s?(?:벌|개|쪽|종|군데)?\s?(?:다|모두|전부)(?=\s)/;

function familyIn(sentence: string, {objects}: Known): Group | undefined {
	const found = ofFamily.exec(sentence);
	const {name, count = ''} = found?.groups ?? {};
	if (found === null || name === undefined) return undefined;
	const workloads = objects.filter(({kind}) => (workloadKinds as readonly string[]).includes(kind));
	const isOfIt: Trait = ({metadata}) => metadata.name.startsWith(`${name}-`);
	const family = workloads.filter(({metadata}) => metadata.name.startsWith(`${name}-`));
	if (workloads.some(({metadata}) => metadata.name === name) || family.length !== counts[count]) return undefined;
	return {from: found.index, to: found.index + found[0].length, kinds: workloadKinds, traits: [isOfIt], isTold: true, isOne: false};
}

const kindsOf = (said: string): readonly string[] =>
	/^(?:워크로드|앱)$/.test(said)
		? workloadKinds
		: kindPhrases
				.filter(({words}) => new RegExp(`^${words.join('\\s?')}$`, 'i').test(said))
				.map(({kind}) => kind)
				.slice(0, 1);

type At = {readonly index: number; readonly to: number; readonly kinds: readonly string[]; readonly isMany: boolean};

/** `delivery에서 레플리카가 4개인 디플로이먼트는 전부`: which ones stands before the kind. */
function ahead(sentence: string, {index, to, kinds, isMany}: At, known: Known): Group | undefined {
	const left = sentence.slice(0, index);
	const {from, traits, namespaces, rest} = restriction(left, kinds, known);
	const all = quantifier.exec(sentence.slice(to));
	const isAll = isMany || all !== null || /(?:모든|전체|각)\s*$/.test(left);
	// `ClusterIP 서비스 web`, `3Gi짜리 PVC`: one that is made or named.
	const isNamed = /^\s*["'`]?[a-z0-9]/i.test(sentence.slice(to));
	if (isNamed || !(isAll || adnominal.test(left) || namespaces.length > 0)) return undefined;
	if ((traits.length === 0 && namespaces.length === 0) || goesOn.test(rest) || isUnread(rest, isAll))
		return isUnread(rest, isAll) ? {from: index, to, kinds, traits: [], isTold: true, unread: rest.trim(), isOne: false} : undefined;
	if (!isAll && making.test(sentence.slice(to))) return undefined;
	// `payments 서비스`: one of its own, maybe; `payments에 있는 서비스`, `payments의 서비스에` are all.
	const isSure =
		traits.length > 0 || isAll || placed.test(left) || /^(?:에|의)/.test(sentence.slice(to)) || /네임스페이스(?:의|에)?\s*$/.test(left);
	if (!isSure) return undefined;
	return {
		from,
		to: to + (all === null ? 0 : all[0].length),
		kinds,
		traits,
		...(namespaces.length === 0 ? {} : {namespaces}),
		isTold: traits.length > 0,
		isOne: false,
		...keptParticle(all),
	};
}

/** `4개이고 제한이 없는`: another predicate, which is not read. */
const goesOn = /(?:고|며|면서)\s*$/;
const making = /만들|생성|띄워|띄우|배포/;

/** An ending that says which ones. */
const adnominal = /(?:없는|있는|인|된|한|않은|하는|되는|쓰는|가진|도는|죽는|멈춘|뜬|걸린|달린|붙은|켜진|꺼진)\s*$/;
const placed = /(?:에|에서)\s?(?:있는|도는|떠\s?있는|돌고\s?있는)\s*$/;
/** A word whose last syllable ends in ㄴ as a verb before a noun does: `어제 건드린`, `오래된`. */
const endsInNieun = (text: string) => {
	const word = /([가-힣]{2,})\s*$/.exec(text)?.[1] ?? '';
	return word !== '' && !/(?:[은는]|일단|우선|이번|당분간)$/.test(word) && (word.charCodeAt(word.length - 1) - 0xac00) % 28 === 4;
};
const isUnread = (rest: string, isAll: boolean) =>
	goesOn.test(rest) || (isAll && (adnominal.test(rest) || endsInNieun(rest)) && !placed.test(rest));

const keptParticle = (all: RegExpExecArray | null) => (all?.groups?.particle === undefined ? {} : {particle: all.groups.particle});

function amongThem(
	sentence: string,
	{index, from, kinds}: {readonly index: number; readonly from: number; readonly kinds: readonly string[]},
	known: Known,
): Group | undefined {
	const found = ones.exec(sentence.slice(from));
	const said = found?.groups?.said;
	if (found === null || said === undefined) return undefined;
	const own = restriction(said, kinds, known);
	const place = restriction(sentence.slice(0, index), kinds, known);
	const to = from + found[0].length;
	if (own.traits.length === 0 || own.rest.trim() !== '')
		return {from: index, to, kinds, traits: [], isTold: true, unread: said, isOne: false};
	const namespaces = [...place.namespaces, ...own.namespaces];
	const all = quantifier.exec(sentence.slice(to));
	return {
		from: place.from,
		to: to + (all === null ? 0 : all[0].length),
		kinds,
		traits: [...place.traits, ...own.traits],
		...(namespaces.length === 0 ? {} : {namespaces}),
		isTold: true,
		isOne: false,
		...keptParticle(all),
	};
}

type Restriction = {
	readonly from: number;
	readonly traits: readonly Trait[];
	readonly namespaces: readonly string[];
	readonly rest: string;
};

/** What the words before a kind say of which ones: predicates and places, read from the kind backwards. */
function restriction(left: string, kinds: readonly string[], known: Known): Restriction {
	const traits: Trait[] = [];
	const namespaces: string[] = [];
	let rest = left;
	for (;;) {
		const plain = rest.replace(/(?:모든|전체|각)\s*$/, '');
		const trait = koreanTrait(plain) ?? labelTrait(plain, kinds, known);
		const place = trait === undefined ? placeIn(plain, known) : undefined;
		if (trait === undefined && place === undefined)
			return {from: rest.length === left.length ? left.length : plain.length, traits, namespaces, rest: plain};
		if (trait !== undefined) traits.push(trait.trait);
		namespaces.push(...(place?.namespaces ?? []));
		rest = plain.slice(0, plain.length - (trait?.length ?? place?.length ?? 0));
	}
}

/** `disktype이 hdd인`: the key of a label of these things, and a value of it. */
function labelTrait(text: string, kinds: readonly string[], {objects}: Known): TraitRead | undefined {
	const [said, key = '', value = '', denied] =
		/(?<![\w-])([\w./-]+)(?:이|가|은|는)?\s?([\w.-]*\w)(?:인|(?:이|가)?\s?(아닌))\s*$/.exec(text) ?? [];
	const isKnown = objects.some(
		({kind, metadata}) =>
			kinds.includes(kind) &&
			Object.entries(metadata.labels ?? {}).some(([name, each]) => facts.isKey(name, key.toLowerCase()) && each === value),
	);
	return said === undefined || !isKnown
		? undefined
		: {length: said.length, trait: unless(denied !== undefined, facts.hasLabel(key, value))};
}

function placeIn(text: string, {namespaces}: Known): {readonly length: number; readonly namespaces: readonly string[]} | undefined {
	const name = `(?:${namespaces.join('|')})`;
	const found = new RegExp(
		`(?<![\\w-])(?<list>${name}(?:(?:\\s?,\\s?|(?:이랑|랑|와|과|하고)\\s?|\\s(?:및|그리고)\\s)${name})*)(?:\\s?네임스페이스)?(?:\\s?(?:에서|의|에|쪽|쪽의|안의|안에))?(?:\\s?(?:있는|도는|돌고\\s?있는|떠\\s?있는))?\\s*$`,
	).exec(text);
	const list = found?.groups?.list;
	return found === null || list === undefined ? undefined : {length: found[0].length, namespaces: list.match(new RegExp(name, 'g')) ?? []};
}
