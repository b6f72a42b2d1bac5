import {nearestNames} from '../../../../core/text/nearest-names.ts';

const wordsOf = (name: string) => name.split(/[-./_]/);

/** Shorter words that are nearly alike are two things: `dev` and `dem`, `a` and `b`. */
const leastLetters = 4;

/**
 * Whether a name was most likely meant as another one: the same words but for one, which is spelled nearly so, or the same letters with other signs between.
 * `team-a` and `team-b`, `view` and `edit`, or two versions of one thing are no slips.
 */
export function isSlip(name: string, meant: string): boolean {
	const [own, other] = [wordsOf(name), wordsOf(meant)];
	if (name !== meant && own.join('') === other.join('')) return true;
	const apart = own.flatMap((word, index) => (word === other[index] ? [] : [index]));
	const [at] = apart;
	if (own.length !== other.length || apart.length !== 1 || at === undefined) return false;
	const [word = '', twin = ''] = [own[at], other[at]];
	if (Math.min(word.length, twin.length) < leastLetters || word.replace(/\d+/g, '') === twin.replace(/\d+/g, '')) return false;
	return nearestNames(word, [twin]).length > 0;
}
