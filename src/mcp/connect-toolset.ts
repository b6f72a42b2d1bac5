import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {InMemoryTransport} from '@modelcontextprotocol/sdk/inMemory.js';
import type {Server} from '@modelcontextprotocol/sdk/server/index.js';
import {CallToolResultSchema, type ListToolsResult} from '@modelcontextprotocol/sdk/types.js';
import type {Emit, Event} from '../core/event.ts';
import {isJsonObject, type Json} from '../core/json.ts';
import type {AnyOutcome} from '../core/outcome.ts';
import {authOf, type Caller} from './caller.ts';
import {frozenCopy} from './frozen-copy.ts';
import {callKey, eventNotification} from './wire.ts';

/** A call is as long as a person's review: the longest time that a timer knows, 24 days. */
const longestMs = 2 ** 31 - 1;

type ToolsetCall = {readonly tool: string; readonly input: Json; readonly caller: Caller};

/** One toolset at the other end of the wire. */
export type ToolsetClient = {
	readonly list: () => Promise<ListToolsResult['tools']>;
	/** An abort asks the tool to stop, and its outcome still says what it left. @throws McpError when the server broke the protocol */
	readonly call: (call: ToolsetCall, emit: Emit, signal: AbortSignal) => Promise<AnyOutcome>;
	readonly close: () => Promise<void>;
};

/** Joins a server of this process with a client of its own. */
export async function connectToolset(server: Server): Promise<ToolsetClient> {
	const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
	const client = new Client({name: 'mkcoa', version: '1'}, {capabilities: {}});
	const speaking = new Map<string, {readonly caller: Caller; readonly emit: Emit}>();
	nameSpeaker(clientSide, id => speaking.get(id)?.caller);
	// Only the road emits events on our own servers, and they are core's.
	client.setNotificationHandler(eventNotification, ({params}) => speaking.get(params.call)?.emit(params.event as Event));
	await Promise.all([server.connect(serverSide), client.connect(clientSide)]);
	let calls = 0;
	return {
		list: async () => (await client.listTools()).tools,
		async call({tool, input, caller}, emit, signal) {
			const id = String(++calls);
			speaking.set(id, {caller, emit});
			const stop = () => void client.notification({method: 'notifications/mkcoa/stop', params: {call: id}}).catch(() => {});
			signal.addEventListener('abort', stop, {once: true});
			try {
				const sent = client.request(
					{method: 'tools/call', params: {name: tool, arguments: frozenCopy(isJsonObject(input) ? input : {}), _meta: {[callKey]: id}}},
					CallToolResultSchema,
					{timeout: longestMs},
				);
				if (signal.aborted) stop();
				// Our own servers answer every call with an Outcome.
				return frozenCopy((await sent).structuredContent) as AnyOutcome;
			} finally {
				signal.removeEventListener('abort', stop);
				speaking.delete(id);
			}
		},
		close: async () => client.close(),
	};
}

/** Puts the identity of the agent onto its requests, as a transport with sign-in does; a message cannot bring its own. */
function nameSpeaker(transport: InMemoryTransport, callerOf: (id: string) => Caller | undefined): void {
	const send = transport.send.bind(transport);
	transport.send = async (message, options) => {
		const id = 'params' in message ? message.params?._meta?.[callKey] : undefined;
		const caller = typeof id === 'string' ? callerOf(id) : undefined;
		return send(message, {...options, ...(caller === undefined ? {} : {authInfo: authOf(caller)})});
	};
}
