import type {Clause} from '../clause.ts';

/** A time of a clock, 24 hours. */
export type TimeOfDay = {readonly hour: number; readonly minute: number; readonly at: number};

const named: {readonly [word: string]: number} = {noon: 12, midday: 12, midnight: 0, 정오: 12, 자정: 0};

/** The first time of day: `03:40`, `4:15 in the evening`, `9am`, `noon`, `오전 9시`, `새벽 3시 반`. */
export function timeOfDayIn({words}: Pick<Clause, 'words'>): TimeOfDay | undefined {
	for (const [at, {text, quoted}] of words.entries()) {
		if (quoted) continue;
		const fixed = named[text];
		if (fixed !== undefined) return {hour: fixed, minute: 0, at};
		const found = clock(text) ?? korean(text, words[at + 1]?.text ?? '');
		if (found === undefined) continue;
		const around = words.slice(Math.max(0, at - 1), at + 4).map(word => word.text);
		return {...found, hour: halfDay(found.hour, around), at};
	}
	return undefined;
}

function clock(text: string) {
	const parts = /^(\d{1,2}):(\d{2})(am|pm)?$/.exec(text) ?? /^(\d{1,2})()(am|pm)$/.exec(text);
	if (parts === null) return undefined;
	const [, hour, minute, half] = parts;
	const value = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
	return value < 24 && Number(minute) < 60 ? {hour: value, minute: Number(minute)} : undefined;
}

/** `9시`, `9시 30분`, `3시 반`. */
function korean(text: string, next: string) {
	const hour = /^(\d{1,2})시$/.exec(text)?.[1];
	if (hour === undefined || Number(hour) > 24) return undefined;
	const minute = /^(\d{1,2})분$/.exec(next)?.[1];
	return {hour: Number(hour) % 24, minute: next === '반' ? 30 : Number(minute ?? 0)};
}

function halfDay(hour: number, around: readonly string[]): number {
	const says = (...words: string[]) => words.some(word => around.includes(word));
	if (hour < 12 && says('pm', 'p.m', 'afternoon', 'evening', 'night', '오후', '저녁', '밤')) return hour + 12;
	return hour === 12 && says('am', 'a.m', '오전', '새벽') ? 0 : hour;
}
