/** A time found in a line: where it ends, and when it is in milliseconds since 1970, where the text says the whole of it. Without a zone it is UTC. */
export type Timestamp = {readonly end: number; readonly atMs?: number};

type Part = {[name: string]: string | undefined};

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const weekday = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? {1,2})?';
const monthName = '(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';
const clock = '(?<hour>\\d{1,2})[:.](?<minute>\\d{1,2})[:.](?<second>\\d{1,2})(?:[.,:](?<fraction>\\d{1,9}))?';
const zone = '(?: ?(?<zone>Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)(?![\\w:]))?';
const ends = '(?![\\w])';

/** The formats of a day with its time, of either alone, and of seconds since 1970. No repetition is within another, so each is linear. */
const formats = [
	`(?<year>\\d{4})[-/.](?<month>\\d{1,2})[-/.](?<day>\\d{1,2})[T _-]{1,2}${clock}${zone}${ends}`,
	`(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)[T _-]${clock}${zone}${ends}`,
	`(?<short>\\d\\d)[-/.](?<month>\\d\\d)[-/.](?<day>\\d\\d)[T _-]${clock}${zone}${ends}`,
	`(?<month>\\d\\d)[-/.](?<day>\\d\\d)[T _-]${clock}${ends}`,
	`${weekday}${monthName} {1,2}(?<day>\\d{1,2}),? (?:(?<year>\\d{4}),? )?${clock}(?: (?:[A-Z]{3,4} )?(?<late>\\d{4}))?${zone}${ends}`,
	`${weekday}(?<day>\\d{1,2})[ /-]${monthName}[ /-](?<year>\\d{4})[ :]${clock}${zone}${ends}`,
	`(?<short>\\d\\d)(?<month>0\\d|1[0-2])(?<day>[0-3]\\d) (?<hour>[01]\\d|2[0-3])(?<minute>[0-5]\\d)(?<second>[0-5]\\d)(?![\\w.])`,
	`[IWEF](?<month>0\\d|1[0-2])(?<day>[0-3]\\d) ${clock}${ends}`,
	`\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}${ends}`,
	`\\d\\d?[-/.]\\d\\d?[-/.]\\d{4}${ends}`,
	`\\d{1,2}:\\d{2}:\\d{2}(?:[.,:]\\d{1,9})?${ends}`,
	`(?<epoch>1\\d{9})(?<fraction>\\d{3}|\\.\\d{1,9})?(?![\\w.:-])`,
].map(format => new RegExp(format, 'y'));

/** Digits of an epoch stand for seconds from 2001 to 2033. */
export function timestampAt(text: string, at: number): Timestamp | undefined {
	const code = text.charCodeAt(at);
	// All begin with a digit or a capital letter.
	if (!((code >= 48 && code <= 57) || (code >= 65 && code <= 90))) return undefined;
	for (const format of formats) {
		format.lastIndex = at;
		const found = format.exec(text);
		if (found !== null) return {end: at + found[0].length, ...momentOf(found.groups ?? {})};
	}
	return undefined;
}

function momentOf({year, late, short, month, name, day, hour, minute, second, fraction = '', zone: offset, epoch}: Part): {atMs?: number} {
	if (epoch !== undefined) return {atMs: Math.floor(Number(epoch) * 1000 + Number(`0.${fraction.replace('.', '')}`) * 1000)};
	const fullYear = year ?? late ?? (short === undefined ? undefined : `20${short}`);
	if (fullYear === undefined || day === undefined || hour === undefined) return {};
	const monthIndex = name === undefined ? Number(month) - 1 : months.indexOf(name) / 3;
	const ms = Math.floor(Number(`0.${fraction}`) * 1000);
	const atMs = Date.UTC(Number(fullYear), monthIndex, Number(day), Number(hour), Number(minute), Number(second), ms) - offsetMs(offset);
	return Number.isFinite(atMs) ? {atMs} : {};
}

function offsetMs(offset: string | undefined): number {
	if (offset === undefined || !/^[+-]/.test(offset)) return 0;
	const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
	return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
