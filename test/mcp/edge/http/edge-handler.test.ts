import {Client, StreamableHTTPClientTransport} from '@modelcontextprotocol/client';
import {describe, expect, test} from 'vitest';
import type {Rights} from '../../../../src/core/roles/rights.ts';
import {rolesSchema} from '../../../../src/core/roles/roles.ts';
import type {EdgePrincipal} from '../../../../src/mcp/edge/http/principal.ts';
import {type Era, eras, textOf} from '../../../support/edge-client.ts';
import {edgeTool, said, smallEdge} from '../../../support/small-edge.ts';

const reader = {id: 'reader', scopes: ['mkcoa:read'], groups: []};
const writer = {id: 'writer', scopes: ['mkcoa:read', 'mkcoa:change'], groups: []};
const deployer = {id: 'deployer', scopes: ['mkcoa:read', 'mkcoa:change', 'mkcoa:toolset:deploy'], groups: []};

const tools = [
	edgeTool('pod_list', 'read', async (_, {caller}) => said(`pods for ${caller.principal} by ${caller.agent}`)),
	edgeTool('pod_scale', 'change', async () => said('a plan')),
	edgeTool('pod_delete', 'destructive', async () => said('a plan')),
	edgeTool('rollout', 'change', async () => said('a plan'), 'deploy'),
	edgeTool('broken', 'read', async () => {
		throw new Error('password=hunter2');
	}),
];

const edge = () => smallEdge({tools, principals: [reader, writer, deployer]});
const address = 'http://localhost:8765/mcp';

async function connect(handler: ReturnType<typeof edge>['handler'], era: Era, token: string): Promise<Client> {
	const mode = era === 'modern' ? {pin: '2026-07-28'} : 'legacy';
	const client = new Client({name: 'cursor', version: '1'}, {capabilities: {}, versionNegotiation: {mode}});
	const transport = new StreamableHTTPClientTransport(new URL(address), {
		fetch: async (url, init) => handler.fetch(withHost(new Request(url, init))),
		requestInit: {headers: {authorization: `Bearer ${token}`}},
	});
	await client.connect(transport);
	return client;
}

/** A request as it arrives: with the name under which the server was reached. */
function withHost(request: Request, host = 'localhost:8765'): Request {
	request.headers.set('host', host);
	return request;
}

const posted = (body: unknown, headers: {readonly [name: string]: string} = {}) =>
	new Request(address, {
		method: 'POST',
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: {
			host: 'localhost:8765',
			'content-type': 'application/json',
			accept: 'application/json, text/event-stream',
			authorization: 'Bearer reader',
			...headers,
		},
	});

const list = {jsonrpc: '2.0', id: 1, method: 'tools/list'};
const call = (name: string) => ({jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name, arguments: {}}});

describe.each(eras)('over HTTP, a client of the %s era', era => {
	test('reads as the principal of its token', async () => {
		const {handler} = edge();
		const client = await connect(handler, era, 'reader');
		expect(textOf(await client.callTool({name: 'pod_list', arguments: {}}))).toBe('pods for reader by cursor');
		await client.close();
		await handler.close();
	});

	test.each([
		['reader', ['pod_list', 'broken']],
		['writer', ['pod_list', 'pod_scale', 'rollout', 'broken']],
		['deployer', ['rollout']],
	])('%s is told of the tools that he may use alone', async (token, names) => {
		const {handler} = edge();
		const client = await connect(handler, era, token);
		expect((await client.listTools()).tools.map(({name}) => name)).toEqual(names);
		await handler.close();
	});

	test('is not promised to hear of changes of the lists, which never change', async () => {
		const {handler} = edge();
		const client = await connect(handler, era, 'reader');
		const {tools: ofTools, prompts, resources} = client.getServerCapabilities() ?? {};
		expect([ofTools?.listChanged, prompts?.listChanged, resources?.listChanged]).toEqual([false, false, false]);
		await handler.close();
	});

	test('hears of no error what nobody chose to tell', async () => {
		const {handler} = edge();
		const client = await connect(handler, era, 'reader');
		const answer = await client.callTool({name: 'broken', arguments: {}});
		expect(answer.isError).toBe(true);
		expect(textOf(answer)).toMatch(/^The tool failed in a way that mkcoa did not foresee/);
		await handler.close();
	});
});

