import type {JSONRPCMessage, Transport} from '@modelcontextprotocol/server';
import {expect, test} from 'vitest';
import type {DetailedTask} from '../../../src/mcp/edge/tasks/task.ts';
import {tellOfTasks} from '../../../src/mcp/edge/tell-of-tasks.ts';
import {envelope, tasksCapability} from '../../support/raw-client.ts';

const subscription = 'io.modelcontextprotocol/subscriptionId';
const listen = (taskIds: readonly string[], capabilities: object = tasksCapability) =>
	({
		jsonrpc: '2.0',
		id: 7,
		method: 'subscriptions/listen',
		params: {notifications: {taskIds}, _meta: envelope(capabilities)},
	}) as unknown as JSONRPCMessage;
const acknowledgement: JSONRPCMessage = {
	jsonrpc: '2.0',
	method: 'notifications/subscriptions/acknowledged',
	params: {notifications: {}, _meta: {[subscription]: 7}},
};
const task = {taskId: 't', status: 'working'} as DetailedTask;

/** A transport whose server acknowledges all that it hears, as that of the SDK does, or answers what is given. */
function world(reply: JSONRPCMessage = acknowledgement) {
	const sent: object[] = [];
	const heard: JSONRPCMessage[] = [];
	let say = (_: DetailedTask) => {};
	let signal: AbortSignal | undefined;
	const transport: Transport = {
		start: async () => {},
		close: async () => transport.onclose?.(),
		send: async message => void sent.push(message),
		onmessage(message) {
			heard.push(message);
			if ('method' in message && message.method === 'subscriptions/listen') void transport.send(reply);
		},
	};
	tellOfTasks(transport, {
		caller: {principal: 'dana', agent: ''},
		newsFor: async (_, ids) => ({
			ids: ids.filter(id => id === 't'),
			tell: async (told, over) => {
				say = told;
				signal = over;
			},
		}),
	});
	const bring = async (message: JSONRPCMessage) => {
		transport.onmessage?.(message);
		await new Promise(setImmediate);
	};
	return {transport, sent, heard, bring, say: () => say(task), isOver: () => signal?.aborted};
}

test('the acknowledgement names the tasks that are told of, and nothing is told before it', async () => {
	const {sent, bring, say, heard} = world();
	await bring(listen(['t', 'other']));
	say();
	expect(heard).toHaveLength(1);
	expect(sent).toEqual([
		{...acknowledgement, params: {notifications: {taskIds: ['t']}, _meta: {[subscription]: 7}}},
		{jsonrpc: '2.0', method: 'notifications/tasks', params: {taskId: 't', status: 'working', _meta: {[subscription]: 7}}},
	]);
});

test.each([
	['no task', listen([])],
	['tasks, and does not declare them', listen(['t'], {})],
])('who names %s is acknowledged by the SDK alone', async (_, message) => {
	const {sent, bring, isOver} = world();
	await bring(message);
	expect({sent, isOver: isOver()}).toEqual({sent: [acknowledgement], isOver: undefined});
});

test('a request that the SDK refuses is told of nothing', async () => {
	const error = {jsonrpc: '2.0', id: 7, error: {code: -32_602, message: 'no'}} as const;
	const {sent, bring, isOver} = world(error);
	await bring(listen(['t']));
	expect({sent, isOver: isOver()}).toEqual({sent: [error], isOver: undefined});
});

test.each([
	[
		'the client cancels',
		({bring}: ReturnType<typeof world>) => bring({jsonrpc: '2.0', method: 'notifications/cancelled', params: {requestId: 7}}),
	],
	['the server ends what it tells', ({transport}: ReturnType<typeof world>) => transport.send({jsonrpc: '2.0', id: 7, result: {}})],
	['the connection closes', ({transport}: ReturnType<typeof world>) => transport.close()],
])('it is over when %s', async (_, end) => {
	const served = world();
	await served.bring(listen(['t']));
	expect(served.isOver()).toBe(false);
	await end(served);
	expect(served.isOver()).toBe(true);
});
