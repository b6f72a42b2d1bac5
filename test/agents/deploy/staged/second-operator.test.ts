import {describe, expect, test} from 'vitest';
import type {Act, Script, Wait} from '../../../../src/agents/deploy/staged/act.ts';
import {entriesOf, type RequestVerb, readRecord} from '../../../../src/agents/deploy/staged/record/record.ts';
import {recordSeal} from '../../../../src/agents/deploy/staged/record/record-seal.ts';
import type {JudgeStage} from '../../../../src/agents/deploy/staged/wait-for.ts';
import type {Clock} from '../../../../src/core/clock.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../../src/core/plan.ts';
import type {Cluster} from '../../../../src/mcp/kubernetes/port.ts';
import {before, promoted, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool, smallScript} from '../../../support/staged-world.ts';

/** Does something in the middle of the stage that is judged, and goes on looking as long as it is asked to. */
const judging = (looks: number, once: () => Promise<unknown>): JudgeStage => {
	let done = false;
	return async (_stage, {between}) => {
		if (!done) {
			done = true;
			await once();
		}
		for (let look = 0; look < looks; look++) await between();
		return {verdict: 'pass', reason: 'as the test says'};
	};
};

/** What mkcoa keeps of a rollout is not there at the first look at each object. */
const firstAbsent = (get: Cluster['get']): Cluster['get'] => {
	const looked = new Set<string>();
	return async (ref, ...more) => {
		const isFirst = ref.name === 'mkcoa-rollout-web' && !looked.has(ref.kind);
		looked.add(ref.kind);
		return isFirst ? undefined : get(ref, ...more);
	};
};

/** The clock of a machine that may sleep: nothing happens there meanwhile, and all that was due happens when it wakes. */
function sleepingClock(awake: Clock) {
	let due: (() => void)[] | undefined;
	const clock: Clock = {
		now: awake.now,
		schedule: (delayMs, run) => awake.schedule(delayMs, () => (due === undefined ? run() : due.push(run))),
	};
	return {
		clock,
		/** Answers what wakes it up. */
		fallAsleep() {
			const missed: (() => void)[] = [];
			due = missed;
			return () => {
				due = undefined;
				for (const run of missed) run();
			};
		},
	};
}

describe('two operators at once', () => {
	test('the second is told who is at it, and changes nothing', async () => {
		const here = rolloutProcesses();
		let second: unknown;
		const ask = async () => {
			const sent = here.fake.sent.length;
			second = await here.process('bob@there/2').run(rolloutTool());
			expect(here.fake.sent.length).toBe(sent);
		};
		await here.process('alice@here/1').run(rolloutTool(judging(1, ask)));
		expect(second).toMatchObject({
			kind: 'failed',
			error: {code: 'rollout-held', what: expect.stringMatching(/^alice@here has been carrying out a rollout of web for \d/)},
		});
		expect(here.standing()).toEqual(promoted);
	});

	test('one whose plan meets the objects of a rollout that began meanwhile is told who is at it', async () => {
		const here = rolloutProcesses();
		let second: unknown;
		const {process} = here;
		const bobPlans = () =>
			process('bob@there/2', {
				ports: {
					...here.ports,
					cluster: {
						...here.fake.cluster,
						// The server answers a dry run of a creation like this once alice has made the copy.
						async dryRun() {
							throw new MkcoaError({kind: 'usage', code: 'already-exists', what: 'deployments.apps "web-canary" exists already'});
						},
						// Alice takes the Lease when bob has seen that nobody does.
						get: firstAbsent(here.fake.cluster.get),
					},
				},
			}).run(rolloutTool());
		const ask = async () => {
			second = await bobPlans();
		};
		await process('alice@here/1').run(rolloutTool(judging(1, ask)));
		expect(second).toMatchObject({
			kind: 'failed',
			error: {code: 'rollout-held', what: expect.stringMatching(/^alice@here has been carrying out a rollout of web for \d/)},
		});
		expect(here.standing()).toEqual(promoted);
	});

	test('two who begin in the same moment: one carries it out, the other is told', async () => {
		const here = rolloutProcesses();
		const outcomes = await Promise.all([here.process('alice@here/1').run(rolloutTool()), here.process('bob@there/2').run(rolloutTool())]);
		expect(outcomes.map(({kind}) => kind).toSorted()).toEqual(['done', expect.stringMatching(/drifted|failed/)]);
		expect(here.fake.sent.filter(({op, ref}) => op === 'create' && ref.kind === 'Deployment')).toHaveLength(1);
		expect([here.standing(), here.own()]).toEqual([promoted, []]);
	});

	test('one who slept while another took over wakes up and writes nothing more', async () => {
		const here = rolloutProcesses();
		const byAlice: Write[] = [];
		let isTaken = false;
		const alice = sleepingClock(here.clock);
		const takeOver = async () => {
			const wakeUp = alice.fallAsleep();
			await here.minute();
			expect(await here.process('bob@there/2').run(controlTool('abort'))).toMatchObject({kind: 'done', output: {result: 'taken-back'}});
			isTaken = true;
			wakeUp();
		};
		const effector = {
			...here.fake.effector,
			send: (...sent: Parameters<typeof here.fake.effector.send>) => {
				if (isTaken) byAlice.push(sent[0]);
				return here.fake.effector.send(...sent);
			},
		};
		const outcome = await here.process('alice@here/1', {effector, clock: alice.clock}).run(rolloutTool(judging(1, takeOver)));
		expect(outcome).toMatchObject({kind: 'failed'});
		// What is left is her try to renew, which the cluster refuses.
		expect(byAlice.filter(({ref}) => ref.kind !== 'Lease')).toEqual([]);
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});

	test.each([5000, 25_000])(
		'a Lease of another machine whose clock is behind is watched for a renewal after %i ms before it is taken',
		async afterMs => {
			const here = rolloutProcesses();
			here.fake.fateOf = sent => (sent === 9 ? 'killed after' : 'done');
			await here.process('alice@here/1').run(rolloutTool());
			here.fake.fateOf = () => 'done';
			here.fake.revive();
			const lease = here.fake.object('Lease', 'mkcoa-rollout-web') as KubeObject;
			const renew = (time: string) =>
				here.fake.put({...lease, spec: {...(lease.spec as object), holderIdentity: 'zoe@far/9', renewTime: time}});
			renew('2020-01-01T00:00:00.000000Z');
			here.clock.schedule(afterMs, () => renew('2020-01-01T00:00:05.000000Z'));
			expect(await here.process('bob@there/2').run(controlTool('resume'))).toMatchObject({kind: 'failed', error: {code: 'rollout-held'}});
		},
	);
});

