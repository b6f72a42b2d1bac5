import {indexOfWord, isNameWord} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

const joint = /^["'`”’)]?(?:이?랑|와|과|하고)?[,\s]*(?:(?:and|&|plus|as well as|와|과|및|랑|이랑|하고|그리고|또)[,\s]+)*["'`“‘(]?$/i;

/** Whether nothing but a comma or a word for "and" stands between two words. */
function isJoined(wish: Wish, left: number, right: number): boolean {
	const from = indexOfWord(wish, left) + (wish.words[left]?.raw.length ?? 0);
	// What stands in brackets is told of one of them: `a (env=dev) and b`.
	const gap = wish.text.slice(from, indexOfWord(wish, right)).replaceAll(/\([^)]*\)/g, '');
	return /[,]|and|&|plus|as well|와|과|및|랑|하고|그리고/i.test(gap) && joint.test(gap);
}

const told = /^(?:is|are|should|equals|set|=|은|는)$/;

/**
 * A name and those that stand in one list with it, on either side: `a, b and c`, `a랑 b`.
 * @param isName whether a word may be one of them
 */
export function joinedNames(wish: Wish, at: number, isName: (at: number) => boolean): readonly number[] {
	const isFree = (index: number) =>
		isNameWord(wish, index) && wish.words[index]?.raw.includes('=') !== true && !told.test(plainAt(wish, index + 1)) && isName(index);
	const near = (from: number, step: 1 | -1) =>
		[1, 2, 3, 4, 5]
			.map(away => from + away * step)
			.find(index => isFree(index) && (step === 1 ? isJoined(wish, from, index) : isJoined(wish, index, from)));
	const found = [at];
	for (let next = near(at, 1); next !== undefined; next = near(next, 1)) found.push(next);
	for (let next = near(at, -1); next !== undefined; next = near(next, -1)) found.unshift(next);
	return found;
}
