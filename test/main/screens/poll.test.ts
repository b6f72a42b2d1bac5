import {expect, test} from 'vitest';
import type {Clock} from '../../../src/core/clock.ts';
import {type Polled, poll} from '../../../src/main/screens/poll.ts';
import {manualClock} from '../../support/manual-clock.ts';

/** Reads that the test answers. */
function polling(read: (turn: number, clock: Clock) => Promise<string>, {everyMs = 1000, limitMs = 5000} = {}) {
	const clock = manualClock();
	const abort = new AbortController();
	const told: Polled<string>[] = [];
	let turns = 0;
	const over = poll(
		() => {
			turns += 1;
			return read(turns, clock);
		},
		polled => void told.push(polled),
		{clock, everyMs, limitMs, signal: abort.signal},
	);
	return {clock, told, turns: () => turns, stop: () => abort.abort(), over};
}

test('reads again after each rest, and tells failures as well', async () => {
	const {clock, told, stop, over} = polling(async turn => {
		if (turn === 2) throw new Error('gone');
		return `read ${turn}`;
	});
	await clock.advance(2500);
	expect(told).toEqual([{value: 'read 1'}, {error: new Error('gone')}, {value: 'read 3'}]);
	stop();
	await over;
});

test('a read that takes too long has failed, and the next one is made', async () => {
	const {clock, told, stop, over} = polling(turn => (turn === 1 ? new Promise<string>(() => {}) : Promise.resolve('there')));
	await clock.advance(5000);
	expect(told).toMatchObject([{error: {trouble: {code: 'timed-out', what: 'There was no answer within 5 s'}}}]);
	await clock.advance(45_000);
	expect(told[1]).toEqual({value: 'there'});
	stop();
	await over;
});

test('after a long read rests longer, so that a tenth of the time is spent reading', async () => {
	const {clock, turns, stop, over} = polling((_, time) => new Promise<string>(resolve => void time.schedule(2000, () => resolve('late'))));
	await clock.advance(19_900);
	expect(turns()).toBe(1);
	await clock.advance(200);
	expect(turns()).toBe(2);
	stop();
	await over;
});

test('nothing is told after the end', async () => {
	const {promise, resolve} = Promise.withResolvers<string>();
	const {told, stop, over} = polling(() => promise);
	stop();
	resolve('late');
	await over;
	expect(told).toEqual([]);
});
