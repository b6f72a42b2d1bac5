/** Longer than four years: a 29th of February comes within. */
const horizonDays = 1500;
const dayMs = 24 * 60 * 60 * 1000;

/** Whether a schedule of five fields has a day in the next four years; one that cannot be read has none. */
export function scheduleFires(schedule: string, nowMs: number): boolean {
	if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every .+)$/.test(schedule)) return true;
	const [, , dayText = '', monthText = '', weekdayText = '', ...more] = schedule.trim().split(/\s+/);
	const [days, months, weekdays] = [numbersOf(dayText, 1, 31), numbersOf(monthText, 1, 12), numbersOf(weekdayText, 0, 7)];
	if (days === undefined || months === undefined || weekdays === undefined || more.length > 0) return false;
	const isFree = dayText === '*' || weekdayText === '*';
	return Array.from({length: horizonDays}, (_, index) => new Date(nowMs + index * dayMs)).some(date => {
		const byDay = days.has(date.getUTCDate());
		const byWeekday = weekdays.has(date.getUTCDay()) || (date.getUTCDay() === 0 && weekdays.has(7));
		// Where both are restricted, one of them is enough.
		return months.has(date.getUTCMonth() + 1) && (isFree ? byDay && byWeekday : byDay || byWeekday);
	});
}

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const monthNames = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// The numbers of one field, such as `1-5`, `*/15` or `mon,fri`; undefined for what is none.
function numbersOf(field: string, lowest: number, highest: number): ReadonlySet<number> | undefined {
	const words = lowest === 0 ? names : monthNames;
	const numberOf = (text: string) => (/^\d+$/.test(text) ? Number(text) : words.indexOf(text.toLowerCase()));
	const found = new Set<number>();
	for (const part of field.split(',')) {
		const match = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
		if (match === null) return undefined;
		const [, start = '', end, step] = match;
		const isAll = start === '*' || start === '?';
		const from = isAll ? lowest : numberOf(start);
		const to = end === undefined ? (isAll || step !== undefined ? highest : from) : numberOf(end);
		if (from < lowest || to > highest || from > to || step === '0') return undefined;
		for (let number = from; number <= to; number += Number(step ?? 1)) found.add(number);
	}
	return found;
}
