/** Hours of the week at one place. Minutes of the day; `toMinute` before `fromMinute` goes past midnight. */
type Hours = {
	/** 0 is Sunday. */
	readonly days: ReadonlySet<number>;
	readonly fromMinute: number;
	readonly toMinute: number;
	readonly zone: string;
};

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const everyDay: ReadonlySet<number> = new Set(dayNames.keys());
const dayMinutes = 24 * 60;

/** `Mon-Fri`, `Sat,Sun`, `Fri-Mon`; undefined for anything else. */
function daysOf(text: string): ReadonlySet<number> | undefined {
	const days = new Set<number>();
	for (const part of text.toLowerCase().split(',')) {
		const [from = '', to = from, ...rest] = part.split('-');
		const [first, last] = [dayNames.indexOf(from), dayNames.indexOf(to)];
		if (first < 0 || last < 0 || rest.length > 0) return undefined;
		for (let day = first; ; day = (day + 1) % 7) {
			days.add(day);
			if (day === last) break;
		}
	}
	return days;
}

/** `22:00-06:00`; undefined for anything else, and for a span of no length. */
function spanOf(text: string): Pick<Hours, 'fromMinute' | 'toMinute'> | undefined {
	const [, ...found] = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)$/.exec(text) ?? [];
	if (found.length === 0) return undefined;
	const [fromHour = 0, fromRest = 0, toHour = 0, toRest = 0] = found.map(Number);
	const [fromMinute, toMinute] = [fromHour * 60 + fromRest, toHour * 60 + toRest];
	return fromMinute === toMinute || toMinute > dayMinutes ? undefined : {fromMinute, toMinute};
}

function isZone(text: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', {timeZone: text}).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

/** `Mon-Fri 22:00-06:00 Europe/Berlin`: days, a span, or both, and the time zone, which is UTC if left out. Undefined for anything else. */
export function parseHours(text: string): Hours | undefined {
	const words = text.trim().split(/\s+/);
	const days = daysOf(words[0] ?? '');
	if (days !== undefined) words.shift();
	const span = spanOf(words[0] ?? '');
	if (span !== undefined) words.shift();
	const [zone = 'UTC', ...rest] = words;
	if ((days === undefined && span === undefined) || rest.length > 0 || !isZone(zone)) return undefined;
	return {days: days ?? everyDay, ...(span ?? {fromMinute: 0, toMinute: dayMinutes}), zone};
}

/** What the clocks on the wall show there. */
function wallTime(nowMs: number, zone: string): {readonly day: number; readonly minute: number} {
	const format = new Intl.DateTimeFormat('en-GB', {timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
	const parts = new Map(format.formatToParts(nowMs).map(({type, value}) => [type, value]));
	return {
		day: dayNames.indexOf((parts.get('weekday') ?? '').toLowerCase()),
		minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
	};
}

/** Whether a moment lies in these hours; the end does not. Hours past midnight belong to the day on which they begin. False for what are no hours. */
export function isWithinHours(text: string, nowMs: number): boolean {
	const hours = parseHours(text);
	if (hours === undefined) return false;
	const {days, fromMinute, toMinute, zone} = hours;
	const {day, minute} = wallTime(nowMs, zone);
	if (fromMinute < toMinute) return days.has(day) && minute >= fromMinute && minute < toMinute;
	return (days.has(day) && minute >= fromMinute) || (days.has((day + 6) % 7) && minute < toMinute);
}
