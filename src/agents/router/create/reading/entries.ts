import {dataText} from './data-text.ts';
import {entryOf} from './entry.ts';
import {fileEntries} from './file-entries.ts';
import {sortedPairs} from './pairs.ts';
import {type Wish, wishOf} from './wish.ts';

type Entries = {readonly [key: string]: string};

/** What introduces the data: a pair of words behind it is a key and its value. */
const opening =
	/^[\s(]*(?:[:,;(–—-]|(?:that |which |and |, ?)*(?:with|holding|holds|containing|contains|having|has|of|data|contents?|keys?|values?|entries|settings?|whose)\b|내용|데이터|키|값)/i;

const quotes = /`[^`]*`|"[^"]*"|“[^”]*”|‘[^’]*’|(?<![\w])'[^']*'/g;
const hidden: {readonly [mark: string]: string} = {',': '\uE001', ';': '\uE002', ' ': '\uE003', '.': '\uE004', '/': '\uE005'};
const shown = Object.fromEntries(Object.entries(hidden).map(([mark, sign]) => [sign, mark]));

const parts =
	/,\s+(?:and\s+|그리고\s+)?|,$|;\s*|\n+|\s+(?:and|&|plus)\s+|\.\s+|\.$|\s+\/\s+|\s+[-–—]+\s+|\s+그리고\s+|(?<=[\w"'`”’])(?:이랑|하고|이고|이며)\s+|(?<=[가-힣]고)\s+|(?<=(?:만들|생성|추가|올려|두)(?:어|해|하)?(?:서|되|고)?)\s+|\)\s+/i;

/** The parts of a list; what is quoted is none. */
const itemsOf = (text: string) =>
	text
		.replaceAll(quotes, quoted => quoted.replaceAll(/[,;\s./]/g, mark => hidden[mark] ?? hidden[' '] ?? mark))
		.replace(/[?!]+$/, '')
		.split(parts)
		.map(item => item.trim())
		.filter(item => item !== '');
const unhidden = (text: string) => text.replaceAll(/[\uE001-\uE005]/g, mark => shown[mark] ?? ' ');

const list = String.raw`((?:[\w./@:-]+)(?:(?:, (?:and )?| and |, )[\w./@:-]+)+)`;
const twoLists = new RegExp(
	String.raw`\bkeys? ${list},? (?:with|having|and|of|set to|at)(?: the| their)? (?:values?|contents?)(?: of| are|:)? ${list}`,
	'i',
);

/** `A=5` is read by its sign, whatever stands around it. */
const isWritten = (item: string) => /(?<![\w./-])[A-Za-z0-9_][\w./-]*=\S/.test(item);

/** `keys a and b with values 1 and 2`: as many of both, in the same order. */
function inTwoLists(text: string): Entries | undefined {
	const [, keys = '', values = ''] = twoLists.exec(text) ?? [];
	const split = (each: string) => each.replace(/\.$/, '').split(/, (?:and )?| and /);
	return keys !== '' && split(keys).length === split(values).length
		? Object.fromEntries(split(keys).map((key, at) => [key, split(values)[at] ?? '']))
		: undefined;
}

/** `open (10:00), close (16:00)` → `open: 10:00, close: 16:00`; a remark in brackets is no value. */
const withValuesInBrackets = (text: string) =>
	text.replaceAll(
		/(?<![\w./-])([A-Za-z_][\w.-]*) ?\((?!(?:immutable|read-?only|new|optional|default|불변|필수)\))([\w./:@+-]+|"[^"]*"|'[^']*')\)/g,
		'$1: $2',
	);

/**
 * The keys and values of a ConfigMap in any writing: `A=5`, `a: 5`, `a should be 5`, `set a to 5`, `a 5, b 6` behind a colon or `with`, lines under a key.
 * @param others what is no key and no value, such as a file: a part that speaks of it is read elsewhere
 * @returns `unread`: a part that looks like data and is none that was understood
 */
export function entriesIn(
	wish: Wish,
	name: string,
	namespaces: readonly string[],
	others: readonly string[] = [],
): {readonly entries: Entries; readonly unread?: string} {
	const files = fileEntries(wish);
	const rest = wishOf(files.rest, wish.language);
	const {data, env} = sortedPairs(rest);
	const written = {...data, ...env};
	const text = withValuesInBrackets(dataText(rest, name, namespaces));
	const listed = inTwoLists(text);
	if (listed !== undefined) return {entries: {...files.entries, ...written, ...listed}};
	const found: {[key: string]: string} = {};
	let unread: string | undefined;
	let isOpen = opening.test(text);
	for (const item of itemsOf(text).filter(each => !isWritten(each) && !others.some(other => each.includes(other)))) {
		// Beside pairs with a sign two words are more likely something else: `A=1, and freeze node-1`.
		const entry = entryOf(item, Object.keys(written).length > 0 ? 'never' : isOpen ? 'open' : 'introduced');
		if (entry.kind === 'pair') found[unhidden(entry.key)] = unhidden(entry.value);
		else if (entry.kind === 'unread' && Object.keys({...found, ...written}).length > 0) unread ??= unhidden(entry.text);
		isOpen ||= entry.kind === 'pair' || /:$/.test(item);
	}
	const entries = {...files.entries, ...found, ...written};
	return unread === undefined ? {entries} : {entries, unread};
}
