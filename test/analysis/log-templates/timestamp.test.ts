import {expect, test} from 'vitest';
import {timestampAt} from '../../../src/analysis/log-templates/timestamp.ts';

test.each([
	['2026-03-01T10:00:00.289Z up', '2026-03-01T10:00:00.289Z', '2026-03-01T10:00:00.289Z'],
	['2026-03-01 10:00:00,07 up', '2026-03-01 10:00:00,07', '2026-03-01T10:00:00.070Z'],
	['2026-03-01T10:00:00-0330 up', '2026-03-01T10:00:00-0330', '2026-03-01T13:30:00.000Z'],
	['2005-06-14-11.02.30.070774 x', '2005-06-14-11.02.30.070774', '2005-06-14T11:02:30.070Z'],
	['20171223-22:15:29:606|x', '20171223-22:15:29:606', '2017-12-23T22:15:29.606Z'],
	['17/06/09 20:10:58 INFO', '17/06/09 20:10:58', '2017-06-09T20:10:58.000Z'],
	['081109 203518 148', '081109 203518', '2008-11-09T20:35:18.000Z'],
	['10/Oct/2026:13:55:36 +0200]', '10/Oct/2026:13:55:36 +0200', '2026-10-10T11:55:36.000Z'],
	['Sun Dec 04 20:32:37 2005] x', 'Sun Dec 04 20:32:37 2005', '2005-12-04T20:32:37.000Z'],
	['Mon, 02 Jan 2006 15:04:05 GMT', 'Mon, 02 Jan 2006 15:04:05 GMT', '2006-01-02T15:04:05.000Z'],
	['1700000000.25 x', '1700000000.25', '2023-11-14T22:13:20.250Z'],
	['1700000000250 x', '1700000000250', '2023-11-14T22:13:20.250Z'],
	['Jul  9 12:16:49 host', 'Jul  9 12:16:49', undefined],
	['03-17 16:13:38.811 1702', '03-17 16:13:38.811', undefined],
	['I0321 10:00:00.000000 1', 'I0321 10:00:00.000000', undefined],
	['12:01:01 x', '12:01:01', undefined],
	['10:01:01 AM x', '10:01:01 AM', undefined],
	['10:01AM x', '10:01AM', undefined],
])('reads the time of %s', (text, found, time) => {
	const timestamp = timestampAt(text, 0);
	expect(text.slice(0, timestamp?.end)).toBe(found);
	expect(timestamp?.atMs()).toBe(time === undefined ? undefined : Date.parse(time));
});

test.each(['17 users', '10.0.0.1', '1234', 'May be', 'INFO up', '12:30', 'I am', '123456 7', ''])('%s is no time', text => {
	expect(timestampAt(text, 0)).toBeUndefined();
});

test('a line that begins as the one before may go on otherwise', () => {
	const read = (text: string) => {
		const timestamp = timestampAt(text, 0);
		return [text.slice(0, timestamp?.end), timestamp?.atMs()];
	};
	const at = '2026-03-01 10:00:00';
	for (let round = 0; round < 2; round++) {
		expect(read(`${at} and many words`)).toEqual([at, Date.parse(`${at}Z`)]);
		expect(read(`${at} +0200 and words`)).toEqual([`${at} +0200`, Date.parse('2026-03-01T08:00:00Z')]);
		expect(read(`${at},5 and many words`)).toEqual([`${at},5`, Date.parse('2026-03-01T10:00:00.5Z')]);
		expect(read(at)).toEqual([at, Date.parse(`${at}Z`)]);
		expect(read(`${at}x and many words`)).toEqual(['2026-03-01', undefined]);
	}
});
