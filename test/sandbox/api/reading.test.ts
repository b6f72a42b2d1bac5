import {expect, test} from 'vitest';
import {configMap, configMaps, startApi} from './support/api-client.ts';

test.each([
	['app=web', ['a', 'b']],
	['app!=web', ['c', 'd']],
	['app in (web,db)', ['a', 'b', 'c']],
	['app notin (web, db)', ['d']],
	['tier', ['a']],
	['!tier', ['b', 'c', 'd']],
	['app==web,!tier', ['b']],
	['weight>4', ['c']],
])('a list with labelSelector %s', async (selector, names) => {
	const {api, call} = await startApi();
	const labels = {a: {app: 'web', tier: 'front'}, b: {app: 'web'}, c: {app: 'db', weight: '5'}, d: {}};
	for (const [name, own] of Object.entries(labels)) {
		api.machine.create({...configMap(name, {}, own), metadata: {name, namespace: 'default', labels: own}});
	}
	const {body} = await call('GET', `${configMaps}?labelSelector=${encodeURIComponent(selector)}`);
	expect(body).toMatchObject({kind: 'ConfigMapList', items: names.map(name => ({metadata: {name}}))});
});

test('a malformed selector is a bad request', async () => {
	const {call} = await startApi();
	expect((await call('GET', `${configMaps}?labelSelector=a%3D%3D%3Db`)).status).toBe(400);
	expect((await call('GET', `${configMaps}?fieldSelector=data.x%3D1`)).body.message).toContain('"data.x" is not a known field selector');
});

test('pages of one list show one state, whatever happens between them', async () => {
	const {api, call} = await startApi();
	for (const name of ['a', 'b', 'c', 'd']) await call('POST', configMaps, {body: configMap(name)});
	const first = await call('GET', `${configMaps}?limit=2`);
	expect(first.body.metadata).toMatchObject({remainingItemCount: 2});
	api.machine.remove('ConfigMap', 'default', 'c');
	await call('POST', configMaps, {body: configMap('bb')});
	const rest = await call('GET', `${configMaps}?limit=2&continue=${first.body.metadata.continue}`);
	expect(rest.body).toMatchObject({items: [{metadata: {name: 'c'}}, {metadata: {name: 'd'}}]});
	expect(rest.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
});

test('a forgotten continue token is expired', async () => {
	const {api, call} = await startApi();
	for (const name of ['a', 'b']) await call('POST', configMaps, {body: configMap(name)});
	const {body} = await call('GET', `${configMaps}?limit=1`);
	await call('POST', configMaps, {body: configMap('c')});
	api.compact();
	const expired = await call('GET', `${configMaps}?limit=1&continue=${body.metadata.continue}`);
	expect([expired.status, expired.body.reason]).toEqual([410, 'Expired']);
});

test('without a token nobody is anybody', async () => {
	const {call} = await startApi();
	const {status, body} = await call('GET', configMaps, {token: 'stranger'});
	expect([status, body]).toMatchObject([401, {kind: 'Status', reason: 'Unauthorized'}]);
});

test('a reader reads, and is told what it may not do', async () => {
	const {call} = await startApi();
	expect((await call('GET', configMaps, {token: 'reader'})).status).toBe(200);
	const {status, body} = await call('GET', '/apis/apps/v1/namespaces/default/deployments/web/scale', {token: 'reader'});
	expect(status).toBe(404);
	expect(body.message).toBe('deployments.apps "web" not found');
	const refused = await call('DELETE', '/apis/apps/v1/namespaces/y/deployments/web', {token: 'reader'});
	expect([refused.status, refused.body]).toMatchObject([
		403,
		{
			reason: 'Forbidden',
			message:
				'deployments.apps "web" is forbidden: User "reader" cannot delete resource "deployments" in API group "apps" in the namespace "y"',
		},
	]);
});
