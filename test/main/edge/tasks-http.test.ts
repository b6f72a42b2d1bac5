import {afterEach, expect, test} from 'vitest';
import {main} from '../../../src/main.ts';
import {hostIn} from '../../support/host.ts';
import {envelope, type Message, tasksCapability} from '../../support/raw-client.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0)) await end();
});

async function serve() {
	const stop = new AbortController();
	const {promise: url, resolve} = Promise.withResolvers<string>();
	const {host} = hostIn({folder: shop.folder, signal: stop.signal, streams: {out: text => resolve(text.trim())}});
	const served = main(['--kubeconfig', shop.kubeconfig, '-n', 'shop', 'mcp', 'serve', '--allow-changes', '--http', '127.0.0.1:0'], host);
	const end = async () => {
		stop.abort();
		return served;
	};
	ends.push(end);
	return {url: await url, end};
}

const keyOf = async (name: string, scopes: string) =>
	(JSON.parse((await shop.run(['mcp', 'keys', 'add', name, '--scopes', scopes, '--json'])).out) as {readonly token: string}).token;

/** One request of 2026-07-28, and the messages that answer it, as they come. */
async function* messages(url: string, token: string, method: string, params: {readonly [field: string]: unknown}): AsyncGenerator<Message> {
	const response = await fetch(url, {
		method: 'POST',
		body: JSON.stringify({jsonrpc: '2.0', id: 'q', method, params: {...params, _meta: envelope(tasksCapability)}}),
		headers: {
			authorization: `Bearer ${token}`,
			'content-type': 'application/json',
			accept: 'application/json, text/event-stream',
			'mcp-protocol-version': '2026-07-28',
			'mcp-method': method,
			...('notifications' in params ? {} : {'mcp-name': String(params.taskId ?? params.name)}),
		},
	});
	const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
	if (!isStream) return yield JSON.parse(await response.text());
	let rest = '';
	for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
		const lines = `${rest}${part}`.split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) if (line.startsWith('data: {')) yield JSON.parse(line.slice(6));
	}
}

async function ask(...request: Parameters<typeof messages>) {
	for await (const message of messages(...request)) if ('id' in message) return message;
}

const everything = 'mkcoa:read,mkcoa:change,mkcoa:destructive';
const [dana, eve] = [await keyOf('dana', everything), await keyOf('eve', everything)];
const scale = (replicas: number) => ({name: 'workload_scale', arguments: {workload: 'deployment/worker', replicas}});

test('a task is for the principal who asked, whatever server of the same account he asks', async () => {
	const first = await serve();
	const {taskId, resultType} = (await ask(first.url, dana, 'tools/call', scale(4))).result;
	expect(resultType).toBe('task');
	expect(await first.end()).toBe(0);
	const {url} = await serve();
	expect((await ask(url, dana, 'tasks/get', {taskId})).result).toMatchObject({status: 'working'});
	for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel'])
		expect((await ask(url, eve, method, {taskId})).error).toMatchObject({code: -32_602});
});

test('who may only read follows a task and does not take its plan back', async () => {
	const {url} = await serve();
	const {taskId} = (await ask(url, dana, 'tools/call', scale(5))).result;
	const reader = await keyOf('dana', 'mkcoa:read');
	expect((await ask(url, reader, 'tasks/cancel', {taskId})).error).toMatchObject({message: expect.stringContaining('mkcoa:change')});
	expect((await ask(url, reader, 'tasks/get', {taskId})).result).toMatchObject({status: 'working'});
});

test('a stream tells of tasks of the one who listens, and ends with them', async () => {
	const {url} = await serve();
	const {taskId} = (await ask(url, dana, 'tools/call', scale(6))).result;
	const told: object[] = [];
	for await (const message of messages(url, dana, 'subscriptions/listen', {notifications: {taskIds: [taskId, 'plan-of-nobody']}})) {
		told.push(message);
		if (message.params?.status === 'working') await ask(url, dana, 'tasks/cancel', {taskId});
	}
	const _meta = {'io.modelcontextprotocol/subscriptionId': 'q'};
	expect(told).toEqual([
		{jsonrpc: '2.0', method: 'notifications/subscriptions/acknowledged', params: {notifications: {taskIds: [taskId]}, _meta}},
		{jsonrpc: '2.0', method: 'notifications/tasks', params: expect.objectContaining({taskId, status: 'working', _meta})},
		{jsonrpc: '2.0', method: 'notifications/tasks', params: expect.objectContaining({taskId, status: 'cancelled', _meta})},
		{jsonrpc: '2.0', id: 'q', result: {resultType: 'complete', _meta}},
	]);
	const others = [];
	for await (const message of messages(url, eve, 'subscriptions/listen', {notifications: {taskIds: [taskId]}})) others.push(message);
	expect(others).toMatchObject([{params: {notifications: {}}}, {id: 'q'}]);
});

test('a server that ends tells those who listen, and does not wait for them', async () => {
	const {url, end} = await serve();
	const {taskId} = (await ask(url, dana, 'tools/call', scale(7))).result;
	const told: string[] = [];
	for await (const message of messages(url, dana, 'subscriptions/listen', {notifications: {taskIds: [taskId]}})) {
		told.push(message.method ?? 'end');
		if (message.params?.status === 'working') void end();
	}
	expect(told.at(-1)).toBe('end');
	expect(await end()).toBe(0);
});
