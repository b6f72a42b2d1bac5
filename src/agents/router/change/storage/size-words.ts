import {factorIn, isLess} from '../factor-words.ts';
import {type Amount, quantityFrom, unitPattern} from '../quantity-words.ts';

const size = new RegExp(String.raw`(?<![\w.:/-])(\d+(?:\.\d+)?) ?(${unitPattern})`, 'g');
const from = new RegExp(String.raw`\bfrom \d[\d.]* ?(?:${unitPattern})?|\d[\d.]* ?(?:${unitPattern})? ?(?:에서|->|→|=>)`, 'g');

/** How full it is says nothing of how large it is to be: `at 90%`, `90% 찼`. */
const full =
	/\b(?:at|is|over|above|nearly|almost|about) \d+ ?(?:%|percent)(?: (?:full|used|of (?:its|the) \w+))?|\d+ ?(?:%|percent) (?:full|used)|\d+ ?(?:%|퍼센트|프로)\S* ?(?:이상 ?)?(?:찼|차 ?있|차서|사용|썼|쓰고)/g;
const more =
	/\bby\b|\b(?:more|extra|additional|another)\b|\badd(?:ing)?\b|\d ?[KMGT]i?B? (?:larger|bigger)\b|(?:기가|메가|테라|[KMGT]i?B?)씩|더|만큼|추가/i;

/** What a sentence makes of the size of a volume: `to 60Gi`, `by 10Gi`, `by 50%`, `double`. */
export function sizeChange(plain: string): Amount | undefined {
	const text = plain.replace(from, ' ').replace(full, ' ');
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
