import {factorIn, isLess} from '../factor-words.ts';
import {type Amount, quantityFrom, unitPattern} from '../quantity-words.ts';

const size = new RegExp(String.raw`(?<![\w.:/-])(\d+(?:\.\d+)?) ?(${unitPattern})`, 'g');
const from = new RegExp(String.raw`\bfrom \d[\d.]* ?(?:${unitPattern})?|\d[\d.]* ?(?:${unitPattern})?에서`, 'g');
const more = /\bby\b|\b(?:more|extra|additional|another)\b|\badd(?:ing)?\b|더|만큼|추가/;

/** What a sentence makes of the size of a volume: `to 60Gi`, `by 10Gi`, `by 50%`, `double`. */
export function sizeChange(plain: string): Amount | undefined {
	const text = plain.replace(from, ' ');
	const sizes = [...text.matchAll(size)]
		.map(([, number, unit]) => quantityFrom(number ?? '', unit ?? ''))
		.filter(({measure}) => measure === 'memory');
	const [quantity] = sizes.map(found => found.quantity);
	if (quantity !== undefined)
		return more.test(text) && (/\badd(?:ing)?\b/.test(text) || !/\bto\b/.test(text))
			? {kind: 'by', quantity, sign: isLess(text) ? -1 : 1}
			: {kind: 'to', quantity};
	const factor = factorIn(text);
	return factor === undefined ? undefined : {kind: 'times', factor};
}
