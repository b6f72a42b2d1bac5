import {expect, test} from 'vitest';
import {WebSocket} from 'ws';
import {StatusError} from '../../../src/sandbox/status-error.ts';
import {cpuMs} from '../../support/cpu-time.ts';
import {type ApiUnderTest, configMap, configMaps, pod, startApi} from './support/api-client.ts';

test('the server is up after little work, and two of one seed give the same ids', async () => {
	const started = cpuMs();
	const [{api: a}, {api: b}] = [await startApi(), await startApi()];
	expect(cpuMs() - started).toBeLessThan(1000);
	expect(a.machine.create(pod('x')).metadata.uid).toBe(b.machine.create(pod('x')).metadata.uid);
});

test('what is served is listed, plainly and aggregated', async () => {
	const {call} = await startApi();
	expect((await call('GET', '/version')).body).toMatchObject({gitVersion: 'v1.36.3'});
	expect((await call('GET', '/apis/apps/v1')).body).toMatchObject({kind: 'APIResourceList', groupVersion: 'apps/v1'});
	// What a real server says: both versions are stored as autoscaling/v2.
	for (const version of ['v1', 'v2']) {
		expect((await call('GET', `/apis/autoscaling/${version}`)).body).toMatchObject({
			resources: [{name: 'horizontalpodautoscalers', storageVersionHash: 'qwQve8ut294='}, {name: 'horizontalpodautoscalers/status'}],
		});
	}
	const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
	const {body, headers} = await call('GET', '/apis', {headers: {accept}});
	expect(headers.get('content-type')).toContain('as=APIGroupDiscoveryList');
	expect(body).toMatchObject({kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2'});
	expect(JSON.stringify(body)).toContain('"shortNames":["deploy"]');
	expect((await call('GET', '/openapi/v3/apis/apps/v1')).body).toMatchObject({
		components: {schemas: {'apps.v1.DeploymentSpec': {required: ['selector', 'template']}}},
	});
});

const definition = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'sails.example.com'},
	spec: {
		group: 'example.com',
		scope: 'Namespaced',
		names: {plural: 'sails', kind: 'Sail', shortNames: ['sl']},
		versions: [
			{
				name: 'v1',
				served: true,
				storage: true,
				schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
				subresources: {status: {}},
				additionalPrinterColumns: [{name: 'Size', type: 'integer', jsonPath: '.spec.size'}],
			},
		],
	},
};
const sails = '/apis/example.com/v1/namespaces/default/sails';

test('a definition serves its kind for as long as it is there', async () => {
	const {call} = await startApi();
	expect((await call('GET', sails)).status).toBe(404);
	await call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {body: definition});
	const sail = {apiVersion: 'example.com/v1', kind: 'Sail', metadata: {name: 'jib'}, spec: {size: 3}};
	expect((await call('POST', sails, {body: sail})).body).toMatchObject({kind: 'Sail', metadata: {generation: 1}});
	const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
	expect((await call('GET', sails, {headers: {accept}})).body).toMatchObject({
		columnDefinitions: [{name: 'Name'}, {name: 'Size'}],
		rows: [{cells: ['jib', 3]}],
	});
	await call('DELETE', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/sails.example.com');
	expect((await call('GET', sails)).status).toBe(404);
	await call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {body: definition});
	expect((await call('GET', sails)).body).toMatchObject({kind: 'SailList', items: []});
});

test.each([
	[429, 429, 'TooManyRequests', '7'],
	[500, 500, 'InternalError', null],
	[503, 503, 'ServiceUnavailable', '7'],
] as const)('a fault of %i comes as often as it was asked for', async (answer, status, reason, after) => {
	const {api, call} = await startApi();
	api.fault({match: ({path}) => path === configMaps, answer, times: 2, ...(after === null ? {} : {retryAfterSeconds: Number(after)})});
	for (let count = 0; count < 2; count += 1) {
		const reply = await call('GET', configMaps);
		expect([reply.status, reply.body.reason, reply.headers.get('retry-after')]).toEqual([status, reason, after]);
	}
	expect((await call('GET', configMaps)).status).toBe(200);
});

