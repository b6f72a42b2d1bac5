import {factorIn, isLess} from '../factor-words.ts';
import {type Amount, isAdded, quantityFrom, unitPattern} from '../quantity-words.ts';

const size = new RegExp(String.raw`(?<![\w.:/-])(\d+(?:\.\d+)?) ?(${unitPattern})`, 'g');
const from = new RegExp(String.raw`\bfrom \d[\d.]* ?(?:${unitPattern})?|\d[\d.]* ?(?:${unitPattern})? ?(?:에서|->|→|=>)`, 'g');

/** How full it is says nothing of how large it is to be: `at 90%`, `90% 찼`. */
const full =
	/\b(?:at|is|over|above|nearly|almost|about) \d+ ?(?:%|percent)(?: (?:full|used|of (?:its|the) \w+))?|\d+ ?(?:%|percent) (?:full|used)|\d+ ?(?:%|퍼센트|프로)\S* ?(?:이상 ?)?(?:찼|차 ?있|차서|사용|썼|쓰고)/g;

/**
 * What a sentence makes of the size of a volume: `to 60Gi`, `by 10Gi`, `by 50%`, `double`.
 * @param now what stands there: beside another size it is no wish (`5Gi is too little, 8Gi`)
 */
export function sizeChange(plain: string, now?: string): Amount | undefined {
	const text = plain.replace(from, ' ').replace(full, ' ');
	const sizes = [...text.matchAll(size)].flatMap(({0: said, 1: number, 2: unit, index}) => {
		const {quantity, measure} = quantityFrom(number ?? '', unit ?? '');
		return measure === 'memory' ? [{quantity, isMore: isAdded(text, index, index + said.length)}] : [];
	});
	const [found] = sizes.some(({quantity}) => quantity !== now) ? sizes.filter(({quantity}) => quantity !== now) : sizes;
	if (found !== undefined)
		return found.isMore ? {kind: 'by', quantity: found.quantity, sign: isLess(text) ? -1 : 1} : {kind: 'to', quantity: found.quantity};
	const factor = factorIn(text);
	return factor === undefined ? undefined : {kind: 'times', factor};
}
