import {describe, expect, test} from 'vitest';
import type {Script} from '../../../../src/agents/deploy/staged/act.ts';
import {rolloutEnded} from '../../../../src/agents/deploy/staged/end-of-rollout.ts';
import type {JudgeStage} from '../../../../src/agents/deploy/staged/wait-for.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import {type KubeObject, refOf} from '../../../../src/core/kube/kube-object.ts';
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

const scaler: KubeObject = {
	apiVersion: 'autoscaling/v2',
	kind: 'HorizontalPodAutoscaler',
	metadata: {name: 'web', namespace: 'shop'},
	spec: {minReplicas: 4, maxReplicas: 9},
};

/** The least number of the autoscaler comes back at the end. */
const unpinning = (stable: KubeObject): Script => {
	const {acts, wayBack} = judgedLate(stable);
	const write = {op: 'patch', ref: refOf(scaler), type: 'merge', patch: {spec: {minReplicas: 2}}} as const;
	return {acts: [...acts.slice(0, -1), {title: 'Unpin', writes: [write], ifDies: 'web serves'}, ...acts.slice(-1)], wayBack};
};

describe('a promoted rollout that cannot clean up stays promoted, and tells what to do', () => {
	/** The cluster refuses to delete objects of this kind from now on. */
	const refusing = ({fake}: Here, kind: string) => ({
		...fake.effector,
		send: (...sent: Parameters<typeof fake.effector.send>) =>
			sent[0].op === 'delete' && sent[0].ref.kind === kind
				? Promise.reject(new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'It is not allowed'}))
				: fake.effector.send(...sent),
	});

	test.each([
		[
			'Deployment',
			{...promoted, canary: true},
			[],
			/^Deployment shop\/web-canary \(It is not allowed\): mkcoa k8s delete deployment web-canary -n shop$/,
		],
		[
			'Secret',
			promoted,
			['Secret'],
			/^Secret shop\/mkcoa-rollout-web \(It is not allowed\): mkcoa k8s delete secret mkcoa-rollout-web -n shop$/,
		],
	])('where it may not delete a %s', async (kind, standing, own, left) => {
		const here = rolloutProcesses();
		const outcome = await here.process('alice@here/1', {effector: refusing(here, kind)}).run(rolloutTool());
		expect(outcome).toMatchObject({kind: 'done', output: {ended: 'forward', left: [expect.stringMatching(left)]}});
		expect([here.standing(), here.own()]).toEqual([standing, own]);
	});

	test('where somebody set the autoscaler meanwhile, and the rest goes all the same', async () => {
		const here = rolloutProcesses();
		here.fake.put(scaler);
		const meanwhile: JudgeStage = async ({weight}) => {
			if (weight === 100) here.fake.put({...scaler, spec: {minReplicas: 3, maxReplicas: 9}});
			return {verdict: 'pass', reason: 'as the test says'};
		};
		const outcome = await here.process('alice@here/1').run(rolloutTool(meanwhile, unpinning));
		const command = 'mkcoa k8s patch horizontalpodautoscaler web -n shop --type merge --patch \'{"spec":{"minReplicas":2}}\'';
		expect(outcome).toMatchObject({output: {ended: 'forward', left: [expect.stringContaining(command)]}});
		expect([here.standing(), here.own()]).toEqual([promoted, []]);
	});

	test('where its own strategy cannot be given back', async () => {
		const here = rolloutProcesses();
		const strategy = {type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%', maxUnavailable: '25%'}};
		const patch = [{op: 'add', path: '/spec/strategy', value: strategy}];
		const releasing = (stable: KubeObject): Script => {
			const {acts, wayBack} = smallScript(stable);
			const write = {op: 'patch', ref: refOf(stable), type: 'json', patch} as const;
			return {acts: [...acts, {title: 'Give web its own strategy again', writes: [write], ifDies: 'web is whole'}], wayBack};
		};
		const effector = {
			...here.fake.effector,
			send: (...sent: Parameters<typeof here.fake.effector.send>) =>
				sent[0].op === 'patch' && JSON.stringify(sent[0].patch) === JSON.stringify(patch)
					? Promise.reject(new MkcoaError({kind: 'environment', code: 'refused', what: 'A webhook refused it'}))
					: here.fake.effector.send(...sent),
		};
		const outcome = await here.process('alice@here/1', {effector}).run(rolloutTool(undefined, releasing));
		const command = `mkcoa k8s patch deployment web -n shop --type json --patch '[{"op":"add","path":"/spec/strategy","value":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"}}]'`;
		expect(outcome).toMatchObject({output: {ended: 'forward', left: [`Deployment shop/web (A webhook refused it): ${command}`]}});
		expect([here.standing(), here.own()]).toEqual([promoted, []]);
	});

	test('where somebody deleted its record', async () => {
		const here = rolloutProcesses();
		here.fake.afterWrite = ({op, ref}) => {
			if (op === 'delete' && ref.name === 'web-canary') here.fake.remove('ConfigMap', 'mkcoa-rollout-web');
		};
		expect(await here.process('alice@here/1').run(rolloutTool())).toMatchObject({output: {ended: 'forward', left: []}});
		expect([here.standing(), here.own()]).toEqual([promoted, []]);
	});

	test('and says so in words', async () => {
		const end = {
			ended: 'forward',
			verdicts: [],
			unfinished: [{what: 'Deployment shop/web-canary (no)', command: 'mkcoa k8s delete it'}],
		} as const;
		const ending = {workload: {namespace: 'shop', name: 'web'}, strategy: 'canary', signal: new AbortController().signal};
		await expect(rolloutEnded(ending, async () => end)).rejects.toMatchObject({
			left: ['Deployment shop/web-canary (no)'],
			trouble: {
				code: 'not-cleaned-up',
				what: 'The canary of web is done, and not all of it could be cleaned up',
				next: 'Clean up by hand: mkcoa k8s delete it',
			},
		});
	});
});