test.each(['reset', 'truncate'] as const)('a fault may %s the answer', async answer => {
	const {api, call} = await startApi();
	api.fault({match: () => true, answer, times: 1});
	await expect(call('GET', configMaps)).rejects.toThrow();
	expect((await call('GET', configMaps)).status).toBe(200);
});

test('a fault may leave a request without an answer', async () => {
	const {api} = await startApi();
	api.fault({match: () => true, answer: 'hang', times: 1});
	const request = fetch(`${api.url}${configMaps}`, {headers: {authorization: 'Bearer admin'}, signal: AbortSignal.timeout(200)});
	await expect(request).rejects.toThrow('aborted due to timeout');
});

test('long answers are compressed for those who can read them', async () => {
	const {api, call} = await startApi();
	api.machine.create({...configMap('a', {text: 'x'.repeat(200_000)}), metadata: {name: 'a', namespace: 'default'}});
	expect((await call('GET', configMaps, {headers: {'accept-encoding': 'gzip'}})).headers.get('content-encoding')).toBe('gzip');
	expect((await call('GET', configMaps, {headers: {'accept-encoding': 'identity'}})).headers.get('content-encoding')).toBeNull();
});

test('logs come from whoever gives pods a life', async () => {
	const {api, call} = await startApi();
	api.machine.create(pod('a', {nodeName: 'n1'}));
	const asked: unknown[] = [];
	api.machine.extend({
		podLogs(_pod, options) {
			asked.push(options);
			return ['one', 'two'];
		},
	});
	const {body} = await call('GET', '/api/v1/namespaces/default/pods/a/log?tailLines=2&previous=true');
	expect(body).toEqual({text: 'one\ntwo\n'});
	expect(asked).toEqual([{container: 'main', previous: true, timestamps: false, tailLines: 2}]);
	expect((await call('GET', '/api/v1/namespaces/default/pods/a/log?container=x')).body.message).toBe('container x is not valid for pod a');
});

test('followed logs end with their pod', async () => {
	const {api} = await startApi();
	api.machine.create(pod('a', {nodeName: 'n1'}));
	api.machine.extend({podLogsFollow: (_pod, _container, write) => write('later'), podLogs: () => ['now']});
	const response = await fetch(`${api.url}/api/v1/namespaces/default/pods/a/log?follow=true`, {headers: {authorization: 'Bearer admin'}});
	api.machine.remove('Pod', 'default', 'a', {graceSeconds: 0});
	expect(await response.text()).toBe('now\nlater\n');
});

test('an eviction asks whether it may, then deletes', async () => {
	const {api, call} = await startApi();
	api.machine.create(pod('a'));
	const body = {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name: 'a'}};
	const path = '/api/v1/namespaces/default/pods/a/eviction';
	api.machine.extend({
		evict() {
			throw new StatusError(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
				causes: [{reason: 'DisruptionBudget', message: 'x'}],
			});
		},
	});
	expect(await call('POST', path, {body})).toMatchObject({status: 429, body: {details: {causes: [{reason: 'DisruptionBudget'}]}}});
	api.machine.extend({evict: () => undefined});
	expect((await call('POST', path, {body})).status).toBe(201);
	expect(api.machine.list('Pod')).toEqual([]);
});

test('binding puts a pod on a node, once', async () => {
	const {api, call} = await startApi();
	api.machine.create(pod('a'));
	const body = {apiVersion: 'v1', kind: 'Binding', metadata: {name: 'a'}, target: {kind: 'Node', name: 'n1'}};
	const path = '/api/v1/namespaces/default/pods/a/binding';
	expect((await call('POST', path, {body})).status).toBe(201);
	expect(api.machine.get('Pod', 'default', 'a')).toMatchObject({
		spec: {nodeName: 'n1'},
		status: {conditions: [{type: 'PodScheduled', status: 'True'}]},
	});
	expect((await call('POST', path, {body})).status).toBe(409);
});

