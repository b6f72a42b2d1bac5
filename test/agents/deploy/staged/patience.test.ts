import {expect, test} from 'vitest';
import {patience} from '../../../../src/agents/deploy/staged/patience.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import {manualClock} from '../../../support/manual-clock.ts';

const away = new MkcoaError({kind: 'environment', code: 'unreachable', what: 'The server does not answer'});

function patient() {
	const clock = manualClock();
	const beganMs = clock.now();
	const notes: string[] = [];
	const patiently = patience({
		clock,
		signal: new AbortController().signal,
		emit: event => void (event.kind === 'note' && notes.push(`${(clock.now() - beganMs) / 1000} s: ${event.text}`)),
	});
	const ended = (go: () => Promise<unknown>) =>
		patiently(go).then(
			value => ({value}),
			(error: unknown) => ({error}),
		);
	return {clock, notes, ended};
}

test('an outage during a rollout is told after ten seconds and every thirty since, until it is given up', async () => {
	const {clock, notes, ended} = patient();
	const end = ended(() => Promise.reject(away));
	await clock.advance(200_000);
	expect(await end).toEqual({error: away});
	const until = 'It keeps what it has; mkcoa asks until 00:03:00 UTC';
	expect(notes).toEqual([
		'0 s: The cluster does not answer, trying again: The server does not answer',
		...[10, 40, 70, 100].map(s => `${s} s: The cluster has not answered for ${s}s, since 00:00:00 UTC. ${until}`),
		...[130, 160].map(s => `${s} s: The cluster has not answered for 2m, since 00:00:00 UTC. ${until}`),
	]);
});

test('a server that takes a question and hangs is told, too, and what that lasts counts', async () => {
	const {clock, notes, ended} = patient();
	let tries = 0;
	const hangs = () => {
		tries += 1;
		return new Promise((_resolve, reject) => void clock.schedule(58_000, () => reject(away)));
	};
	const end = ended(hangs);
	await clock.advance(240_000);
	expect(await end).toEqual({error: away});
	expect(tries).toBe(4);
	expect(notes.slice(0, 3)).toEqual([
		'10 s: The cluster has not answered for 10s, since 00:00:00 UTC. It keeps what it has; mkcoa asks until 00:03:00 UTC',
		'40 s: The cluster has not answered for 40s, since 00:00:00 UTC. It keeps what it has; mkcoa asks until 00:03:00 UTC',
		'58 s: The cluster does not answer, trying again: The server does not answer',
	]);
});

test('an answer ends it, and a short outage is told once', async () => {
	const {clock, notes, ended} = patient();
	let tries = 0;
	const end = ended(() => (tries++ < 2 ? Promise.reject(away) : Promise.resolve('there')));
	await clock.advance(60_000);
	expect(await end).toEqual({value: 'there'});
	expect(notes).toEqual(['0 s: The cluster does not answer, trying again: The server does not answer']);
});
