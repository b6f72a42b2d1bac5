/** Hexadecimal digits from which a word with a digit is an id: git shortens to 7, object ids of Java and Android have 6 to 8. */
const hexLength = 6;

/** What stands in a template for a value that varies. */
export const wildcard = '<*>';

/** Characters of a message that are read for its template: what two statements share stands before this. */
const mostCharacters = 4096;
/** Words of a template; what follows is one value. */
const mostWords = 200;

const space = 0;
const delimiter = 1;
const digit = 2;
const upper = 3;
const lower = 4;
const slash = 5;
const other = 6;

/** The kind of each ASCII character; what is beyond ASCII counts as a lower-case letter. */
const kinds = new Uint8Array(128).fill(other);
for (let code = 0; code <= 32; code++) kinds[code] = space;
kinds[127] = space;
for (const character of '=,;:()[]{}<>|"\'') kinds[character.charCodeAt(0)] = delimiter;
for (let code = 48; code <= 57; code++) kinds[code] = digit;
for (let code = 65; code <= 90; code++) {
	kinds[code] = upper;
	kinds[code + 32] = lower;
}
kinds[47] = slash;
kinds[92] = slash;

const kindOf = (code: number) => (code < 128 ? (kinds[code] ?? other) : lower);
const isLetter = (kind: number) => kind === upper || kind === lower;
/** Whether a word has an ASCII letter or one beyond ASCII. */
export function hasLetter(word: string): boolean {
	for (let at = 0; at < word.length; at++) if (isLetter(kindOf(word.charCodeAt(at)))) return true;
	return false;
}

const isHex = (code: number) => (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 102);

const units = new Set(
	'B KB MB GB TB PB kB KiB MiB GiB TiB b K M G ns us µs ms s sec secs second seconds m min mins minute minutes h hour hours day days'.split(
		' ',
	),
);
const calendar = new Set('Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '));
const zones = new Set('UTC GMT EST EDT CST CDT MST MDT PST PDT CET CEST BST IST JST'.split(' '));
const belongings = new Set([...units, ...calendar, ...zones]);
const truths = new Set('true false True False TRUE FALSE'.split(' '));

/**
 * The words of a message, values replaced: what holds digits, a path, an address, a date or a truth value is `<*>`; a word with one
 * number keeps its letters (`core.<*>`); values one after the other are one. Time and memory are linear in the length.
 * @param text a line
 * @param from where its message begins
 * @param spaced gets, for each word, whether a space stands before it
 */
export function wordsOf(text: string, from = 0, spaced?: boolean[]): string[] {
	const words: string[] = [];
	const end = Math.min(text.length, from + mostCharacters);
	let at = from;
	while (at < end && words.length < mostWords) {
		const kind = kindOf(text.charCodeAt(at));
		const isAfterSpace = at > 0 && kindOf(text.charCodeAt(at - 1)) === space;
		if (kind === space) at += 1;
		else if (text.charCodeAt(at) === 46 && text.charCodeAt(at + 1) === 46) at = addDots(words, text, at, end);
		else if (kind === delimiter && !startsNumber(text, at)) at = addDelimiter(words, text, at);
		else {
			const stop = wordEnd(text, at, end);
			addWord(words, text, at, stop);
			at = stop;
		}
		if (spaced !== undefined) keepUp(spaced, words.length, isAfterSpace);
	}
	if (at < text.length && words.length > 0) {
		add(words, wildcard);
		if (spaced !== undefined) keepUp(spaced, words.length, true);
	}
	return words;
}

/** As many marks as there are words now: words that were taken back lose theirs. */
function keepUp(spaced: boolean[], length: number, isAfterSpace: boolean) {
	if (spaced.length > length) spaced.length = length;
	if (spaced.length < length) spaced.push(isAfterSpace);
	while (spaced.length < length) spaced.push(false);
}

/** `<1 sec`: a number with its bound. */
const startsNumber = (text: string, at: number) =>
	text.charCodeAt(at) === 60 && kindOf(text.charCodeAt(at + 1)) === digit && (at === 0 || kindOf(text.charCodeAt(at - 1)) === space);

function addDelimiter(words: string[], text: string, at: number): number {
	const code = text.charCodeAt(at);
	words.push(text[at] ?? '');
	if (isEmpty(text, at, code)) words.push(wildcard);
	return at + 1;
}

/** Nothing is a value too: `from 1.2.3.4 ()`, `name= age=5`, `channel ''`. Brackets after a word without a space are a call. */
function isEmpty(text: string, at: number, code: number): boolean {
	const next = text.charCodeAt(at + 1);
	const before = at === 0 ? space : kindOf(text.charCodeAt(at - 1));
	if (code === 40) return next === 41 && before === space;
	if (code === 34 || code === 39) return next === code && (before === space || before === delimiter);
	// Where a space stands before it too, the value stands behind.
	return code === 61 && before !== space && before !== delimiter && (Number.isNaN(next) || kindOf(next) === space);
}

/** Dots that fill a line are a word: `enable......0`. */
function addDots(words: string[], text: string, from: number, end: number): number {
	let at = from;
	while (at < end && text.charCodeAt(at) === 46) at += 1;
	words.push(text.slice(from, at));
	return at;
}

