import {describe, expect, test} from 'vitest';
import {createModel} from '../../../src/agents/models/create-model.ts';
import {wires} from '../../../src/agents/models/endpoint.ts';
import {fetchFor} from '../../../src/agents/models/fetch-for.ts';
import {answerOf, asking} from '../../support/model-servers/converse.ts';
import {forwardProxy} from '../../support/model-servers/forward-proxy.ts';
import {modelServer} from '../../support/model-servers/model-server.ts';
import {hurriedClock, scriptedKey, scriptedModel} from '../../support/model-servers/scripted-model.ts';
import {respond, scriptedServer} from '../../support/scripted-server.ts';

const hello = asking([{role: 'user', text: 'hello'}]);

describe.each(wires)('over the %s wire', wire => {
	test('a redirect is not followed: the key stays here', async () => {
		const elsewhere = await scriptedServer((_, response) => response.end());
		const here = await scriptedServer((_, response) => response.writeHead(307, {location: `${elsewhere.url}/v1`}).end());
		const {model} = await scriptedModel(wire, [], {endpoint: {baseUrl: here.url}});
		await expect(answerOf(model, hello)).rejects.toMatchObject({trouble: {code: 'model-unreachable'}});
		expect(elsewhere.seen).toEqual([]);
	});

	test.each([
		[{choices: [{message: {role: 'assistant', content: 'Hello'}}]}, 'model-nonsense'],
		[{error: {type: 'insufficient_quota', message: 'pay first'}}, 'model-no-credit'],
	])('JSON instead of a stream, %j, is not taken for an answer', async (body, code) => {
		const here = await scriptedServer((_, response) => respond(response, body));
		const {model} = await scriptedModel(wire, [], {endpoint: {baseUrl: here.url}});
		await expect(answerOf(model, hello)).rejects.toMatchObject({trouble: {code}});
		expect(here.seen).toHaveLength(1);
	});

	test('the key travels in a header alone', async () => {
		const {model, server} = await scriptedModel(wire, [{kind: 'answer', text: ['Hello']}]);
		await answerOf(model, hello);
		const [seen] = server.seen;
		expect(seen?.lines.filter(line => line.includes(scriptedKey))).toHaveLength(1);
		expect(`${seen?.path} ${JSON.stringify(seen?.query)} ${seen?.body}`).not.toContain(scriptedKey);
	});

	test('a proxy of the environment is gone by', async () => {
		const server = await modelServer(wire, [{kind: 'answer', text: ['Hello']}]);
		const proxy = await forwardProxy(Number(new URL(server.baseUrl).port));
		const baseUrl = new URL(server.baseUrl);
		baseUrl.host = 'models.test:80';
		const endpoint = {
			name: 'test/m',
			wire,
			model: 'm',
			baseUrl: baseUrl.href.replace(/\/$/, ''),
			key: scriptedKey,
			thinks: false,
			limitField: 'max_tokens' as const,
		};
		const travel = {clock: hurriedClock, slowMs: 1e9, fetch: () => fetchFor(baseUrl, {HTTP_PROXY: proxy.url})};
		const told = await answerOf(createModel(endpoint, {contextTokens: 1000, prices: []}, travel), hello);
		expect(told.map(({kind}) => kind)).toEqual(['text', 'usage', 'stop']);
		expect(proxy.seen.map(({headers}) => headers.host)).toEqual(['models.test']);
	});
});

test.each([
	['https://models.test', {HTTP_PROXY: 'http://127.0.0.1:1'}],
	['http://127.0.0.1:11434', {HTTP_PROXY: 'http://127.0.0.1:1'}],
	['https://models.test', {}],
])('%s is reached directly with %j', async (url, env) => {
	expect(await fetchFor(new URL(url), env)).toBe(globalThis.fetch);
});
