import {numberOf} from '../../words/number-words.ts';

/** Days of the week as people name them, Sunday first. */
const days: readonly RegExp[] = [
	/\bsun(?:day)?s?\b|일요일|일욜/i,
	/\bmon(?:day)?s?\b|월요일|월욜/i,
	/\btue(?:s(?:day)?s?)?\b|화요일|화욜/i,
	/\bwed(?:nesday)?s?\b|수요일|수욜/i,
	/\bthu(?:r(?:s(?:day)?)?)?s?\b|목요일|목욜/i,
	/\bfri(?:day)?s?\b|금요일|금욜/i,
	/\bsat(?:urday)?s?\b|토요일|토욜/i,
];
const koreanDays = ['일', '월', '화', '수', '목', '금', '토'];
const ordinals: readonly string[] = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const dayName = '(sun|mon|tue|wed|thu|fri|sat)[a-z]*';

const dayNumber = (word: string) =>
	Math.max(
		days.findIndex(pattern => pattern.test(word)),
		koreanDays.indexOf(word.slice(0, 1)),
	);

/** `Monday to Thursday`, `화~토`. */
function dayRange(text: string): string | undefined {
	const english = new RegExp(`\\b${dayName} ?(?:-|–|~|to|through|thru|until|till) ?${dayName}\\b`, 'i').exec(text);
	const korean = /([일월화수목금토])(?:요일|욜)? ?(?:부터|~|-|–|에서) ?([일월화수목금토])(?:요일|욜|까지|(?=[ ,에]|$))/.exec(text);
	const [, from, to] = english ?? korean ?? [];
	if (from === undefined || to === undefined) return undefined;
	const [first, last] = [dayNumber(from), dayNumber(to)];
	return last === 0 ? `${first}-6,0` : first < last ? `${first}-${last}` : undefined;
}

const daysIn = (text: string) => days.flatMap((word, day) => (word.test(text) ? [day] : []));

/** What is left out: `every day except Sunday`, `주말 제외`. */
function exceptDays(text: string): string | undefined {
	const out =
		/\b(?:except|but not|excluding|other than)(?: on)?(?: (?:the|every))? ([^,.;]*)|([가-힣·, ]+?)(?:은|는|을|를|만)? ?(?:제외|빼고|말고)/i.exec(
			text,
		);
	const said = out?.[1] ?? out?.[2];
	if (said === undefined) return undefined;
	const left = /weekend|주말/i.test(said) ? [0, 6] : daysIn(said);
	return left.length === 0 ? undefined : [0, 1, 2, 3, 4, 5, 6].filter(day => !left.includes(day)).join(',');
}

/** The days of the week of a schedule, as cron has them; undefined for all. */
export function weekdaysOf(text: string): string | undefined {
	const rest = exceptDays(text);
	if (rest !== undefined) return rest === '1,2,3,4,5' ? '1-5' : rest;
	if (/\b(?:week ?days?|working days?|business days?|work days?)\b|평일|주중|영업일/i.test(text)) return '1-5';
	const range = dayRange(text);
	if (range !== undefined) return range;
	if (/\bweekends?\b|주말/i.test(text)) return '0,6';
	// Mon, Wed and Fri in Korean are often one letter each: 월·수·금, 월수금.
	const short =
		/(?:매주 ?)?(?<![가-힣])([일월화수목금토](?:[·,/ ]?[일월화수목금토])+)(?=[ ,에요]|$)|매주 ?([일월화수목금토])(?=[ ,에]|$)/.exec(text);
	const letters = short?.[1] ?? short?.[2];
	const byLetter = letters === undefined ? [] : [...letters].map(letter => koreanDays.indexOf(letter)).filter(day => day >= 0);
	const byWord = daysIn(text);
	const found = byWord.length > 0 ? byWord : byLetter;
	return found.length === 0 ? undefined : [...new Set(found)].toSorted((left, right) => left - right).join(',');
}

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthName = `(${monthNames.join('|')})[a-z]*`;

