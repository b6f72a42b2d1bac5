import {describe, expect, test} from 'vitest';
import type {Script} from '../../../../src/agents/deploy/staged/act.ts';
import type {JudgeStage} from '../../../../src/agents/deploy/staged/wait-for.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {before, promoted, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool, smallScript} from '../../../support/staged-world.ts';

type Here = ReturnType<typeof rolloutProcesses>;

/** Somebody annotates an object, which is enough to make it another one than a plan saw. */
function touch({fake}: Here, name: string): void {
	const live = fake.object('Deployment', name);
	if (live !== undefined) fake.put({...live, metadata: {...live.metadata, annotations: {'example.com/looked-at': 'yes'}}});
}

/** The new version is looked at once more after the promotion. */
const judgedLate = (stable: KubeObject): Script => {
	const {acts, wayBack} = smallScript(stable);
	const judge = {title: 'Judge all', writes: [], wait: {kind: 'judge', weight: 100, share: 1, pods: 4}, ifDies: 'web serves'} as const;
	return {acts: acts.toSpliced(5, 0, judge), wayBack};
};

const badAtLast =
	(here: Here, worse: () => void = () => touch(here, 'web')): JudgeStage =>
	async ({weight}) => {
		if (weight !== 100) return {verdict: 'pass', reason: 'as the test says'};
		worse();
		return {verdict: 'fail', reason: 'too many errors'};
	};

describe('a way back that had to leave something', () => {
	test('is finished by an abort, from the first act that could not be done', async () => {
		const here = rolloutProcesses();
		const outcome = await here.process('alice@here/1').run(rolloutTool(badAtLast(here), judgedLate));
		expect(outcome).toMatchObject({output: {ended: 'back', left: [expect.stringMatching(/^Web back to 4 pods \(.*was changed/)]}});
		expect(here.standing()).toEqual({...before, image: '2'});
		expect(await here.process('bob@there/2').run(controlTool('abort'))).toMatchObject({kind: 'done', output: {result: 'taken-back'}});
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});

	test('and whose client died behind that act is finished in the same way', async () => {
		const here = rolloutProcesses();
		here.fake.fateOf = (_, {op, ref}) => (op === 'delete' && ref.name === 'web-canary' ? 'killed after' : 'done');
		await here.process('alice@here/1').run(rolloutTool(badAtLast(here), judgedLate));
		here.fake.fateOf = () => 'done';
		here.fake.revive();
		await here.minute();
		expect(await here.process('bob@there/2').run(controlTool('abort'))).toMatchObject({kind: 'done', output: {result: 'taken-back'}});
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});
});

describe('what mkcoa itself made and a controller wrote into', () => {
	test('goes at the end, and the rollout is promoted', async () => {
		const here = rolloutProcesses();
		const mark: JudgeStage = async ({weight}) => {
			if (weight === 100) touch(here, 'web-canary');
			return {verdict: 'pass', reason: 'as the test says'};
		};
		expect(await here.process('alice@here/1').run(rolloutTool(mark, judgedLate))).toMatchObject({kind: 'done', output: {ended: 'forward'}});
		expect([here.standing(), here.own()]).toEqual([promoted, []]);
	});

	test('goes in the way back', async () => {
		const here = rolloutProcesses();
		const outcome = await here.process('alice@here/1').run(
			rolloutTool(
				badAtLast(here, () => touch(here, 'web-canary')),
				judgedLate,
			),
		);
		expect(outcome).toMatchObject({output: {ended: 'back', left: []}});
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});

	test('stays where it is another one of that name by now', async () => {
		const here = rolloutProcesses();
		const worse = () => {
			const canary = here.fake.object('Deployment', 'web-canary') as KubeObject;
			here.fake.remove('Deployment', 'web-canary');
			here.fake.put({...canary, metadata: {...canary.metadata, uid: 'of somebody else'}});
		};
		const outcome = await here.process('alice@here/1').run(rolloutTool(badAtLast(here, worse), judgedLate));
		expect(outcome).toMatchObject({output: {left: [expect.stringMatching(/^Remove web-canary \(.*made again/)]}});
		expect(here.standing()).toEqual({...before, canary: true});
	});
});
