import {isSaid} from './said-words.ts';
import {hasLetter, wildcard} from './words.ts';

/** The words of a shape, and which of them have a space before them. */
export type Shape = {readonly words: readonly string[]; readonly spaced: readonly boolean[]};

/** Words of one item of a list at most, as `(brokerId: 1, endOffset: 5)`, and of a name in quotes. */
const longestItem = 12;
const longestName = 6;

/**
 * A shape as if its lists had one item and its names one word, as how many they have is what a line is about: what is repeated with
 * nothing or a comma between (`(<*>, <*>) (<*>, <*>)`), words with commas between brackets or behind a colon (`active: a, b`), and
 * several words in quotes. Linear in the number of words.
 */
export function listForm(shape: Shape): Shape {
	const places = listedOnce(namedOnce(shape.words), shape.words);
	if (places.length === shape.words.length && places.every(place => place.word === undefined)) return shape;
	return {
		words: places.map(({at, word}) => word ?? shape.words[at] ?? ''),
		spaced: places.map(({at}) => shape.spaced[at] ?? false),
	};
}

/** A word that is left: where it stands, and what for, if not for itself. */
type Place = {readonly at: number; readonly word?: string};

const isQuote = (word: string | undefined) => word === '"' || word === "'";
const opens = new Set(['[', '(', '{', ':', '=', '"', "'"]);
const closes = new Set([']', ')', '}', '"', "'", undefined]);
const isItem = (word: string | undefined) => word !== undefined && (word.includes(wildcard) || hasLetter(word));

/** Several words in quotes are one name; text that begins with quotes, keys of JSON, and what says something (`GET /x`, `no room for it`) are none. */
function namedOnce(words: readonly string[]): readonly Place[] {
	const places: Place[] = [];
	for (let at = 0; at < words.length; at++) {
		places.push({at});
		const word = words[at];
		if (at === 0 || !isQuote(word)) continue;
		const close = words.indexOf(word ?? '', at + 1);
		if (close < 0 || close - at - 1 > longestName) continue;
		const isName =
			close - at > 2 && words[close + 1] !== ':' && words.slice(at + 1, close).every(inside => isItem(inside) && !isSaid(inside));
		if (isName) places.push({at: at + 1, word: wildcard});
		else for (let inside = at + 1; inside < close; inside++) places.push({at: inside});
		places.push({at: close});
		at = close;
	}
	return places;
}

function listedOnce(places: readonly Place[], words: readonly string[]): readonly Place[] {
	const kept: Place[] = [];
	const wordOf = (place: Place | undefined) => place && (place.word ?? words[place.at]);
	for (let at = 0; at < places.length; at++) {
		const place = places[at] as Place;
		const skipped = wordOf(place) === ',' ? 1 : 0;
		// More of what was just said.
		const length = repeated(kept, places, at + skipped, wordOf, skipped === 1);
		if (length > 0) {
			at += skipped + length - 1;
			continue;
		}
		const end = opens.has(wordOf(kept.at(-1)) ?? '') ? listEnd(places, at, wordOf) : at;
		if (end > at) {
			// A list of names in quotes is one name in quotes.
			const quotes = isQuote(wordOf(place)) ? [place, places[end - 1] as Place] : [];
			kept.push(...quotes.slice(0, 1), {at: place.at, word: wildcard}, ...quotes.slice(1));
			at = end - 1;
		} else kept.push(place);
	}
	return kept;
}

/**
 * How many of the words from here repeat those that were kept last; 0 where none do, or they hold no value. Without a comma between
 * they have a name too: `[a] [b]` are two values.
 */
function repeated(
	kept: readonly Place[],
	places: readonly Place[],
	from: number,
	wordOf: (place: Place | undefined) => string | undefined,
	isListed: boolean,
) {
	for (let length = 1; length <= Math.min(longestItem, kept.length, places.length - from); length++) {
		let [isSame, holdsValue, holdsName] = [true, false, isListed];
		for (let back = 0; back < length && isSame; back++) {
			const word = wordOf(places[from + back]);
			isSame = word === wordOf(kept[kept.length - length + back]);
			if (word?.includes(wildcard)) holdsValue = true;
			else holdsName ||= word !== undefined && hasLetter(word);
		}
		if (isSame && holdsValue && holdsName) return length;
	}
	return 0;
}

/** Behind the last of two or more words with commas between them, which nothing but the end of the text or a bracket follows. */
function listEnd(places: readonly Place[], from: number, wordOf: (place: Place | undefined) => string | undefined): number {
	let at = from;
	while (true) {
		const isInQuotes = isQuote(wordOf(places[at])) && wordOf(places[at + 2]) === wordOf(places[at]);
		if (!isItem(wordOf(places[isInQuotes ? at + 1 : at]))) return from;
		const end = at + (isInQuotes ? 3 : 1);
		if (wordOf(places[end]) !== ',') return at > from && closes.has(wordOf(places[end])) ? end : from;
		at = end + 1;
	}
}