function wordEnd(text: string, from: number, end: number): number {
	let at = from + 1;
	let digits = kindOf(text.charCodeAt(from)) === digit;
	let isQuery = false;
	for (; at < end; at++) {
		const code = text.charCodeAt(at);
		const kind = kindOf(code);
		if (kind === space || (code === 46 && text.charCodeAt(at + 1) === 46)) break;
		if (kind === digit) digits = true;
		if (code === 63) isQuery = true;
		// `/search?q=shoes` is one address.
		if (kind === delimiter && !(isQuery && code === 61) && !goesOn(text, from, at, code, digits)) break;
	}
	return at;
}

/** Whether a delimiter is part of the word that it stands in: `10.0.0.1:80`, `C:\x`, `1,234`, `can't`, `FF:F2`. */
function goesOn(text: string, from: number, at: number, code: number, digits: boolean): boolean {
	const next = text.charCodeAt(at + 1);
	const kind = kindOf(next);
	if (code === 39) return isLetter(kindOf(text.charCodeAt(at - 1))) && isLetter(kind);
	if (code === 44) return kind === digit && kindOf(text.charCodeAt(at - 1)) === digit;
	if (code !== 58 || Number.isNaN(next) || kind === space || kind === delimiter) return false;
	if (digits || kind === slash) return true;
	// `Uid:4f2c` and `Uid:f2c4` are of one statement; `db:5432` is an address.
	if (kind === digit) return isNumber(text, at + 1) || !isName(text, from, at);
	return isPairOfMany(text, from, at) && isHex(next);
}

/** Whether digits are all that stands here. */
function isNumber(text: string, from: number): boolean {
	let at = from;
	while (kindOf(text.charCodeAt(at)) === digit) at += 1;
	const kind = kindOf(text.charCodeAt(at));
	return at >= text.length || kind === space || kind === delimiter;
}

/** Whether all that the word has is letters, hyphens and underscores, as in the name of a value; a host has a dot or a digit too. */
function isName(text: string, from: number, stop: number): boolean {
	for (let at = from; at < stop; at++) {
		const code = text.charCodeAt(at);
		if (!isLetter(kindOf(code)) && code !== 45 && code !== 95) return false;
	}
	return true;
}

/** Whether two hexadecimal digits end here, and pairs of them are all that the word has: `da:fe:01`. */
const isPairOfMany = (text: string, from: number, at: number) =>
	(at - from) % 3 === 2 &&
	isHex(text.charCodeAt(at - 1)) &&
	isHex(text.charCodeAt(at - 2)) &&
	(at - from === 2 || text.charCodeAt(at - 3) === 58);

function addWord(words: string[], text: string, from: number, stop: number) {
	const word = shapeOf(text, from, stop);
	if (words.length > 0) {
		const last = words[words.length - 1] ?? '';
		if (last === wildcard) {
			// A value's unit belongs to it, as 900 ms and 1.2 s are of one statement.
			if (word.length < 8 && belongings.has(word)) return;
		} else if (word === wildcard && calendar.has(last)) {
			words.pop();
			if (calendar.has(words[words.length - 1] ?? '')) words.pop();
		}
	}
	add(words, word);
}

/** Adds a word; a value after a value, also after a comma, is more of the same. */
function add(words: string[], word: string) {
	const last = words[words.length - 1];
	if (word === last && word.includes(wildcard)) return;
	if (last === ',' && words[words.length - 2] === word && word.includes(wildcard)) words.pop();
	else words.push(word);
}

/** A word with its values replaced. */
function shapeOf(text: string, from: number, stop: number): string {
	let runs = 0;
	let letters = 0;
	let slashes = 0;
	let hex = true;
	let at64 = false;
	let runStart = -1;
	let runEnd = -1;
	let before: number = space;
	for (let at = from; at < stop; at++) {
		const code = text.charCodeAt(at);
		const kind = kindOf(code);
		if (kind === digit) {
			if (before !== digit) {
				runs += 1;
				runStart = at;
			}
			runEnd = at + 1;
		} else {
			if (hex && !isHex(code)) hex = false;
			if (isLetter(kind)) letters += 1;
			else if (kind === slash) slashes += 1;
			else if (code === 64) at64 = true;
		}
		before = kind;
	}
	if (runs === 0) {
		if (letters === 0) return slashes > 0 ? wildcard : text.slice(from, stop);
		if (slashes > 1 || (slashes === 1 && kindOf(text.charCodeAt(from)) === slash) || at64) return wildcard;
		const word = text.slice(from, stop);
		return truths.has(word) ? wildcard : word;
	}
	if (runs > 1 || letters === 0 || slashes > 0 || at64 || (hex && stop - from >= hexLength)) return wildcard;
	// A number that the word begins with, apart from signs: 10ms, 126MB, 2nd.
	let lead = from;
	while (lead < runStart && kindOf(text.charCodeAt(lead)) >= other) lead += 1;
	if (lead === runStart) return wildcard;
	// A sign belongs to the number, a hyphen after a letter to the name.
	const signed = text.charCodeAt(runStart - 1) === 45 && !isLetter(kindOf(text.charCodeAt(runStart - 2)));
	return `${text.slice(from, signed ? runStart - 1 : runStart)}${wildcard}${text.slice(runEnd, stop)}`;
}
