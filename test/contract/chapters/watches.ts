import {expect, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {configMap, secret} from '../objects.ts';
import {cause, refusal, versionOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import type {WatchEvent} from '../watch.ts';

const told = ({type, object}: WatchEvent) => [type, at(object, 'metadata', 'name')];
const paint = ({ask, path}: Room, name: string, color: string) => ask(mergePatch(path('secrets', name), {stringData: {color}}));

/** What happens, as it happens. */
export const watches: Chapter = open => {
	test('from the version of a list come the events after it, in their order', async () => {
		const room = await open();
		const {ask, path, watch} = room;
		await ask(post(path('secrets'), secret('one')));
		const version = versionOf(await ask({path: path('secrets')}));
		await ask(post(path('secrets'), secret('two')));
		await paint(room, 'one', 'red');
		await ask(erase(path('secrets', 'two')));
		const {next} = await watch(`${path('secrets')}?watch=true&resourceVersion=${version}`);
		const events = [await next(), await next(), await next()];
		expect(events.map(told)).toEqual([
			['ADDED', 'two'],
			['MODIFIED', 'one'],
			['DELETED', 'two'],
		]);
		const versions = events.map(({object}) => Number(at(object, 'metadata', 'resourceVersion')));
		expect(versions).toEqual([...versions].sort((a, b) => a - b));
	});

	test('without a version come the objects that are there, then what happens', async () => {
		const {ask, path, watch} = await open();
		for (const name of ['b', 'a']) await ask(post(path('secrets'), secret(name)));
		const {next} = await watch(`${path('secrets')}?watch=true`);
		const first = [await next(), await next()].map(told);
		expect(first.toSorted()).toEqual([
			['ADDED', 'a'],
			['ADDED', 'b'],
		]);
		await ask(post(path('secrets'), secret('c')));
		expect(told(await next())).toEqual(['ADDED', 'c']);
	});

	test('an event carries the whole object with its kind', async () => {
		const {ask, path, watch} = await open();
		const {next} = await watch(`${path('secrets')}?watch=true`);
		const made = await ask(post(path('secrets'), secret('one', {color: 'blue'})));
		expect(await next()).toEqual({type: 'ADDED', object: made.body});
	});

	test('a deletion carries the last state, under the version of the deletion', async () => {
		const {ask, path, watch} = await open();
		const made = await ask(post(path('secrets'), secret('one', {color: 'blue'})));
		const {next} = await watch(`${path('secrets')}?watch=true&resourceVersion=${versionOf(made)}`);
		await ask(erase(path('secrets', 'one')));
		const {type, object} = await next();
		expect(type).toBe('DELETED');
		expect(object).toMatchObject({kind: 'Secret', metadata: {name: 'one'}, data: {color: btoa('blue')}});
		expect(Number(at(object, 'metadata', 'resourceVersion'))).toBeGreaterThan(Number(versionOf(made)));
	});

	test('a write that changes nothing is no event', async () => {
		const room = await open();
		const {ask, path, watch} = room;
		const made = await ask(post(path('secrets'), secret('one', {color: 'blue'})));
		const {next} = await watch(`${path('secrets')}?watch=true&resourceVersion=${versionOf(made)}`);
		await paint(room, 'one', 'blue');
		await paint(room, 'one', 'red');
		expect(await next()).toMatchObject({type: 'MODIFIED', object: {data: {color: btoa('red')}}});
	});

	test('an object that leaves a selection is deleted for its watcher, and added when it comes back', async () => {
		const {ask, path, watch} = await open();
		const made = await ask(post(path('secrets'), secret('one', {}, {labels: {app: 'web'}})));
		const query = `watch=true&labelSelector=app%3Dweb&resourceVersion=${versionOf(made)}`;
		const {next} = await watch(`${path('secrets')}?${query}`);
		const label = (app: string | null) => ask(mergePatch(path('secrets', 'one'), {metadata: {labels: {app}}}));
		await label('db');
		await ask(mergePatch(path('secrets', 'one'), {stringData: {color: 'red'}}));
		await label('web');
		await label(null);
		const events = [await next(), await next(), await next()];
		expect(events.map(({type}) => type)).toEqual(['DELETED', 'ADDED', 'DELETED']);
		// What is deleted by a change of labels comes as it was when it was still selected.
		expect(events.map(({object}) => at(object, 'metadata', 'labels', 'app'))).toEqual(['web', 'web', 'web']);
	});

	test('one object is watched by selecting its name', async () => {
		const {ask, path, watch} = await open();
		const {next} = await watch(`${path('secrets')}?watch=true&fieldSelector=metadata.name%3Dtwo`);
		for (const name of ['one', 'two']) await ask(post(path('secrets'), secret(name)));
		expect(told(await next())).toEqual(['ADDED', 'two']);
	});

	test('the path of one object is read, not watched', async () => {
		const {ask, path} = await open();
		const made = await ask(post(path('secrets'), secret('one')));
		expect(await ask({path: `${path('secrets', 'one')}?watch=true`})).toMatchObject({status: 200, body: made.body});
	});

	test('a watch of all namespaces sees each of them', async () => {
		const {ask, path, watch, namespace} = await open();
		const {next} = await watch(`/api/v1/secrets?watch=true&labelSelector=room%3D${namespace}`);
		await ask(post(path('secrets'), secret('one', {}, {labels: {room: namespace}})));
		expect(await next()).toMatchObject({type: 'ADDED', object: {metadata: {name: 'one', namespace}}});
	});

	test('timeoutSeconds ends the stream, and is no error', async () => {
		const {ask, path, watch} = await open();
		await ask(post(path('secrets'), secret('one')));
		const {rest} = await watch(`${path('secrets')}?watch=true&timeoutSeconds=1`);
		expect((await rest()).map(told)).toEqual([['ADDED', 'one']]);
	});

	test('a kind that nobody serves cannot be watched', async () => {
		const {namespace, watch} = await open();
		expect((await watch(`/api/v1/namespaces/${namespace}/widgets?watch=true`)).status).toBe(404);
	});

	test('an exact version is for lists, and refused for a watch', async () => {
		const {ask, path} = await open();
		const forbidden = 'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided';
		const unsupported = 'Unsupported value: "Exact": supported values: "NotOlderThan"';
		const field = 'resourceVersionMatch';
		expect(await ask({path: `${path('pods')}?watch=true&resourceVersion=1&${field}=Exact`})).toMatchObject(
			refusal(422, 'Invalid', `ListOptions.meta.k8s.io "" is invalid: [${field}: ${forbidden}, ${field}: ${unsupported}]`, {
				causes: [cause('FieldValueForbidden', field, forbidden), cause('FieldValueNotSupported', field, unsupported)],
			}),
		);
	});

	test('a watched Table names its columns once', async () => {
		const {ask, path, watch} = await open();
		await ask(post(path('configmaps'), configMap('one', {color: 'blue'})));
		const {next} = await watch(`${path('configmaps')}?watch=true&fieldSelector=metadata.name%3Done`, {
			accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
		});
		const row = {cells: ['one', 1, expect.any(String)], object: {kind: 'PartialObjectMetadata', metadata: {name: 'one'}}};
		expect(await next()).toMatchObject({
			type: 'ADDED',
			object: {kind: 'Table', columnDefinitions: [{name: 'Name'}, {name: 'Data'}, {name: 'Age'}], rows: [row]},
		});
		await ask(mergePatch(path('configmaps', 'one'), {data: {size: 'big'}}));
		const second = await next();
		expect(second).toMatchObject({type: 'MODIFIED', object: {kind: 'Table', rows: [{cells: ['one', 2, expect.any(String)]}]}});
		expect(at(second.object, 'columnDefinitions')).toBeNull();
	});
};
