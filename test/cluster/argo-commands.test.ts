import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {startArgoRollouts} from './argo-rollouts.ts';
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

describe('a canary of Argo Rollouts', () => {
	test('is promoted step by step to its end', async () => {
		await rollout('web');
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
