import {expect, test} from 'vitest';
import {configMap, configMaps, startApi} from './support/api-client.ts';
import {openWatch, short} from './support/watch-client.ts';

test('a watch without a version starts with what is there', async () => {
	const {api, call} = await startApi();
	await call('POST', configMaps, {body: configMap('a')});
	const watch = await openWatch(api, `${configMaps}?watch=true`);
	expect(short(await watch.next(1))).toEqual(['ADDED a']);
	await call('POST', configMaps, {body: configMap('b')});
	await call('DELETE', `${configMaps}/a`);
	expect(short(await watch.next(2))).toEqual(['ADDED b', 'DELETED a']);
});

test('a watch from a version tells everything after it, in order', async () => {
	const {api, call} = await startApi();
	const {body: list} = await call('GET', configMaps);
	await call('POST', configMaps, {body: configMap('a')});
	await call('PUT', `${configMaps}/a`, {body: configMap('a', {x: '1'})});
	const watch = await openWatch(api, `${configMaps}?watch=true&resourceVersion=${list.metadata.resourceVersion}`);
	const events = await watch.next(2);
	expect(short(events)).toEqual(['ADDED a', 'MODIFIED a']);
	expect(events[1]?.object).toMatchObject({kind: 'ConfigMap', apiVersion: 'v1', data: {x: '1'}});
});

test('to a watcher of a selection, objects come and go as they begin and end to match', async () => {
	const {api, call} = await startApi();
	const watch = await openWatch(api, `${configMaps}?watch=true&resourceVersion=1&labelSelector=app%3Dweb`);
	await call('POST', configMaps, {body: configMap('a', {}, {app: 'db'})});
	await call('PUT', `${configMaps}/a`, {body: configMap('a', {}, {app: 'web'})});
	await call('PUT', `${configMaps}/a`, {body: configMap('a', {x: '1'}, {app: 'web'})});
	await call('PUT', `${configMaps}/a`, {body: configMap('a', {x: '1'}, {app: 'db'})});
	expect(short(await watch.next(3))).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
});

test('a watch from a forgotten version ends with an error event', async () => {
	const {api, call} = await startApi();
	await call('POST', configMaps, {body: configMap('a')});
	api.compact();
	const watch = await openWatch(api, `${configMaps}?watch=true&resourceVersion=1`);
	expect(watch.status).toBe(200);
	expect(await watch.next(1)).toMatchObject([{type: 'ERROR', object: {kind: 'Status', code: 410, reason: 'Expired'}}]);
	expect(await watch.end()).toBe(true);
});

test('bookmarks come with time, the end with the timeout', async () => {
	const {api, clock} = await startApi();
	const watch = await openWatch(api, `${configMaps}?watch=true&resourceVersion=1&allowWatchBookmarks=true&timeoutSeconds=90`);
	await clock.advance(90_000);
	const [bookmark] = await watch.next(1);
	expect(bookmark).toMatchObject({
		type: 'BOOKMARK',
		object: {kind: 'ConfigMap', metadata: {resourceVersion: expect.stringMatching(/^\d+$/)}},
	});
	expect(await watch.end()).toBe(true);
});

test('a list can be read as a watch, with a mark where it ends', async () => {
	const {api, call} = await startApi();
	await call('POST', configMaps, {body: configMap('a')});
	const query = 'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
	const events = await (await openWatch(api, `${configMaps}?${query}`)).next(2);
	expect(events).toMatchObject([
		{type: 'ADDED'},
		{type: 'BOOKMARK', object: {metadata: {annotations: {'k8s.io/initial-events-end': 'true'}}}},
	]);
});

test('stopping the server ends every watch', async () => {
	const {api} = await startApi();
	const watch = await openWatch(api, `${configMaps}?watch=true&resourceVersion=1`);
	await api.stop();
	await expect(watch.end()).rejects.toThrow();
});
