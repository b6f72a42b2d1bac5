import {expect, test} from 'vitest';
import {pastClock} from '../../../src/sandbox/scenarios/past-clock.ts';
import {manualClock} from '../../support/manual-clock.ts';

test('hurries through its timers in order, each at its own time', async () => {
	const clock = pastClock(manualClock(10_000), 0);
	const seen: string[] = [];
	clock.schedule(3000, () => seen.push(`b ${clock.now()}`));
	clock.schedule(1000, () => {
		seen.push(`a ${clock.now()}`);
		clock.schedule(500, () => seen.push(`c ${clock.now()}`));
	});
	await clock.hurryTo(5000);
	expect(seen).toEqual(['a 1000', 'c 1500', 'b 3000']);
	expect(clock.now()).toBe(5000);
});

test('becomes the given clock, which takes over what is still due', async () => {
	const present = manualClock(10_000);
	const clock = pastClock(present, 0);
	const seen: number[] = [];
	clock.schedule(12_000, () => seen.push(clock.now()));
	const cancel = clock.schedule(11_000, () => seen.push(-1));
	await clock.join();
	expect(clock.now()).toBe(10_000);
	cancel();
	await present.advance(3000);
	expect(seen).toEqual([12_000]);
	expect(clock.now()).toBe(13_000);
});
