import type {Clause, Word} from '../../clause.ts';
import {plainWords} from '../../names/plain-words.ts';
import {isWord} from '../../words/spoken.ts';

/** A setting that stands there with its value. */
export type Setting = {readonly name: string; readonly value: string};

const isOld = (words: readonly Word[], at: number, text: string) => {
	const before = words
		.slice(Math.max(0, at - 3), at)
		.map(word => word.text)
		.join(' ');
	const raw = RegExp.escape(words[at]?.raw ?? '');
	return (
		/(?:^| )(?:from|instead of|rather than|no longer(?: on| use)?|not(?: on)?|replace|swap|than)(?: the)?$/.test(before) ||
		words[at + 1]?.text === '->' ||
		new RegExp(`${raw}["'\`]? ?(?:에서|대신|말고|을|를)(?![가-힣])`).test(text)
	);
};

const leads = (words: readonly Word[], at: number) =>
	['to', 'on', 'with', 'by', 'for', 'via', 'through', 'use', 'be', 'run'].some(word => isWord(words[at - 1], word)) ||
	words[at - 1]?.text === '->';

const isGoal = ({raw}: Word, text: string) => new RegExp(`${RegExp.escape(raw)}["'\`]?(?:으로|로)(?![가-힣])`).test(text);

/**
 * The setting whose value a clause replaces without naming it: `fall back on kakao instead of google`, where one setting is google. Both values have to be
 * said, the old one as the old one, so nothing else can be meant.
 */
export function knownValue({words, text}: Clause, settings: readonly Setting[]): (Setting & {readonly at: number}) | undefined {
	const found = settings.flatMap(({name, value}) => {
		const old = words.findIndex(
			({raw, quoted}, at) => raw.toLowerCase() === value.toLowerCase() && (quoted || !plainWords.has(value)) && isOld(words, at, text),
		);
		return old === -1 || value.length < 3 ? [] : [{name, old}];
	});
	const [one, ...others] = found;
	if (one === undefined || others.length > 0) return undefined;
	const news = words.flatMap((word, at) => {
		const isName = settings.some(({name}) => name === word.raw);
		return at !== one.old && !isName && /^[\w./:-]+$/.test(word.raw) && (leads(words, at) || isGoal(word, text)) ? [at] : [];
	});
	const [at] = news;
	const value = at === undefined || news.length !== 1 ? undefined : words[at]?.raw;
	return value === undefined || at === undefined ? undefined : {name: one.name, value, at};
}
