import type {ServerResponse} from 'node:http';
import type {WireName} from '../../../src/agents/models/endpoint.ts';
import {respond, type ScriptedServer, scriptedServer} from '../scripted-server.ts';
import {anthropicProtocol} from './anthropic-protocol.ts';
import {chatProtocol} from './chat-protocol.ts';
import {geminiProtocol} from './gemini-protocol.ts';
import {openaiProtocol} from './openai-protocol.ts';
import {type Frame, type Protocol, type Reply, writeFrame} from './reply.ts';

const protocols: {readonly [wire in WireName]: Protocol} = {
	anthropic: anthropicProtocol,
	openai: openaiProtocol,
	gemini: geminiProtocol,
	chat: chatProtocol,
};

export type ModelServer = Pick<ScriptedServer, 'seen' | 'close'> & {
	readonly baseUrl: string;
	/** Answers that are neither whole nor given up by the client. */
	readonly open: () => number;
};

/** A server on a free loopback port that speaks like one of the providers and answers the n-th request with the n-th reply. */
export async function modelServer(wire: WireName, replies: readonly Reply[]): Promise<ModelServer> {
	const protocol = protocols[wire];
	let next = 0;
	let open = 0;
	const {url, seen, close} = await scriptedServer((_, response) => {
		open++;
		response.on('close', () => open--);
		const reply = replies[next++];
		if (reply === undefined) respond(response, {error: {message: 'the script has ended'}}, 418);
		else write(protocol, reply, response);
	});
	return {baseUrl: `${url}${protocol.base}`, seen, close, open: () => open};
}

function write(protocol: Protocol, reply: Reply, response: ServerResponse): unknown {
	switch (reply.kind) {
		case 'answer':
			return stream(response, protocol.answer(reply));
		case 'refusal':
			return stream(response, protocol.refusal(reply.text));
		case 'broken':
			textOnly(protocol, reply.text, response);
			return response.write(': cut\n\n', () => setImmediate(() => response.destroy()));
		case 'stuck':
			return textOnly(protocol, reply.text, response);
		case 'overload-inside':
			return stream(response, [protocol.overloadInside]);
		case 'silent':
			return begin(response);
		case 'html':
			return response.setHeader('content-type', 'text/html').end('<html><body>Sign in</body></html>');
		default: {
			const {status, body} = protocol.fault[reply.kind];
			const after = reply.kind === 'overload' ? reply.retryAfterSeconds : undefined;
			return respond(response, body, status, after === undefined ? {} : {'retry-after': String(after)});
		}
	}
}

function begin(response: ServerResponse): void {
	response.setHeader('content-type', 'text/event-stream');
	response.flushHeaders();
}

function stream(response: ServerResponse, frames: readonly Frame[]): void {
	begin(response);
	for (const frame of frames) writeFrame(response, frame);
	response.end();
}

/** Sends all up to the last piece of the text. */
function textOnly(protocol: Protocol, text: readonly string[], response: ServerResponse): void {
	begin(response);
	const frames = protocol.answer({kind: 'answer', text});
	const texts = frames.filter(({data}) => /text_delta|output_text\.delta|"content":"[^"]|"text":"[^"]/.test(JSON.stringify(data)));
	const last = texts[text.length - 1];
	for (const frame of frames.slice(0, last === undefined ? 1 : frames.indexOf(last) + 1)) writeFrame(response, frame);
}
