import {expect, test} from 'vitest';
import {throughOutages} from '../../../../src/agents/deploy/rollout/through-outages.ts';
import {MkcoaError, type TroubleKind} from '../../../../src/core/error.ts';

const failing = (kind: TroubleKind) => () => Promise.reject(new MkcoaError({kind, code: 'server-error', what: 'The server answered 500'}));

test('an outage is told and outlived for a minute, counted anew after each answer', async () => {
	const notes: string[] = [];
	const look = throughOutages(event => event.kind === 'note' && notes.push(event.text), 30_000);
	for (const answer of [
		failing('environment'),
		failing('environment'),
		async () => 'there',
		failing('environment'),
		failing('environment'),
	])
		expect([undefined, 'there']).toContain(await look<string>(answer));
	expect(notes).toHaveLength(4);
	await expect(look(failing('environment'))).rejects.toThrow('The server answered 500');
});

test.each<TroubleKind>(['auth', 'usage'])('what no waiting mends is told at once: %s', async kind => {
	await expect(throughOutages(() => {}, 1000)(failing(kind))).rejects.toThrow('The server answered 500');
});
