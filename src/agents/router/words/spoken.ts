import type {Clause, Word} from '../clause.ts';
import {isNearly} from './nearly.ts';
import {stemsOf} from './stem.ts';

/** Every verb and every kind that mkcoa knows is asked of each word: hundreds of times. */
const knownStems = new WeakMap<Word, readonly string[]>();

function stemsOfWord(word: Word): readonly string[] {
	const known = knownStems.get(word);
	if (known !== undefined) return known;
	const stems = stemsOf(word.text);
	knownStems.set(word, stems);
	return stems;
}

/** Whether a word of a request is this word, in whatever form. Quoted words are names and values, never grammar. */
export const isWord = (word: Word | undefined, meant: string) => word !== undefined && !word.quoted && stemsOfWord(word).includes(meant);

/**
 * Where one of these is spoken of first.
 * @param meant words parted by spaces, in their base form (`restart bounce 재시작`); several words that must stand side by side are joined by `_` (`roll_back`)
 * @returns index of the first word, -1 where none is
 */
export function whereSpoken({words}: Pick<Clause, 'words'>, meant: string, from = 0): number {
	const phrases = meant
		.trim()
		.split(/\s+/)
		.map(phrase => phrase.split('_'));
	return words.findIndex((_, at) => at >= from && phrases.some(phrase => phrase.every((part, offset) => isWord(words[at + offset], part))));
}

/** Whether one of these is spoken of; see {@link whereSpoken}. */
export const spoken = (clause: Pick<Clause, 'words'>, meant: string) => whereSpoken(clause, meant) !== -1;

/** The same for the verb of an order, where a slip of the finger (`sclae`) is forgiven. Never use it for what destroys. */
export function spokenNearly(clause: Pick<Clause, 'words'>, meant: string): boolean {
	const verbs = meant
		.trim()
		.split(/\s+/)
		.filter(verb => !verb.includes('_') && verb.length >= 5);
	return (
		spoken(clause, meant) || clause.words.some(({text, quoted}) => !quoted && text.length >= 4 && verbs.some(verb => isNearly(text, verb)))
	);
}
