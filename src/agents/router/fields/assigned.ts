import type {Json} from '../../../core/json.ts';
import {plainText} from '../change/plain-text.ts';
import type {Clause} from '../clause.ts';
import {plainWords} from '../names/plain-words.ts';
import {type Amount, amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {isImperative} from '../words/mood/imperatives.ts';
import type {Choice, Field, Holds} from './field.ts';

type Span = {readonly from: number; readonly to: number};

/** A field that a clause gives a value. */
export type Assigned = {readonly field: Field; readonly value: Json};

type Value = Span & {readonly value: Json; readonly worse?: number};
type Pair = Assigned & {readonly cost: number; readonly at: Span};

/**
 * The fields that a clause gives values, each value to the field whose words stand nearest. In English a value stands behind the words for its field or
 * before them, in Korean mostly behind them. Neither a field nor a value is used twice.
 */
export function assignedIn(clause: Clause, fields: readonly Field[]): readonly Assigned[] {
	const text = plainText(clause);
	const plain = clauseOf(text);
	const pairs = fields.flatMap(field => pairsOf(field, plain)).toSorted((a, b) => a.cost - b.cost);
	const used: Span[] = [];
	const found: Assigned[] = [];
	for (const {field, value, at} of pairs) {
		if (found.some(one => one.field.path.join('.') === field.path.join('.')) || used.some(span => overlap(span, at))) continue;
		used.push(at);
		found.push({field, value});
	}
	return found;
}

const overlap = (one: Span, other: Span) => one.from < other.to && other.from < one.to;

function pairsOf(field: Field, plain: Clause): readonly Pair[] {
	const phrases = spans(field.words, plain.text);
	const values = valuesOf(field.holds, plain);
	const near = phrases.flatMap(phrase =>
		values.flatMap((value): readonly Pair[] => {
			// A word for the field is not its value.
			if (field.holds === 'name' && overlap(phrase, value)) return [];
			const cost = distance(phrase, value, plain) + (value.worse ?? 0);
			return cost > farthest ? [] : [{field, value: value.value, cost, at: value}];
		}),
	);
	const alone = choicesOf(field.holds)
		.filter(choice => choice.alone === true)
		.flatMap(choice => spans(choice.words, plain.text).map(at => ({field, value: choice.value, cost: 0, at})));
	return [...near, ...alone];
}

/** A value as many words away belongs to something else. */
const farthest = 4;

const filler = /^(?:of|to|is|at|be|as|the|a|an|its|it|with|only|just|set|should|must|=|:|->|은|는|이|가|을|를|로|으로|도|값|값은)$/;

/** Words between a phrase and a value; the end of a part or of a sentence counts for several. */
function distance(phrase: Span, value: Span, {text}: Clause): number {
	if (overlap(phrase, value)) return 0;
	const isBehind = value.from >= phrase.to;
	const gap = isBehind ? text.slice(phrase.to, value.from) : text.slice(value.to, phrase.from);
	const words = gap.split(/[\s,;.:]+/).filter(word => word !== '' && !filler.test(word));
	return words.length + (gap.match(/,/g)?.length ?? 0) * 2 + (gap.match(/[;.](?=\s|$)/g)?.length ?? 0) * 4 + (isBehind ? 0 : 0.5);
}

const spans = (pattern: RegExp, text: string): readonly Span[] =>
	[...text.matchAll(pattern)].map(({0: {length}, index}) => ({from: index, to: index + length}));

const choicesOf = (holds: Holds): readonly Choice[] => (typeof holds === 'string' ? [] : holds);

function valuesOf(holds: Holds, plain: Clause): readonly Value[] {
	if (typeof holds !== 'string') return holds.flatMap(({value, words}) => spans(words, plain.text).map(span => ({...span, value})));
	const places = placesOf(plain);
	const place = (first: number, last: number): Span => ({from: places[first]?.from ?? 0, to: places[last]?.to ?? 0});
	if (holds === 'name')
		return plain.words.flatMap(({raw, text}, at) => (isNameLike(raw, text) ? [{...place(at, at), value: raw, worse: 2}] : []));
	return amountsIn(plain).flatMap(amount => {
		const value = amountAs(holds, amount);
		return value === undefined ? [] : [{...place(amount.first, amount.last), ...value}];
	});
}

/** Neither grammar nor a verb, and no number. */
const isNameLike = (raw: string, text: string) =>
	/^[a-z][\w./-]*$/i.test(raw) && !filler.test(text) && !plainWords.has(text) && !isImperative(text);

function amountAs(holds: 'count' | 'share' | 'seconds' | 'cpu' | 'bytes', amount: Amount): Pick<Value, 'value' | 'worse'> | undefined {
	switch (amount.kind) {
		case 'number':
			if (holds === 'seconds') return {value: amount.value, worse: 1};
			return holds === 'count' || holds === 'share' ? {value: amount.value} : undefined;
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