describe('a request of another terminal', () => {
	const ask = (here: ReturnType<typeof rolloutProcesses>, verb: RequestVerb) => {
		const record = here.fake.object('ConfigMap', 'mkcoa-rollout-web') as KubeObject;
		const seal = recordSeal(here.fake.object('Secret', 'mkcoa-rollout-web') as KubeObject);
		const asked = {verb, by: 'bob@there/2'};
		const turn = readRecord(record)?.answered.turn ?? 0;
		const request = {...asked, seal: seal?.ofRequest(asked, turn) ?? ''};
		here.fake.put({...record, data: {...(record.data as object), ...entriesOf({request})}} as KubeObject);
	};

	test('to take it back is done, and told as a failure to the one who waits', async () => {
		const here = rolloutProcesses();
		const outcome = await here.process('alice@here/1').run(rolloutTool(judging(3, async () => ask(here, 'abort'))));
		expect(outcome).toMatchObject({kind: 'done', output: {ended: 'back', reason: 'bob@there asked for it', left: []}});
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});

	test('to promote ends the stage that is judged', async () => {
		const here = rolloutProcesses();
		const outcome = await here.process('alice@here/1').run(rolloutTool(judging(1_000_000, async () => ask(here, 'promote'))));
		expect(outcome).toMatchObject({kind: 'done', output: {ended: 'forward'}});
	});

	type Keep = Omit<Extract<Wait, {kind: 'keep'}>, 'kind' | 'ms'>;
	test.each<[RequestVerb, Keep, number, number]>([
		['promote-full', {}, 0, 5000],
		['promote-full', {fixed: true}, 60_000, 70_000],
		['promote', {fixed: true}, 60_000, 70_000],
		['promote', {leastMs: 20_000}, 20_000, 30_000],
		['promote-full', {leastMs: 20_000}, 20_000, 30_000],
	])('to %s before a minute that is kept %j: it lasts %i to %i ms', async (verb, keep, least, most) => {
		const here = rolloutProcesses();
		const kept = (act: Act): Act => (act.title === 'Promote' ? {...act, wait: {kind: 'keep', ms: 60_000, ...keep}} : act);
		const withKeep = (stable: KubeObject): Script => {
			const {acts, wayBack} = smallScript(stable);
			return {acts: acts.map(kept), wayBack};
		};
		const at: Record<string, number> = {};
		here.fake.afterWrite = ({op, ref: {name}}) => {
			at[`${op} ${name}`] = here.clock.now();
			// The last wait before the one that is kept.
			if (op === 'patch' && name === 'web-canary') ask(here, verb);
		};
		const outcome = await here.process('alice@here/1').run(rolloutTool(undefined, withKeep));
		expect(outcome).toMatchObject({kind: 'done', output: {ended: 'forward'}});
		const lasted = (at['delete web-canary'] ?? 0) - (at['patch web'] ?? 0);
		expect(lasted).toBeGreaterThanOrEqual(least);
		expect(lasted).toBeLessThanOrEqual(most);
	});

	test('to pause holds it, and it goes on when it is let', async () => {
		const here = rolloutProcesses();
		const pause = async () => {
			ask(here, 'pause');
			here.clock.schedule(10_000, () => ask(here, 'resume'));
		};
		const {run, trail} = here.process('alice@here/1');
		expect(await run(rolloutTool(judging(3, pause)))).toMatchObject({kind: 'done', output: {ended: 'forward'}});
		const notes = trail.events.flatMap(event => (event.kind === 'note' ? [event.text] : []));
		expect(notes).toEqual(['bob@there paused it', 'bob@there lets it go on']);
	});
});
