import {kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import type {Intent} from '../understanding.ts';
import {givesOrder} from '../words/mood/mood-of.ts';

const clock = /(?<![\d.:/\w-])(\d{1,2}):(\d{2})(?![\d:])|(?<!\d)(\d{1,2})\s?시(?!간)(?:\s?(\d{1,3})\s?분)?/g;
const intervals: readonly (readonly [said: RegExp, most: number])[] = [
	[/\bevery (\d+)[ -]?(?:minutes?|mins?|m)\b|(\d+)\s?분\s?(?:마다|간격|에\s?한\s?번)/i, 59],
	[/\bevery (\d+)[ -]?(?:hours?|hrs?|h)\b|(\d+)\s?시간\s?(?:마다|간격|에\s?한\s?번)/i, 24],
];

/** The part of a text that names a moment of the day, or a pace, that no schedule can hold. */
function strangeTime(text: string): string | undefined {
	const moment = [...text.matchAll(clock)].find(([, hour, minute, koreanHour, koreanMinute]) => {
		const [hours, minutes] = [Number(hour ?? koreanHour), Number(minute ?? koreanMinute ?? 0)];
		return hours > 24 || minutes > 59 || (hours === 24 && minutes > 0);
	});
	if (moment !== undefined) return moment[0].trim();
	const day =
		/매월\s?(3[2-9]|[4-9]\d)\s?일|\b(?:3[2-9]|[4-9]\d)(?:st|nd|rd|th)\b|\bfeb(?:ruary)? (?:the )?(?:30|31)\b|\b(?:30|31)(?:st|th)? (?:of )?feb(?:ruary)?\b|2월\s?3[01]일/i.exec(
			text,
		)?.[0];
	if (day !== undefined) return day;
	return intervals.flatMap(([said, most]) => {
		const found = said.exec(text);
		return found !== null && (Number(found[1] ?? found[2]) > most || Number(found[1] ?? found[2]) === 0) ? [found[0]] : [];
	})[0];
}

/** `run it at 25:00`, `every 90 minutes`: which time is meant is the person's to say. */
export const askTime: Intent = {
	name: 'ask for a time that there is',
	async understand(clause, world) {
		const time = strangeTime(clause.text);
		if (time === undefined || !givesOrder(clause.text)) return undefined;
		const isOfSchedule =
			kindsIn(clause).some(({kind}) => kind === 'CronJob') || (await mentionsIn(clause, world, ['CronJob'])).mentions.length > 0;
		if (!isOfSchedule) return undefined;
		return {
			kind: 'question',
			text:
				clause.language === 'ko'
					? `${time}: 스케줄로 쓸 수 없는 시각이나 간격입니다. 몇 시 몇 분(00:00~23:59)에, 또는 어떤 간격으로 실행할까요?`
					: `No schedule can say ${time}: hours go from 0 to 23, minutes from 0 to 59, and each month has its days. At which time, or how often, should it run?`,
			choices: [],
		};
	},
};
