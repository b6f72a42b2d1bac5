import {imperativeOf} from '../../../words/mood/imperatives.ts';
import {type Mention, mentionsIn} from '../mentions.ts';
import {indexOfWord, isNameWord, nameBeside, statedNames} from '../naming.ts';
import {plainAt, type Wish} from '../wish.ts';

/** Indices of the names that a wish gives to a role and to its binding. */
export type AccessNames = {readonly role: number | undefined; readonly binding: number | undefined};

const bindingWord = /^(?:cluster)?(?:role)?-?bindings?$|^(?:클러스터)?(?:롤|역할)?바인딩/;
const roleWord = /^(?:cluster)?-?roles?$|^(?:클러스터)?(?:롤|역할)/;

/** `both called x`, `a binding of that name`, `바인딩도 같은 이름`. */
const sameName = /\b(?:same|that|this|identical) name\b|\blikewise\b|\bboth\b|(?:같은|동일한|똑같은) ?이름|둘 ?다|모두 ?같은/i;

/** `a role allowing it to …` has no name there. */
const isGranting = (wish: Wish, at: number) => wish.words[at]?.quoted !== true && imperativeOf(wish.words[at]?.raw ?? '') !== undefined;

/** Behind `as` or `by` a binding gets its name: `bind it to dana as ops-dana`, `bound to group ops by ops-all`. */
const boundAs = (wish: Wish, isFree: (at: number) => boolean) => {
	const at = wish.words.findIndex(
		(_, index) =>
			/^(?:as|by|through|via)$/.test(plainAt(wish, index)) &&
			isFree(index + 1) &&
			wish.words.slice(0, index).some(({text}) => /^(?:bind|binding|bound|grant|granted|give|given)$/.test(text)),
	);
	return at < 0 ? undefined : at + 1;
};

const binds = /^(?:bind|binds|bound)$/;

/** Whether the words around a stated name speak of the binding and not of the role: `bind it under the name x`, `x라는 이름으로 바인딩`. */
const isOfBinding = (wish: Wish, at: number) => {
	const before = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(step => plainAt(wish, at - step));
	const [binding, role] = [
		before.findIndex((word, back) => (bindingWord.test(word) && back < 4) || binds.test(word)),
		before.findIndex(word => roleWord.test(word) && !bindingWord.test(word)),
	];
	if (
		binding >= 0 &&
		(role < 0 || (binding < role && (binds.test(before[binding] ?? '') || !/^(?:and|both|와|과|및)$/.test(before[binding + 1] ?? ''))))
	)
		return true;
	const behind = wish.text.slice(indexOfWord(wish, at) + (wish.words[at]?.raw.length ?? 0));
	return /^["'`]? ?(?:이라는|라는)? ?(?:이름)?(?:으로|로|의)? ?(?:롤 ?|역할 ?)?바인딩(?:해|하|을|도|으로|$)/.test(behind);
};

/** `group name oncall`: who gets it is called so. */
const isOfSubject = (wish: Wish, at: number) =>
	/^(?:name|named|called|:|is)$/.test(plainAt(wish, at - 1)) &&
	[2, 3].some(step => /^(?:group|user|account|serviceaccount|team)$/.test(plainAt(wish, at - step)));

const beside = (wish: Wish, mention: Mention, isFree: (at: number) => boolean): number | undefined => {
	// `role view-all for …`, `롤은 x로`: behind first; `x라는 롤`, `the x role` before.
	const behind = [mention.last + 1, mention.last + 2].find(
		(at, step) =>
			isFree(at) &&
			wish.words[mention.last]?.stop !== '.' &&
			wish.words[mention.last]?.stop !== ',' &&
			(step === 0 || /^(?:is|:|=|이름은?)$/.test(plainAt(wish, at - 1))),
	);
	return behind ?? nameBeside(wish, mention, at => !isFree(at));
};

/** `a role in shop, pod-logs: …`: a name that stands alone behind a role, where the binding has one of its own. */
function named(wish: Wish, binding: number, isFree: (at: number) => boolean): number | undefined {
	const role = mentionsIn(wish).find(({kind}) => kind === 'Role');
	if (role === undefined) return undefined;
	const at = wish.words.findIndex(
		({raw, stop}, index) =>
			index > role.last &&
			index !== binding &&
			stop !== undefined &&
			wish.words[index - 1]?.stop !== undefined &&
			/-/.test(raw) &&
			isFree(index),
	);
	return at < 0 ? undefined : at;
}

/**
 * The names of a role and of its binding.
 * @param isPlace words that name a namespace
 */
export function accessNames(wish: Wish, isOther: (at: number) => boolean): AccessNames {
	const isFree = (at: number) => isNameWord(wish, at) && !isOther(at) && !/@/.test(wish.words[at]?.raw ?? '') && !isGranting(wish, at);
	const mentions = mentionsIn(wish);
	const of = (kind: 'Role' | 'RoleBinding') =>
		mentions
			.filter(each => each.kind === kind)
			.map(each => beside(wish, each, isFree))
			.find(at => at !== undefined);
	const stated = statedNames(wish).filter(at => !isOther(at) && !isOfSubject(wish, at));
	const binding = stated.find(at => isOfBinding(wish, at)) ?? boundAs(wish, isFree) ?? of('RoleBinding');
	const near = of('Role');
	const role = (near === binding ? undefined : near) ?? stated.find(at => at !== binding);
	if (binding === undefined || sameName.test(wish.text)) return {role: role ?? binding, binding: undefined};
	return {role: role ?? named(wish, binding, isFree), binding};
}
