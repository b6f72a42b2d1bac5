import {expect, test} from 'vitest';
import {at, mergePatch, post, put} from '../../servers/questions.ts';
import {cause, generationOf, refusal, versionOf} from '../reply.ts';
import type {Chapter} from '../room.ts';
import {deployment, replicaSet, statefulSet} from '../workloads.ts';

const scale = (replicas: number, metadata: object = {}) => ({
	apiVersion: 'autoscaling/v1',
	kind: 'Scale',
	metadata: {name: 'web', ...metadata},
	spec: {replicas},
});

/** How many there should be, without the rest of the object. */
export const scales: Chapter = open => {
	test.each([
		['deployments', deployment],
		['replicasets', replicaSet],
		['statefulsets', statefulSet],
	] as const)('the scale of %s is read and replaced', async (plural, make) => {
		const {ask, path, namespace} = await open();
		const made = await ask(post(path(plural), make('web', {replicas: 2})));
		expect(await ask({path: path(plural, 'web', 'scale')})).toMatchObject({
			status: 200,
			body: {
				...{apiVersion: 'autoscaling/v1', kind: 'Scale'},
				metadata: {name: 'web', namespace, uid: at(made.body, 'metadata', 'uid')},
				spec: {replicas: 2},
				status: {selector: 'app=web'},
			},
		});
		const replaced = await ask(put(path(plural, 'web', 'scale'), {...scale(4), status: {replicas: 99}}));
		expect(replaced).toMatchObject({status: 200, body: {kind: 'Scale', spec: {replicas: 4}}});
		expect(replaced).not.toHaveProperty('body.status.replicas', 99);
		const now = await ask({path: path(plural, 'web')});
		expect(now).toHaveProperty('body.spec.replicas', 4);
		expect(generationOf(now)).toBe(2);
	});

	test('a scale is patched, and a dry run of it changes nothing', async () => {
		const {ask, path} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 1})));
		const target = path('deployments', 'web', 'scale');
		expect(await ask(mergePatch(`${target}?dryRun=All`, {spec: {replicas: 5}}))).toHaveProperty('body.spec.replicas', 5);
		expect(await ask({path: target})).toHaveProperty('body.spec.replicas', 1);
		expect(await ask(mergePatch(target, {spec: {replicas: 3}}))).toMatchObject({status: 200, body: {kind: 'Scale', spec: {replicas: 3}}});
		expect(await ask({path: path('deployments', 'web')})).toHaveProperty('body.spec.replicas', 3);
	});

	test('a scale of an old version is refused', async () => {
		const {ask, path} = await open();
		const resourceVersion = versionOf(await ask(post(path('statefulsets'), statefulSet('web', {replicas: 0}))));
		await ask(mergePatch(path('statefulsets', 'web'), {metadata: {labels: {color: 'blue'}}}));
		expect(await ask(put(path('statefulsets', 'web', 'scale'), scale(1, {resourceVersion})))).toMatchObject(
			refusal(
				409,
				'Conflict',
				'Operation cannot be fulfilled on statefulsets.apps "web": the object has been modified; please apply your changes to the latest version and try again',
			),
		);
	});

	test('nothing is scaled below zero', async () => {
		const {ask, path} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 0})));
		const message = 'Invalid value: -1: must be greater than or equal to 0';
		expect(await ask(put(path('deployments', 'web', 'scale'), scale(-1)))).toMatchObject(
			refusal(422, 'Invalid', `Scale.autoscaling "web" is invalid: spec.replicas: ${message}`, {
				causes: [cause('FieldValueInvalid', 'spec.replicas', message)],
			}),
		);
	});

	test('a scale of none names no number', async () => {
		const {ask, path} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 0})));
		const {body} = await ask({path: path('deployments', 'web', 'scale')});
		expect(at(body, 'spec')).toEqual({});
		expect(at(body, 'status')).toEqual({replicas: 0, selector: 'app=web'});
	});

	test('what has no scale says that there is no such resource', async () => {
		const {ask, path} = await open();
		const nothing = refusal(404, 'NotFound', 'the server could not find the requested resource');
		expect(await ask({path: path('configmaps', 'web', 'scale')})).toMatchObject(nothing);
		expect(await ask({path: path('daemonsets', 'web', 'scale')})).toMatchObject(nothing);
		expect(await ask({path: path('deployments', 'web', 'scale')})).toMatchObject(
			refusal(404, 'NotFound', 'deployments.apps "web" not found'),
		);
	});
};
