import {expect, test} from 'vitest';
import {clientOf, troubleFrom, withDiscovery} from '../../../../support/client-world.ts';
import {refuse, respond, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

const pod = (name: string, resourceVersion = '1') => ({metadata: {name, namespace: 'shop', uid: `uid-${name}`, resourceVersion}});
const page = (names: readonly string[], metadata: object = {}) => ({
	kind: 'PodList',
	apiVersion: 'v1',
	metadata: {resourceVersion: '10', ...metadata},
	items: names.map(name => pod(name)),
});

const open = async (script: Script) => {
	const server = await scriptedServer(withDiscovery(script));
	const {cluster} = await clientOf(server.url);
	const type = await cluster.typeOf('pods');
	return {cluster, type, asked: () => server.seen.filter(({path}) => path.includes('pods'))};
};
const names = async (objects: AsyncIterable<{readonly metadata: {readonly name: string}}>) => {
	const found: string[] = [];
	for await (const {metadata} of objects) found.push(metadata.name);
	return found;
};

test('a list asks for 500 at a time, with its selectors, and gives every object its kind', async () => {
	const {cluster, type, asked} = await open((_seen, response) => respond(response, page(['a'], {continue: 'next', remainingItemCount: 3})));
	expect(await cluster.list({type, namespace: 'shop', labelSelector: 'app=web', fieldSelector: 'status.phase=Running'})).toEqual({
		items: [{apiVersion: 'v1', kind: 'Pod', ...pod('a')}],
		resourceVersion: '10',
		cursor: 'next',
		remaining: 3,
	});
	expect(asked()[0]).toMatchObject({
		path: '/api/v1/namespaces/shop/pods',
		query: {limit: '500', labelSelector: 'app=web', fieldSelector: 'status.phase=Running'},
	});
});

test('a list of all namespaces goes on from a cursor', async () => {
	const {cluster, type, asked} = await open((_seen, response) => respond(response, page([])));
	expect(await cluster.list({type, cursor: 'here', pageSize: 7})).toEqual({items: [], resourceVersion: '10'});
	expect(asked()[0]).toMatchObject({path: '/api/v1/pods', query: {limit: '7', continue: 'here'}});
});

test('a list of metadata alone asks the server for no more, and gives every object its own kind', async () => {
	const partial = {...page([]), items: [{kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', ...pod('a')}]};
	const {cluster, type, asked} = await open((_seen, response) => respond(response, partial));
	expect((await cluster.list({type, onlyMetadata: true})).items).toEqual([{apiVersion: 'v1', kind: 'Pod', ...pod('a')}]);
	expect(asked()[0]?.headers.accept).toContain('as=PartialObjectMetadataList');
});

test('each gives every object of every page', async () => {
	const pages = new Map([
		[undefined, page(['a', 'b'], {continue: '2'})],
		['2', page(['c'], {continue: '3'})],
		['3', page([])],
	]);
	const {cluster, type} = await open(({query}, response) => respond(response, pages.get(query.continue)));
	expect(await names(cluster.each({type}))).toEqual(['a', 'b', 'c']);
});

test('each asks for a page only when the one before is used up', async () => {
	const {cluster, type, asked} = await open((_seen, response) => respond(response, page(['a', 'b'], {continue: 'more'})));
	for await (const {metadata} of cluster.each({type})) if (metadata.name === 'b') break;
	expect(asked()).toHaveLength(1);
});

test('a list that expired goes on from the token that the server offers', async () => {
	const {cluster, type} = await open(({query}, response) => {
		if (query.continue === undefined) return respond(response, page(['a', 'b'], {continue: 'old'}));
		if (query.continue === 'old') return refuse(response, 410, 'Expired', 'too old', {metadata: {continue: 'inconsistent'}});
		return respond(response, page(['c']));
	});
	expect(await names(cluster.each({type}))).toEqual(['a', 'b', 'c']);
});

test('a list that expired without an offer starts again and tells nothing twice', async () => {
	let starts = 0;
	const {cluster, type} = await open(({query}, response) => {
		if (query.continue === 'old') return refuse(response, 410, 'Expired');
		if (query.continue === 'new') return respond(response, page(['c', 'd']));
		starts++;
		return respond(response, starts === 1 ? page(['a', 'b'], {continue: 'old'}) : page(['a', 'bb', 'b'], {continue: 'new'}));
	});
	expect(await names(cluster.each({type}))).toEqual(['a', 'b', 'bb', 'c', 'd']);
});

test('a list that expires again and again is given up', async () => {
	const {cluster, type} = await open(({query}, response) =>
		query.continue === undefined ? respond(response, page(['a'], {continue: 'old'})) : refuse(response, 410, 'Expired'),
	);
	expect(await troubleFrom(names(cluster.each({type})))).toMatchObject({code: 'expired'});
});

test('an old cursor of a person is told with what to do', async () => {
	const {cluster, type} = await open((_seen, response) => refuse(response, 410, 'Expired'));
	expect(await troubleFrom(cluster.list({type, cursor: 'old'}))).toMatchObject({
		code: 'expired',
		next: 'Start the list again without a cursor',
	});
});

test('a table has the columns of the server', async () => {
	const {cluster, type, asked} = await open((_seen, response) =>
		respond(response, {
			kind: 'Table',
			metadata: {resourceVersion: '10', continue: 'next'},
			columnDefinitions: [
				{name: 'Name', type: 'string', priority: 0},
				{name: 'Node', type: 'string', priority: 1},
			],
			rows: [{cells: ['a', null], object: {kind: 'PartialObjectMetadata', metadata: {name: 'a', namespace: 'shop'}}}],
		}),
	);
	expect(await cluster.table({type})).toEqual({
		columns: [
			{name: 'Name', type: 'string', priority: 0},
			{name: 'Node', type: 'string', priority: 1},
		],
		rows: [{cells: ['a', null], name: 'a', namespace: 'shop'}],
		cursor: 'next',
	});
	expect(asked()[0]?.headers.accept).toBe('application/json;as=Table;v=v1;g=meta.k8s.io,application/json');
});

test('a server that makes no tables gives names and times', async () => {
	const {cluster, type} = await open((_seen, response) =>
		respond(response, {kind: 'PodList', metadata: {}, items: [{metadata: {name: 'a', creationTimestamp: '2026-01-01T00:00:00Z'}}]}),
	);
	expect(await cluster.table({type})).toMatchObject({rows: [{cells: ['a', '2026-01-01T00:00:00Z'], name: 'a'}]});
});
