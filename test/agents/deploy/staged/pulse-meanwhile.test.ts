import {expect, test} from 'vitest';
import {pulseMeanwhile} from '../../../../src/agents/deploy/staged/pulse-meanwhile.ts';
import {manualClock} from '../../../support/manual-clock.ts';

function meanwhile(pulse: () => Promise<void>) {
	const clock = manualClock();
	const {promise, resolve, reject} = Promise.withResolvers<string>();
	return {clock, resolve, reject, ended: pulseMeanwhile(promise, pulse, {clock})};
}

test('pulses every two seconds while a server does not answer', async () => {
	let pulses = 0;
	const {clock, resolve, ended} = meanwhile(async () => void pulses++);
	await clock.advance(30_000);
	expect(pulses).toBe(15);
	resolve('answer');
	expect(await ended).toBe('answer');
	await clock.advance(30_000);
	expect(pulses).toBe(15);
});

test('is over at once where nothing is waited for', async () => {
	const {resolve, ended} = meanwhile(() => Promise.reject(new Error('not asked')));
	resolve('answer');
	expect(await ended).toBe('answer');
});

test('a request of somebody else is heard while the server is silent, and what the server says later disturbs nobody', async () => {
	const {clock, reject, ended} = meanwhile(() => Promise.reject(new Error('somebody wants it back')));
	const failed = expect(ended).rejects.toThrow('somebody wants it back');
	await clock.advance(2000);
	await failed;
	reject(new Error('too late'));
});
