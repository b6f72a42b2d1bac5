import {describe, expect, test} from 'vitest';
import type {DeployPorts} from '../../../../src/agents/deploy/ports.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {Ref} from '../../../../src/core/kube/kube-object.ts';
import type {Road} from '../../../../src/core/road/road.ts';
import {promoted, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {rolloutTool} from '../../../support/staged-world.ts';

const every = Array.from({length: 22}, (_, index) => index);

describe('a server that fails in the middle', () => {
	test.each(every)('answers 500 five times to write %i, and the rollout goes on', async index => {
		const here = rolloutProcesses();
		let failed = 0;
		here.fake.fateOf = sent => (sent === index && failed++ < 5 ? 'away' : 'done');
		expect(await here.process('alice@here/1').run(rolloutTool())).toMatchObject({kind: 'done', output: {ended: 'forward'}});
		expect(here.standing()).toEqual(promoted);
		expect(here.own()).toEqual([]);
	});

	test.each(every)('loses the answer to write %i, and nothing is done twice', async index => {
		const here = rolloutProcesses();
		here.fake.fateOf = sent => (sent === index ? 'lost' : 'done');
		expect(await here.process('alice@here/1').run(rolloutTool())).toMatchObject({kind: 'done', output: {ended: 'forward'}});
		expect(here.standing()).toEqual(promoted);
		expect(here.own()).toEqual([]);
		const made = here.fake.sent.filter(({op}) => op === 'create').map(({ref}) => `${ref.kind} ${ref.name}`);
		expect(made).toEqual([...new Set(made)]);
	});

	test.each([
		['resets', 'unreachable', 'environment'],
		['has too many requests', 'too-many-requests', 'environment'],
		['says that a list expired', 'expired', 'environment'],
		['does not accept the sign-in any more', 'signed-out', 'auth'],
	] as const)('%s on reads for a while, and the rollout goes on', async (_name, code, kind) => {
		const here = rolloutProcesses();
		let asked = 0;
		const get = (ref: Ref) =>
			// Not while it is planned: four reads of every twelve fail.
			++asked > 20 && asked % 12 < 4 ? Promise.reject(new MkcoaError({kind, code, what: 'It failed'})) : here.fake.cluster.get(ref);
		const ports = {...here.ports, cluster: {...here.fake.cluster, get}};
		const outcome = await here.process('alice@here/1', {ports}).run(rolloutTool());
		expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done', output: {ended: 'forward'}});
		expect(here.standing()).toEqual(promoted);
		expect(asked).toBeGreaterThan(40);
	});

	test('that stays away leaves the rollout as it rests, without one write more', async () => {
		const here = rolloutProcesses();
		here.fake.fateOf = sent => (sent >= 9 ? 'away' : 'done');
		const outcome = await here.process('alice@here/1').run(rolloutTool());
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'server-error'}});
		expect(here.fake.sent).toHaveLength(9);
		expect(here.standing()).toEqual({replicas: 3, image: '1.4.2', canary: true});
	});

	test('deletes the Lease and says nothing of it for a minute, and the rollout is told as done', async () => {
		const here = rolloutProcesses();
		const {effector} = here.fake;
		let silences = 0;
		const silent = async () => {
			silences++;
			await new Promise<void>(resolve => void here.clock.schedule(25_000, resolve));
			throw new MkcoaError({kind: 'environment', code: 'server-error', what: 'It failed'});
		};
		const change: Partial<Road<DeployPorts>> = {
			effector: {
				...effector,
				async send(write, ...rest) {
					const answer = await effector.send(write, ...rest);
					return write.op === 'delete' && write.ref.kind === 'Lease' ? silent() : answer;
				},
				read: (ref, ...rest) => (ref.kind === 'Lease' && silences > 0 && silences < 3 ? silent() : effector.read(ref, ...rest)),
			},
		};
		expect(await here.process('alice@here/1', change).run(rolloutTool())).toMatchObject({
			kind: 'done',
			output: {ended: 'forward', left: []},
		});
		expect([here.standing(), here.own(), silences]).toEqual([promoted, [], 3]);
	});
});