test('other paths are for the hook', async () => {
	const {api, call} = await startApi();
	api.machine.extend({
		http: path =>
			path.endsWith('/proxy/api/v1/query') ? {status: 200, contentType: 'application/json', body: '{"status":"success"}'} : undefined,
	});
	expect((await call('GET', '/api/v1/namespaces/default/services/prometheus:9090/proxy/api/v1/query')).body).toEqual({status: 'success'});
});

/** Every frame of one exec, as channel and text. */
function exec({api}: ApiUnderTest, query: string): Promise<readonly string[]> {
	const {promise, resolve, reject} = Promise.withResolvers<readonly string[]>();
	const url = `${api.url.replace('http', 'ws')}/api/v1/namespaces/default/pods/a/exec?${query}`;
	const socket = new WebSocket(url, ['v5.channel.k8s.io'], {headers: {authorization: 'Bearer admin'}});
	const frames: string[] = [];
	socket.on('message', data => {
		const bytes = Buffer.from(String(data), 'utf8');
		frames.push(`${bytes[0]} ${bytes.subarray(1).toString()}`);
	});
	socket.on('close', () => resolve(frames));
	socket.on('error', reject);
	return promise;
}

test('a command is run over a WebSocket, its exit code at the end', async () => {
	const world = await startApi();
	world.api.machine.create(pod('a'));
	world.api.machine.extend({podExec: (_pod, _container, command) => ({stdout: command.join(' '), stderr: 'oh', exitCode: 2})});
	const frames = await exec(world, 'command=cat&command=file&stdout=true&stderr=true');
	expect(frames.slice(0, 2)).toEqual(['1 cat file', '2 oh']);
	expect(JSON.parse(frames[2]?.slice(2) ?? '')).toMatchObject({
		status: 'Failure',
		reason: 'NonZeroExitCode',
		details: {causes: [{message: '2'}]},
	});
});

test('a command in a pod that is not there is refused before the upgrade', async () => {
	await expect(exec(await startApi(), 'command=ls')).rejects.toThrow('404');
});

test.each([
	['/api/v1/endpoints', '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"'],
	['/apis/discovery.k8s.io/v1/endpointslices', null],
])('%s says whether its kind is deprecated', async (path, warning) => {
	const {call} = await startApi();
	expect((await call('GET', path)).headers.get('warning')).toBe(warning);
});

test('the OpenAPI documents say what each type and field is for', async () => {
	const {call} = await startApi();
	expect((await call('GET', '/openapi/v3/apis/apps/v1')).body).toMatchObject({
		components: {
			schemas: {
				'apps.v1.Deployment': {description: 'Deployment enables declarative updates for Pods and ReplicaSets.'},
				'apps.v1.DeploymentSpec': {properties: {replicas: {description: expect.stringMatching(/^Number of desired pods/)}}},
				'apps.v1.RollingUpdateDeployment': {properties: {maxSurge: {allOf: [{$ref: '#/components/schemas/intstr.IntOrString'}]}}},
			},
		},
	});
});

test.each([
	['tailLines=-1', 422, 'PodLogOptions "a" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0'],
	['limitBytes=0', 422, 'PodLogOptions "a" is invalid: limitBytes: Invalid value: 0: must be greater than 0'],
	['tailLines=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
	[
		'sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z',
		422,
		'PodLogOptions "a" is invalid: []: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
	],
])('logs cannot be asked for with %s', async (query, status, message) => {
	const {api, call} = await startApi();
	api.machine.create(pod('a'));
	const answer = await call('GET', `/api/v1/namespaces/default/pods/a/log?${query}`);
	expect([answer.status, answer.body.message]).toEqual([status, message]);
});
