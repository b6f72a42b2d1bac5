import {expect, test} from 'vitest';
import {at, post} from '../../servers/questions.ts';
import {secret} from '../objects.ts';
import {refusal, versionOf} from '../reply.ts';
import type {Chapter} from '../room.ts';

const initial = 'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
const end = 'k8s.io/initial-events-end';
const requires = (why: string) => refusal(422, 'Invalid', `ListOptions.meta.k8s.io "" is invalid: ${why}`);

/** Watches that begin with a list, and marks of how far they have come. */
export const bookmarks: Chapter = open => {
	test('the objects that are there come first, then a mark with the version they are of', async () => {
		const {ask, path, watch} = await open();
		for (const name of ['b', 'a']) await ask(post(path('secrets'), secret(name)));
		const newest = versionOf(await ask({path: path('secrets', 'a')}));
		const {next} = await watch(`${path('secrets')}?${initial}&allowWatchBookmarks=true`);
		for (const name of ['a', 'b']) expect(await next()).toMatchObject({type: 'ADDED', object: {metadata: {name}}});
		const mark = await next();
		expect(mark).toMatchObject({
			type: 'BOOKMARK',
			object: {kind: 'Secret', apiVersion: 'v1', metadata: {annotations: {[end]: 'true'}, resourceVersion: expect.any(String)}},
		});
		expect(Number(at(mark.object, 'metadata', 'resourceVersion'))).toBeGreaterThanOrEqual(Number(newest));
		await ask(post(path('secrets'), secret('c')));
		expect(await next(({type}) => type !== 'BOOKMARK')).toMatchObject({type: 'ADDED', object: {metadata: {name: 'c'}}});
	});

	test('an empty collection is a mark alone', async () => {
		const {path, watch} = await open();
		const {next} = await watch(`${path('secrets')}?${initial}&allowWatchBookmarks=true`);
		expect(await next()).toMatchObject({type: 'BOOKMARK', object: {metadata: {annotations: {[end]: 'true'}}}});
	});

	test('the objects that come first are the selected ones', async () => {
		const {ask, path, watch} = await open();
		await ask(post(path('secrets'), secret('one', {}, {labels: {app: 'web'}})));
		await ask(post(path('secrets'), secret('two')));
		const {next} = await watch(`${path('secrets')}?${initial}&allowWatchBookmarks=true&labelSelector=app%3Dweb`);
		expect(await next()).toMatchObject({type: 'ADDED', object: {metadata: {name: 'one'}}});
		expect(await next()).toMatchObject({type: 'BOOKMARK'});
	});

	test('a bookmark is followed by a watch from its version that misses nothing', async () => {
		const {ask, path, watch} = await open();
		await ask(post(path('secrets'), secret('one')));
		const first = await watch(`${path('secrets')}?${initial}&allowWatchBookmarks=true`);
		const mark = await first.next(({type}) => type === 'BOOKMARK');
		first.close();
		await ask(post(path('secrets'), secret('two')));
		const {next} = await watch(`${path('secrets')}?watch=true&resourceVersion=${at(mark.object, 'metadata', 'resourceVersion')}`);
		expect(await next()).toMatchObject({type: 'ADDED', object: {metadata: {name: 'two'}}});
	});

	test('initial events want a version match', async () => {
		const {ask, path} = await open();
		expect(await ask({path: `${path('secrets')}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true`})).toMatchObject(
			requires('resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
		);
	});

	test('initial events are for watches', async () => {
		const {ask, path} = await open();
		expect(await ask({path: `${path('secrets')}?sendInitialEvents=true`})).toMatchObject(
			requires('sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list'),
		);
	});

	test('a mark of a Table is a Table too', async () => {
		const {path, watch} = await open();
		const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
		const {next} = await watch(`${path('secrets')}?${initial}&allowWatchBookmarks=true`, {accept});
		expect(await next()).toMatchObject({
			type: 'BOOKMARK',
			object: {
				kind: 'Table',
				columnDefinitions: [{name: 'Name'}, {name: 'Type'}, {name: 'Data'}, {name: 'Age'}],
				rows: [{cells: ['', '', 0, '<unknown>'], object: {metadata: {annotations: {[end]: 'true'}}}}],
			},
		});
	});
};
