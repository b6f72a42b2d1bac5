import {type ChildProcess, spawn} from 'node:child_process';
import {ReadBuffer, serializeMessage, type Transport} from '@modelcontextprotocol/client';
import {type Clock, sleep} from '../../core/clock.ts';
import {MkcoaError} from '../../core/error.ts';
import {stripControl} from '../../core/text/strip-control.ts';

/** Bytes of one message. */
const mostBytes = 4 * 1024 * 1024;
/** Bytes of all that a server may say between two messages of ours: more is no conversation. */
const mostBetween = 16 * 1024 * 1024;
/** How long a program may take to end by itself, and then after it was asked to. */
const endMs = 1500;
const mostWords = 2000;

type Program = {
	readonly command: string;
	readonly args: readonly string[];
	/** The whole environment of the program. */
	readonly environment: {readonly [name: string]: string};
	readonly clock: Clock;
};

/** A server that is a program of this machine, over its standard input and output. */
export type StdioTransport = Transport & {
	/** By these two the SDK knows what kind of transport it has: a server that is silent on a pipe is one of the older era. */
	readonly pid: number | null;
	readonly stderr: null;
	/** End of what the program wrote to its error output. */
	readonly lastWords: () => string;
	/** Why mkcoa ended the connection, where it did. */
	readonly failure: () => MkcoaError | undefined;
};

/**
 * Starts a program without a shell, in a process group of its own, and ends the whole group with the connection. The SDK's own transport would
 * hand on more of the environment, and end the first process alone: of `npx server` that is not the server.
 */
export function stdioTransport({command, args, environment, clock}: Program): StdioTransport {
	const buffer = new ReadBuffer({maxBufferSize: mostBytes});
	const exited = Promise.withResolvers<void>();
	let child: ChildProcess | undefined;
	let [between, words] = [0, ''];
	let closing: Promise<void> | undefined;
	let failure: MkcoaError | undefined;
	let isOver = false;
	const over = () => {
		if (!isOver) transport.onclose?.();
		isOver = true;
	};

	const read = (chunk: Buffer) => {
		between += chunk.length;
		try {
			if (between > mostBetween) throw floods(mostBetween);
			buffer.append(chunk);
		} catch (error) {
			// A buffer takes everything but a message that is too long.
			failure ??= error instanceof MkcoaError ? error : floods(mostBytes);
			transport.onerror?.(failure);
			void transport.close();
			return;
		}
		for (;;) {
			try {
				const message = buffer.readMessage();
				if (message === null) return;
				transport.onmessage?.(message);
			} catch (error) {
				// One line that is no message: the next one may be.
				transport.onerror?.(asError(error));
			}
		}
	};
	const transport: StdioTransport = {
		stderr: null,
		get pid() {
			return child?.pid ?? null;
		},
		lastWords: () => stripControl(words).trim(),
		failure: () => failure,
		start: () =>
			new Promise((resolve, reject) => {
				const started = spawn(command, [...args], {env: {...environment}, stdio: 'pipe', shell: false, detached: true});
				child = started;
				started.once('spawn', resolve).once('error', error => {
					exited.resolve();
					reject(error);
				});
				started.once('exit', () => exited.resolve());
				// What it said before it ended is still in the pipe; a program that it left behind may keep that open.
				started.once('close', over);
				started.stdin.on('error', error => transport.onerror?.(error));
				started.stdout.on('data', read).on('error', error => transport.onerror?.(error));
				started.stderr.on('data', (chunk: Buffer) => {
					words = `${words}${chunk.toString('utf8')}`.slice(-mostWords);
				});
				void exited.promise.then(() => transport.close());
			}),
		send: message =>
			new Promise((resolve, reject) => {
				between = 0;
				if (child?.stdin?.writable !== true || closing !== undefined) return reject(new Error('The server has ended'));
				child.stdin.write(serializeMessage(message), error => (error == null ? resolve() : reject(error)));
			}),
		close() {
			closing ??= child === undefined ? Promise.resolve() : end(child, exited.promise, clock).then(over);
			return closing;
		},
	};
	return transport;
}

/** Closes its input, then asks its group to end, then ends it. What it started itself and left behind ends in any case. */
async function end(child: ChildProcess, exited: Promise<void>, clock: Clock): Promise<void> {
	const {pid} = child;
	child.stdin?.end();
	if (pid === undefined) return;
	const within = async (ms: number) => {
		const over = new AbortController();
		const inTime = await Promise.race([exited.then(() => true), sleep(clock, ms, over.signal).then(() => false)]).catch(() => true);
		over.abort();
		return inTime;
	};
	if (!(await within(endMs))) {
		signalGroup(pid, 'SIGTERM');
		await within(endMs);
	}
	signalGroup(pid, 'SIGKILL');
	await exited;
	child.stdout?.destroy();
	child.stderr?.destroy();
}

/** The group has the number of the program that it was made for. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch {
		// Nobody of it is left.
	}
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

const floods = (bytes: number) =>
	new MkcoaError({
		kind: 'environment',
		code: 'outside-flood',
		what: `The MCP server said more than ${bytes / 1024 / 1024} MiB at a time, and was ended`,
		next: 'Ask it for less, or remove it: mkcoa mcp remove NAME',
	});
