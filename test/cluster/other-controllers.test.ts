import {beforeAll, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {chain} from './chain.ts';
import {deployed, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const kube = onePlane();
const {mkcoa} = kube;

/** A kind as its controller installs it, without its schema. What the controller would do, the tests do. */
async function serve(group: string, version: string, kind: string, plural: string) {
	const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
	const schema = {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}};
	await kube.create(path, {
		...{apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: {name: `${plural}.${group}`}},
		spec: {
			group,
			scope: 'Namespaced',
			names: {kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List`},
			versions: [{name: version, served: true, storage: true, schema, subresources: {status: {}}}],
		},
	});
	await kube.eventually(`/apis/${group}/${version}/namespaces/shop/${plural}`, list => Array.isArray(at(list, 'items')));
}

const target = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'};

chain('a Canary of Flagger', () => {
	const canary = '/apis/flagger.app/v1beta1/namespaces/shop/canaries/web';
	const phase = (status: object) => kube.merge(`${canary}/status`, {status});
	beforeAll(async () => {
		await serve('flagger.app', 'v1beta1', 'Canary', 'canaries');
		await deployed(kube, 'web', {replicas: 2});
		await deployed(kube, 'web-primary', {replicas: 2});
		await kube.create('/apis/flagger.app/v1beta1/namespaces/shop/canaries', {
			...{apiVersion: 'flagger.app/v1beta1', kind: 'Canary', metadata: {name: 'web'}},
			spec: {targetRef: target, analysis: {interval: '10s', threshold: 2, maxWeight: 50, stepWeight: 10}},
		});
		await phase({phase: 'Initialized', canaryWeight: 0, failedChecks: 0, iterations: 0, lastAppliedSpec: 'a'});
	});

	test('gets a new version through its target, and is followed to the gate where it waits', async () => {
		const command = mkcoa('deploy canary web --image x:2');
		await kube.eventually(shop.deployments('web'), object => at(object, 'spec', 'template', 'spec', 'containers', 0, 'image') === 'x:2');
		await phase({phase: 'Progressing', canaryWeight: 20, failedChecks: 1, lastAppliedSpec: 'b'});
		await phase({phase: 'WaitingPromotion', canaryWeight: 50});
		expect(await command).toMatchObject({code: 0, outcome: {output: {progress: {phase: 'WaitingPromotion', waits: true, weight: 50}}}});
		expect(await mkcoa('deploy status web')).toMatchObject({
			code: 0,
			outcome: {output: {state: 'paused', progress: {controller: 'flagger', step: {index: 5, of: 5}}}},
		});
	});

	test('is suspended and resumed', async () => {
		expect(await mkcoa('deploy pause web')).toMatchObject({code: 0, outcome: {output: {progress: {state: 'paused'}}}});
		expect(await kube.read(canary)).toMatchObject({spec: {suspend: true}});
		expect(await mkcoa('deploy resume web-primary')).toMatchObject({code: 0});
		expect(await kube.read(canary)).toMatchObject({spec: {suspend: false}});
	});

	test('is promoted without further analysis, and later versions are analysed again', async () => {
		const command = mkcoa('deploy promote web --full');
		await kube.eventually(canary, object => at(object, 'spec', 'skipAnalysis') === true);
		await phase({phase: 'Succeeded', canaryWeight: 0});
		expect(await command).toMatchObject({code: 0, outcome: {output: {progress: {phase: 'Succeeded'}}}});
		expect(await kube.read(canary)).toMatchObject({spec: {skipAnalysis: false}});
	});

	test('is aborted by giving its target the version of the primary back', async () => {
		await phase({phase: 'Progressing', canaryWeight: 10});
		expect(await mkcoa('deploy abort web --detach')).toMatchObject({
			code: 0,
			outcome: {plan: {summary: 'Roll Deployment shop/web back from revision 2 to 1'}},
		});
		await serves(kube, 'web', 'x:1', 2);
	});
});

chain('a Rollout of Kruise', () => {
	const rollout = '/apis/rollouts.kruise.io/v1beta1/namespaces/shop/rollouts/steps';
	const step = (currentStepIndex: number, currentStepState: string, phase = 'Progressing') =>
		kube.merge(`${rollout}/status`, {status: {phase, observedGeneration: 1, canaryStatus: {currentStepIndex, currentStepState}}});
	beforeAll(async () => {
		await serve('rollouts.kruise.io', 'v1beta1', 'Rollout', 'rollouts');
		await deployed(kube, 'app', {replicas: 2});
		await kube.create('/apis/rollouts.kruise.io/v1beta1/namespaces/shop/rollouts', {
			...{apiVersion: 'rollouts.kruise.io/v1beta1', kind: 'Rollout', metadata: {name: 'steps'}},
			spec: {workloadRef: {...target, name: 'app'}, strategy: {canary: {steps: [{replicas: '50%'}, {replicas: '100%'}]}}},
		});
	});

	test('is approved step by step, by the name of its workload', async () => {
		await step(1, 'StepPaused');
		expect(await mkcoa('deploy status app')).toMatchObject({
			code: 0,
			outcome: {output: {progress: {controller: 'kruise', step: {index: 1, of: 2}}}},
		});
		const command = mkcoa('deploy promote app');
		await kube.eventually(rollout, object => at(object, 'status', 'canaryStatus', 'currentStepState') === 'StepReady');
		await step(2, 'StepPaused');
		expect(await command).toMatchObject({code: 0, outcome: {output: {progress: {state: 'paused', step: {index: 2}}}}});
	});

	test('is paused and resumed as a whole', async () => {
		expect(await mkcoa('deploy pause app')).toMatchObject({code: 0});
		expect(await kube.read(rollout)).toMatchObject({spec: {strategy: {paused: true}}});
		expect(await mkcoa('deploy promote app')).toMatchObject({code: 1, outcome: {error: {code: 'not-now'}}});
		expect(await mkcoa('deploy resume app --detach')).toMatchObject({code: 0});
	});
});
