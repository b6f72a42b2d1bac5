import {expect, test} from 'vitest';
import {at, post} from '../../servers/questions.ts';
import {configMap, pod, secret, service} from '../objects.ts';
import {itemsOf, namesOf, refusal, versionOf} from '../reply.ts';
import type {Chapter} from '../room.ts';

/** What a collection answers. */
export const lists: Chapter = open => {
	test('an empty collection is a list of its kind with an empty array', async () => {
		const {ask, path} = await open();
		expect(await ask({path: path('pods')})).toMatchObject({
			status: 200,
			body: {kind: 'PodList', apiVersion: 'v1', metadata: {resourceVersion: expect.stringMatching(/^\d+$/)}, items: []},
		});
		expect(await ask({path: path('deployments')})).toMatchObject({
			status: 200,
			body: {kind: 'DeploymentList', apiVersion: 'apps/v1', items: []},
		});
	});

	test('a list of a namespace that does not exist is empty, and no refusal', async () => {
		const {ask, namespace} = await open();
		expect(await ask({path: `/api/v1/namespaces/${namespace}-nowhere/pods`})).toMatchObject({status: 200, body: {items: []}});
	});

	test('objects come in the order of their names, whatever the order of their making', async () => {
		const {ask, path} = await open();
		for (const name of ['b', 'c', 'a', 'a-1', 'a.b', 'aa']) await ask(post(path('secrets'), secret(name)));
		expect(namesOf(await ask({path: path('secrets')}))).toEqual(['a', 'a-1', 'a.b', 'aa', 'b', 'c']);
	});

	test('a list of all namespaces holds each of them', async () => {
		const {ask, path, namespace} = await open();
		const other = `${namespace}-other`;
		await ask(post('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: other}}));
		const labels = {room: namespace};
		await ask(post(path('secrets'), secret('one', {}, {labels})));
		await ask(post(`/api/v1/namespaces/${other}/secrets`, secret('two', {}, {labels})));
		const items = itemsOf(await ask({path: `/api/v1/secrets?labelSelector=room%3D${namespace}`}));
		// The key of an object in the store is its namespace, a slash and its name; a dash sorts before a slash.
		expect(items.map(item => [at(item, 'metadata', 'namespace'), at(item, 'metadata', 'name')])).toEqual([
			[other, 'two'],
			[namespace, 'one'],
		]);
	});

	test('items of a list leave their kind to the list', async () => {
		const {ask, path} = await open();
		await ask(post(path('services'), service('web')));
		const [item] = itemsOf(await ask({path: path('services')}));
		expect(item).toMatchObject({metadata: {name: 'web'}, spec: {ports: [{port: 80}]}});
		expect(item).not.toHaveProperty('kind');
		expect(item).not.toHaveProperty('apiVersion');
	});

	test('a list carries the version of the whole store, at least that of its newest object', async () => {
		const {ask, path} = await open();
		const made = await ask(post(path('configmaps'), configMap('one')));
		const list = await ask({path: path('configmaps')});
		expect(Number(versionOf(list))).toBeGreaterThanOrEqual(Number(versionOf(made)));
	});

	test('a list at an exact version shows the past', async () => {
		const {ask, path} = await open();
		const version = versionOf(await ask(post(path('secrets'), secret('one'))));
		await ask(post(path('secrets'), secret('two')));
		const list = await ask({path: `${path('secrets')}?resourceVersion=${version}&resourceVersionMatch=Exact`});
		expect(list.status).toBe(200);
		expect(versionOf(list)).toBe(version);
		expect(namesOf(list)).toEqual(['one']);
	});

	test('a list that may not be older than a version shows the newest', async () => {
		const {ask, path} = await open();
		const version = versionOf(await ask(post(path('secrets'), secret('one'))));
		const two = versionOf(await ask(post(path('secrets'), secret('two'))));
		const list = await ask({path: `${path('secrets')}?resourceVersion=${two}&resourceVersionMatch=NotOlderThan`});
		expect(namesOf(list)).toEqual(['one', 'two']);
		expect(Number(versionOf(list))).toBeGreaterThan(Number(version));
	});

	test.each([
		['resourceVersionMatch=Exact', 'resourceVersionMatch is forbidden unless resourceVersion is provided'],
		['resourceVersionMatch=Exact&resourceVersion=0', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'],
	])('a list with %s is refused', async (query, why) => {
		const {ask, path} = await open();
		const message = `Forbidden: ${why}`;
		expect(await ask({path: `${path('pods')}?${query}`})).toMatchObject(
			refusal(422, 'Invalid', `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: ${message}`, {
				group: 'meta.k8s.io',
				kind: 'ListOptions',
				causes: [{reason: 'FieldValueForbidden', message, field: 'resourceVersionMatch'}],
			}),
		);
	});

	test('a list of a version that has not come yet is told to try again', async () => {
		const {ask, path} = await open();
		const reply = await ask({path: `${path('configmaps')}?resourceVersion=999999999`});
		expect(reply).toMatchObject({
			status: 504,
			body: {
				reason: 'Timeout',
				message: expect.stringMatching(/^Timeout: Too large resource version: 999999999, current: \d+$/),
				details: {retryAfterSeconds: 1, causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}]},
			},
		});
		expect(reply.headers['retry-after']).toBe('1');
	});

	test('a version that is no number is refused', async () => {
		const {ask, path} = await open();
		const message =
			'invalid resource version: resourceVersion: Invalid value: "yesterday": strconv.ParseUint: parsing "yesterday": invalid syntax';
		expect(await ask({path: `${path('configmaps')}?resourceVersion=yesterday`})).toMatchObject(refusal(400, 'BadRequest', message));
	});

	test('a kind that nobody serves has no list', async () => {
		const {ask, namespace} = await open();
		for (const path of [`/api/v1/namespaces/${namespace}/widgets`, `/apis/apps/v2/namespaces/${namespace}/deployments`]) {
			expect((await ask({path})).status).toBe(404);
		}
	});

	test('an object that is not there is named in the refusal', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), pod('other')));
		expect(await ask({path: path('pods', 'web')})).toMatchObject(
			refusal(404, 'NotFound', 'pods "web" not found', {name: 'web', kind: 'pods'}),
		);
		expect(await ask({path: path('deployments', 'web')})).toMatchObject(
			refusal(404, 'NotFound', 'deployments.apps "web" not found', {name: 'web', group: 'apps', kind: 'deployments'}),
		);
	});
};
