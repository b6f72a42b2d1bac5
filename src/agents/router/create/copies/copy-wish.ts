import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {isImperative} from '../../words/mood/imperatives.ts';
import {imagesIn, pairsIn} from '../../words/values.ts';
import {lacking, type Made} from '../made.ts';
import {mentionsIn} from '../reading/mentions.ts';
import {indexOfWord, isNameWord, nameBeside, statedNames} from '../reading/naming.ts';
import {plainAt, says, segmentEnd, segmentStart, type Wish} from '../reading/wish.ts';
import {objectsOf, type Scene} from '../scene.ts';

/** A live ConfigMap or Secret that shall be there once more, under a name, in places. */
export type CopyWish = {
	readonly source: KubeObject;
	readonly name: string;
	readonly places: readonly string[];
	/** Keys that get other values than the source has. */
	readonly changed: {readonly [key: string]: string};
	readonly dropped: readonly string[];
};

const copies =
	/\b(?:cop(?:y|ies|ied|ying)|clon(?:e|es|ed|ing)|duplicat(?:e|es|ed|ing)|replicat(?:e|es|ed|ing)|mirror(?:ed|ing)?)\b|복사|복제|사본|카피/i;
const alike =
	/\bthe same\b|\bsame (?:as|content|keys|values|data|configmap|config map|secret)\b|\bidentical\b|\bequal to\b|\bunchanged\b|\bas (?:it|they) (?:is|are)\b|\b(?:taken|carried|brought) over\b|\b(?:exactly|just) like\b|\bmodel?led on\b|\b(?:wanted|needed)(?: \w+)? (?:also |too |as well )?(?:in|by)\b|동일한|똑같|같은 ?(?:내용|값|시크릿|컨피그맵|설정|키)|처럼|그대로/i;

/** Whether a wish may be for a copy; whether it is shows where something that it names is there. */
export const speaksOfCopy = (wish: Wish) => says(wish, copies) || says(wish, alike);

const kindsOf = (wish: Wish): readonly string[] => {
	const said = mentionsIn(wish)
		.map(({kind}) => kind)
		.filter(kind => kind === 'ConfigMap' || kind === 'Secret');
	return said.length > 0 ? said : ['ConfigMap', 'Secret'];
};

/** `the same switches as production`: no name, but what it is to be like. */
const isCompared = (wish: Wish, at: number) =>
	Array.from({length: 6}, (_, step) => plainAt(wish, at - 2 - step)).some(word =>
		/^(?:same|such|equal|identical|well|just|exactly)$/.test(word),
	);

/** What stands behind `named`, `as`, or beside the kind, and is not the source. */
function newName(scene: Scene, source: string): string | undefined {
	const {wish, namespaces} = scene;
	const raw = (at: number | undefined) => (at === undefined ? undefined : wish.words[at]?.raw);
	const isNew = (name: string | undefined): name is string => name !== undefined && name !== source && !namespaces.includes(name);
	// `clone secret pull`: the verb is no name.
	const isOther = (word: string) => word === source || namespaces.includes(word) || isImperative(word);
	const stated = statedNames(wish).map(raw).find(isNew);
	if (stated !== undefined) return stated;
	const as = wish.words
		.flatMap((_, at) => (plainAt(wish, at - 1) === 'as' && isNameWord(wish, at) && !isCompared(wish, at) ? [wish.words[at]?.raw] : []))
		.find(isNew);
	const beside = mentionsIn(wish)
		.flatMap(mention => nameBeside(wish, mention, at => isOther(raw(at) ?? '')) ?? [])
		.map(raw)
		.find(isNew);
	// `web-config-eu in shop: the same as web-config`: another form of the name.
	const akin = wish.words.find(({raw: word}, at) => word !== source && word.includes(source) && isNameWord(wish, at))?.raw;
	return as ?? (isNew(akin) ? akin : undefined) ?? beside;
}

const spared =
	/\b(?:neither|nor|not|never|nothing|untouched|stays?|remains?|leave|keeps?|alone|don't|isn't)\b|말고|(?:은|는|도) ?(?:그대로|두고)|건드리|제외|빼고|마세요|말아|않/i;

/** `the one in shop stays`, `neither a nor its namesake in shop may change`: nothing is copied from or into what such a part names. */
function isSpared(wish: Wish, at: number): boolean {
	const from = segmentStart(wish, at, /[,;.]/);
	const said = wish.text.slice(indexOfWord(wish, from), indexOfWord(wish, segmentEnd(wish, at, /[,;.]/)));
	return from > 0 && spared.test(said) && !copies.test(said);
}

