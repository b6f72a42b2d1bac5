import {byDigits, byParts, byText, isDigits, type Order} from './order.ts';

/** Numbers and words; zeros at the end, and those before the first word, say nothing. */
function segments(version: string): readonly string[] {
	const all =
		version
			.trim()
			.replaceAll('-', '.pre.')
			.match(/\d+|[a-z]+/gi) ?? [];
	const word = all.findIndex(part => !isDigits(part));
	const cut = word === -1 ? all.length : word;
	const trimmed = (list: readonly string[]) => list.slice(0, list.findLastIndex(part => !/^0+$/.test(part)) + 1);
	return [...trimmed(all.slice(0, cut)), ...trimmed(all.slice(cut))];
}

/** A word is older than any number: it makes a pre-release. */
function bySegment(a: string, b: string): number {
	const isNumber = isDigits(a);
	if (isNumber !== isDigits(b)) return isNumber ? 1 : -1;
	return isNumber ? byDigits(a, b) : byText(a, b);
}

/**
 * RubyGems.
 * @see https://docs.ruby-lang.org/en/master/Gem/Version.html
 */
export const byGem: Order = (a, b) => byParts(segments(a), segments(b), bySegment, '0');
