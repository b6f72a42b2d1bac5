import {expect, test} from 'vitest';
import {at} from '../../servers/questions.ts';
import {type Reply, refusal} from '../reply.ts';
import type {Chapter} from '../room.ts';

const aggregated = {accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'};
const listAt = ({body}: Reply, ...path: readonly string[]): readonly unknown[] => {
	const list = at(body, ...path);
	return Array.isArray(list) ? list : [];
};
const named = (list: readonly unknown[], name: string, key = 'name') => list.find(item => at(item, key) === name);

/** What a server serves, as it tells itself. */
export const discovery: Chapter = open => {
	test('the version', async () => {
		const {ask} = await open();
		expect(await ask({path: '/version'})).toMatchObject({
			status: 200,
			body: {major: '1', minor: '36', gitVersion: expect.stringMatching(/^v1\.36\.\d+/), platform: expect.any(String)},
		});
		expect(await ask({path: '/version', method: 'DELETE'})).toMatchObject(
			refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {}),
		);
	});

	test('the core group is told by its version', async () => {
		const {ask} = await open();
		expect(await ask({path: '/api'})).toMatchObject({status: 200, body: {kind: 'APIVersions', versions: ['v1']}});
		const reply = await ask({path: '/api/v1'});
		expect(reply).toMatchObject({status: 200, body: {kind: 'APIResourceList', groupVersion: 'v1'}});
		const resources = listAt(reply, 'resources');
		expect(named(resources, 'pods')).toMatchObject({
			singularName: 'pod',
			namespaced: true,
			kind: 'Pod',
			verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
			shortNames: ['po'],
			categories: ['all'],
		});
		expect(named(resources, 'pods/log')).toMatchObject({kind: 'Pod', verbs: ['get']});
		expect(named(resources, 'nodes')).toMatchObject({namespaced: false, kind: 'Node'});
	});

	test('the groups, each with its versions and the preferred one', async () => {
		const {ask} = await open();
		const reply = await ask({path: '/apis'});
		expect(reply).toMatchObject({status: 200, body: {kind: 'APIGroupList', apiVersion: 'v1'}});
		expect(named(listAt(reply, 'groups'), 'autoscaling')).toEqual({
			name: 'autoscaling',
			versions: [
				{groupVersion: 'autoscaling/v2', version: 'v2'},
				{groupVersion: 'autoscaling/v1', version: 'v1'},
			],
			preferredVersion: {groupVersion: 'autoscaling/v2', version: 'v2'},
		});
	});

	test('one group, and one version of it', async () => {
		const {ask} = await open();
		const apps = {groupVersion: 'apps/v1', version: 'v1'};
		expect(await ask({path: '/apis/apps'})).toMatchObject({
			status: 200,
			body: {kind: 'APIGroup', name: 'apps', versions: [apps], preferredVersion: apps},
		});
		const resources = listAt(await ask({path: '/apis/apps/v1'}), 'resources');
		expect(named(resources, 'deployments')).toMatchObject({kind: 'Deployment', shortNames: ['deploy'], categories: ['all']});
		expect(named(resources, 'deployments/scale')).toMatchObject({
			kind: 'Scale',
			group: 'autoscaling',
			version: 'v1',
			verbs: ['get', 'patch', 'update'],
		});
	});

	test('all of it in one answer', async () => {
		const {ask} = await open();
		const reply = await ask({path: '/apis', headers: aggregated});
		expect(reply.status).toBe(200);
		expect(reply.headers['content-type']).toBe(aggregated.accept);
		expect(reply).toMatchObject({body: {kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2'}});
		const groups = listAt(reply, 'items');
		const apps = groups.find(group => at(group, 'metadata', 'name') === 'apps');
		const resources = at(apps, 'versions', 0, 'resources');
		expect(named(Array.isArray(resources) ? resources : [], 'deployments', 'resource')).toMatchObject({
			responseKind: {kind: 'Deployment'},
			scope: 'Namespaced',
			singularResource: 'deployment',
			shortNames: ['deploy'],
			subresources: [
				{subresource: 'scale', responseKind: {kind: 'Scale'}, verbs: ['get', 'patch', 'update']},
				{subresource: 'status', responseKind: {kind: 'Deployment'}, verbs: ['get', 'patch', 'update']},
			],
		});
		const core = listAt(await ask({path: '/api', headers: aggregated}), 'items');
		expect(core).toHaveLength(1);
	});

	test('a group that nobody serves', async () => {
		const {ask} = await open();
		for (const path of ['/apis/example.com', '/apis/example.com/v1', '/nowhere']) {
			expect(await ask({path})).toMatchObject({status: 404, body: '404 page not found\n'});
		}
		expect(await ask({path: '/apis/apps/v9'})).toMatchObject(
			refusal(404, 'NotFound', 'the server could not find the requested resource', {}),
		);
	});

	test('a verb or a subresource that a kind does not have', async () => {
		const {ask, path} = await open();
		const notAllowed = refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
		expect(await ask({method: 'PUT', path: path('pods'), body: {}})).toMatchObject(notAllowed);
		expect(await ask({method: 'POST', path: path('pods', 'web'), body: {}})).toMatchObject(notAllowed);
		expect(await ask({path: path('deployments', 'web', 'wheels')})).toMatchObject(
			refusal(404, 'NotFound', 'the server could not find the requested resource', {}),
		);
	});

	test('the index of OpenAPI names a document for each version', async () => {
		const {ask} = await open();
		const reply = await ask({path: '/openapi/v3'});
		expect(reply.status).toBe(200);
		for (const key of ['api/v1', 'apis/apps/v1', 'apis/batch/v1']) {
			const address = at(reply.body, 'paths', key, 'serverRelativeURL');
			expect(address).toMatch(new RegExp(`^/openapi/v3/${key}\\?hash=`));
			expect(await ask({path: String(address)})).toMatchObject({status: 200, body: {openapi: '3.0.0'}});
		}
		expect((await ask({path: '/openapi/v3/apis/example.com/v1'})).status).toBe(404);
	});

	test('a document of OpenAPI tells the fields of a kind, by references', async () => {
		const {ask} = await open();
		const {body} = await ask({path: '/openapi/v3/apis/apps/v1'});
		const schemas = at(body, 'components', 'schemas');
		const kinds = Object.values(typeof schemas === 'object' && schemas !== null ? schemas : {});
		const isDeployment = (schema: unknown) => at(schema, 'x-kubernetes-group-version-kind', 0, 'kind') === 'Deployment';
		const spec = at(kinds.find(isDeployment), 'properties', 'spec', 'allOf', 0, '$ref');
		const [, name = ''] = /^#\/components\/schemas\/(.+)$/.exec(String(spec)) ?? [];
		expect(at(schemas, name, 'properties', 'replicas')).toMatchObject({type: 'integer', format: 'int32'});
		expect(at(schemas, name, 'required')).toEqual(expect.arrayContaining(['selector', 'template']));
	});

	test('the server says that it is well', async () => {
		const {ask} = await open();
		for (const path of ['/livez', '/readyz', '/healthz']) expect(await ask({path})).toMatchObject({status: 200, body: 'ok'});
	});
};
