import {beforeAll, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {startArgoRollouts} from './argo-rollouts.ts';
import {chain} from './chain.ts';
import {deployment} from './compare/row.ts';
import {podsOf} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const kube = onePlane();
const {mkcoa} = kube;
beforeAll(() => startArgoRollouts(kube.plane()));

const rollouts = (name?: string) => `/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts${name === undefined ? '' : `/${name}`}`;
const phaseIs = (phase: string) => (object: unknown) =>
	at(object, 'status', 'phase') === phase && at(object, 'status', 'observedGeneration') === String(at(object, 'metadata', 'generation'));
const canary = {canary: {steps: [{setWeight: 25}, {pause: {}}, {setWeight: 50}, {pause: {}}]}};
async function rollout(name: string, strategy: object = canary) {
	const {spec} = deployment(name, {replicas: 4});
	await kube.create(rollouts(), {apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: {name}, spec: {...spec, strategy}});
	await kube.eventually(rollouts(name), phaseIs('Healthy'));
}
async function newVersion(name: string, image: string) {
	const body = [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: image}];
	await kube.ask({method: 'PATCH', path: rollouts(name), body, headers: {'content-type': 'application/json-patch+json'}});
	await kube.eventually(rollouts(name), phaseIs('Paused'));
}
const images = async (name: string) => {
	const list = at(await kube.read(podsOf(name)), 'items');
	const pods: readonly unknown[] = Array.isArray(list) ? list : [];
	return pods
		.filter(pod => at(pod, 'metadata', 'deletionTimestamp') === undefined)
		.map(pod => at(pod, 'spec', 'containers', 0, 'image'))
		.sort();
};
const all = (image: string) => [image, image, image, image];

beforeAll(() => Promise.all(['web', 'seen', 'next', 'held', 'twice', 'fresh', 'bad'].map(name => rollout(name))));

chain('a canary of Argo Rollouts', () => {
	test('is promoted step by step to its end', async () => {
		await newVersion('web', 'x:2');
		expect(await mkcoa('deploy status web')).toMatchObject({
			code: 0,
			outcome: {output: {state: 'paused', images: ['main=x:2'], progress: {step: {index: 2, of: 4}, weight: 25, waits: true}}},
		});
		expect(await mkcoa('deploy promote web')).toMatchObject({
			code: 0,
			outcome: {output: {progress: {state: 'paused', step: {index: 4, of: 4}, weight: 50}}},
		});
		expect(await mkcoa('deploy promote web')).toMatchObject({code: 0, outcome: {output: {progress: {state: 'healthy'}}}});
		expect(await images('web')).toEqual(all('x:2'));
	});

	test('is watched step by step until it is done', async () => {
		await newVersion('seen', 'x:2');
		const watching = kube.printed('deploy status seen --watch -n shop --json');
		expect(await mkcoa('deploy promote seen --full')).toMatchObject({code: 0});
		const {code, out} = await watching;
		const pictures = out
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		expect(code).toBe(0);
		expect(pictures[0]).toMatchObject({
			// The promotion may be faster than the first look.
			state: expect.stringMatching(/^(paused|running)$/),
			led: 'Argo Rollouts',
			weights: [{name: 'new', share: expect.any(Number)}, {name: 'stable'}],
			tree: [{name: 'Rollout seen', children: [{name: expect.stringMatching(/^ReplicaSet seen-/)}, {}]}],
		});
		expect(pictures.at(-1)).toMatchObject({state: 'done', reason: expect.stringMatching(/^Healthy/)});
	});

	test('is aborted, tried again, and promoted fully', async () => {
		await newVersion('web', 'x:3');
		expect(await mkcoa('deploy abort web')).toMatchObject({code: 0, outcome: {output: {progress: {state: 'degraded'}}}});
		expect(await images('web')).toEqual(all('x:2'));
		expect(await mkcoa('deploy promote web')).toMatchObject({code: 1, outcome: {error: {code: 'not-now'}}});
		expect(await mkcoa('deploy resume web --retry')).toMatchObject({code: 0, outcome: {output: {progress: {state: 'paused', weight: 25}}}});
		expect(await mkcoa('deploy promote web --full')).toMatchObject({code: 0, outcome: {output: {progress: {state: 'healthy'}}}});
		expect(await images('web')).toEqual(all('x:3'));
	});
});

chain('a new version of a Rollout', () => {
	beforeAll(async () => {
		await newVersion('next', 'x:3');
		expect(await mkcoa('deploy promote next --full')).toMatchObject({code: 0});
	});

	test('is rolled out by its own steps from the canary command, to the pause, and named by its kind too', async () => {
		const answered = await mkcoa('deploy canary rollout/next --image x:4');
		expect(answered).toMatchObject({
			code: 0,
			outcome: {
				output: {progress: {state: 'paused', step: {index: 2, of: 4}}},
				plan: {
					changes: [{computed: 'server', fields: [{before: 'x:3', after: 'x:4'}]}],
					consequences: expect.arrayContaining([expect.objectContaining({id: 'steps-are-its-own'})]),
				},
			},
		});
	});

	test('is rolled back to the version that serves, without steps', async () => {
		expect(await mkcoa('deploy rollback next')).toMatchObject({
			code: 0,
			outcome: {
				output: {progress: {state: 'healthy'}},
				plan: {
					consequences: expect.arrayContaining([expect.objectContaining({id: 'how-it-goes', text: expect.stringContaining('stable')})]),
				},
			},
		});
		expect(await images('next')).toEqual(all('x:3'));
	});

	test('is rolled back to a numbered revision, through the steps', async () => {
		expect(await mkcoa('deploy rollback next --to 1')).toMatchObject({
			code: 0,
			outcome: {output: {progress: {state: 'paused', weight: 25}}},
		});
		expect(await mkcoa('deploy promote next --full')).toMatchObject({code: 0});
		expect(await images('next')).toEqual(all('x:1'));
	});
});

