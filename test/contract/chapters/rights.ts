import {expect, test} from 'vitest';
import {erase, mergePatch, post, put} from '../../servers/questions.ts';
import {configMap, deployment, pod, podSpec, secret} from '../objects.ts';
import {namesOf, refusal} from '../reply.ts';
import type {Asked, Chapter, Room} from '../room.ts';
import {grant, somebody} from '../somebody.ts';

/** Who may do what, by roles. */
export const rights: Chapter = open => {
	test.each<[string, string, (path: Room['path']) => Asked]>([
		['get', 'configmaps "one"', path => ({path: path('configmaps', 'one')})],
		['list', 'configmaps', path => ({path: path('configmaps')})],
		['watch', 'configmaps', path => ({path: `${path('configmaps')}?watch=true`})],
		['create', 'configmaps', path => post(path('configmaps'), configMap('one'))],
		['update', 'configmaps "one"', path => put(path('configmaps', 'one'), configMap('one'))],
		['patch', 'configmaps "one"', path => mergePatch(path('configmaps', 'one'), {})],
		['delete', 'configmaps "one"', path => erase(path('configmaps', 'one'))],
		['deletecollection', 'configmaps', path => erase(path('configmaps'))],
	])('who has no right to %s is refused', async (verb, what, asking) => {
		const room = await open();
		const person = somebody(room);
		expect(await person.ask(asking(room.path))).toMatchObject(
			refusal(
				403,
				'Forbidden',
				`${what} is forbidden: User "${person.name}" cannot ${verb} resource "configmaps" in API group "" in the namespace "${room.namespace}"`,
				{kind: 'configmaps', ...(what.includes('one') ? {name: 'one'} : {})},
			),
		);
	});

	test('a refusal comes before any look at what is there', async () => {
		const room = await open();
		const {ask} = somebody(room);
		expect((await ask({path: room.path('configmaps', 'none')})).status).toBe(403);
		expect((await ask(post(room.path('configmaps'), 'no JSON'))).status).toBe(403);
		expect((await ask({path: `/api/v1/namespaces/${room.namespace}-nowhere/pods`})).status).toBe(403);
	});

	test('a kind that nobody serves is refused too', async () => {
		const room = await open();
		const person = somebody(room);
		expect(await person.ask({path: `/apis/example.com/v1/namespaces/${room.namespace}/widgets`})).toMatchObject(
			refusal(
				403,
				'Forbidden',
				`widgets.example.com is forbidden: User "${person.name}" cannot list resource "widgets" in API group "example.com" in the namespace "${room.namespace}"`,
				{group: 'example.com', kind: 'widgets'},
			),
		);
	});

	test('a role allows its verbs, and no others', async () => {
		const room = await open();
		const person = somebody(room);
		await grant(room, person, [{apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'create']}]);
		expect((await person.ask(post(room.path('secrets'), secret('one')))).status).toBe(201);
		expect(namesOf(await person.ask({path: room.path('secrets')}))).toEqual(['one']);
		expect((await person.ask({path: room.path('secrets', 'one')})).status).toBe(200);
		expect((await person.ask(erase(room.path('secrets', 'one')))).status).toBe(403);
		expect((await person.ask({path: room.path('configmaps')})).status).toBe(403);
	});

	test('a role ends at its namespace', async () => {
		const room = await open();
		const person = somebody(room);
		await grant(room, person, [{apiGroups: [''], resources: ['secrets'], verbs: ['*']}]);
		expect((await person.ask({path: room.path('secrets')})).status).toBe(200);
		expect((await person.ask({path: '/api/v1/namespaces/default/secrets'})).status).toBe(403);
		expect(await person.ask({path: '/api/v1/secrets'})).toMatchObject(
			refusal(
				403,
				'Forbidden',
				`secrets is forbidden: User "${person.name}" cannot list resource "secrets" in API group "" at the cluster scope`,
			),
		);
	});

	test('a role for one object is for that object', async () => {
		const room = await open();
		const person = somebody(room);
		await grant(room, person, [{apiGroups: [''], resources: ['secrets'], resourceNames: ['one'], verbs: ['*']}]);
		for (const name of ['one', 'two']) await room.ask(post(room.path('secrets'), secret(name)));
		expect((await person.ask({path: room.path('secrets', 'one')})).status).toBe(200);
		expect((await person.ask({path: room.path('secrets', 'two')})).status).toBe(403);
		expect((await person.ask({path: room.path('secrets')})).status).toBe(403);
		expect(namesOf(await person.ask({path: `${room.path('secrets')}?fieldSelector=metadata.name%3Done`}))).toEqual(['one']);
		expect((await person.ask({path: `${room.path('secrets')}?fieldSelector=metadata.name%3Dtwo`})).status).toBe(403);
	});

	test('a right to an object is none to its subresources', async () => {
		const room = await open();
		const person = somebody(room);
		await grant(room, person, [{apiGroups: ['apps'], resources: ['deployments'], verbs: ['*']}]);
		await room.ask(post(room.path('deployments'), deployment('web', {replicas: 0})));
		expect((await person.ask({path: room.path('deployments', 'web')})).status).toBe(200);
		expect(await person.ask({path: room.path('deployments', 'web', 'scale')})).toMatchObject(
			refusal(
				403,
				'Forbidden',
				`deployments.apps "web" is forbidden: User "${person.name}" cannot get resource "deployments/scale" in API group "apps" in the namespace "${room.namespace}"`,
				{name: 'web', group: 'apps', kind: 'deployments'},
			),
		);
	});

	test('a right to a subresource is none to the object', async () => {
		const room = await open();
		const person = somebody(room);
		await grant(room, person, [{apiGroups: [''], resources: ['pods/status'], verbs: ['patch']}]);
		await room.ask(post(room.path('pods'), pod('web', {...podSpec(), schedulerName: 'none'})));
		expect((await person.ask(mergePatch(room.path('pods', 'web', 'status'), {status: {message: 'hello'}}))).status).toBe(200);
		expect((await person.ask(mergePatch(room.path('pods', 'web'), {}))).status).toBe(403);
	});

	test('a group has the rights of its bindings', async () => {
		const room = await open();
		const person = somebody(room, 'system:masters');
		expect((await person.ask({path: '/api/v1/nodes'})).status).toBe(200);
	});

	test('apply needs the right to patch, and to create what is not there', async () => {
		const room = await open();
		const person = somebody(room);
		await grant(room, person, [{apiGroups: [''], resources: ['configmaps'], verbs: ['patch']}]);
		const applied = {
			method: 'PATCH',
			path: `${room.path('configmaps', 'one')}?fieldManager=ann`,
			headers: {'content-type': 'application/apply-patch+yaml'},
			body: configMap('one'),
		};
		expect(await person.ask(applied)).toMatchObject({
			status: 403,
			body: {message: expect.stringContaining(`User "${person.name}" cannot create resource "configmaps"`)},
		});
		await room.ask(post(room.path('configmaps'), configMap('one')));
		expect((await person.ask(applied)).status).toBe(200);
	});

	test('a role that is no longer bound allows nothing', async () => {
		const room = await open();
		const person = somebody(room);
		await grant(room, person, [{apiGroups: [''], resources: ['secrets'], verbs: ['list']}]);
		await room.ask(erase(room.path('rolebindings', 'granted')));
		const headers = {'impersonate-user': person.name};
		await room.eventually({path: room.path('secrets'), headers}, ({status}) => status === 403);
	});

	test('the reader may read, but no secrets', async () => {
		const {ask, path} = await open();
		expect((await ask({path: path('pods'), as: 'reader'})).status).toBe(200);
		expect((await ask({path: path('secrets'), as: 'reader'})).status).toBe(403);
		expect((await ask({...post(path('pods'), pod('web')), as: 'reader'})).status).toBe(403);
		expect((await ask({...put(path('configmaps', 'one'), configMap('one')), as: 'reader'})).status).toBe(403);
	});
};
