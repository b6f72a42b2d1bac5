import {numberOf} from '../../words/number-words.ts';
import {type TimeOfDay, timesOfDay} from '../../words/spoken-time.ts';
import {isUnsayable, monthDaysOf, monthsOf, weekdaysOf} from './schedule-days.ts';

const field = String.raw`(?:\*|\d{1,2}(?:-\d{1,2})?)(?:\/\d{1,2})?(?:,\d{1,2}(?:-\d{1,2})?)*`;
const named = `(?:${field}|[A-Za-z]{3}(?:[-,][A-Za-z]{3})*)`;
const cron = new RegExp(`(?<![\\w*/])${field} +${field} +${field} +${named} +${named}(?![\\w*/])`);
const macro = /(?<![\w])@(?:hourly|daily|midnight|weekly|monthly|yearly|annually)\b/;

const ordinalOf = (word: string): number | undefined =>
	({third: 3, fourth: 4, fifth: 5, sixth: 6, eighth: 8, tenth: 10, twelfth: 12})[word.toLowerCase()];

/** `every 15 minutes`, `two-hourly`, `15분마다`: how often, and the letter of the unit. */
function intervalIn(text: string): {readonly every: number; readonly unit: 'minute' | 'hour' | 'day'} | undefined {
	const number = String.raw`(\d+|other|second|third|fourth|fifth|sixth|eighth|tenth|twelfth|half(?: an?)?|quarter(?: of an)?|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty)`;
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
	return {every: /^(?:other|second)$/i.test(word) ? 2 : (numberOf(word) ?? ordinalOf(word) ?? 1), unit: base};
}

