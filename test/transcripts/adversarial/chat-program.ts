import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as z from 'zod';
import type {Message, ModelEvent, ModelRequest} from '../../../src/agents/models/model.ts';
import type {ChatResult} from '../../../src/core/chat-result.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {chatProtocol} from '../../support/model-servers/chat-protocol.ts';
import {writeFrame} from '../../support/model-servers/reply.ts';
import {type Script, says} from '../../support/scripted-model.ts';
import {scriptedServer} from '../../support/scripted-server.ts';
import type {Arena} from './arena.ts';
import {canaries} from './canaries.ts';

const sentSchema = z.object({
	messages: z.array(z.object({role: z.string(), content: z.string().nullish(), tool_call_id: z.string().optional()})),
	tools: z.array(z.object({function: z.object({name: z.string(), description: z.string().optional()})})).default([]),
});

/** A request of the Chat Completions wire, as a script reads it. */
function requestOf(body: string): ModelRequest {
	const {messages, tools} = sentSchema.parse(JSON.parse(body));
	const read = messages.flatMap(({role, content, tool_call_id: id = ''}): Message[] => {
		const text = content ?? '';
		if (role === 'tool') return [{role: 'result', id, tool: '', text, isError: false}];
		if (role === 'assistant') return [{role, text, calls: []}];
		return role === 'user' ? [{role, text}] : [];
	});
	return {
		system: messages.find(({role}) => role === 'system')?.content ?? '',
		messages: read,
		tools: tools.map(({function: {name, description = ''}}) => ({name, description, inputSchema: {}})),
		maxTokens: 0,
	};
}

function framesOf(events: readonly ModelEvent[], round: number) {
	const text = events.flatMap(event => (event.kind === 'text' ? [event.delta] : []));
	const calls = events.flatMap((event, index) =>
		event.kind === 'call' ? [{id: `call-${round}-${index}`, tool: event.tool, input: event.input}] : [],
	);
	return chatProtocol.answer({kind: 'answer', text, ...(calls.length === 0 ? {} : {calls})});
}

/** A model behind a loopback server that follows a script, and all that it was sent. */
async function modelAt(script: Script) {
	const sent: string[] = [];
	const {url} = await scriptedServer(async ({body}, response) => {
		sent.push(body);
		response.setHeader('content-type', 'text/event-stream');
		const events = await script(requestOf(body), sent.length - 1);
		for (const frame of framesOf(events, sent.length)) writeFrame(response, frame);
		response.end();
	});
	return {baseUrl: `${url}${chatProtocol.base}`, sent: () => sent.join('\n')};
}

type Turn = {
	readonly script: Script;
	readonly request?: string;
	readonly context?: string | undefined;
	/** What a model said in the turn before, which is gone on from. */
	readonly earlier?: string | undefined;
	/** An agent of the person's own beside the specialist, so that the work is planned. */
	readonly withHelper?: boolean;
	readonly words?: readonly string[];
};

const helper = '---\nname: helper\nsummary: Helps\ntoolsets: [k8s, deploy]\n---\nYou help.\n';

/** `mkcoa chat` whole, from the command line to the state folder, in a pipe with `--yes`, by a person whose policy and grants allow everything. */
export function chatProgram({shop, requests}: Arena) {
	const config = join(shop.folder, 'config', 'mkcoa');

	async function run({script, words = [], context}: Turn, request: string) {
		const {baseUrl, sent} = await modelAt(script);
		const settings: JsonObject = {model: 'test', providers: {test: {wire: 'chat', baseUrl, keyFrom: ['TEST_API_KEY'], model: 'scripted'}}};
		await writeFile(join(config, 'models.yaml'), JSON.stringify(settings));
		const env = {TEST_API_KEY: 'sk-test-0123456789abcdef', CLOUD_ACCOUNT: canaries.variable};
		const streams = context === undefined ? {} : {streams: {input: context}};
		const printed = await shop.run(['--yes', 'chat', '--json', ...words, request], {env, ...streams});
		return {...printed, sent: sent()};
	}

	return async function turn(said: Turn) {
		await mkdir(join(config, 'agents'), {recursive: true});
		await writeFile(join(config, 'agents', 'helper.md'), said.withHelper === true ? helper : '');
		const {earlier} = said;
		const before = earlier === undefined ? undefined : await run({script: () => says(earlier)}, 'Look at the shop');
		const session = before === undefined ? undefined : (JSON.parse(before.out) as ChatResult).session;
		requests.clear();
		const resumed = session === undefined ? [] : ['--resume', session];
		const ran = await run({...said, words: [...(said.words ?? []), ...resumed]}, said.request ?? 'What is wrong in the shop?');
		return {...ran, result: JSON.parse(ran.out) as ChatResult, writes: requests.writes().map(({method, path}) => `${method} ${path}`)};
	};
}
