import {expect, test} from 'vitest';
import {rolloutState, rolloutStateLines} from '../../../../src/agents/deploy/staged/record/rollout-state.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import {rolloutProcesses} from '../../../support/rollout-processes.ts';
import {rolloutTool} from '../../../support/staged-world.ts';

const refused = (code: string) => new MkcoaError({kind: 'environment', code, what: 'reader may not get leases', next: 'Ask for a role'});

/** What is seen in the middle of a rollout by somebody whose reads of Leases end with `code`. */
async function seenWith(code: string) {
	const {process, ports, fake, clock} = rolloutProcesses();
	const watcher = {clock, holderDied: () => false};
	let seen: ReturnType<typeof rolloutState> | undefined;
	const get: typeof ports.cluster.get = async ref => {
		if (ref.kind === 'Lease') throw refused(code);
		return fake.cluster.get(ref);
	};
	await process('alice@here/1').run(
		rolloutTool(async () => {
			seen = rolloutState({get}, {namespace: 'shop', name: 'web'}, watcher);
			await seen.catch(() => {});
			return {verdict: 'pass', reason: 'as the test says'};
		}),
	);
	return seen;
}

test('who may read ConfigMaps and no Leases sees how far a rollout is, and that its holder is not known', async () => {
	const state = await seenWith('not-allowed');
	expect(state).toMatchObject({state: 'unknown', step: 3, of: 6, holder: '', next: []});
	expect(state === undefined ? [] : rolloutStateLines(state, {nowMs: 0})).toEqual([
		'canary, step 3 of 6: Judge',
		'who is at it is not known: that takes the right to get leases',
	]);
});

test('a Lease that cannot be read for another reason is an error', async () => {
	await expect(seenWith('unreachable')).rejects.toThrow('reader may not get leases');
});
