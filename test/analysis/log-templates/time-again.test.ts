import {expect, test} from 'vitest';
import {timeAgain} from '../../../src/analysis/log-templates/time-again.ts';
import {timestampAt} from '../../../src/analysis/log-templates/timestamp.ts';

const lines = [
	'2026-03-01T10:00:00.289Z up 5',
	'2026-03-01 10:00:00,07 up',
	'2026-03-01T10:00:00.123456-0330 up',
	'2005-06-14-11.02.30.070774 x',
	'20171223-22:15:29:606|x',
	'17/06/09 20:10:58 INFO',
	'081109 203518 148',
	'10/Oct/2026:13:55:36 +0200]',
	'9 Oct 2026 13:55:36.5 x',
	'Sun Dec 04 20:32:37 2005] x',
	'Mon, 02 Jan 2006 15:04:05 GMT',
	'1700000000.25 x',
	'1700000000250 x',
	'1700000000 x',
	'Jul  9 12:16:49 host',
	'03-17 16:13:38.811 1702',
	'I0321 10:00:00.000000 1',
	'12:01:01 x',
	'2026-03-01 up',
];
const before = 'at: ';

/** Lines with other digits here and there, the same each time. */
function* others(line: string): Generator<string> {
	let state = 7;
	const next = () => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
		return state / 0x80000000;
	};
	for (let round = 0; round < 400; round++) yield line.replaceAll(/\d/g, digit => (next() < 0.2 ? String(Math.floor(next() * 10)) : digit));
}

test.each(lines)('the times of lines like %s are those that are found anew', line => {
	const first = timestampAt(line, 0);
	const again = timeAgain(before + line, before.length, first?.atMs());
	let read = 0;
	for (const other of [line, ...others(line)]) {
		const atMs = again(before + other);
		// It may say that it does not know.
		if (Number.isNaN(atMs)) continue;
		read += 1;
		const anew = timestampAt(other, 0);
		expect([other, anew?.end, anew?.atMs()]).toEqual([other, first?.end, atMs]);
	}
	expect(read).toBeGreaterThan(40);
});
