import type {Json} from '../json.ts';

/** Letters of other scripts that pass for Latin ones. */
const foreign = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\uff21-\uff5a\u{1d400}-\u{1d7ff}]/u;
const words = /[\p{L}\p{M}\p{N}]+/gu;
const mostTold = 3;

/** Words of a value that mix Latin letters with such that look like them, one sentence each: `shоp` with a Cyrillic o is another name. */
export function lookAlikes(value: Json | undefined): readonly string[] {
	if (value === undefined || value === null) return [];
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	if (!foreign.test(text)) return [];
	const mixed = [...new Set(text.match(words) ?? [])].filter(word => /[A-Za-z]/.test(word) && foreign.test(word));
	return mixed.slice(0, mostTold).map(word => {
		const letter = [...word].find(each => foreign.test(each)) ?? '';
		const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
		return `${word.slice(0, 60)} is not what it looks like: its ${letter} is no Latin letter (U+${code})`;
	});
}
