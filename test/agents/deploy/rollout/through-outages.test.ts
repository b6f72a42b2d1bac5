import {expect, test} from 'vitest';
import {throughOutages} from '../../../../src/agents/deploy/rollout/through-outages.ts';
import {MkcoaError, type TroubleKind} from '../../../../src/core/error.ts';
import type {Emit} from '../../../../src/core/event.ts';
import {manualClock} from '../../../support/manual-clock.ts';

const failing = (kind: TroubleKind) => () => Promise.reject(new MkcoaError({kind, code: 'server-error', what: 'The server answered 500'}));

function looking(everyMs: number) {
	const clock = manualClock();
	const notes: string[] = [];
	const emit: Emit = event => void (event.kind === 'note' && notes.push(event.text));
	return {clock, notes, look: throughOutages({clock, emit}, everyMs)};
}

test('an outage is outlived for a minute, counted anew after each answer', async () => {
	const {notes, look} = looking(30_000);
	for (const answer of [
		failing('environment'),
		failing('environment'),
		async () => 'there',
		failing('environment'),
		failing('environment'),
	])
		expect([undefined, 'there']).toContain(await look<string>(answer));
	expect(notes).toEqual(Array(2).fill('The cluster does not answer, looking again: The server answered 500'));
	await expect(look(failing('environment'))).rejects.toThrow('The server answered 500');
});

test('an outage is told again while it lasts, with its beginning and its end', async () => {
	const {clock, notes, look} = looking(2000);
	for (let looks = 0; looks < 25; looks++) {
		await look(failing('environment'));
		await clock.advance(2000);
	}
	await look(async () => 'there');
	expect(notes).toEqual([
		'The cluster does not answer, looking again: The server answered 500',
		'The cluster has not answered for 10s, since 00:00:00 UTC. It keeps what it has; mkcoa asks until 00:01:00 UTC',
		'The cluster has not answered for 40s, since 00:00:00 UTC. It keeps what it has; mkcoa asks until 00:01:00 UTC',
		'The cluster answers again, after 50s',
	]);
});

test.each<TroubleKind>(['auth', 'usage'])('what no waiting mends is told at once: %s', async kind => {
	await expect(looking(1000).look(failing(kind))).rejects.toThrow('The server answered 500');
});
