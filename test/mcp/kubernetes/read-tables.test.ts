import {expect, test} from 'vitest';
import type {Cluster, ServerTable} from '../../../src/mcp/kubernetes/port.ts';
import {readTables} from '../../../src/mcp/kubernetes/read-tables.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {objectOf, pod} from '../../support/shop-objects.ts';

/** In the order of the server's store, where `a-b` stands before `a`. */
const sizes = {'a-b': 300, a: 400, b: 1700, c: 900, d: 0};
const objects = Object.entries(sizes).flatMap(([namespace, size]) => [
	objectOf('v1', 'Namespace', namespace, {metadata: {namespace: undefined}}),
	...Array.from({length: size}, (_, index) => pod(`web-${String(index).padStart(4, '0')}`, {metadata: {namespace}})),
]);

/** The fake cluster, telling how many objects follow as the API server does, and what was asked. */
function counting({denied, ...world}: {readonly objects: typeof objects; readonly denied?: readonly string[]}) {
	const fake = fakeCluster({...world, ...(denied === undefined ? {} : {denied})});
	const asked: string[] = [];
	const table: Cluster['table'] = async query => {
		asked.push(`${query.type.plural} ${query.namespace ?? '*'}`);
		const {remaining} = await fake.cluster.list(query);
		return {...(await fake.cluster.table(query)), remaining: query.labelSelector === undefined ? remaining : undefined};
	};
	return {cluster: {...fake.cluster, table}, asked};
}

async function read(cluster: Cluster, query: {readonly namespace?: string; readonly labelSelector?: string} = {}) {
	const tables: ServerTable[] = [];
	for await (const part of readTables(cluster, {type: await cluster.typeOf('pods'), ...query})) tables.push(part);
	return tables.flatMap(({rows}) => rows.map(({namespace, name}) => `${namespace}/${name}`));
}

const everyPod = objects.filter(({kind}) => kind === 'Pod').map(({metadata}) => `${metadata.namespace}/${metadata.name}`);

test('a long list of every namespace goes on namespace by namespace, in order and without gaps', async () => {
	const {cluster, asked} = counting({objects});
	expect(await read(cluster)).toEqual(everyPod);
	expect(asked).toEqual(['pods *', 'namespaces *', 'pods a', 'pods b', 'pods c', 'pods d', 'pods b', 'pods b', 'pods b', 'pods c']);
});

test.each([
	['namespaces may not be listed', {objects, denied: ['namespaces']}, {}],
	['a selector keeps the server from counting', {objects}, {labelSelector: 'app=web'}],
])('where %s, it goes on page by page', async (_why, world, query) => {
	const {cluster, asked} = counting(world);
	const rows = await read(cluster, query);
	expect(rows.length).toBe(everyPod.length);
	expect(asked.filter(one => one.startsWith('pods'))).toEqual(Array(7).fill('pods *'));
});

test('so does a short list', async () => {
	const {cluster, asked} = counting({objects: objects.slice(0, 1500)});
	expect(await read(cluster)).toHaveLength(1497);
	expect(new Set(asked)).toEqual(new Set(['pods *']));
});

test('many small namespaces are not asked one by one', async () => {
	const small = Array.from({length: 100}, (_, index) => objectOf('v1', 'Namespace', `small-${index}`, {metadata: {namespace: undefined}}));
	const {cluster, asked} = counting({objects: [...objects, ...small]});
	expect(await read(cluster)).toHaveLength(everyPod.length);
	expect(new Set(asked)).toEqual(new Set(['pods *', 'namespaces *']));
});

test('one namespace is read page by page', async () => {
	const {cluster, asked} = counting({objects});
	expect(await read(cluster, {namespace: 'b'})).toHaveLength(1700);
	expect(asked).toEqual(Array(4).fill('pods b'));
});
