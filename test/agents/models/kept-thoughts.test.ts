import {describe, expect, test} from 'vitest';
import type {WireName} from '../../../src/agents/models/endpoint.ts';
import {saidBy} from '../../../src/agents/models/kept.ts';
import type {Message} from '../../../src/agents/models/model.ts';
import {answerOf, asking} from '../../support/model-servers/converse.ts';
import type {Reply} from '../../support/model-servers/reply.ts';
import {scriptedModel} from '../../support/model-servers/scripted-model.ts';

const call = {id: 'call_a', tool: 'resource_list', input: {kind: 'pods'}};
const look: Reply = {kind: 'answer', thought: 'c2lnbmVk', text: ['I look.'], calls: [call]};
const done: Reply = {kind: 'answer', text: ['Done']};

/** Asks, hears a call with a thought, and sends the second request with the messages as `change` leaves them. Answers its body. */
async function secondRequest(wire: WireName, change: (messages: readonly Message[]) => readonly Message[] = messages => messages) {
	const {model, server} = await scriptedModel(wire, [look, done]);
	const first: Message = {role: 'user', text: 'Look at the pods'};
	const told = await answerOf(model, asking([first]));
	const stop = told.at(-1);
	const kept = stop?.kind === 'stop' ? stop.kept : undefined;
	const answer: Message = {role: 'assistant', ...saidBy(told), kept};
	await answerOf(
		model,
		asking(change([first, answer, {role: 'result', id: 'call_a', tool: 'resource_list', text: 'two pods', isError: false}])),
	);
	return JSON.parse(server.seen[1]?.body ?? '{}');
}

const thoughtful = ['anthropic', 'openai', 'gemini'] as const;

describe.each(thoughtful)('over the %s wire', wire => {
	test('a signed thought goes back word for word', async () => {
		expect(JSON.stringify(await secondRequest(wire))).toContain('c2lnbmVk');
	});

	test('a thought of other words is left out', async () => {
		const body = await secondRequest(wire, messages =>
			messages.map(message => (message.role === 'assistant' ? {...message, text: 'I looked.'} : message)),
		);
		expect(JSON.stringify(body)).not.toContain('c2lnbmVk');
		expect(JSON.stringify(body)).toContain('I looked.');
	});
});

test('a thought of Claude is left out when what stood before it was changed', async () => {
	const body = await secondRequest('anthropic', ([, ...rest]) => [{role: 'user', text: 'Look at the pods (shortened)'}, ...rest]);
	expect(body.messages[1].content).toEqual([
		{type: 'text', text: 'I look.'},
		{type: 'tool_use', id: 'call_a', name: 'resource_list', input: {kind: 'pods'}},
	]);
});

test('Gemini gets the word for a missing signature with calls that it did not make', async () => {
	const body = await secondRequest('gemini', messages => messages.map(message => ({...message, kept: undefined})));
	expect(body.contents[1].parts).toContainEqual({
		functionCall: {id: 'call_a', name: 'resource_list', args: {kind: 'pods'}},
		thoughtSignature: 'skip_thought_signature_validator',
	});
});

test('Claude caches the tools with the system text, and all messages', async () => {
	const {system, cache_control, messages} = await secondRequest('anthropic');
	expect(system.at(-1).cache_control).toEqual({type: 'ephemeral'});
	expect(cache_control).toEqual({type: 'ephemeral'});
	expect(messages.at(-1)).toEqual({
		role: 'user',
		content: [{type: 'tool_result', tool_use_id: 'call_a', content: 'two pods', is_error: false}],
	});
});

test('nothing of a conversation is stored at OpenAI', async () => {
	expect(await secondRequest('openai')).toMatchObject({store: false, include: ['reasoning.encrypted_content']});
});
