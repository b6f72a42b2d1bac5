const ranges: readonly (readonly [number, number])[] = [
	[0, 59],
	[0, 23],
	[1, 31],
	[1, 12],
	[0, 6],
];
const shorthand: Readonly<Record<string, string>> = {
	'@hourly': '0 * * * *',
	'@daily': '0 0 * * *',
	'@midnight': '0 0 * * *',
	'@weekly': '0 0 * * 0',
	'@monthly': '0 0 1 * *',
	'@yearly': '0 0 1 1 *',
};
const minuteMs = 60_000;
const horizonMs = 5 * 366 * 86_400_000;

/** The next moment (UTC, whole minutes) after `afterMs` that a five-field cron text names; undefined for a text that names none. */
export function nextRun(schedule: string, afterMs: number): number | undefined {
	const fields = (shorthand[schedule.trim()] ?? schedule).trim().split(/\s+/);
	const sets = ranges.map(([low, high], index) => valuesOf(fields[index] ?? '', low, high));
	if (fields.length !== 5 || sets.some(set => set === undefined || set.size === 0)) return undefined;
	const has = (index: number, value: number) => sets[index]?.has(value) === true;
	// A day matches by either field when both are restricted, as in every cron.
	const eitherDay = fields[2] !== '*' && fields[4] !== '*';
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

function valuesOf(field: string, low: number, high: number): ReadonlySet<number> | undefined {
	const values = new Set<number>();
	for (const part of field.split(',')) {
		const [, from, to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
		if (from === undefined) return undefined;
		const first = from === '*' ? low : Number(from);
		const last = to !== undefined ? Number(to) : from === '*' || step !== undefined ? high : first;
		for (let value = first; value <= last; value += Math.max(1, Number(step ?? 1))) values.add(high === 6 ? value % 7 : value);
	}
	return values;
}
