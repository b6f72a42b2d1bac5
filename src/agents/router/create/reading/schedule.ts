import {numberOf} from '../../words/number-words.ts';
import {type TimeOfDay, timesOfDay} from '../../words/spoken-time.ts';

const field = String.raw`(?:\*|\d{1,2}(?:-\d{1,2})?)(?:\/\d{1,2})?(?:,\d{1,2}(?:-\d{1,2})?)*`;
const named = `(?:${field}|[A-Za-z]{3}(?:[-,][A-Za-z]{3})*)`;
const cron = new RegExp(`(?<![\\w*/])${field} +${field} +${field} +${named} +${named}(?![\\w*/])`);
const macro = /(?<![\w])@(?:hourly|daily|midnight|weekly|monthly|yearly|annually)\b/;

const days = [
	/\bsun(?:day)?s?\b|일요일|일욜/i,
	/\bmon(?:day)?s?\b|월요일|월욜/i,
	/\btue(?:s(?:day)?s?)?\b|화요일|화욜/i,
	/\bwed(?:nesday)?s?\b|수요일|수욜/i,
	/\bthu(?:r(?:s(?:day)?)?)?s?\b|목요일|목욜/i,
	/\bfri(?:day)?s?\b|금요일|금욜/i,
	/\bsat(?:urday)?s?\b|토요일|토욜/i,
];
const koreanDays = ['일', '월', '화', '수', '목', '금', '토'];
const ordinals: {readonly [word: string]: number} = {first: 1, second: 2, third: 3, fourth: 4, fifth: 5, tenth: 10, fifteenth: 15};

function weekdaysOf(text: string): string | undefined {
	if (
		/\b(?:week ?days?|working days?|business days?|work days?)\b|평일|월(?:요일)?(?:부터|~|-) ?금|\bmon(?:day)?s? ?(?:-|to|through|until) ?fri/i.test(
			text,
		)
	)
		return '1-5';
	if (/\bweekends?\b|주말/i.test(text)) return '0,6';
	// Mon, Wed and Fri in Korean are often one letter each: 월·수·금, 월수금.
	const short = /매주 ?([일월화수목금토](?:[·,/ ]?[일월화수목금토])*)(?=[ ,에요]|$)/.exec(text)?.[1];
	const byLetter = short === undefined ? [] : [...short].map(letter => koreanDays.indexOf(letter)).filter(day => day >= 0);
	const byWord = days.flatMap((word, day) => (word.test(text) ? [day] : []));
	const found = byWord.length > 0 ? byWord : byLetter;
	return found.length === 0 ? undefined : found.toSorted((left, right) => left - right).join(',');
}

function dayOfMonth(text: string): string | undefined {
	if (!/month|매월|매달|달마다|개월/i.test(text)) return undefined;
	const korean = [...text.matchAll(/(\d{1,2})일/g)].map(match => match[1]);
	if (korean.length > 0) return korean.join(',');
	if (/첫 ?날|첫째 ?날|초일/.test(text)) return '1';
	const numbered = [...text.matchAll(/\b(\d{1,2})(?:st|nd|rd|th)\b/gi)].map(match => match[1]);
	if (numbered.length > 0) return numbered.join(',');
	const word = /\b(first|second|third|fourth|fifth|tenth|fifteenth)(?: day)?\b/i.exec(text)?.[1]?.toLowerCase();
	return word === undefined ? '1' : String(ordinals[word]);
}

/** `every 15 minutes`, `two-hourly`, `15분마다`: how often, and the letter of the unit. */
function intervalIn(text: string): {readonly every: number; readonly unit: 'minute' | 'hour' | 'day'} | undefined {
	const number = String.raw`(\d+|other|second|half(?: an?)?|quarter(?: of an)?|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty)`;
	const english = new RegExp(
		String.raw`\b(?:every|each|once (?:an?|every)|per)[ -](?:${number}[ -])?(minute|min|hour|hr|day)s?\b`,
		'i',
	).exec(text);
	const korean =
		/(?:매 ?)?(\d+|두|세|네|한) ?(분|시간|일)(?: ?마다|에 한 ?번| ?간격| ?주기)/.exec(text) ?? /매 ?(\d+) ?(분|시간)/.exec(text);
	if (korean !== null) {
		const unit = {분: 'minute', 시간: 'hour', 일: 'day'} as const;
		return {every: numberOf(korean[1] ?? '') ?? 1, unit: unit[korean[2] as keyof typeof unit] ?? 'minute'};
	}
	if (english === null) return /\bevery (?:quarter|half)[- ]hour\b/i.test(text) ? {every: 30, unit: 'minute'} : undefined;
	const [, word, unit = ''] = english;
	const base = /^m/i.test(unit) ? 'minute' : /^h/i.test(unit) ? 'hour' : 'day';
	if (word === undefined) return {every: 1, unit: base};
	if (/^half/i.test(word)) return {every: 30, unit: 'minute'};
	if (/^quarter/i.test(word)) return {every: 15, unit: 'minute'};
	return {every: /^(?:other|second)$/i.test(word) ? 2 : (numberOf(word) ?? 1), unit: base};
}

