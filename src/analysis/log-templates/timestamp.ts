/** A time found in a line: where it ends, and when it is in milliseconds since 1970, where the text says the whole of it. Without a zone it is UTC. */
export type Timestamp = {readonly end: number; readonly atMs: () => number | undefined};

type Part = {[name: string]: string | undefined};

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const weekday = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? {1,2})?';
const monthName = '(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';
const clock = '(?<hour>\\d{1,2})[:.](?<minute>\\d{1,2})[:.](?<second>\\d{1,2})(?:[.,:](?<fraction>\\d{1,9}))?';
const zone = '(?: ?(?<zone>Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)(?![\\w:]))?';
const ends = '(?![\\w])';

const regExp = (format: string) => new RegExp(format, 'y');
const iso = regExp(`(?<year>\\d{4})[-/.](?<month>\\d{1,2})[-/.](?<day>\\d{1,2})[T _-]{1,2}${clock}${zone}${ends}`);
const isoDay = regExp(`\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}${ends}`);
const compact = regExp(`(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)[T _-]${clock}${zone}${ends}`);
const shortYear = regExp(`(?<short>\\d\\d)[-/.](?<month>\\d\\d)[-/.](?<day>\\d\\d)[T _-]${clock}${zone}${ends}`);
const withoutYear = regExp(`(?<month>\\d\\d)[-/.](?<day>\\d\\d)[T _-]${clock}${ends}`);
const dayFirst = regExp(`(?<day>\\d{1,2})[ /-]${monthName}[ /-](?<year>\\d{4})[ :]${clock}${zone}${ends}`);
const dayAlone = regExp(`\\d\\d?[-/.]\\d\\d?[-/.]\\d{4}${ends}`);
/** `10:00:05.123`, `10:00:05 AM`, and Go's `10:00AM`. */
const clockAlone = regExp(`\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,:]\\d{1,9})?(?: ?[AP]M)?|[AP]M)${ends}`);
const digitsOnly = regExp(
	`(?<short>\\d\\d)(?<month>0\\d|1[0-2])(?<day>[0-3]\\d) (?<hour>[01]\\d|2[0-3])(?<minute>[0-5]\\d)(?<second>[0-5]\\d)(?![\\w.])`,
);
/** Digits of an epoch stand for 2001 to 2033. */
const sinceEpoch = regExp('(?<epoch>1\\d{9})(?<fraction>\\d{3}|\\.\\d{1,9})?(?![\\w.:-])');
const monthFirst = regExp(
	`${weekday}${monthName} {1,2}(?<day>\\d{1,2}),? (?:(?<year>\\d{4}),? )?${clock}(?: (?:[A-Z]{3,4} )?(?<late>\\d{4}))?${zone}${ends}`,
);
const weekdayFirst = regExp(`${weekday}(?<day>\\d{1,2})[ /-]${monthName}[ /-](?<year>\\d{4})[ :]${clock}${zone}${ends}`);
const klog = regExp(`[IWEF](?<month>0\\d|1[0-2])(?<day>[0-3]\\d) ${clock}${ends}`);

/** Formats by the number of digits that they begin with; none of the rest is worth a try. No repetition is within another, so each is linear. */
const byDigits: ReadonlyMap<number, readonly RegExp[]> = new Map([
	[1, [dayFirst, dayAlone, clockAlone]],
	[2, [shortYear, withoutYear, dayFirst, dayAlone, clockAlone]],
	[4, [iso, isoDay]],
	[6, [digitsOnly]],
	[8, [compact]],
	[10, [sinceEpoch]],
	[13, [sinceEpoch]],
]);
const byName = [monthFirst, weekdayFirst];
const byLevel = [klog];

/** A time that was read, with what follows it as far as it may belong to it: lines of one second begin alike. */
type Read = {readonly seen: string; readonly length: number; readonly atMs: () => number | undefined};

/** Characters behind a time that may go on with it: ` UTC+02:00` is the longest. */
const mostBehind = 12;
/** The latest of each kind, by the number of digits that it begins with. */
const latest: (Read | undefined)[] = [];

/** The time that begins at a place of a text: a day with its time, either alone, or the seconds since 1970. */
export function timestampAt(text: string, at: number): Timestamp | undefined {
	const code = text.charCodeAt(at);
	const isCapital = code >= 65 && code <= 90;
	if (!isCapital && !isDigit(code)) return undefined;
	const digits = isCapital ? 0 : digitsAt(text, at);
	const known = latest[digits];
	if (known !== undefined && text.startsWith(known.seen, at)) return {end: at + known.length, atMs: known.atMs};
	for (const format of formatsAt(text, at, digits)) {
		format.lastIndex = at;
		const found = format.exec(text);
		if (found === null) continue;
		const atMs = once(() => momentOf(found.groups ?? {}));
		const {length} = found[0];
		// Where the line ends, another may go on.
		if (text.length >= at + length + mostBehind) latest[digits] = {seen: text.slice(at, at + length + mostBehind), length, atMs};
		return {end: at + length, atMs};
	}
	return undefined;
}

/** Formats that are worth a try. */
function formatsAt(text: string, at: number, digits: number): readonly RegExp[] {
	if (digits > 0) return byDigits.get(digits) ?? [];
	return isDigit(text.charCodeAt(at + 1)) ? byLevel : byName;
}

/** Formats that tell where each part stands, which takes longer. */
const withPlaces = new Map<RegExp, RegExp>();

/** The format of the time that begins at a place of a text, with where its parts stand. */
export function timePartsAt(text: string, at: number): RegExpExecArray | undefined {
	for (const plain of formatsAt(text, at, digitsAt(text, at))) {
		const format = withPlaces.get(plain) ?? new RegExp(plain.source, 'dy');
		withPlaces.set(plain, format);
		format.lastIndex = at;
		const found = format.exec(text);
		if (found !== null) return found;
	}
	return undefined;
}

const isDigit = (code: number) => code >= 48 && code <= 57;

function digitsAt(text: string, at: number): number {
	let digits = 0;
	while (digits < 20 && isDigit(text.charCodeAt(at + digits))) digits += 1;
	return digits;
}

function once(find: () => number | undefined): () => number | undefined {
	let found: {readonly ms: number | undefined} | undefined;
	return () => {
		found ??= {ms: find()};
		return found.ms;
	};
}

function momentOf({
	year,
	late,
	short,
	month,
	name,
	day,
	hour,
	minute,
	second,
	fraction = '',
	zone: offset,
	epoch,
}: Part): number | undefined {
	if (epoch !== undefined) return Number(epoch) * 1000 + millisecondsOf(fraction.replace('.', ''));
	const fullYear = year ?? late ?? (short === undefined ? undefined : `20${short}`);
	if (fullYear === undefined || day === undefined || hour === undefined) return undefined;
	const monthIndex = name === undefined ? Number(month) - 1 : monthNamed(name);
	const ms = millisecondsOf(fraction);
	const atMs = Date.UTC(Number(fullYear), monthIndex, Number(day), Number(hour), Number(minute), Number(second), ms) - offsetMs(offset);
	return Number.isFinite(atMs) ? atMs : undefined;
}

/** A month's number, from 0, by the first three letters of its name. */
export const monthNamed = (name: string) => months.indexOf(name) / 3;

/** The first three digits behind the point of a second. */
const millisecondsOf = (fraction: string) => Number(fraction.slice(0, 3).padEnd(3, '0'));

function offsetMs(offset: string | undefined): number {
	if (offset === undefined || !/^[+-]/.test(offset)) return 0;
	const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
	return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
