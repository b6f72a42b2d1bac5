const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

type Range = {readonly low: number; readonly high: number; readonly names?: readonly string[]};

const ranges: readonly Range[] = [
	{low: 0, high: 59},
	{low: 0, high: 23},
	{low: 1, high: 31},
	{low: 1, high: 12, names: months},
	{low: 0, high: 6, names: weekdays},
];
const shorthand: Readonly<Record<string, string>> = {
	'@hourly': '0 * * * *',
	'@daily': '0 0 * * *',
	'@midnight': '0 0 * * *',
	'@weekly': '0 0 * * 0',
	'@monthly': '0 0 1 * *',
	'@yearly': '0 0 1 1 *',
	'@annually': '0 0 1 1 *',
};
const minuteMs = 60_000;
// From one 29 February to the next it may be eight years.
const horizonMs = 8 * 366 * 86_400_000;

type Sets = readonly ReadonlySet<number>[];

/** The values of the five fields; undefined for a text that is no such schedule. */
function setsOf(schedule: string): {readonly fields: readonly string[]; readonly sets: Sets} | undefined {
	const fields = (shorthand[schedule.trim()] ?? schedule).trim().split(/\s+/);
	const sets = ranges.flatMap((range, index) => valuesOf(fields[index] ?? '', range) ?? []);
	return fields.length !== ranges.length || sets.length !== ranges.length || sets.some(({size}) => size === 0) ? undefined : {fields, sets};
}

/** Whether a text is a five-field cron text, or a shorthand of one. */
export const isSchedule = (text: string) => setsOf(text) !== undefined;

const isAny = (field: string | undefined) => field === '*' || field === '?';

/**
 * The next moment (UTC, whole minutes) after `afterMs` that a five-field cron text names; undefined for a text that names none.
 * @see https://pkg.go.dev/github.com/robfig/cron/v3, which the CronJob controller reads schedules with
 */
export function nextRun(schedule: string, afterMs: number): number | undefined {
	const read = setsOf(schedule);
	if (read === undefined) return undefined;
	const {fields, sets} = read;
	const has = (index: number, value: number) => sets[index]?.has(value) === true;
	// A day matches by either field when both are restricted, as in every cron.
	const eitherDay = !isAny(fields[2]) && !isAny(fields[4]);
	let ms = (Math.floor(afterMs / minuteMs) + 1) * minuteMs;
	while (ms < afterMs + horizonMs) {
		const date = new Date(ms);
		const [byDate, byWeekday] = [has(2, date.getUTCDate()), has(4, date.getUTCDay())];
		const day = has(3, date.getUTCMonth() + 1) && (eitherDay ? byDate || byWeekday : byDate && byWeekday);
		if (!day) ms = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
		else if (!has(1, date.getUTCHours())) ms += (60 - date.getUTCMinutes()) * minuteMs;
		else if (!has(0, date.getUTCMinutes())) ms += minuteMs;
		else return ms;
	}
	return undefined;
}

function numberOf(word: string, {low, names = []}: Range): number {
	const name = names.indexOf(word.toUpperCase());
	return name >= 0 ? name + low : Number(word);
}

function valuesOf(field: string, range: Range): ReadonlySet<number> | undefined {
	const {low, high} = range;
	const values = new Set<number>();
	for (const part of field.split(',')) {
		const [, from, to, step] = /^([*?]|\d+|[A-Za-z]{3})(?:-(\d+|[A-Za-z]{3}))?(?:\/(\d+))?$/.exec(part) ?? [];
		if (from === undefined) return undefined;
		const first = isAny(from) ? low : numberOf(from, range);
		const last = to !== undefined ? numberOf(to, range) : isAny(from) || step !== undefined ? high : first;
		if (Number.isNaN(first) || Number.isNaN(last)) return undefined;
		for (let value = first; value <= last; value += Math.max(1, Number(step ?? 1))) values.add(high === 6 ? value % 7 : value);
	}
	return values;
}
