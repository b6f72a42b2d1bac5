import {numberOf} from './number-words.ts';

/** A moment of the day, 0 to 23 and 0 to 59. */
export type TimeOfDay = {readonly hour: number; readonly minute: number};

const englishHour = /\b(?:at |from )?(\d{1,2})(?:[:.](\d{2}))? ?(a\.?m\.?|p\.?m\.?)(?![a-z])/g;
const clock = /(?<![\d.:/\w-])([01]?\d|2[0-4]):([0-5]\d)(?!:?\d|\w)/g;
const wordTime = /\b(noon|midday|midnight)\b|정오|자정/g;
const halfPast =
	/\b(half|quarter|five|ten|twenty(?:[ -]five)?|[1-5]?\d)(?: minutes?)? (past|to|after|before) (\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b( ?(?:am|pm|[ap]\.m\.?|in the morning|in the afternoon|in the evening|at night))?/g;
const koreanHour =
	/(오전|오후|새벽|아침|저녁|밤|낮|점심)? ?(\d{1,2}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|열한|열두)시(?!간)(?: ?(\d{1,2})분(?!마다)| ?(반))?/g;
const bareHour =
	/\b(?:at|around) (\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o'?clock)?(?: (in the morning|in the afternoon|in the evening|at night))?(?![\d:.%]| ?(?:am|pm|a\.m|p\.m|minutes?|hours?|past|pods?|replicas?|%|percent))\b/g;

const english = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const korean = ['', '한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열', '열한', '열두'];

const hourNumber = (word: string) => (/^\d+$/.test(word) ? Number(word) : Math.max(english.indexOf(word), korean.indexOf(word)));

/** Twelve is the first hour of its half of the day. */
const inHalf = (hour: number, isAfternoon: boolean) => (isAfternoon ? (hour % 12) + 12 : hour % 12);

const byPart = (hour: number, part: string | undefined): number => {
	if (part === undefined || hour > 12) return hour % 24;
	if (/오후|저녁|afternoon|evening|p\.?m|낮|점심/.test(part)) return /낮|점심/.test(part) && hour >= 10 ? hour : inHalf(hour, true);
	// Eleven at night is before midnight, two at night is after it.
	if (/밤|night/.test(part)) return hour >= 6 && hour !== 12 ? hour + 12 : hour % 12;
	return hour % 12;
};

type Found = TimeOfDay & {readonly at: number; readonly end: number};

function halfTimes(text: string): readonly Found[] {
	return [...text.matchAll(halfPast)].map(match => {
		const [all, share, side, word = '', part] = match;
		const step = share === 'half' ? 30 : share === 'quarter' ? 15 : (numberOf((share ?? '').replace(' ', '-')) ?? 0);
		const hour = byPart(hourNumber(word), part);
		const minutes = hour * 60 + (side === 'past' || side === 'after' ? step : -step);
		return {hour: Math.floor(((minutes + 1440) % 1440) / 60), minute: (minutes + 60) % 60, at: match.index, end: match.index + all.length};
	});
}

/**
 * The times of day that a text names, in the order of the text: `03:40`, `3 pm`, `half past two`, `noon`, `오후 3시 30분`, `새벽 두시 반`.
 * A bare hour counts after `at` alone.
 */
export function timesOfDay(text: string): readonly Found[] {
	const lower = text.toLowerCase();
	const span = (match: RegExpExecArray) => ({at: match.index, end: match.index + match[0].length});
	const all: readonly Found[] = [
		...halfTimes(lower),
		...[...lower.matchAll(englishHour)].map(match => ({
			hour: inHalf(Number(match[1]), /^p/.test(match[3] ?? '')),
			minute: Number(match[2] ?? 0),
			...span(match),
		})),
		...[...lower.matchAll(koreanHour)].map(match => ({
			hour: byPart(hourNumber(match[2] ?? ''), match[1]),
			minute: match[4] === undefined ? Number(match[3] ?? 0) : 30,
			...span(match),
		})),
		...[...lower.matchAll(clock)].map(match => {
			const before = /(오전|오후|새벽|아침|저녁|밤) ?$/.exec(lower.slice(0, match.index))?.[1];
			const behind = /^ ?(in the (?:morning|afternoon|evening)|at night)\b/.exec(lower.slice(match.index + match[0].length))?.[1];
			return {hour: byPart(Number(match[1]), before ?? behind), minute: Number(match[2]), ...span(match)};
		}),
		...[...lower.matchAll(wordTime)].map(match => ({hour: /noon|midday|정오/.test(match[0]) ? 12 : 0, minute: 0, ...span(match)})),
		...[...lower.matchAll(bareHour)].map(match => ({hour: byPart(hourNumber(match[1] ?? ''), match[2]), minute: 0, ...span(match)})),
	];
	const apart = all.filter((each, index) => !all.slice(0, index).some(other => each.at < other.end && other.at < each.end));
	return apart.toSorted((left, right) => left.at - right.at);
}
