import {expect, test} from 'vitest';
import {lookTimer} from '../../../../src/agents/incident/watch/look-timer.ts';
import {manualClock} from '../../../support/manual-clock.ts';

/** What was looked at, and at which millisecond. Each look takes so long. */
function world(dues: readonly (number | undefined)[] = [], lookMs = 0) {
	const manual = manualClock(0);
	let lookedMs = 0;
	const clock = {...manual, now: () => manual.now() + lookedMs};
	const looks: string[] = [];
	const left = [...dues];
	const timer = lookTimer(clock, changed => {
		looks.push(`${clock.now()} ${changed === 'all' ? 'all' : [...changed].join()}`);
		lookedMs += lookMs;
		return left.shift();
	});
	return {clock, looks, timer};
}

test('looks a twentieth of a second after the first of several changes, at what changed', async () => {
	const {clock, looks, timer} = world();
	timer.touch('early');
	await clock.advance(1000);
	timer.start();
	timer.touch('shop');
	await clock.advance(30);
	timer.touch('other');
	await clock.advance(1000);
	timer.touch('shop');
	timer.touch(undefined);
	await clock.advance(1000);
	expect(looks).toEqual(['1000 all', '1050 shop,other', '2080 all']);
});

test.each([
	{lookMs: 120, expected: ['0 all', '1170 shop', '1410 other']},
	{lookMs: 700, expected: ['0 all', '1750 shop', '2650 other']},
])('rests after a look of $lookMs ms, and is as quick as ever once it has', async ({lookMs, expected}) => {
	const {clock, looks, timer} = world([], lookMs);
	timer.start();
	await clock.advance(1000);
	timer.touch('shop');
	await clock.advance(50);
	timer.touch('other');
	await clock.advance(1000);
	expect(looks).toEqual(expected);
});

test('looks again when something is due, and each minute in any case', async () => {
	const {clock, looks, timer} = world([5000, undefined, 1_000_000]);
	timer.start();
	await clock.advance(125_000);
	expect(looks).toEqual(['0 all', '5000 all', '65000 all', '125000 all']);
});

test('looks no more once it is stopped', async () => {
	const {clock, looks, timer} = world();
	timer.start();
	timer.touch('shop');
	timer.stop();
	timer.touch('shop');
	await clock.advance(600_000);
	expect(looks).toEqual(['0 all']);
});