/** `web-config` as a word of its own, or with its place: `shop/web-config`. */
function sourcesIn({wish}: Scene, live: readonly KubeObject[]): readonly KubeObject[] {
	for (const [at, {raw}] of wish.words.entries()) {
		if (isSpared(wish, at)) continue;
		const [, place, name = raw] = /^([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(raw) ?? [];
		const found = live.filter(({metadata}) => metadata.name === name && (place === undefined || metadata.namespace === place));
		if (found.length > 0) return found;
	}
	return [];
}

/** `from a`, `a's`, `a의`, `that a has`: where the source is, and not where the copy goes. */
function isOrigin(wish: Wish, at: number): boolean {
	const {raw = ''} = wish.words[at] ?? {};
	const before = [plainAt(wish, at - 1), plainAt(wish, at - 2)];
	if (/^(?:from|of)$/.test(before[0] ?? '') || (before[1] === 'from' && /^(?:the|namespace)$/.test(before[0] ?? ''))) return true;
	if (/^(?:has|have|uses|holds)$/.test(plainAt(wish, at + 1)) && /^(?:that|which|as|what)$/.test(before[0] ?? '')) return true;
	return new RegExp(`(?<![\\w-])${raw}(?:'s\\b| ?(?:네임 ?스페이스)?(?:의|에 ?있는|에서|쪽)(?!만))`).test(wish.text);
}

/**
 * What a wish wants copied, and what has to be asked before.
 * @returns undefined where the wish is for no copy
 */
export async function copyWish(scene: Scene): Promise<CopyWish | Made | undefined> {
	const {wish, spoken, earlier} = scene;
	if (!speaksOfCopy(wish) || imagesIn(wish).length > 0) return undefined;
	const live = (await Promise.all(kindsOf(wish).map(kind => objectsOf(scene, kind)))).flat();
	const found = sourcesIn(scene, live);
	const [first] = found;
	if (first === undefined) return undefined;
	const {name: own} = first.metadata;
	const given = newName(scene, own);
	const homes = found.map(({metadata}) => metadata.namespace ?? '');
	const places = spoken.filter(
		({at}) => !isSpared(wish, at) && (!/^(?:the|its|all|same|live)$/.test(plainAt(wish, at - 1)) || wish.words[at]?.raw !== 'data'),
	);
	const origin = places.filter(({at, namespace}) => homes.includes(namespace) && isOrigin(wish, at)).map(({namespace}) => namespace);
	const inside = places.map(({namespace}) => namespace).filter(namespace => homes.includes(namespace));
	const from = homes.length === 1 ? homes : origin.length > 0 ? [...new Set(origin)] : [...new Set(inside)];
	const [home, ...others] = from.length === 0 ? homes : from;
	if (others.length > 0 || home === undefined) return whichOne(wish, own, homes);
	const said = [...new Set(places.map(({namespace}) => namespace))].filter(namespace => namespace !== home);
	const goal = said.length > 0 ? said : given !== undefined ? [home] : earlier === undefined || earlier === home ? [] : [earlier];
	if (goal.length === 0) return says(wish, copies) ? whereTo(wish, own) : undefined;
	const source = found.find(({metadata}) => metadata.namespace === home) ?? first;
	return {source, name: given ?? own, places: goal, ...differences(wish, source)};
}

const whichOne = (wish: Wish, name: string, homes: readonly string[]): Made =>
	lacking(
		wish,
		`${name} is in ${homes.join(' and ')}. From which namespace shall it be copied?`,
		`${name}은(는) ${homes.join(', ')}에 있습니다. 어느 네임스페이스의 것을 복사할까요?`,
		homes.map(home => ({
			text: `${home}/${name}`,
			request: wish.language === 'ko' ? `${home}의 ${wish.text}` : `${wish.text.replace(/[.?!\s]+$/, '')} from ${home}`,
		})),
	);

const whereTo = (wish: Wish, name: string): Made =>
	lacking(
		wish,
		`Into which namespace shall ${name} be copied, or under which name?`,
		`${name}을(를) 어느 네임스페이스로, 또는 어떤 이름으로 복사할까요?`,
	);

/** `except that A is 5`, `A만 5로 바꿔서`, `but A=5`, `without B`. */
function differences(wish: Wish, source: KubeObject): Pick<CopyWish, 'changed' | 'dropped'> {
	const keys = Object.keys(textMapAt(source, 'data'));
	const spoken = keys.flatMap(key => {
		const value = new RegExp(
			`(?<![\\w.-])${RegExp.escape(key)}(?:만|은|는|을|를|이|가|값은|값만|값을)?(?: ?(?:=|:|->|→| is| to| at| set to| changed to| becomes| should be| with| as| being| of))? ?(?:\`([^\`]*)\`|"([^"]*)"|([^\\s,;]+?))(?=(?:으?로|이고|인)(?![a-z])|[,;?!]|\\.(?:\\s|$)|\\s|$)`,
		).exec(wish.text);
		const found = value?.slice(1).find(each => each !== undefined);
		return found === undefined || /^(?:and|or|in|from|with|be|changed|different|만|빼고)$/i.test(found) ? [] : [[key, found] as const];
	});
	const dropped = keys.filter(key =>
		new RegExp(
			`\\b(?:without|minus|except|leaving out|but not)(?: the)?(?: key)? ${RegExp.escape(key)}(?![\\w.-])(?! ?(?:is|=|to|:))|${RegExp.escape(key)}(?:은|는|을|를|만)? ?(?:빼|제외)`,
		).test(wish.text),
	);
	const written = pairsIn(wish).map(({key, value}) => [key, value] as const);
	const changed = Object.fromEntries([...spoken, ...written].filter(([key]) => !dropped.includes(key)));
	return {changed, dropped};
}