/** The hours between which something runs again and again: `between 9 and 17`, `9시부터 18시까지`. */
function hourRange(text: string, times: readonly TimeOfDay[]): string | undefined {
	const plain = /\b(?:between|from) (\d{1,2})(?::00)? ?(?:h|o'clock)? ?(?:and|to|until|till|-|–) ?(\d{1,2})(?!\d|:[1-9]| ?[ap]m)/i.exec(
		text,
	);
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

const counts = String.raw`\d{1,2}|half|a quarter|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty(?:[- ]five)?|thirty|forty(?:[- ]five)?|fifty(?:[- ]five)?`;
const count = `(${counts})`;
const hourWord = String.raw`(?:the |every |each |an )?(?:(?:second|third|even|odd|full|\d+(?:st|nd|rd|th)) )?hour\b`;
const minutePhrases: readonly RegExp[] = [
	new RegExp(
		String.raw`\b${count}(?: minutes?| mins?)? (past|after|to|before) (?!\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|eleven\b|twelve\b)${hourWord}`,
		'i',
	),
	new RegExp(
		String.raw`\bat ${count}(?: minutes?)? (past|to)(?! ?(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|eleven\b|twelve\b|noon|midnight))`,
		'i',
	),
	/\b(?:at|on) (?:the )?minutes? (\d{1,2}(?:(?:, ?(?:and )?| and )(?:(?:at )?(?:the )?minutes? )?\d{1,2}(?!\d|:))*)/i,
	/(?<![\d\w])(?:at )?:(\d{2})\b/,
	/\bat (\d{1,2}) (?:minutes?|mins?)\b/i,
	/\b(?:the )?(\d{1,2})(?:st|nd|rd|th) minute\b/i,
	/매시(?:간)?(?:마다)? ?(?:매 ?)?(\d{1,2}(?:분?(?:과|와|,|, )? ?\d{1,2})*)분/,
	/시간 ?(?:마다|간격(?:으로)?|에 ?(?:한|두|세|네|\d) ?번)(?:씩)?,? ?(?:매시 ?)?(\d{1,2}(?:분?(?:과|와|,|, )? ?\d{1,2})*)분/,
	/시(?:간)?(?:의|마다)? ?(\d{1,2})분에/,
];

/** `a quarter past and a quarter to every hour`: the hour is said once of both. */
const side = String.raw`(?:${counts})(?: minutes?| mins?)? (?:past|after|to|before)`;
const shared = new RegExp(String.raw`\b(${side}),? and (?=${side} )`, 'gi');

const fullHour = /\bon the (?:full )?hour\b|정각/i;

function minutesIn(word: string, side: string | undefined): readonly number[] {
	const said = /half/.test(word)
		? [30]
		: /quarter/.test(word)
			? [15]
			: /^\d/.test(word)
				? (word.match(/\d+/g) ?? []).map(Number)
				: [numberOf(word.replace(' ', '-')) ?? Number.NaN];
	return said.map(minute => (/^(?:to|before)$/i.test(side ?? '') ? 60 - minute : minute));
}

/** `twice an hour`: how many minutes of it have to be told. */
function timesAnHour(text: string): number {
	const [, english, korean] =
		/\b(once|twice|thrice|(?:two|three|four|six|\d+) times) (?:an?|per|every|each) hour\b|(?:한|1) ?시간에 ?(한|두|세|네|\d) ?번/i.exec(
			text,
		) ?? [];
	const word = english?.toLowerCase() ?? korean;
	if (word === undefined) return 0;
	return {once: 1, twice: 2, thrice: 3}[word] ?? numberOf(word.replace(' times', '')) ?? 0;
}

/** The minutes past an hour at which something runs again and again: `half past every even hour`, `매시 15분`. */
function minutesPast(text: string): string | undefined {
	const told = text.replaceAll(shared, '$1 every hour and ');
	for (const pattern of minutePhrases) {
		const minutes = [...told.matchAll(new RegExp(pattern, 'gi'))].flatMap(([, said = '', side]) => minutesIn(said.toLowerCase(), side));
		if (minutes.length === 0 || minutes.some(minute => Number.isNaN(minute) || minute > 59)) continue;
		return [...new Set(fullHour.test(text) ? [0, ...minutes] : minutes)].toSorted((left, right) => left - right).join(',');
	}
	return fullHour.test(text) ? '0' : undefined;
}

/** `every two hours between 22 and 6`: a range of cron ends with the day. */
const overMidnight = (from: number, to: number, step: number) =>
	Array.from({length: Math.floor((to + 24 - from) / step) + 1}, (_, index) => (from + index * step) % 24)
		.toSorted((a, b) => a - b)
		.join(',');

/** The hours of something that runs every few hours: even ones, odd ones, every third, within a range. */
function hoursOf(text: string, every: number, range: string | undefined): string {
	if (/\bodd(?:-numbered)? hours?\b|홀수 ?시/i.test(text)) return '1-23/2';
	const step = /\beven(?:-numbered)? hours?\b|짝수 ?시/i.test(text) ? 2 : every;
	const [from = 0, to = 0] = (range ?? '').split('-').map(Number);
	if (from > to) return overMidnight(from, to, step);
	return range === undefined ? stepped(step) : step === 1 ? range : `${range}/${step}`;
}

/** `at 6, 12 and 18` → `at 6, at 12 and at 18` */
const eachAt = (text: string) =>
	text.replaceAll(
		/\bat (\d{1,2}(?::\d\d)?(?: ?[ap]m)?)((?:, ?\d{1,2}(?::\d\d)?(?: ?[ap]m)?(?![\w:]))*,? and \d{1,2}(?::\d\d)?(?: ?[ap]m)?(?![\w:%.]))/gi,
		(_, first: string, rest: string) => `at ${first}${rest.replaceAll(/(, ?|and )(\d)/g, '$1at $2')}`,
	);

const daily =
	/(?<![-\w])(?:daily|nightly|every (?:single )?(?:day|night|morning|evening|afternoon)|each (?:day|night|morning|evening)|once a (?:day|night)|(?:twice|two times|three times|\d times) (?:a|per) day|per day)(?![-\w])|매일|날마다|밤마다|아침마다|저녁마다|새벽마다|매 ?저녁|매 ?아침|매 ?새벽|하루(?:에)? ?(?:한|두|세|\d) ?번/i;
const hourly = /(?<![-\w])hourly(?![-\w])|매시간|매시|시간마다|\b(?:even|odd)(?:-numbered)? hours?\b|(?:짝수|홀수) ?시/i;

/**
 * A schedule in words of English or Korean as a cron line: `every night at 03:40` → `40 3 * * *`. A day without an hour is midnight, as `@daily`.
 * Undefined where the text names none, or one that a single line cannot say.
 */
export function scheduleIn(said: string): string | undefined {
	const written = cron.exec(said)?.[0] ?? macro.exec(said)?.[0];
	if (written !== undefined) return written.replace(/ +/g, ' ');
	if (isUnsayable(said)) return undefined;
	const text = eachAt(said);
	const weekdays = weekdaysOf(text);
	const months = monthsOf(text);
	const monthDay = monthDaysOf(text);
	const rest = (interval = '*') => `${monthDay ?? interval} ${months ?? '*'} ${weekdays ?? '*'}`;
	const often = againAndAgain(text, rest());
	if (often !== undefined) return often;
	const interval = intervalIn(text);
	const isWeekly =
		weekdays !== undefined || /(?<![-\w])weekly(?![-\w])|\b(?:every|each|a) week\b|매주|주마다|주 ?1회|주 ?한 ?번/i.test(text);
	if (!daily.test(text) && !isWeekly && monthDay === undefined && interval === undefined) return undefined;
	const clock = clockFields(timesOfDay(text));
	if (clock === undefined) return undefined;
	if (isWeekly && weekdays === undefined) return `${clock} * * 0`;
	return `${clock} ${rest(interval?.unit === 'day' && interval.every > 1 ? `*/${interval.every}` : '*')}`;
}

/** What runs every few minutes or hours. @param days the rest of the line */
function againAndAgain(text: string, days: string): string | undefined {
	const times = timesOfDay(text);
	const interval = intervalIn(text);
	const range = hourRange(text, times);
	if (interval?.unit === 'minute') return `${stepped(interval.every)} ${range ?? '*'} ${days}`;
	const past = minutesPast(text);
	const often = timesAnHour(text);
	if (often > 1 && past?.split(',').length !== often) return undefined;
	const isHourly =
		often > 0 ||
		interval?.unit === 'hour' ||
		hourly.test(text) ||
		(past !== undefined &&
			/\b(?:past|after|to|before|minute|on) (?:the |every |each )?(?:\w+ )?hour\b|매시|시간 ?(?:마다|간격)/i.test(text));
	return isHourly ? `${past ?? '0'} ${hoursOf(text, interval?.unit === 'hour' ? interval.every : 1, range)} ${days}` : undefined;
}
