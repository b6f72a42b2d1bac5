import {expect, test} from 'vitest';
import type {Cluster} from '../../../../../src/mcp/kubernetes/port.ts';
import {clientOf, withDiscovery} from '../../../../support/client-world.ts';
import {respond, type Seen, scriptedServer} from '../../../../support/scripted-server.ts';

const nameColumn = {name: 'Name', type: 'string', format: 'name', description: '', priority: 0};
const readyColumn = {name: 'Ready', type: 'string', format: '', description: '', priority: 0};
const object = (name: string, namespace: string) => ({kind: 'PartialObjectMetadata', metadata: {name, namespace, uid: 'u'}});

/** Answers tables with or without objects, as asked, and remembers what was asked. */
async function tablesOf(columnDefinitions: readonly object[], ask: (cluster: Cluster) => Promise<unknown>) {
	const asked: string[] = [];
	const answer = (seen: Seen) => {
		asked.push(`${seen.path} ${seen.query.includeObject}`);
		const own = (name: string, namespace: string) => (seen.query.includeObject === 'None' ? null : object(name, namespace));
		return {
			kind: 'Table',
			metadata: {resourceVersion: '5', continue: 'more', remainingItemCount: 3},
			columnDefinitions,
			rows: [
				{cells: ['1/1', 'web'], object: own('web', 'shop')},
				{cells: ['0/1', 'db'], object: own('db', 'shop')},
			],
		};
	};
	const server = await scriptedServer(withDiscovery((seen, response) => respond(response, answer(seen))));
	const {cluster} = await clientOf(server.url);
	return {asked, table: await ask(cluster)};
}

const podsIn = (namespace?: string) => async (cluster: Cluster) => cluster.table({type: await cluster.typeOf('pods'), namespace});
const named = {
	rows: [
		{name: 'web', namespace: 'shop', cells: ['1/1', 'web']},
		{name: 'db', namespace: 'shop'},
	],
	cursor: 'more',
	remaining: 3,
};

test('a table of one namespace comes without objects: the name stands in its own column', async () => {
	const {asked, table} = await tablesOf([readyColumn, nameColumn], podsIn('shop'));
	expect(table).toMatchObject(named);
	expect(asked).toEqual(['/api/v1/namespaces/shop/pods None']);
});

test('a table of every namespace comes with the names of its objects', async () => {
	const {asked, table} = await tablesOf([readyColumn, nameColumn], podsIn());
	expect(table).toMatchObject(named);
	expect(asked).toEqual(['/api/v1/pods Metadata']);
});

test('a table that does not say which column is the name is asked for again, with objects', async () => {
	const {asked, table} = await tablesOf([readyColumn, {...nameColumn, format: ''}], podsIn('shop'));
	expect(table).toMatchObject(named);
	expect(asked).toEqual(['/api/v1/namespaces/shop/pods None', '/api/v1/namespaces/shop/pods Metadata']);
});

test('objects without a namespace are told without one', async () => {
	const {asked, table} = await tablesOf([readyColumn, nameColumn], async cluster => cluster.table({type: await cluster.typeOf('nodes')}));
	expect(table).toMatchObject({rows: [{name: 'web'}, {name: 'db'}]});
	expect(table).not.toHaveProperty('rows.0.namespace');
	expect(asked).toEqual(['/api/v1/nodes None']);
});