describe('a request is answered before anything of the protocol is looked at', () => {
	test.each([
		['without a token', list, {authorization: ''}, 401, 'invalid_token'],
		['with a token of nobody', list, {authorization: 'Bearer nobody'}, 401, 'invalid_token'],
		['with a token in another form', list, {authorization: 'Basic cmVhZGVyOg=='}, 401, 'invalid_token'],
		['with letters that no token has', list, {authorization: 'Bearer rea"der'}, 401, 'invalid_token'],
		['for another host', list, {host: 'evil.example.com'}, 403, 'Host'],
		['from a page of another site', list, {origin: 'https://evil.example.com'}, 403, 'Origin'],
		['from a page that hides where it is from', list, {origin: 'null'}, 403, 'Origin'],
		['that is no JSON', '{', {}, 400, 'no JSON'],
		['that says it is no JSON', list, {'content-type': 'text/plain'}, 415, 'application/json'],
		['that is too large', `"${'x'.repeat(2 * 1024 * 1024)}"`, {}, 413, 'bytes'],
		['for more than its token covers', call('pod_scale'), {}, 403, 'insufficient_scope'],
		['for that in a list of calls', [call('pod_list'), call('pod_delete')], {}, 403, 'insufficient_scope'],
	])('%s', async (_, body, headers, status, word) => {
		const {handler} = edge();
		const response = await handler.fetch(posted(body, headers as {readonly [name: string]: string}));
		expect(response.status).toBe(status);
		expect(`${response.headers.get('www-authenticate')} ${await response.text()}`).toContain(word);
		await handler.close();
	});

	test('what a token lacks is named, so that a client can ask for it', async () => {
		const {handler} = edge();
		const response = await handler.fetch(posted(call('pod_delete'), {authorization: 'Bearer deployer'}));
		expect(response.headers.get('www-authenticate')).toContain('scope="mkcoa:destructive mkcoa:toolset:kubernetes"');
		await handler.close();
	});

	test('at another path there is nothing', async () => {
		const {handler} = edge();
		const elsewhere = new Request('http://localhost:8765/', {headers: {host: 'localhost', authorization: 'Bearer reader'}});
		expect((await handler.fetch(elsewhere)).status).toBe(404);
		await handler.close();
	});

	test('who asks too often is told when to ask again, and others are not', async () => {
		const {handler, clock} = smallEdge({tools, principals: [reader, writer], burst: 2});
		const ask = async (token: string) => handler.fetch(posted(list, {authorization: `Bearer ${token}`}));
		const statuses = [(await ask('reader')).status, (await ask('reader')).status];
		const third = await ask('reader');
		expect([...statuses, third.status, third.headers.get('retry-after')]).toEqual([400, 400, 429, '1']);
		expect((await ask('writer')).status).toBe(400);
		await clock.advance(1000);
		expect((await ask('reader')).status).toBe(400);
		await handler.close();
	});
});

const initialize = {
	jsonrpc: '2.0',
	id: 1,
	method: 'initialize',
	params: {protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {name: 'x', version: '1'}},
};

test("somebody else's session is none", async () => {
	const {handler} = edge();
	const begun = await handler.fetch(posted(initialize));
	const session = begun.headers.get('mcp-session-id') ?? '';
	expect(session).toMatch(/^[\da-f-]{36}$/);
	const of = async (token: string) =>
		(await handler.fetch(posted(list, {'mcp-session-id': session, authorization: `Bearer ${token}`}))).status;
	expect([await of('reader'), await of('writer')]).toEqual([200, 404]);
	await handler.close();
});

describe('what was answered in a session is sent again to a client whose connection broke', () => {
	const roleIn = (namespace: string): Rights =>
		rolesSchema(['kubernetes']).parse({roles: [{name: 'looker', principals: ['reader'], namespaces: [namespace]}]});

	async function answered() {
		const people: EdgePrincipal[] = [];
		let rights = roleIn('shop');
		const be = (principal: EdgePrincipal, namespace: string) => {
			people.splice(0, 1, principal);
			rights = roleIn(namespace);
		};
		be(reader, 'shop');
		const {handler} = smallEdge({tools, principals: people, rightsOf: () => rights});
		const session = (await handler.fetch(posted(initialize))).headers.get('mcp-session-id') ?? '';
		const first = await handler.fetch(posted(call('pod_list'), {'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25'}));
		const text = await first.text();
		expect(text).toContain('pods for reader');
		const headers = {
			host: 'localhost:8765',
			accept: 'text/event-stream',
			authorization: 'Bearer reader',
			'mcp-session-id': session,
			'last-event-id': /^id: (\d+)$/m.exec(text)?.[1] ?? '',
		};
		return {handler, be, again: () => handler.fetch(new Request(address, {headers}))};
	}

	test('as long as he may do the same', async () => {
		const {handler, again} = await answered();
		const response = await again();
		const {value} = (await response.body?.getReader().read()) ?? {};
		expect(`${response.status} ${new TextDecoder().decode(value)}`).toMatch(/^200 .*pods for reader/s);
		await handler.close();
	});

	test.each<[string, EdgePrincipal, string]>([
		['roles', reader, 'blog'],
		['scopes', {...reader, scopes: []}, 'shop'],
		['groups', {...reader, groups: ['dev']}, 'shop'],
	])('and never once his %s were others', async (_, principal, namespace) => {
		const {handler, be, again} = await answered();
		be(principal, namespace);
		expect((await again()).status).toBe(404);
		be(reader, 'shop');
		expect((await again()).status).toBe(404);
		await handler.close();
	});
});
