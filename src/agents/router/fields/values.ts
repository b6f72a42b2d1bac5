import type {Json} from '../../../core/json.ts';
import type {Clause} from '../clause.ts';
import {plainWords} from '../names/plain-words.ts';
import {type Amount, amountsIn} from '../words/amounts.ts';
import {isImperative} from '../words/mood/imperatives.ts';
import type {Holds} from './field.ts';

/** A stretch of a text. */
export type Span = {readonly from: number; readonly to: number};

/** A value of a request, and where it stands. `worse`: how much less likely it is one than a value that can be nothing else. */
export type Value = Span & {readonly value: Json; readonly worse?: number};

export const overlap = (one: Span, other: Span) => one.from < other.to && other.from < one.to;

/** Where a pattern is found in a text. */
export const spans = (pattern: RegExp, text: string): readonly Span[] =>
	[...text.matchAll(pattern)].map(({0: {length}, index}) => ({from: index, to: index + length}));

/** Words that say nothing between a field and its value. */
export const filler =
	/^(?:of|to|is|at|be|as|the|a|an|its|it|with|only|just|set|should|must|from|for|by|=|:|->|은|는|이|가|을|를|로|으로|도|값|값은)$/;

/** Every value of a text that a field of this kind may hold. Flags have none: they are on or off where their words stand. */
export function valuesOf(holds: Holds, plain: Clause): readonly Value[] {
	if (typeof holds !== 'string') return holds.flatMap(({value, words}) => spans(words, plain.text).map(span => ({...span, value})));
	const places = placesOf(plain);
	const place = (first: number, last: number): Span => ({from: places[first]?.from ?? 0, to: places[last]?.to ?? 0});
	if (holds === 'name' || holds === 'text')
		return plain.words.flatMap(({raw, text, quoted}, at) =>
			quoted || (holds === 'name' ? isNameLike(raw, text) : isText(raw, text))
				? [{...place(at, at), value: raw, worse: quoted ? 1 : 2}]
				: [],
		);
	if (holds === 'texts') return listsIn(plain, place);
	if (holds === 'addresses') return listsIn(plain, place).filter(({worse}) => worse === 0);
	if (holds === 'flag') return [];
	return amountsIn(plain).flatMap(amount => {
		const value = holds === 'seconds' && counts(plain, amount) ? undefined : amountAs(holds, amount);
		return value === undefined ? [] : [{...place(amount.first, amount.last), ...value}];
	});
}

/** `2 pods`, `3번`: a number of things is no time. */
const counts = ({words}: Clause, amount: Amount) =>
	amount.kind === 'number' &&
	(amount.counter !== undefined ||
		/^(?:pods?|replicas?|파드|times|runs?|jobs?|retries|revisions?)$/.test(words[amount.last + 1]?.text ?? ''));

/** Neither grammar nor a verb, and no number. */
const isNameLike = (raw: string, text: string) =>
	/^[a-z][\w./-]*$/i.test(raw) &&
	!/^(?:in|on|and|or|but|so|that|which|into|if|when|higher|lower|bigger|smaller|larger|longer|shorter|more|less|better|different|differently|faster|slower)$/.test(
		text,
	) &&
	!filler.test(text) &&
	!plainWords.has(text) &&
	!isImperative(text);

const isText = (raw: string, text: string) => isNameLike(raw, text) || /^[\w/][\w./:@-]*[./:]?[\w./:@-]*$/.test(raw);

/** Words with commas or "and" between them: `10.0.0.0/8, 192.168.0.0/16 and 172.16.0.0/12`. */
function listsIn({words}: Clause, place: (first: number, last: number) => Span): readonly Value[] {
	const isItem = (at: number) => {
		const word = words[at];
		return word !== undefined && (word.quoted || isText(word.raw, word.text)) && !/^(?:and|or|와|과)$/.test(word.text);
	};
	return words.flatMap((_, first): readonly Value[] => {
		if (!isItem(first)) return [];
		const items = [first];
		for (let at = first; ; ) {
			const isJoined = words[at]?.stop === ',' || /^(?:and|와|과|및|랑|하고)$/.test(words[at + 1]?.text ?? '');
			const next = /^(?:and|와|과|및|랑|하고)$/.test(words[at + 1]?.text ?? '') ? at + 2 : at + 1;
			if (!isJoined || !isItem(next) || isAddress(words[next]?.raw) !== isAddress(words[first]?.raw)) break;
			items.push(next);
			at = next;
		}
		const value = items.map(at => words[at]?.raw ?? '');
		return [{...place(first, items.at(-1) ?? first), value, worse: isAddress(words[first]?.raw) ? 0 : 2}];
	});
}

const isAddress = (raw = '') => /^\d+\.\d+\.\d+\.\d+(?:\/\d+)?$|^[0-9a-f]*:[0-9a-f:]+(?:\/\d+)?$/i.test(raw);

function amountAs(holds: 'count' | 'share' | 'seconds' | 'cpu' | 'bytes', amount: Amount): Pick<Value, 'value' | 'worse'> | undefined {
	switch (amount.kind) {
		case 'number':
			if (holds === 'seconds') return amount.counter === undefined ? {value: amount.value, worse: 1} : undefined;
			return (holds === 'count' || holds === 'share') && Number.isInteger(amount.value) ? {value: amount.value} : undefined;
		case 'percent':
			return holds === 'share' ? {value: `${amount.value}%`} : undefined;
		case 'duration':
			return holds === 'seconds' ? {value: amount.seconds} : undefined;
		case 'quantity':
			return amount.measures === holds ? {value: amount.quantity} : undefined;
		default:
			return undefined;
	}
}

/** Where each word stands in the text. */
function placesOf({text, words}: Clause): readonly Span[] {
	let from = 0;
	return words.map(({raw}) => {
		const at = text.indexOf(raw, from);
		if (at === -1) return {from, to: from};
		from = at + raw.length;
		return {from: at, to: from};
	});
}
