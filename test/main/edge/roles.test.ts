import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Client, StreamableHTTPClientTransport} from '@modelcontextprotocol/client';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {main} from '../../../src/main.ts';
import {clientOver, eras, pipes, textOf} from '../../support/edge-client.ts';
import {hostIn} from '../../support/host.ts';
import {rawClient} from '../../support/raw-client.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});
const rolesPath = join(shop.folder, 'config', 'mkcoa', 'roles.yaml');
await mkdir(join(shop.folder, 'config', 'mkcoa'), {recursive: true});
const write = (text: string) => writeFile(rolesPath, text);

const usual = `roles:
  - {name: oncall, principals: [ci], toolsets: [kubernetes], namespaces: [shop], verbs: [read, change]}
  - {name: looker, principals: [dana], namespaces: [kube-*]}
`;

const keyOf = async (name: string) =>
	JSON.parse((await shop.run(['mcp', 'keys', 'add', name, '--scopes', 'mkcoa:read,mkcoa:change,mkcoa:destructive', '--json'])).out) as {
		readonly token: string;
	};
const tokens = {ci: (await keyOf('ci')).token, dana: (await keyOf('dana')).token, eve: (await keyOf('eve')).token};

const ends: (() => Promise<unknown>)[] = [];
beforeEach(() => write(usual));
afterEach(async () => {
	for (const end of ends.splice(0)) await end();
});

async function serve() {
	const stop = new AbortController();
	const {promise: url, resolve} = Promise.withResolvers<string>();
	const {host} = hostIn({folder: shop.folder, signal: stop.signal, streams: {out: text => resolve(text.trim())}});
	const words = ['--kubeconfig', shop.kubeconfig, '-n', 'shop', 'mcp', 'serve', '--allow-changes', '--http', '127.0.0.1:0'];
	const served = main(words, host);
	ends.push(async () => {
		stop.abort();
		return served;
	});
	return url;
}

async function clientOf(url: string, token: string) {
	const client = new Client({name: 'cursor', version: '1'}, {capabilities: {}, versionNegotiation: {mode: 'auto'}});
	await client.connect(new StreamableHTTPClientTransport(new URL(url), {requestInit: {headers: {authorization: `Bearer ${token}`}}}));
	ends.unshift(() => client.close());
	return client;
}

