import {expect, test} from 'vitest';
import type {Watcher} from '../../../../src/agents/deploy/staged/lease/lease.ts';
import {refuseRolling} from '../../../../src/agents/deploy/staged/record/refuse-rolling.ts';
import {rolloutState, rolloutStateLines} from '../../../../src/agents/deploy/staged/record/rollout-state.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {Cluster} from '../../../../src/mcp/kubernetes/port.ts';
import {rolloutProcesses} from '../../../support/rollout-processes.ts';
import {rolloutTool} from '../../../support/staged-world.ts';

const refused = (code: string) => new MkcoaError({kind: 'environment', code, what: 'reader may not get leases', next: 'Ask for a role'});

const web = {namespace: 'shop', name: 'web'};

/** What is seen in the middle of a rollout by somebody whose reads of Leases end with `code`. */
async function seenWith<Seen>(
	code: string,
	look: (cluster: Pick<Cluster, 'get'>, workload: typeof web, watcher: Watcher) => Promise<Seen>,
) {
	const {process, ports, fake, clock} = rolloutProcesses();
	const watcher = {clock, holderDied: () => false};
	let seen: Promise<Seen> | undefined;
	const get: typeof ports.cluster.get = async ref => {
		if (ref.kind === 'Lease') throw refused(code);
		return fake.cluster.get(ref);
	};
	await process('alice@here/1').run(
		rolloutTool(async () => {
			seen = look({get}, web, watcher);
			await seen.catch(() => {});
			return {verdict: 'pass', reason: 'as the test says'};
		}),
	);
	return seen;
}

test('who may read ConfigMaps and no Leases sees how far a rollout is, and that its holder is not known', async () => {
	const state = await seenWith('not-allowed', rolloutState);
	expect(state).toMatchObject({state: 'unknown', step: 5, of: 9, holder: '', next: []});
	expect(state === undefined ? [] : rolloutStateLines(state, {nowMs: 0})).toEqual([
		'canary, step 5 of 9: Judge',
		'web-canary serves 25 %',
		'who is at it is not known: that takes the right to get leases',
	]);
});

test('a Lease that cannot be read for another reason is an error', async () => {
	await expect(seenWith('unreachable', rolloutState)).rejects.toThrow('reader may not get leases');
});

test('who may read no Leases is refused another rollout, and told where to look', async () => {
	await expect(seenWith('not-allowed', refuseRolling)).rejects.toMatchObject({
		trouble: {
			code: 'rollout-there',
			what: 'There is a rollout of web already',
			why: 'whether somebody is at it is not known: reader may not get leases',
			next: 'See how far it is: mkcoa deploy status web -n shop',
		},
	});
});
