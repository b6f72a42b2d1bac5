import {expect, test} from 'vitest';
import {at, post, strategicPatch} from '../../servers/questions.ts';
import {deployment, service} from '../objects.ts';
import type {Reply} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

const containersOf = ({body}: Reply) => at(body, 'spec', 'template', 'spec', 'containers');
const named = (name: string, more: object = {}) => ({name, image: 'x:1', ...more});

/** The room with a paused Deployment of two containers, and patches of its pods. */
async function withWeb(room: Room) {
	const {ask, path} = room;
	const env = [
		{name: 'A', value: '1'},
		{name: 'B', value: '2'},
	];
	const containers = [named('main', {env}), named('side')];
	await ask(post(path('deployments'), deployment('web', {replicas: 0, spec: {paused: true}, template: {containers}})));
	const patch = (body: object) => ask(strategicPatch(path('deployments', 'web'), body));
	return {...room, patch, patchPods: (spec: object) => patch({spec: {template: {spec}}})};
}

/** Patches that know which lists are merged by which key. */
export const strategicPatches: Chapter = open => {
	test('containers are merged by name', async () => {
		const {patchPods} = await withWeb(await open());
		const reply = await patchPods({containers: [{name: 'side', image: 'y:1'}]});
		expect(containersOf(reply)).toMatchObject([
			{name: 'main', image: 'x:1'},
			{name: 'side', image: 'y:1'},
		]);
	});

	test('a container of a new name stands before the old ones', async () => {
		const {patchPods} = await withWeb(await open());
		expect(containersOf(await patchPods({containers: [named('new')]}))).toMatchObject([{name: 'new'}, {name: 'main'}, {name: 'side'}]);
	});

	test('$patch delete takes an item away', async () => {
		const {patchPods} = await withWeb(await open());
		expect(containersOf(await patchPods({containers: [{$patch: 'delete', name: 'main'}]}))).toMatchObject([{name: 'side'}]);
	});

	test('$patch replace takes the list as it is', async () => {
		const {patchPods} = await withWeb(await open());
		expect(containersOf(await patchPods({containers: [named('only'), {$patch: 'replace'}]}))).toMatchObject([{name: 'only'}]);
	});

	test('$setElementOrder orders the items', async () => {
		const {patchPods} = await withWeb(await open());
		const reply = await patchPods({'$setElementOrder/containers': [{name: 'side'}, {name: 'main'}]});
		expect(containersOf(reply)).toMatchObject([{name: 'side'}, {name: 'main'}]);
	});

	test('$setElementOrder places what is new', async () => {
		const {patchPods} = await withWeb(await open());
		const reply = await patchPods({
			'$setElementOrder/containers': [{name: 'main'}, {name: 'new'}, {name: 'side'}],
			containers: [named('new')],
		});
		expect(containersOf(reply)).toMatchObject([{name: 'main'}, {name: 'new'}, {name: 'side'}]);
	});

	test('lists inside of items are merged too', async () => {
		const {patchPods} = await withWeb(await open());
		const reply = await patchPods({
			containers: [
				{
					name: 'main',
					env: [
						{name: 'B', value: '3'},
						{$patch: 'delete', name: 'A'},
					],
				},
			],
		});
		expect(at(containersOf(reply), 0, 'env')).toEqual([{name: 'B', value: '3'}]);
	});

	test('null takes a field of an item away', async () => {
		const {patchPods} = await withWeb(await open());
		const reply = await patchPods({containers: [{name: 'main', env: null}]});
		expect(at(containersOf(reply), 0, 'env')).toBeUndefined();
	});

	test('arguments are replaced whole', async () => {
		const {patchPods} = await withWeb(await open());
		await patchPods({containers: [{name: 'main', args: ['a', 'b']}]});
		expect(at(containersOf(await patchPods({containers: [{name: 'main', args: ['c']}]})), 0, 'args')).toEqual(['c']);
	});

	test('$retainKeys keeps only those keys', async () => {
		const {patch} = await withWeb(await open());
		const reply = await patch({spec: {strategy: {$retainKeys: ['type'], type: 'Recreate'}}});
		expect(reply.status).toBe(200);
		expect(at(reply.body, 'spec', 'strategy')).toEqual({type: 'Recreate'});
	});

	test('without $retainKeys what was there stays, and may be invalid', async () => {
		const {patch} = await withWeb(await open());
		const reply = await patch({spec: {strategy: {type: 'Recreate'}}});
		expect(reply).toMatchObject({
			status: 422,
			body: {details: {causes: [{reason: 'FieldValueForbidden', field: 'spec.strategy.rollingUpdate'}]}},
		});
	});

	test('$patch replace in an object takes the object as it is', async () => {
		const {patch} = await withWeb(await open());
		const reply = await patch({metadata: {labels: {$patch: 'replace', tier: 'front'}}});
		expect(reply).toHaveProperty('body.metadata.labels', {tier: 'front'});
	});

	test('finalizers are a set: what is patched is added', async () => {
		const {ask, path} = await open();
		await ask(post(path('services'), {...service('web'), metadata: {name: 'web', finalizers: ['example.com/a']}}));
		const patch = (metadata: object) => ask(strategicPatch(path('services', 'web'), {metadata}));
		const both = await patch({finalizers: ['example.com/b']});
		expect(both).toHaveProperty('body.metadata.finalizers', expect.arrayContaining(['example.com/a', 'example.com/b']));
		const one = await patch({'$deleteFromPrimitiveList/finalizers': ['example.com/a']});
		expect(one).toHaveProperty('body.metadata.finalizers', ['example.com/b']);
		await patch({finalizers: null});
	});

	test('ports of a service are merged by number', async () => {
		const {ask, path} = await open();
		await ask(post(path('services'), service('web', {ports: [{port: 80, targetPort: 8080}]})));
		const reply = await ask(strategicPatch(path('services', 'web'), {spec: {ports: [{port: 80, targetPort: 9090}]}}));
		expect(reply).toMatchObject({status: 200, body: {spec: {ports: [{port: 80, protocol: 'TCP', targetPort: 9090}]}}});
	});

	test('an item without its key is refused', async () => {
		const {patchPods} = await withWeb(await open());
		const reply = await patchPods({containers: [{image: 'y:1'}]});
		expect(reply).toMatchObject({status: 500});
		expect(reply).toHaveProperty('body.message', expect.stringContaining('does not contain declared merge key: name'));
	});
};
