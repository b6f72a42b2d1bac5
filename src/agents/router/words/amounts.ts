import type {Clause, Word} from '../clause.ts';
import {fractionOf, numberOf} from './number-words.ts';
import {isWord} from './spoken.ts';
import {quantityOf, secondsIn} from './units.ts';

/** One number of a request with what belongs to it. `first` and `last` are indices into the words of the clause. */
export type Amount = {readonly first: number; readonly last: number} & (
	| {readonly kind: 'number'; readonly value: number; readonly counter?: string | undefined}
	/** `25%`: 25. */
	| {readonly kind: 'percent'; readonly value: number}
	/** `double`, `1.5 times`, `두 배`. */
	| {readonly kind: 'factor'; readonly value: number}
	/** `half`, `a fifth`, `3분의 1`. */
	| {readonly kind: 'share'; readonly value: number}
	/** As Kubernetes writes it: `500m`, `1.5Gi`. */
	| {readonly kind: 'quantity'; readonly quantity: string; readonly measures: 'cpu' | 'bytes'}
	| {readonly kind: 'duration'; readonly seconds: number}
	/** `4 to 12`, `6~18개`. */
	| {readonly kind: 'range'; readonly from: number; readonly to: number}
);

type Words = readonly Word[];
type Rest = Amount extends infer One ? (One extends Amount ? Omit<One, 'first' | 'last'> : never) : never;
type Reading = {readonly of: Rest; readonly length: number};

/** All amounts of a clause, in order. Quoted words and names with digits in them (`worker-a2`, `5.3.2`) are none. */
export function amountsIn({words}: Pick<Clause, 'words'>): readonly Amount[] {
	const found: Amount[] = [];
	for (let at = 0; at < words.length; ) {
		const reading = readingAt(words, at);
		if (reading === undefined) at += 1;
		else {
			found.push({...reading.of, first: at, last: at + reading.length - 1} as Amount); // the union minus its place, and the place
			at += reading.length;
		}
	}
	return found;
}

/** `그대로 두세요`: a verb, and not two of anything. */
const leaves = /^두(?:세요|고|어|시|기|도록|면|자)/;

const readingAt = (words: Words, at: number): Reading | undefined => {
	if (words[at]?.quoted !== false || leaves.test(words[at].raw)) return undefined;
	for (const read of readers) {
		const reading = read(words, at);
		if (reading !== undefined) return reading;
	}
	return undefined;
};

const textAt = (words: Words, at: number) => (words[at]?.quoted === false ? words[at].text : '');
const one = (of: Rest, length = 1): Reading => ({of, length});

/** `6-18`, `6~18개`, `4 to 12`, `between 4 and 12`, `from 1 to 4`. */
function range(words: Words, at: number): Reading | undefined {
	const joined = /^(\d+)(?:[-~–]|\.\.)(\d+)(?:개|대|명)?$/.exec(textAt(words, at));
	if (joined !== null) return one({kind: 'range', from: Number(joined[1]), to: Number(joined[2])});
	const between = isWord(words[at - 1], 'between');
	const [from, to] = [numberOf(textAt(words, at)), numberOf(bareCount(textAt(words, at + 2)))];
	const joins = textAt(words, at + 1);
	if (from === undefined || to === undefined || !(joins === 'to' || joins === '~' || joins === '-' || (between && joins === 'and')))
		return undefined;
	const unit = textAt(words, at + 3);
	return to > from && quantityOf(to, unit) === undefined ? one({kind: 'range', from, to}, 3) : undefined;
}

const bareCount = (text: string) => text.replace(/(개|대|명)$/, '');

/** `50%`, `50 percent`, `50퍼센트`. */
function percent(words: Words, at: number): Reading | undefined {
	const joined = /^(\d+(?:\.\d+)?)(?:%|퍼센트|프로|pct)$/.exec(textAt(words, at));
	if (joined !== null) return one({kind: 'percent', value: Number(joined[1])});
	const value = numberOf(textAt(words, at));
	const unit = textAt(words, at + 1);
	return value !== undefined && /^(%|percent|pct|퍼센트|프로)$/.test(unit) ? one({kind: 'percent', value}, 2) : undefined;
}

const factors: {readonly [word: string]: number} = {
	double: 2,
	doubled: 2,
	doubles: 2,
	twice: 2,
	triple: 3,
	thrice: 3,
	quadruple: 4,
	두배: 2,
	세배: 3,
	네배: 4,
};

/** `double`, `1.5x`, `1.5 times`, `두 배`. */
function factor(words: Words, at: number): Reading | undefined {
	const text = textAt(words, at);
	const known = factors[text];
	if (known !== undefined) return one({kind: 'factor', value: known});
	const joined = /^(\d+(?:\.\d+)?)(?:x|배)$/.exec(text);
	if (joined !== null) return one({kind: 'factor', value: Number(joined[1])});
	const value = numberOf(text);
	return value !== undefined && /^(times|x|배|fold)$/.test(textAt(words, at + 1)) ? one({kind: 'factor', value}, 2) : undefined;
}

