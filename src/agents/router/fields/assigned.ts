import type {Json} from '../../../core/json.ts';
import {plainText} from '../change/plain-text.ts';
import type {Clause} from '../clause.ts';
import {clauseOf} from '../words/clauses-of.ts';
import type {Choice, Field, Holds} from './field.ts';
import {switchedAt} from './switched.ts';
import {filler, overlap, type Span, spans, valuesOf} from './values.ts';

/** A field that a clause gives a value. */
export type Assigned = {readonly field: Field; readonly value: Json};

type Pair = Assigned & {readonly cost: number; readonly at: Span; readonly phrase: Span};

/**
 * The fields that a clause gives values, each value to the field whose words stand nearest. In English a value stands behind the words for its field or
 * before them, in Korean mostly behind them. Neither a field nor a value is used twice.
 */
export function assignedIn(clause: Clause, fields: readonly Field[]): readonly Assigned[] {
	const plain = clauseOf(apart(plainText(clause)));
	const pairs = fields.flatMap(field => pairsOf(field, plain)).toSorted((a, b) => a.cost - b.cost);
	const used: Span[] = [];
	const found: Pair[] = [];
	for (const pair of pairs) {
		if (found.some(one => placeOf(one.field) === placeOf(pair.field)) || used.some(span => overlap(span, pair.at))) continue;
		used.push(pair.at);
		found.push(pair);
	}
	return found.map(({field, value}) => ({field, value: isSpoken(field.holds) ? asWritten(value, clause.text) : value}));
}

/** `in place of minAvailable`, `maxSurge 말고`: a field that is spoken of because it is not meant. */
const isLeft = ({from, to}: Span, text: string) =>
	/\b(?:instead of|in place of|rather than|replacing|in lieu of) (?:the |its |a )?$/.test(text.slice(0, from)) ||
	/^(?:은|는|을|를)? ?(?:대신|말고)/.test(text.slice(to));

/** `kubernetes.io/hostname=a`, `history-db`: a part of a longer name. */
const isOfKey = ({from, to}: Span, text: string) => /[\w.]\/[\w.-]*$|\w-$/.test(text.slice(0, from)) || /^-[a-z0-9]/.test(text.slice(to));

const placeOf = ({place, path}: Field) => `${place === 'container' ? '*' : ''}${path.join('.')}`;

/** `maxSurge=50%` → `maxsurge = 50%`; `KEY=value` in capitals was lower before, too, but has no field's name. */
const apart = (text: string) => text.replace(/(?<=^|[\s,;(])([a-z][a-z.]{3,})([=:])(?=[^\s=/])/g, '$1 $2 ');

function pairsOf(field: Field, plain: Clause): readonly Pair[] {
	const phrases = spans(field.words, plain.text).filter(phrase => !isLeft(phrase, plain.text) && !isOfKey(phrase, plain.text));
	const {holds} = field;
	const alone = [...choicesOf(holds), ...(field.means ?? [])]
		.filter(choice => choice.alone === true)
		.flatMap(choice => spans(choice.words, plain.text).map(at => ({field, value: choice.value, cost: -1, at, phrase: at})));
	if (holds === 'flag') return [...alone, ...phrases.flatMap(phrase => flagPairs(field, phrase, plain.text))];
	const values = valuesOf(holds, plain);
	const near = phrases.flatMap(phrase =>
		values.flatMap((value): readonly Pair[] => {
			// A word for the field is not its value.
			if (isSpoken(holds) && overlap(phrase, value)) return [];
			const away = distance(phrase, value, plain);
			if (field.strict === true && (away > 0 || value.from < phrase.to)) return [];
			const cost = away + (isSpoken(holds) && away === 0 ? 0 : (value.worse ?? 0));
			return cost > farthest ? [] : [{field, value: value.value, cost, at: value, phrase}];
		}),
	);
	return [...near, ...alone];
}

const isSpoken = (holds: Holds) => holds === 'name' || holds === 'text' || holds === 'texts';

function flagPairs(field: Field, phrase: Span, text: string): readonly Pair[] {
	const {value, said} = switchedAt(phrase, text);
	return field.strict === true && said !== 'behind' ? [] : [{field, value, cost: said === undefined ? 1 : 0, at: phrase, phrase}];
}

/** A value as many words away belongs to something else. */
const farthest = 4;

/** Words between a phrase and a value; the end of a part or of a sentence counts for several. */
function distance(phrase: Span, value: Span, {text}: Clause): number {
	if (overlap(phrase, value)) return 0;
	const isBehind = value.from >= phrase.to;
	const gap = isBehind ? text.slice(phrase.to, value.from) : text.slice(value.to, phrase.from);
	const words = gap.split(/[\s,;.:"'`()]+/).filter(word => word !== '' && !filler.test(word));
	return words.length + (gap.match(/,/g)?.length ?? 0) * 2 + (gap.match(/[;.](?=\s|$)/g)?.length ?? 0) * 4 + (isBehind ? 0 : 0.5);
}

const choicesOf = (holds: Holds): readonly Choice[] => (typeof holds === 'string' ? [] : holds);

/** Names and texts in the case that the request has them in. */
function asWritten(value: Json, text: string): Json {
	if (Array.isArray(value)) return value.map(item => asWritten(item, text));
	if (typeof value !== 'string' || text.includes(value)) return value;
	const at = text.toLowerCase().indexOf(value.toLowerCase());
	return at === -1 || text.toLowerCase().length !== text.length ? value : text.slice(at, at + value.length);
}
