import type {Clause, Word} from '../../clause.ts';
import {isImperative} from '../../words/mood/imperatives.ts';
import {isWord} from '../../words/spoken.ts';

type Pair = readonly [key: string, value: string];
type Spoken = Pick<Clause, 'words' | 'text'>;

const keyForm = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/;
const noKey = /^(?:from|to|of|on|in|at|for|with|and|the|a|an|this|that|its?|pod|pods|new|old|change|set|update|as)$/i;
const noun = ['label', 'annotation', '라벨', '레이블', '어노테이션', '애너테이션'];

const isNoun = (word: Word | undefined) => noun.some(text => isWord(word, text));
const leads = (word: Word | undefined) => isWord(word, 'to') || isWord(word, 'as') || word?.text === '=' || word?.text === '->';

const isQualified = (word: Word | undefined) => word?.raw.includes('/') === true;

/** A value is no verb: `change its pool label accordingly` says none. */
const asValue = (word: Word | undefined) =>
	word !== undefined && (word.quoted || !(isImperative(word.text) || noKey.test(word.text))) ? word.raw : undefined;

/** Where the word for the new value of the key at a place stands: behind `to`, behind the last colon, or with the particle of a goal. */
function valueBehind({words, text}: Spoken, at: number): string | undefined {
	const to = words.findIndex((word, index) => index > at && leads(word));
	if (to !== -1) return asValue(words[to + 1]);
	const korean = words
		.slice(at + 1)
		.find(word => keyForm.test(word.raw) && new RegExp(`${word.raw}["'\`]?(?:으로|로)(?![가-힣])`).test(text));
	if (korean !== undefined) return korean.raw;
	const colon = words.findIndex(({stop}, index) => index >= at && stop === ':');
	return colon === -1 ? undefined : asValue(words[colon + 1]);
}

/** `owner: discovery`, `owner to discovery`, `the tier label of web: worker -> async`, `owner 라벨을 discovery로`. */
export function spokenPair(clause: Spoken, present: readonly string[]): readonly Pair[] {
	const {words} = clause;
	const keys = words.flatMap(({raw}, at) => (keyForm.test(raw) && !noKey.test(raw) && !isNoun(words[at]) ? [at] : []));
	const pairAt = (at: number): readonly Pair[] => {
		const value = valueBehind(clause, at);
		const key = words[at]?.raw;
		return key === undefined || value === undefined || value === key ? [] : [[key, value]];
	};
	const known = keys.filter(
		at => present.includes(words[at]?.raw ?? '') && (isNoun(words[at + 1]) || isNoun(words[at - 1]) || words[at]?.stop === ':'),
	);
	if (known.length > 0) return known.flatMap(pairAt);
	const colons = keys.filter(at => isQualified(words[at]) && words[at]?.stop === ':');
	if (colons.length > 0) return colons.flatMap(pairAt);
	const called = keys
		.filter(at => (isNoun(words[at - 1]) && words[at - 1]?.stop === undefined) || (isNoun(words[at + 1]) && words[at]?.stop === undefined))
		.toSorted((a, b) => Number(isQualified(words[b])) - Number(isQualified(words[a])));
	if (called.length > 0) return called.slice(0, 1).flatMap(pairAt);
	return keys.filter(at => words[at]?.stop === ':' && words[at + 1] !== undefined).flatMap(pairAt);
}
