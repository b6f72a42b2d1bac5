import {inputRequired} from '@modelcontextprotocol/server';
import {afterAll, expect, test} from 'vitest';
import {principalOf} from '../../../../src/mcp/edge/http/principal.ts';
import {asTask} from '../../../../src/mcp/edge/tasks/as-task.ts';
import {attachTasks} from '../../../../src/mcp/edge/tasks/attach-tasks.ts';
import {taskStore} from '../../../../src/mcp/edge/tasks/task-store.ts';
import {manualClock} from '../../../support/manual-clock.ts';
import {edgeTool, said, smallEdge} from '../../../support/small-edge.ts';

const scopes = ['mkcoa:read'];
let finish = () => {};
const finished = new Promise<void>(resolve => {
	finish = resolve;
});
const store = taskStore(manualClock());
const {handler} = smallEdge({
	paces: {inside: 1, waiting: 0},
	tools: [
		edgeTool('endless_scan', 'read', (_, call) =>
			asTask(store, call, async () => {
				await finished;
				return said('scanned');
			}),
		),
		edgeTool('scan', 'read', (_, call) => asTask(store, call, async () => said('scanned'))),
		edgeTool('long_scan', 'read', (_, call) => asTask(store, call, async () => said('scanned'), {required: true})),
		edgeTool('asking_scan', 'read', (_, call) =>
			asTask(store, call, async ({ask}) => said(JSON.stringify(await ask({roots: inputRequired.listRoots()})))),
		),
	],
	principals: [
		{id: 'dana', scopes, groups: []},
		{id: 'eve', scopes, groups: []},
	],
	extend: mcp =>
		attachTasks(mcp, {
			find: store.find,
			callerOf: ({http}) => ({principal: principalOf(http?.authInfo).id, agent: ''}),
		}),
});
afterAll(handler.close);

const tasks = {extensions: {'io.modelcontextprotocol/tasks': {}}};

/** One request of 2026-07-28, and its answer. */
async function ask(token: string, method: string, params: {readonly [field: string]: unknown}, clientCapabilities: object = tasks) {
	const meta = {'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': clientCapabilities};
	const response = await handler.fetch(
		new Request('http://localhost:8765/mcp', {
			method: 'POST',
			body: JSON.stringify({jsonrpc: '2.0', id: 1, method, params: {...params, _meta: meta}}),
			headers: {
				host: 'localhost:8765',
				authorization: `Bearer ${token}`,
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				'mcp-protocol-version': '2026-07-28',
				'mcp-method': method,
				'mcp-name': String(params.taskId ?? params.name),
			},
		}),
	);
	const body = await response.text();
	return Object(JSON.parse(body.startsWith('{') ? body : (body.slice(body.indexOf('{')).split('\n', 1)[0] ?? '')));
}

const call = (name: string, clientCapabilities?: object) => ask('dana', 'tools/call', {name, arguments: {}}, clientCapabilities);

test('a call becomes a task for a client that can follow one, and for its principal alone', async () => {
	const {result} = await call('scan');
	expect(result).toMatchObject({resultType: 'task', status: expect.any(String), taskId: expect.any(String), pollIntervalMs: 1000});
	const of = async (token: string) => ask(token, 'tasks/get', {taskId: result.taskId});
	expect((await of('dana')).result).toMatchObject({resultType: 'complete', status: 'completed', result: said('scanned')});
	for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel'])
		expect((await ask('eve', method, {taskId: result.taskId})).error).toMatchObject({code: -32_602});
});

test('a client that cannot follow a task waits for the result', async () => {
	expect((await call('scan', {})).result).toMatchObject({resultType: 'complete', ...said('scanned')});
});

test.each(['long_scan', 'asking_scan'])('a client that cannot follow a task is told that %s takes one', async name => {
	expect((await call(name, {})).error).toMatchObject({code: -32_021, data: {requiredCapabilities: tasks}});
});

test.each(['tasks/get', 'tasks/update', 'tasks/cancel'])('%s is for clients that declare the extension', async method => {
	expect((await ask('dana', method, {taskId: 'x'}, {})).error).toMatchObject({code: -32_021, data: {requiredCapabilities: tasks}});
});

test('a task takes the answers to its questions', async () => {
	const {result} = await call('asking_scan');
	const get = async () => (await ask('dana', 'tasks/get', {taskId: result.taskId})).result;
	expect(await get()).toMatchObject({status: 'input_required', inputRequests: {'roots-1': {method: 'roots/list'}}});
	const answered = await ask('dana', 'tasks/update', {taskId: result.taskId, inputResponses: {'roots-1': {roots: []}}});
	expect(Object.keys(answered.result).sort()).toEqual(['_meta', 'resultType']);
	expect(await get()).toMatchObject({status: 'completed', result: said('{"roots":{"roots":[]}}')});
});

test('a task that runs holds a place of its principal, and those of nobody else', async () => {
	const {result} = await call('endless_scan');
	expect(result.status).toBe('working');
	expect((await call('scan')).result).toMatchObject({isError: true, content: [{text: expect.stringContaining('Too many calls of yours')}]});
	expect((await ask('eve', 'tools/call', {name: 'scan', arguments: {}})).result.resultType).toBe('task');
	finish();
	await finished;
	expect((await ask('dana', 'tasks/get', {taskId: result.taskId})).result.status).toBe('completed');
	expect((await call('scan')).result.resultType).toBe('task');
});
