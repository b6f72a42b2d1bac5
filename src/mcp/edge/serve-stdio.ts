import type {Readable, Writable} from 'node:stream';
import {StdioServerTransport, serveStdio} from '@modelcontextprotocol/server/stdio';
import type {MakeServer} from './make-server.ts';
import {tellOfTasks} from './tell-of-tasks.ts';

type Pipes = {
	readonly input: Readable;
	readonly output: Writable;
	readonly signal: AbortSignal;
	/** Who calls, and how he hears of his tasks. */
	readonly tasks?: Parameters<typeof tellOfTasks>[1];
	/** What the protocol says went wrong: never shown to the client. */
	readonly onError: (error: Error) => void;
};

/** Bytes of one message: whatever is longer is no call. */
const mostBytes = 4 * 1024 * 1024;

/** Serves one client over two pipes, in the protocol era that it opens with, until it closes its end or the signal aborts. */
export async function serveOverPipes(make: MakeServer, {input, output, signal, tasks, onError}: Pipes): Promise<void> {
	const transport = new StdioServerTransport(input, output, {maxBufferSize: mostBytes});
	const {promise: ended, resolve: end} = Promise.withResolvers<void>();
	const handle = serveStdio(make, {transport, onerror: onError});
	if (tasks !== undefined) tellOfTasks(transport, tasks);
	// A message that is too long closes the transport, whatever the pipe goes on to bring.
	const {onclose} = transport;
	transport.onclose = () => {
		onclose?.();
		end();
	};
	input.once('end', end).once('close', end);
	output.once('error', end);
	signal.addEventListener('abort', () => end(), {once: true});
	if (signal.aborted) end();
	await ended;
	await handle.close();
}
