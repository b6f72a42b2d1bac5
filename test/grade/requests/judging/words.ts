/** One string, or several of which one is enough. */
type Wanted = string | readonly string[];

const isWordCharacter = (character: string | undefined) => character !== undefined && /[A-Za-z0-9_]/.test(character);
const isLetterOrDigit = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
const isNumber = (text: string) => /^\d+(\.\d+)?$/.test(text);

/**
 * Whether a text holds a string, whatever the case, and not as a part of a longer word or number: `3` is in `3개` and `1/3`, not in `13`, `v3` or
 * `3.5`.
 */
export function holds(text: string, wanted: string): boolean {
	const [haystack, needle] = [text.toLowerCase(), wanted.toLowerCase()];
	for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + 1))
		if (standsAlone(haystack, needle, at)) return true;
	return false;
}

function standsAlone(text: string, needle: string, at: number): boolean {
	const end = at + needle.length;
	if (isLetterOrDigit(needle[0]) && isWordCharacter(text[at - 1])) return false;
	if (isLetterOrDigit(needle.at(-1)) && isWordCharacter(text[end])) return false;
	if (!isNumber(needle)) return true;
	return !/\d\.$/.test(text.slice(0, at)) && !/^\.\d/.test(text.slice(end));
}

const some = (text: string, wanted: Wanted) => (typeof wanted === 'string' ? [wanted] : wanted).some(each => holds(text, each));
const named = (wanted: Wanted) => (typeof wanted === 'string' ? JSON.stringify(wanted) : `one of ${JSON.stringify(wanted)}`);

/** What is wrong with a text: strings that it lacks, and ones that it must not hold. */
export const wordTroubles = (text: string, contains: readonly Wanted[], excludes: readonly Wanted[] = []): readonly string[] => [
	...contains.filter(wanted => !some(text, wanted)).map(wanted => `lacks ${named(wanted)}`),
	...excludes.filter(wanted => some(text, wanted)).map(wanted => `holds ${named(wanted)}`),
];
