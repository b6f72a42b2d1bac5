import {isNameWord} from '../naming.ts';
import {plainAt, type Wish} from '../wish.ts';

const joint = /^(?:and|plus|와|과|및|랑|하고)$/;

/** A name and those that are joined to it: `a`, `a and b`, `a, b, c`. What stands behind a joint as grammar ends the list. */
export function namesListed(wish: Wish, first: number): readonly string[] {
	const names = [wish.words[first]?.raw ?? ''];
	for (let at = first + 1; at < wish.words.length; at += 1) {
		if (joint.test(plainAt(wish, at))) continue;
		const isJoined = joint.test(plainAt(wish, at - 1)) || (wish.words[at - 1]?.stop === ',' && isListed(wish, at));
		if (!isJoined || !isNameWord(wish, at)) break;
		names.push(wish.words[at]?.raw ?? '');
	}
	return names;
}

/** Behind a comma a name goes on with the list only where another joint follows: `a, b and c`. */
const isListed = (wish: Wish, at: number) =>
	joint.test(plainAt(wish, at + 1)) ||
	(wish.words[at]?.stop === ',' && joint.test(plainAt(wish, at + 2))) ||
	/^(?:각각|각|모두|둘|each|both)$/.test(plainAt(wish, at + 1));

/** The first list of two or more names; several things are made where their kind is spoken of as several: `two claims for x, a and b`. */
export function firstList(wish: Wish, isFree: (at: number) => boolean): readonly string[] {
	for (const at of wish.words.keys()) {
		if (!isNameWord(wish, at) || !isFree(at)) continue;
		const names = namesListed(wish, at);
		if (names.length > 1 && names.every((_, step) => step === 0 || isFree(at + step))) return names;
	}
	return [];
}