const analysis = (result: string) => ({
	metrics: [{name: 'works', count: 1, provider: {job: jobOf(result)}}],
});
/** A job whose only program ends with this result: the words of an image's tag decide. */
const jobOf = (result: string) => ({
	spec: {backoffLimit: 0, template: {spec: {restartPolicy: 'Never', containers: [{name: 'check', image: `check:${result}`}]}}},
});

test.concurrent('a failed analysis takes the canary back, and the command says which metric failed and why', async () => {
	await kube.create('/apis/argoproj.io/v1alpha1/namespaces/shop/analysistemplates', {
		...{apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: {name: 'check'}},
		spec: analysis('1-fail'),
	});
	await rollout('judged', {canary: {steps: [{setWeight: 25}, {analysis: {templates: [{templateName: 'check'}]}}]}});
	const {code, outcome} = await mkcoa('deploy rolling judged --image x:2');
	expect({code, outcome}).toMatchObject({
		code: 1,
		outcome: {kind: 'failed', error: {code: 'rollout-failed', why: expect.stringContaining('metric works Failed')}},
	});
});

test.concurrent('a version whose pods crash is told with their reason, and taken back by an abort', async () => {
	const {code, outcome} = await mkcoa('deploy rolling bad --image x:2-crash --ready-within 20s');
	expect({code, outcome}).toMatchObject({
		code: 1,
		outcome: {error: {code: 'still-rolling-out', why: expect.stringMatching(/^main/)}},
	});
	expect(await mkcoa('deploy status bad')).toMatchObject({outcome: {output: {troubles: [{track: 'canary'}]}}});
	expect(await mkcoa('deploy abort bad')).toMatchObject({code: 0});
	expect(await images('bad')).toEqual(all('x:1'));
});

test.concurrent('a blue-green that waits for its promotion is an answer, not a failure', async () => {
	await kube.create('/api/v1/namespaces/shop/services', {
		...{apiVersion: 'v1', kind: 'Service', metadata: {name: 'both'}},
		spec: {selector: {app: 'both'}, ports: [{port: 80}]},
	});
	await rollout('both', {blueGreen: {activeService: 'both', autoPromotionEnabled: false}});
	expect(await mkcoa('deploy blue-green both --image x:2')).toMatchObject({
		code: 0,
		outcome: {
			output: {
				progress: {state: 'paused', waits: true},
				next: [expect.stringContaining('mkcoa deploy promote rollouts.argoproj.io/both'), expect.anything()],
			},
		},
	});
	expect(await mkcoa('deploy promote both')).toMatchObject({code: 0, outcome: {output: {progress: {state: 'healthy'}}}});
});

test.concurrent('what a person paused stays until it is resumed, and then waits at its own step until it is promoted', async () => {
	expect(await mkcoa('deploy canary held --image x:5 --detach')).toMatchObject({code: 0});
	await kube.eventually(rollouts('held'), phaseIs('Paused'));
	expect(await mkcoa('deploy pause held')).toMatchObject({code: 0, outcome: {plan: {undo: {possible: true}}}});
	expect(await mkcoa('deploy canary held --image x:6')).toMatchObject({code: 1, outcome: {error: {code: 'not-now'}}});
	expect(await mkcoa('deploy resume held')).toMatchObject({code: 0, outcome: {output: {progress: {waits: true, weight: 25}}}});
	expect(await mkcoa('deploy pause held')).toMatchObject({code: 0});
	expect(await mkcoa('deploy promote held')).toMatchObject({code: 0, outcome: {output: {progress: {waits: true, weight: 50}}}});
});

test.concurrent('two promotions at the same moment skip no step', async () => {
	await newVersion('twice', 'x:7');
	const both = await Promise.all([mkcoa('deploy promote twice --detach'), mkcoa('deploy promote twice --detach')]);
	expect(both.map(({code}) => code)).toContain(0);
	await kube.eventually(rollouts('twice'), object => phaseIs('Paused')(object) && at(object, 'status', 'currentStepIndex') === 3);
	// Refused at its write, or, where it was planned later, because nothing waits any more.
	for (const {code, outcome} of both.filter(({code}) => code !== 0))
		expect([
			[9, 'drifted', undefined],
			[1, 'failed', 'not-now'],
		]).toContainEqual([code, at(outcome, 'kind'), at(outcome, 'error', 'code')]);
	expect(await mkcoa('deploy promote twice --full')).toMatchObject({code: 0});
});

test.concurrent('every pod is replaced by a restart', async () => {
	const names = async () => {
		const list = at(await kube.read(podsOf('fresh')), 'items');
		return Array.isArray(list) ? list.map(pod => String(at(pod, 'metadata', 'name'))) : [];
	};
	const before = await names();
	expect(await mkcoa('k8s restart rollout/fresh')).toMatchObject({
		code: 0,
		outcome: {plan: {changes: [{fields: [{path: ['spec', 'restartAt']}]}]}},
	});
	await kube.eventually(podsOf('fresh'), list => {
		const items = at(list, 'items');
		const now = Array.isArray(items) ? items.filter(pod => at(pod, 'metadata', 'deletionTimestamp') === undefined) : [];
		return now.length === 4 && now.every(pod => !before.includes(String(at(pod, 'metadata', 'name'))));
	});
});
