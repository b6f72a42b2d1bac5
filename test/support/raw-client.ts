import {createInterface} from 'node:readline';
import type {pipes} from './edge-client.ts';

/** A message of JSON-RPC, of whose fields nobody knows more than the test that looks at them. */
export type Message = ReturnType<JSON['parse']>;

type Params = {readonly [field: string]: unknown};

/** What a client says of itself on each request. */
export const tasksCapability = {extensions: {'io.modelcontextprotocol/tasks': {}}};

export const envelope = (clientCapabilities: object) => ({
	'io.modelcontextprotocol/protocolVersion': '2026-07-28',
	'io.modelcontextprotocol/clientCapabilities': clientCapabilities,
	'io.modelcontextprotocol/clientInfo': {name: 'claude-code', version: '1'},
});

/**
 * A client of 2026-07-28 that writes its messages itself: the one of the SDK knows no tasks.
 * @param capabilities that it declares, unless a request says otherwise
 */
export function rawClient({input, output}: ReturnType<typeof pipes>, capabilities: object = tasksCapability) {
	const waiting = new Map<number, (message: Message) => void>();
	const heard: Message[] = [];
	let arrival = Promise.withResolvers<void>();
	createInterface({input: output}).on('line', line => {
		const message: Message = JSON.parse(line);
		const answered = waiting.get(message.id);
		if (answered === undefined) heard.push(message);
		else answered(message);
		waiting.delete(message.id);
		arrival.resolve();
		arrival = Promise.withResolvers();
	});
	let last = 0;
	const send = (message: object) => void input.write(`${JSON.stringify({jsonrpc: '2.0', ...message})}\n`);
	return {
		send,
		/** What came that answered no request. */
		heard,
		/** Resolves with the first such message that fits, also one that came already. */
		async hears(fits: (message: Message) => boolean): Promise<Message> {
			for (;;) {
				const found = heard.find(fits);
				if (found !== undefined) return found;
				await arrival.promise;
			}
		},
		ask(method: string, params: Params, own: object = capabilities): Promise<Message> {
			last += 1;
			const id = last;
			const {promise, resolve} = Promise.withResolvers<Message>();
			waiting.set(id, resolve);
			send({id, method, params: {...params, _meta: envelope(own)}});
			return promise;
		},
	};
}
