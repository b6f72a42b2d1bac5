import {describe, expect, test} from 'vitest';
import {LeaseLost, renewBeside} from '../../../../../src/agents/deploy/staged/lease/renew-beside.ts';
import {MkcoaError} from '../../../../../src/core/error.ts';
import {manualClock} from '../../../../support/manual-clock.ts';

const away = new MkcoaError({kind: 'environment', code: 'unreachable', what: 'The server does not answer'});
const refused = new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'alice may not patch leases'});
const never = () => new Promise<never>(() => {});

/** Some work beside which a Lease is renewed, each time as `fates` say. */
function renewing(fates: readonly (Error | undefined)[], work: (signal: AbortSignal) => Promise<string>, ranOut = () => false) {
	const clock = manualClock();
	const times: number[] = [];
	const beganMs = clock.now();
	const renew = async () => {
		times.push((clock.now() - beganMs) / 1000);
		const fate = fates[times.length - 1];
		if (fate !== undefined) throw fate;
	};
	const end = renewBeside(work, {clock, signal: new AbortController().signal, renew, ranOut}).then(
		value => ({value}),
		(error: unknown) => ({error}),
	);
	return {clock, times, end};
}

describe('renewBeside', () => {
	test('renews every ten seconds while the work waits for something that does not answer', async () => {
		const {clock, times} = renewing([], never);
		await clock.advance(45_000);
		expect(times).toEqual([10, 20, 30, 40]);
	});

	test('ends with the work, and renews no more', async () => {
		const {clock, times, end} = renewing([], async () => 'done');
		expect(await end).toEqual({value: 'done'});
		await clock.advance(60_000);
		expect(times).toEqual([]);
	});

	test('a server that is away is tried every two seconds, and the work goes on', async () => {
		const {clock, times} = renewing([undefined, away, away], never, () => true);
		await clock.advance(35_000);
		expect(times).toEqual([10, 20, 22, 24, 34]);
	});

	test('a loss aborts the work, and is not waited for where the work does not listen', async () => {
		let heard: unknown;
		const lost = new LeaseLost('bob@there took the rollout over');
		const {clock, times, end} = renewing([undefined, lost], signal => {
			signal.addEventListener('abort', () => {
				heard = signal.reason;
			});
			return never();
		});
		await clock.advance(20_000);
		expect(await end).toEqual({error: lost});
		expect(heard).toBe(lost);
		await clock.advance(60_000);
		expect(times).toEqual([10, 20]);
	});

	test('a right that was taken away counts when the Lease has run out', async () => {
		const clock = {ranOut: false};
		const made = renewing([refused, refused, refused], never, () => clock.ranOut);
		await made.clock.advance(13_000);
		clock.ranOut = true;
		await made.clock.advance(2_000);
		expect(await made.end).toEqual({error: refused});
	});

	test('work that fails after the loss fails for nobody', async () => {
		const lost = new LeaseLost('somebody took it');
		const {promise, reject} = Promise.withResolvers<never>();
		const {clock, end} = renewing([lost], () => promise);
		await clock.advance(10_000);
		expect(await end).toEqual({error: lost});
		reject(new Error('much later'));
		await clock.advance(1);
	});
});