const pathsOutside = () =>
	shop.sandbox.requests
		.all()
		.map(({path}) => path)
		.filter(
			path =>
				/\/namespaces\/(?!shop(\/|$|\?))/.test(path) ||
				/\/(nodes|pods|secrets|events)(\?|$)/.test(path.replace(/\/namespaces\/shop\//, '/own-')),
		);

test('who has no role may do nothing, and hears what to do', async () => {
	const url = await serve();
	const headers = {'content-type': 'application/json', authorization: `Bearer ${tokens.eve}`};
	const refused = await fetch(url, {method: 'POST', headers, body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'});
	expect(refused.status).toBe(403);
	expect(await refused.json()).toMatchObject({error: {message: expect.stringMatching(/"eve" has no role here.*roles\.yaml/)}});
	await expect(clientOf(url, tokens.eve)).rejects.toThrow('403');
	await write(`${usual}  - {name: late, principals: [eve], namespaces: [shop]}\n`);
	expect((await (await clientOf(url, tokens.eve)).listTools()).tools.length).toBeGreaterThan(5);
});

test('tools, search, prompts and resources are those of the roles', async () => {
	const client = await clientOf(await serve(), tokens.ci);
	const names = (await client.listTools()).tools.map(({name}) => name);
	expect(names).toContain('workload_scale');
	expect(names).not.toContain('resource_delete');
	expect(names).not.toContain('deployment_canary');
	await expect(client.callTool({name: 'resource_delete', arguments: {kind: 'pod', name: 'web'}})).rejects.toThrow(
		'Your roles (oncall) do not allow resource_delete: it takes destructive in toolset kubernetes',
	);
	const found = await client.callTool({name: 'tool_search', arguments: {query: 'deployment_canary'}});
	expect(JSON.stringify(found.structuredContent)).not.toContain('"name":"deployment_canary"');
	expect((await client.listPrompts()).prompts.map(({name}) => name)).toEqual(['incident_review']);
	expect((await client.listResourceTemplates()).resourceTemplates.map(({name}) => name)).toEqual(['incident', 'plan', 'answer']);
});

test('what is asked of all namespaces is answered for those of the roles, which the answer says', async () => {
	const client = await clientOf(await serve(), tokens.ci);
	const namespaces = await client.callTool({name: 'namespaces_list', arguments: {}});
	expect(namespaces.structuredContent).toMatchObject({namespaces: [{name: 'shop'}], total: 1, onlyNamespaces: ['shop']});
	const pods = await client.callTool({name: 'resource_list', arguments: {kind: 'pods', allNamespaces: true}});
	expect(textOf(pods)).toContain('Your roles show you these namespaces alone: shop.');
	expect(textOf(pods)).not.toContain('kube-system');
});

test.each([
	['resource_get', {kind: 'node', name: 'node-1'}],
	['resource_get', {kind: 'namespace', name: 'kube-system'}],
	['resource_list', {kind: 'nodes'}],
	['resource_list', {kind: 'pods', namespace: 'kube-system'}],
	['events_list', {namespace: 'kube-system'}],
	['workload_scale', {workload: 'deployment/coredns', namespace: 'kube-system', replicas: 1}],
	['node_cordon', {node: 'node-1'}],
	[
		'resource_apply',
		{
			manifest:
				'{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"shop"}},{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b","namespace":"kube-system"}}]}',
		},
	],
])('%s of %j is refused before the cluster hears of it', async (name, input) => {
	const client = await clientOf(await serve(), tokens.ci);
	shop.sandbox.requests.clear();
	const answer = await client.callTool({name, arguments: input});
	expect(answer.isError, textOf(answer)).toBe(true);
	expect(textOf(answer)).toMatch(/outside of what your roles allow|not allowed/);
	expect(pathsOutside().filter(path => path !== '/api/v1/namespaces/kube-system')).toEqual([]);
});

test('a plan inside of the roles waits as ever, and undo sees no change that is outside', async () => {
	const client = await clientOf(await serve(), tokens.ci);
	const answer = await client.callTool({name: 'workload_scale', arguments: {workload: 'deployment/worker', replicas: 4}});
	expect(answer.structuredContent).toMatchObject({kind: 'waiting'});
	const {id} = answer.structuredContent as {readonly id: string};
	const plan = async () => client.readResource({uri: `mkcoa://plans/${id}`});
	expect(JSON.stringify(await plan())).toContain('worker');
	await write(usual.replace('namespaces: [shop]', 'namespaces: [blog]'));
	await expect(plan()).rejects.toThrow();
});

test('what came of a plan is told to its maker as long as his roles let him read it', async () => {
	const client = await clientOf(await serve(), tokens.ci);
	const answer = await client.callTool({name: 'workload_scale', arguments: {workload: 'deployment/worker', replicas: 6}});
	const {id} = answer.structuredContent as {readonly id: string};
	const result = async () => (await client.callTool({name: 'plan_result', arguments: {id}})).structuredContent;
	const elsewhere = usual.replace('namespaces: [shop]', 'namespaces: [blog]');
	await write(elsewhere);
	expect(await result()).toMatchObject({kind: 'unknown'});
	await write(usual);
	expect(await result()).toMatchObject({kind: 'waiting'});
	await shop.reviewed(['approve', id], () => {}, 'Not on a Friday');
	expect(await result()).toMatchObject({kind: 'rejected', feedback: 'Not on a Friday'});
	await write(elsewhere);
	expect(await result()).toMatchObject({kind: 'unknown'});
});

test('a rollout is planned and read within one namespace, and asks for nothing in others', async () => {
	await write('roles:\n  - {name: all, principals: [ci], namespaces: [shop], verbs: [read, change, destructive]}\n');
	const client = await clientOf(await serve(), tokens.ci);
	shop.sandbox.requests.clear();
	const canary = await client.callTool({
		name: 'deployment_canary',
		arguments: {name: 'deployment/web', image: 'registry.example.com/shop/web:9.9.9', metrics: ['restarts']},
	});
	expect(canary.structuredContent, textOf(canary)).toMatchObject({kind: 'waiting'});
	expect(textOf(canary)).not.toContain('Your roles show');
	for (const name of ['deployment_status', 'analyze_environment'])
		expect(
			(await client.callTool({name, arguments: name === 'deployment_status' ? {name: 'deployment/web'} : {}})).isError,
		).toBeUndefined();
	expect(pathsOutside().filter(path => path !== '/api/v1/namespaces/kube-system')).toEqual([]);
});

test('names are completed from the namespaces of the roles alone', async () => {
	const client = await clientOf(await serve(), tokens.dana);
	const complete = (name: string) =>
		client.complete({ref: {type: 'ref/resource', uri: 'mkcoa://incidents/{namespace}/{name}'}, argument: {name, value: ''}});
	expect((await complete('namespace')).completion.values.every(name => name.startsWith('kube-'))).toBe(true);
	expect((await complete('name')).completion.values).toEqual([]);
});

test('roles are checked and shown', async () => {
	expect(await shop.run(['mcp', 'roles', 'check'])).toMatchObject({
		code: 0,
		out: '✓ 2 roles for 2 principals; who has none may do nothing\n',
	});
	const shown = await shop.run(['mcp', 'roles', 'show', 'ci']);
	expect(shown).toMatchObject({code: 0, out: expect.stringContaining('oncall\tread change\tkubernetes\tshop\tno\tno\n')});
	expect(JSON.parse((await shop.run(['--json', 'mcp', 'roles', 'show', 'ci'])).out)).toMatchObject({
		principal: 'ci',
		roles: [{name: 'oncall'}],
	});
	expect(await shop.run(['mcp', 'roles', 'show', 'eve'])).toMatchObject({code: 4, out: expect.stringContaining('"eve" has no role here')});
	await write('roles:\n  - name: one\n    principals: [ci]\n    verbs: [reed]\n');
	const bad = await shop.run(['mcp', 'roles', 'check']);
	expect(bad.code).toBe(1);
	expect(bad.err).toContain('roles.yaml cannot be used (line 4)');
	expect((await shop.run(['mcp', 'serve', '--http'])).err).toContain('line 4');
});

test('a client on this machine is held to a role by its name', async () => {
	const call = (role: string, namespace: string) =>
		shop.run(['mcp', 'call', 'resource_list', '--role', role, '--input', JSON.stringify({kind: 'pods', namespace})]);
	expect(await call('oncall', 'shop')).toMatchObject({code: 0});
	expect(await call('oncall', 'kube-system')).toMatchObject({code: 1, err: expect.stringContaining('outside of what your roles allow')});
	expect(await call('nobody', 'shop')).toMatchObject({code: 1, err: expect.stringContaining('there are oncall, looker')});
});

function serveOncall() {
	const ways = pipes();
	const served = shop.run(['mcp', 'serve', '--allow-changes', '--role', 'oncall'], {pipes: ways});
	ends.push(async () => {
		ways.input.end();
		return served;
	});
	return ways;
}

test.each(eras)('a client of the %s era on this machine is held to its role as it stands now', async era => {
	const client = await clientOver(serveOncall(), era);
	const pods = (namespace: string) => client.callTool({name: 'resource_list', arguments: {kind: 'pods', namespace}});
	expect((await pods('shop')).isError).toBeUndefined();
	await write(usual.replace('namespaces: [shop]', 'namespaces: [blog]'));
	expect(textOf(await pods('shop'))).toContain('outside of what your roles allow');
	await write(usual.replace('oncall', 'night'));
	await expect(pods('shop')).rejects.toThrow('There is no role "oncall" any more');
	expect((await client.listTools()).tools).toEqual([]);
	await write('roles: no list');
	await expect(pods('shop')).rejects.toThrow('the file of roles cannot be used');
	await write(usual);
	expect((await pods('shop')).isError).toBeUndefined();
});

test('a client on this machine hears of its tasks what its role lets it see now', async () => {
	const client = rawClient(serveOncall());
	const scale = {name: 'workload_scale', arguments: {workload: 'deployment/worker', replicas: 3}};
	const {taskId} = (await client.ask('tools/call', scale)).result;
	const heardOf = async () => {
		client.heard.splice(0);
		void client.ask('subscriptions/listen', {notifications: {taskIds: [taskId]}});
		const {params} = await client.hears(({method}) => method === 'notifications/subscriptions/acknowledged');
		return params.notifications;
	};
	expect(await heardOf()).toEqual({taskIds: [taskId]});
	await write(usual.replace('oncall', 'night'));
	expect(await heardOf()).toEqual({});
});