/** The months of a schedule; undefined for all. `3/3`: steps. */
export function monthsOf(text: string): string | undefined {
	if (/\bquarterly\b|\b(?:every|each|per|once a) quarter\b(?! (?:hour|of an hour))|매 ?분기|분기(?:마다|별|에 ?한 ?번)/i.test(text))
		return '1,4,7,10';
	const step = /\bevery (\d+|two|three|four|six|other) months\b|(\d+)개월 ?(?:마다|에 ?한 ?번)/i.exec(text);
	const every = step?.[1] ?? step?.[2];
	if (every !== undefined) return `*/${every === 'other' ? 2 : (numberOf(every.toLowerCase()) ?? 1)}`;
	const list =
		new RegExp(`\\b(?:in|of|every|each|on the \\w+ of) (${monthName}(?:(?:,? and|,| or) ${monthName})*)\\b`, 'i').exec(text)?.[1] ?? '';
	const dated = [...text.matchAll(new RegExp(`\\b${monthName} (?=\\d)`, 'gi'))];
	const listed = [...list.matchAll(new RegExp(`\\b${monthName}`, 'gi'))];
	const named = [...listed, ...dated].map(([, one = '']) => monthNames.indexOf(one.toLowerCase()) + 1);
	const korean = [...text.matchAll(/(?<!\d)(\d{1,2})월(?! ?요일)/g)].map(([, digits]) => Number(digits));
	const found = [...named, ...korean].filter(month => month >= 1 && month <= 12);
	if (found.length > 0) return [...new Set(found)].join(',');
	return /\b(?:yearly|annually|once a year|every year)\b|매년|해마다/i.test(text) ? '1' : undefined;
}

/** The days of the month of a schedule; undefined for all. */
export function monthDaysOf(text: string): string | undefined {
	if (
		monthsOf(text) === undefined &&
		!/month|quarter(?! ?(?:hour|past|to|after|of))|year|annual|매월|매달|달마다|개월|분기|매년|해마다|\d월/i.test(text)
	)
		return undefined;
	const korean = [...text.matchAll(/(?<!\d)(\d{1,2})일(?! ?(?:마다|간|동안|후|뒤))/g)].map(match => match[1]);
	if (korean.length > 0) return korean.join(',');
	if (/첫 ?날|첫째 ?날|초일|1일/.test(text)) return '1';
	const numbered = [...text.matchAll(/\b(\d{1,2})(?:st|nd|rd|th)\b/gi)].map(match => match[1]);
	if (numbered.length > 0) return numbered.join(',');
	const behind =
		new RegExp(`\\b${monthName} (\\d{1,2})\\b(?!:)`, 'i').exec(text)?.[2] ??
		/\bdays? (\d{1,2}(?:(?:,| and) ?\d{1,2})*) of (?:the|every|each) month/i.exec(text)?.[1]?.replaceAll(/ and |, ?/g, ',');
	if (behind !== undefined) return behind;
	const word = new RegExp(`\\b(${ordinals.slice(1).join('|')}|fifteenth|twentieth)(?: day)?\\b`, 'i').exec(text)?.[1]?.toLowerCase();
	// `October has to be loaded again`: a month alone says when of nothing.
	if (word === undefined && !/month|quarter|year|annual|every|each|매월|매달|매 ?|달마다|개월|분기|매년|해마다/i.test(text))
		return undefined;
	return word === undefined ? '1' : word === 'fifteenth' ? '15' : word === 'twentieth' ? '20' : String(ordinals.indexOf(word));
}

/** What no line of cron says: the last day of a month, the first Monday of it. */
export const isUnsayable = (text: string) =>
	/\blast (?:day|sun|mon|tue|wed|thu|fri|sat|weekday|business day|working day)|\b(?:first|second|third|fourth) (?:sun|mon|tue|wed|thu|fri|sat|business day|working day|weekday)[a-z]* of|말일|마지막 ?(?:날|[일월화수목금토]요일|영업일)|(?:첫|둘|셋|넷)째 ?(?:주|[일월화수목금토]요일)|격주|\bevery (?:other|second|two) weeks?\b|\b(?:bi-?weekly|fortnight)/i.test(
		text,
	);
