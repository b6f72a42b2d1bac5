import {beforeAll, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {request} from '../servers/request.ts';
import {startArgoRollouts} from './argo-rollouts.ts';
import {deployment} from './compare/row.ts';
import {podsOf} from './in-shop.ts';
import {onePlane} from './one-plane.ts';
import {programsIn} from './programs-in.ts';

const kube = onePlane();
beforeAll(() => startArgoRollouts(kube.plane()));

const rollouts = (name?: string) => `/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts${name === undefined ? '' : `/${name}`}`;
const rollout = (name: string) => {
	const {spec} = deployment(name, {replicas: 4});
	return {
		apiVersion: 'argoproj.io/v1alpha1',
		kind: 'Rollout',
		metadata: {name},
		spec: {...spec, strategy: {canary: {steps: [{setWeight: 25}, {pause: {}}, {setWeight: 50}, {pause: {duration: '1s'}}]}}},
	};
};
const phaseIs = (phase: string) => (object: unknown) =>
	at(object, 'status', 'phase') === phase && at(object, 'status', 'observedGeneration') === String(at(object, 'metadata', 'generation'));
const withImage = (image: string) => [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: image}];
const patchImage = (name: string, image: string) =>
	kube.ask({
		method: 'PATCH',
		path: rollouts(name),
		body: withImage(image),
		headers: {'content-type': 'application/json-patch+json'},
	});
/** As `kubectl argo rollouts promote` does for a rollout that waits at a pause. */
const promote = (name: string) => kube.merge(`${rollouts(name)}/status`, {status: {pauseConditions: null}});
const images = async (name: string) => {
	const list = at(await kube.read(podsOf(name)), 'items');
	const pods: readonly unknown[] = Array.isArray(list) ? list : [];
	return pods
		.filter(pod => at(pod, 'metadata', 'deletionTimestamp') === undefined)
		.map(pod => at(pod, 'spec', 'containers', 0, 'image'))
		.sort();
};

test.concurrent('a canary pauses at its step with a quarter of the pods, and finishes when promoted', async () => {
	await kube.create(rollouts(), rollout('web'));
	await kube.eventually(rollouts('web'), phaseIs('Healthy'));
	expect(await images('web')).toEqual(['x:1', 'x:1', 'x:1', 'x:1']);

	await patchImage('web', 'x:2');
	const paused = await kube.eventually(rollouts('web'), phaseIs('Paused'));
	expect(paused).toMatchObject({status: {currentStepIndex: 1, pauseConditions: [{reason: 'CanaryPauseStep'}], message: 'CanaryPauseStep'}});
	expect(await images('web')).toEqual(['x:1', 'x:1', 'x:1', 'x:2']);

	await promote('web');
	await kube.eventually(rollouts('web'), object => phaseIs('Healthy')(object) && at(object, 'status', 'currentStepIndex') === 4);
	expect(await images('web')).toEqual(['x:2', 'x:2', 'x:2', 'x:2']);
});

test.concurrent('a canary whose pods are never ready leaves the stable ones serving, and an abort takes it back', async () => {
	await kube.create(rollouts(), rollout('bad'));
	await kube.eventually(rollouts('bad'), phaseIs('Healthy'));
	await patchImage('bad', 'x:2-bad');
	const stuck = await kube.eventually(rollouts('bad'), object => at(object, 'status', 'updatedReplicas') === 1);
	expect(stuck).toMatchObject({status: {currentStepIndex: 0, phase: 'Progressing'}});
	await kube.merge(`${rollouts('bad')}/status`, {status: {abort: true}});
	await kube.eventually(rollouts('bad'), object => phaseIs('Degraded')(object) && at(object, 'status', 'availableReplicas') === 4);
	expect(await images('bad')).toEqual(['x:1', 'x:1', 'x:1', 'x:1']);
});

test.each([
	{user: 'reader', method: 'GET', status: 200},
	{user: 'shop-dev', method: 'GET', status: 200},
	{user: 'nobody', method: 'GET', status: 403},
	{user: 'reader', method: 'POST', status: 403},
	{user: 'shop-dev', method: 'POST', status: 201},
] as const)('$user is answered $status for $method', async ({user, method, status}) => {
	const {url, ca, tokens} = kube.plane();
	const body = method === 'POST' ? {body: rollout(`of-${user}`)} : {};
	expect((await request({url, ca, token: tokens[user]}, {method, path: `${rollouts()}?dryRun=All`, ...body})).status).toBe(status);
});

test('the controller is one of the programs that end with the control plane, and leaves no line in the audit log', () => {
	const plane = kube.plane();
	expect(plane.pids['rollouts-controller']).toBeGreaterThan(0);
	expect(programsIn(plane.folder).map(({pid}) => pid)).toContain(plane.pids['rollouts-controller']);
	expect(new Set(kube.written().map(({user}) => user))).toEqual(new Set(['admin']));
});
