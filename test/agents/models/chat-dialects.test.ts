import {expect, test} from 'vitest';
import {createModel} from '../../../src/agents/models/create-model.ts';
import {answerOf, asking} from '../../support/model-servers/converse.ts';
import {hurriedClock} from '../../support/model-servers/scripted-model.ts';
import {scriptedServer} from '../../support/scripted-server.ts';

/** Chat Completions of this server, as events of its stream. */
async function chatOf(chunks: readonly object[], limitField: 'max_tokens' | 'max_completion_tokens' = 'max_tokens') {
	const server = await scriptedServer((_, response) => {
		response.setHeader('content-type', 'text/event-stream');
		response.end(chunks.map(chunk => `data: ${JSON.stringify(chunk)}\n\n`).join(''));
	});
	const endpoint = {name: 'local/m', wire: 'chat' as const, model: 'm', baseUrl: `${server.url}/v1`, thinks: false, limitField};
	return {
		model: createModel(endpoint, {contextTokens: 1000, prices: []}, {clock: hurriedClock, slowMs: 1e9, fetch: async () => fetch}),
		server,
	};
}

const delta = (tool_calls: readonly object[], finish_reason: string | null = null) => ({choices: [{delta: {tool_calls}, finish_reason}]});
const request = asking([{role: 'user', text: 'hi'}]);

test('whole calls that share one number, without usage, ended by stop', async () => {
	const {model} = await chatOf([
		delta([{index: 0, id: 'a', function: {name: 'resource_list', arguments: '{"kind":"pods"}'}}]),
		delta([{index: 0, id: 'b', function: {name: 'resource_list', arguments: '{"kind":"nodes"}'}}]),
		{choices: [{delta: {}, finish_reason: 'stop'}]},
	]);
	expect(await answerOf(model, request)).toEqual([
		{kind: 'call', id: 'a', tool: 'resource_list', input: {kind: 'pods'}},
		{kind: 'call', id: 'b', tool: 'resource_list', input: {kind: 'nodes'}},
		{kind: 'stop', reason: 'calls'},
	]);
});

test('a call without an id and without arguments', async () => {
	const {model} = await chatOf([delta([{function: {name: 'namespaces_list'}}], 'tool_calls')]);
	expect(await answerOf(model, request)).toEqual([
		{kind: 'call', id: 'call-1', tool: 'namespaces_list', input: {}},
		{kind: 'stop', reason: 'calls'},
	]);
});

test.each(['max_tokens', 'max_completion_tokens'] as const)(
	'the limit of an answer is called %s where the server wants it',
	async field => {
		const {model, server} = await chatOf([{choices: [{delta: {content: 'hi'}, finish_reason: 'stop'}]}], field);
		await answerOf(model, request);
		expect(JSON.parse(server.seen[0]?.body ?? '')).toMatchObject({[field]: 500});
	},
);
