import {isNearly} from '../../words/nearly.ts';
import {indexOfWord} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

/** A namespace that a wish speaks of: which one, where, and how clearly as the place of what is made. */
export type Spoken = {readonly namespace: string; readonly at: number; readonly weight: number; readonly isKnown: boolean};

const spaceWord = /^(?:namespaces?|ns|네임스페이스(?:에|에서|의|를|는|내|안)?)$/;

/** What stands before and behind a name of a namespace says what it is: the place, the owner, or where something comes from. */
function weightAt(wish: Wish, at: number): number {
	const before = [plainAt(wish, at - 1), plainAt(wish, at - 2), plainAt(wish, at - 3)].filter(
		word => !/^(?:the|our|my|new|existing|a)$/.test(word) && !spaceWord.test(word),
	);
	const behind = wish.text.slice(indexOfWord(wish, at) + (wish.words[at]?.raw.length ?? 0)).replace(/^["'`”’]/, '');
	if (/^(?:in|into|inside|within|under)$/.test(before[0] ?? '')) return 4;
	if (/^ ?(?:네임 ?스페이스)?(?:에서|에|안에|내에|에다)(?![가-힣]*게)/.test(behind)) return 4;
	if (/^(?:from|allow)$/.test(before[0] ?? '') || /^ ?(?:네임 ?스페이스)?(?:에서만|로부터)/.test(behind)) return 1;
	if (/^(?:of|on|at|for)$/.test(before[0] ?? '') || /^ ?(?:네임 ?스페이스)?의/.test(behind)) return 2;
	// `(shop)`, `… / shop / …`: a remark of its own.
	if (wish.words[at]?.stop !== undefined && (at === 0 || wish.words[at - 1]?.stop !== undefined)) return 3;
	if (wish.text.includes(`(${wish.words[at]?.raw})`)) return 3;
	return at === 0 || spaceWord.test(plainAt(wish, at + 1)) || spaceWord.test(plainAt(wish, at - 1)) ? 3 : 1;
}

/** Every namespace that is spoken of; one letter may be wrong where the word says that a namespace is meant. */
export function spokenNamespaces(wish: Wish, namespaces: readonly string[]): readonly Spoken[] {
	return wish.words.flatMap((word, at): readonly Spoken[] => {
		if (!/^[a-z0-9][a-z0-9-]*$/.test(word.raw)) return [];
		const weight = weightAt(wish, at);
		// `by default`, `the default backend`: an ordinary word, unless it is said to be a place.
		if (word.raw === 'default' && weight < 3) return [];
		if (namespaces.includes(word.raw)) return [{namespace: word.raw, at, weight, isKnown: true}];
		const isPlace = spaceWord.test(plainAt(wish, at + 1)) || spaceWord.test(plainAt(wish, at - 1));
		if (weight < 4 && !isPlace) return [];
		const near = namespaces.filter(name => isNearly(word.raw, name));
		return near.length === 1 && near[0] !== undefined ? [{namespace: near[0], at, weight, isKnown: true}] : [];
	});
}

/** The clearest place; of several as clear ones the first. */
export const clearest = (spoken: readonly Spoken[]): Spoken | undefined => spoken.toSorted((left, right) => right.weight - left.weight)[0];
