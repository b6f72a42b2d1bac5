import {quantityOf} from '../../../core/kube/quantity.ts';
import {numberOf} from '../words/number-words.ts';

export type Way = 'more' | 'less' | 'least' | 'most' | 'same';

/** A size that another is compared with. */
export type Bound = {readonly way: Way; readonly value: number};

export function isWithin(size: number, {way, value}: Bound): boolean {
	switch (way) {
		case 'more':
			return size > value;
		case 'less':
			return size < value;
		case 'least':
			return size >= value;
		case 'most':
			return size <= value;
		case 'same':
			return size === value;
	}
}

const number = String.raw`\d+|an?\s+single|single|zero|no|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty`;
const quantity = String.raw`\d+(?:\.\d+)?\s?(?:[KMGT]i?B?|m|cores?|cpus?)?`;
const words: readonly (readonly [Way, string])[] = [
	['least', 'at least|no (?:less|fewer) than|not (?:less|fewer) than|>='],
	['most', 'at most|no more than|not more than|up to|<='],
	['more', '(?:more|higher|larger|bigger|greater) than|over|above|beyond|>'],
	['less', '(?:fewer|less|lower|smaller) than|under|below|<'],
];
const ahead = String.raw`(?:exactly|just|only|precisely|currently|all of)\s+`;
const behind: readonly (readonly [Way, string])[] = [
	['least', String.raw`\s+or (?:more|higher|larger)|\+`],
	['most', String.raw`\s+or (?:fewer|less|lower|smaller)`],
];

const all = (rows: readonly (readonly [Way, string])[]) => rows.map(([, pattern]) => pattern).join('|');
const wayIn = (rows: readonly (readonly [Way, string])[], text: string | undefined) =>
	text === undefined ? undefined : rows.find(([, pattern]) => new RegExp(`^(?:${pattern})$`, 'i').test(text))?.[0];

/** `more than two`, `exactly 4`, `a single`, `three or more`: the source of a pattern whose groups `boundOf` reads. */
export const counted = `(?:${ahead})*(?:(?<way>${all(words)})\\s*)?(?:${ahead})*(?<value>${number})(?![\\w.])(?<or>${all(behind)})?`;
/** `below 1Gi`, `512Mi or less`. */
export const measured = `(?:${ahead})*(?:(?<way>${all(words)})\\s*)?(?<value>${quantity})(?![\\w.])(?<or>${all(behind)})?`;

export function boundOf({way, value = '', or}: {readonly [name: string]: string | undefined}): Bound | undefined {
	const amount = /^no$/i.test(value)
		? 0
		: /^an?$|single/i.test(value)
			? 1
			: (numberOf(value.toLowerCase()) ??
				quantityOf(
					value
						.replace(/\s?(?:cores?|cpus?)$/i, '')
						.replace(/(?<=[KMGT])B$/i, 'i')
						.replace(/(?<=\d)\s/, ''),
				));
	return amount === undefined ? undefined : {way: wayIn(behind, or) ?? wayIn(words, way) ?? 'same', value: amount};
}
