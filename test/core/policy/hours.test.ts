import {expect, test} from 'vitest';
import {isWithinHours, parseHours} from '../../../src/core/policy/hours.ts';

// 2026-11-27 is a Friday. Berlin is an hour before UTC in winter and two in summer; its clocks change on 2026-03-29 and 2026-10-25 at 01:00 UTC.
test.each<[hours: string, at: string, isWithin: boolean]>([
	['09:00-17:00', '2026-11-27T09:00:00Z', true],
	['09:00-17:00', '2026-11-27T16:59:59Z', true],
	['09:00-17:00', '2026-11-27T17:00:00Z', false],
	['09:00-17:00', '2026-11-27T08:59:59Z', false],
	['22:00-06:00', '2026-11-27T22:00:00Z', true],
	['22:00-06:00', '2026-11-27T23:59:59Z', true],
	['22:00-06:00', '2026-11-28T00:00:00Z', true],
	['22:00-06:00', '2026-11-28T05:59:00Z', true],
	['22:00-06:00', '2026-11-28T06:00:00Z', false],
	['22:00-06:00', '2026-11-27T12:00:00Z', false],
	['18:00-24:00', '2026-11-27T23:59:59Z', true],
	['18:00-24:00', '2026-11-28T00:00:00Z', false],
	['18:00-00:00', '2026-11-27T23:59:59Z', true],
	['18:00-00:00', '2026-11-28T00:00:00Z', false],
	['00:00-24:00', '2026-11-28T00:00:00Z', true],
	['22:00-06:00 Europe/Berlin', '2026-11-27T21:00:00Z', true],
	['22:00-06:00 Europe/Berlin', '2026-11-27T20:59:59Z', false],
	['22:00-06:00 Europe/Berlin', '2026-11-28T05:00:00Z', false],
	['22:00-06:00 Europe/Berlin', '2026-07-10T20:00:00Z', true],
	['22:00-06:00 Europe/Berlin', '2026-07-11T04:00:00Z', false],
	['01:00-02:00 Europe/Berlin', '2026-10-25T00:30:00Z', false],
	['02:00-03:00 Europe/Berlin', '2026-10-25T00:30:00Z', true],
	['02:00-03:00 Europe/Berlin', '2026-10-25T01:30:00Z', true],
	['02:00-03:00 Europe/Berlin', '2026-03-29T01:30:00Z', false],
	['09:00-17:00 Asia/Kolkata', '2026-11-27T03:30:00Z', true],
	['09:00-17:00 Asia/Kolkata', '2026-11-27T03:29:00Z', false],
	['Mon-Fri 09:00-17:00', '2026-11-27T12:00:00Z', true],
	['Mon-Fri 09:00-17:00', '2026-11-28T12:00:00Z', false],
	['Fri 22:00-06:00', '2026-11-28T05:00:00Z', true],
	['Fri 22:00-06:00', '2026-11-27T05:00:00Z', false],
	['Sat 22:00-06:00', '2026-11-28T05:00:00Z', false],
	['Sat,Sun', '2026-11-28T12:00:00Z', true],
	['Sat,Sun', '2026-11-27T23:59:59Z', false],
	['Sat,Sun Asia/Tokyo', '2026-11-27T15:00:00Z', true],
	['Fri-Mon 10:00-11:00', '2026-11-29T10:30:00Z', true],
	['Fri-Mon 10:00-11:00', '2026-12-01T10:30:00Z', false],
	['sun-MON', '2026-11-29T00:00:00Z', true],
	['Sun 23:00-01:00 America/New_York', '2026-11-30T05:30:00Z', true],
])('%s at %s: %s', (hours, at, isWithin) => {
	expect(isWithinHours(hours, Date.parse(at))).toBe(isWithin);
});

test.each([
	'',
	'night',
	'22-06',
	'9:00-17:00',
	'24:00-06:00',
	'09:00-24:01',
	'09:00-09:00',
	'Mon-',
	'Mon-Fri-Sat',
	'Mon,',
	'UTC',
	'09:00-17:00 Mars/Phobos',
	'09:00-17:00 UTC UTC',
])('%j are no hours', text => {
	expect(parseHours(text)).toBeUndefined();
	expect(isWithinHours(text, 0)).toBe(false);
});