/** The hours between which something runs again and again: `between 9 and 17`, `9시부터 18시까지`. */
function hourRange(text: string, times: readonly TimeOfDay[]): string | undefined {
	const plain = /\bbetween (\d{1,2})(?::00)? ?(?:h|o'clock)? ?(?:and|to|-) ?(\d{1,2})(?!\d|:| ?[ap]m)/i.exec(text);
	if (plain !== null) return `${plain[1]}-${plain[2]}`;
	const [from, to] = times;
	return from !== undefined && to !== undefined && /\bbetween\b|\bfrom\b|부터|사이/i.test(text) ? `${from.hour}-${to.hour}` : undefined;
}

const stepped = (every: number) => (every === 1 ? '*' : `*/${every}`);

/** The cron line of several times of a day; undefined where one line cannot say them. */
function clockFields(times: readonly TimeOfDay[]): string | undefined {
	const [first] = times;
	if (first === undefined) return '0 0';
	const minutes = new Set(times.map(({minute}) => minute));
	return minutes.size === 1 ? `${first.minute} ${[...new Set(times.map(({hour}) => hour))].join(',')}` : undefined;
}

/**
 * A schedule in words of English or Korean as a cron line: `every night at 03:40` → `40 3 * * *`. A day without an hour is midnight, as `@daily`.
 * Undefined where the text names none, or one that a single line cannot say.
 */
export function scheduleIn(text: string): string | undefined {
	const written = cron.exec(text)?.[0] ?? macro.exec(text)?.[0];
	if (written !== undefined) return written.replace(/ +/g, ' ');
	const times = timesOfDay(text);
	const weekdays = weekdaysOf(text);
	const monthDay = dayOfMonth(text);
	const rest = (interval = '*') => `${monthDay ?? interval} * ${weekdays ?? '*'}`;
	const interval = intervalIn(text);
	if (interval?.unit === 'minute') return `${stepped(interval.every)} ${hourRange(text, times) ?? '*'} ${rest()}`;
	const pastHour = /\b(\d{1,2}) (?:minutes? )?past (?:the|every|each) hour|매시(?:간)? ?(\d{1,2})분/i.exec(text);
	if (pastHour !== null) return `${Number(pastHour[1] ?? pastHour[2])} * ${rest()}`;
	if (interval?.unit === 'hour') return `0 ${hourRange(text, times) ?? stepped(interval.every)} ${rest()}`;
	if (/(?<![-\w])hourly(?![-\w])|매시간|매시|시간마다/i.test(text)) return `0 ${hourRange(text, times) ?? '*'} ${rest()}`;
	const isDaily =
		/(?<![-\w])(?:daily|nightly|every (?:single )?(?:day|night|morning|evening|afternoon)|each (?:day|night|morning)|once a day)(?![-\w])|매일|날마다|밤마다|매 ?저녁|매 ?아침/i.test(
			text,
		);
	const isWeekly = weekdays !== undefined || /(?<![-\w])weekly(?![-\w])|\b(?:every|each|a) week\b|매주|주마다|주 1회/i.test(text);
	const isMonthly = monthDay !== undefined;
	if (!isDaily && !isWeekly && !isMonthly && interval === undefined) return undefined;
	const clock = clockFields(times);
	if (clock === undefined) return undefined;
	if (isWeekly && weekdays === undefined) return `${clock} * * 0`;
	return `${clock} ${rest(interval?.unit === 'day' && interval.every > 1 ? `*/${interval.every}` : '*')}`;
}