/** `half`, `a fifth`, `two thirds`, `1/3`, `3분의 1`, and quantities made of them: `half a core`, `a tenth of a core`. */
function share(words: Words, at: number): Reading | undefined {
	const parts = shareParts(words, at);
	if (parts === undefined) return undefined;
	const after = at + parts.length;
	const skipped = [/^(of|a|an)$/, /^(a|an)$/].findIndex((article, index) => !article.test(textAt(words, after + index)));
	const gap = skipped === -1 ? 2 : skipped;
	// `in half, cpu as well as memory`: a comma ends what the share is of.
	const isCut = words.slice(after - 1, after + gap).some(({stop}) => stop !== undefined);
	const unit = isCut ? '' : textAt(words, after + gap);
	const quantity = unit === '' ? undefined : quantityOf(parts.value, unit);
	if (quantity?.measures === 'cpu') return one({kind: 'quantity', ...quantity}, parts.length + gap + 1);
	const inSeconds = gap > 0 ? secondsIn(unit) : undefined;
	if (inSeconds !== undefined) return one({kind: 'duration', seconds: parts.value * inSeconds}, parts.length + gap + 1);
	if (/^dozen$/.test(unit)) return one({kind: 'number', value: 6}, parts.length + gap + 1);
	return one({kind: 'share', value: parts.value}, parts.length);
}

function shareParts(words: Words, at: number): {readonly value: number; readonly length: number} | undefined {
	const text = textAt(words, at);
	const slash = /^(\d+)\/(\d+)$/.exec(text);
	if (slash !== null && Number(slash[1]) < Number(slash[2])) return {value: Number(slash[1]) / Number(slash[2]), length: 1};
	const korean = /^(\d+)분$/.exec(text)?.[1];
	const over = /^(\d+)분의(\d+)$/.exec(text);
	if (over !== null) return {value: Number(over[2]) / Number(over[1]), length: 1};
	const top = numberOf(bareCount(textAt(words, at + 1)));
	if (korean !== undefined && words[at]?.raw !== undefined && top !== undefined && top < Number(korean))
		return {value: top / Number(korean), length: 2};
	const fraction = fractionOf(text);
	if (fraction !== undefined) return {value: fraction, length: 1};
	const many = numberOf(text);
	const parts = fractionOf(textAt(words, at + 1));
	return many !== undefined && parts !== undefined && many * parts < 1 ? {value: many * parts, length: 2} : undefined;
}

/** `50m`, `1.5GB`, `15s`, `2 minutes`, `4 cores`, `20초`, `3개`, `three`. An article is no number, but `an hour` is one. */
function measured(words: Words, at: number): Reading | undefined {
	const text = textAt(words, at);
	// `포트 열고`: a verb, and no ten.
	if (text === '열' && words[at]?.raw !== '열') return undefined;
	const span = spans[text];
	if (span !== undefined) return one({kind: 'duration', seconds: span * 86_400});
	const joined = /^(\d+(?:\.\d+)?)([a-z\uac00-\ud7a3]+)$/.exec(text);
	const next = textAt(words, at + 1);
	if (joined !== null) return unitReading(Number(joined[1]), (words[at]?.raw ?? '').slice((joined[1] ?? '').length), text, 1);
	const dozens = next === 'dozen' && (/^(a|one)$/.test(text) || numberOf(text) !== undefined);
	if (dozens) return one({kind: 'number', value: 12 * (numberOf(text) ?? 1)}, 2);
	const value = numberOf(text) ?? (/^(a|an)$/.test(text) ? articleValue(next) : undefined);
	if (value === undefined) return undefined;
	if (next !== '' && words[at]?.stop === undefined) {
		if (
			/^(cores?|cpus?|vcpus?|millicores?|[kmgt]i?b?|megs?|gigs?|megabytes?|gigabytes?|terabytes?|코어|메가|기가|테라)$/.test(next) ||
			secondsIn(next) !== undefined
		) {
			const reading = unitReading(value, words[at + 1]?.raw ?? '', '', 2);
			if (reading !== undefined) return reading;
		}
		if (/^(개|대|번|명)$/.test(next)) return one({kind: 'number', value, counter: next}, 2);
	}
	return one({kind: 'number', value});
}

/** Days that have a word of their own. */
const spans: {readonly [word: string]: number} = {하루: 1, 이틀: 2, 사흘: 3, 나흘: 4, 일주일: 7, 보름: 15};

const articleValue = (unit: string) =>
	secondsIn(unit) !== undefined && unit.length > 1 ? 1 : /^(dozen|core|couple)s?$/.test(unit) ? (numberOf(unit) ?? 1) : undefined;

function unitReading(value: number, unit: string, text: string, length: number): Reading | undefined {
	const quantity = quantityOf(value, unit);
	if (quantity !== undefined) return one({kind: 'quantity', ...quantity}, length);
	const time = secondsIn(unit);
	if (time !== undefined) return one({kind: 'duration', seconds: value * time}, length);
	const counter = /(개|대|배|명|번|회|자)$/.exec(text)?.[1];
	return counter === undefined ? undefined : one({kind: 'number', value, counter}, length);
}

const readers = [range, percent, factor, share, measured];
