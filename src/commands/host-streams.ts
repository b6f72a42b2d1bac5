import {fstatSync} from 'node:fs';
import type {Streams} from '../core/streams.ts';
import type {Environment} from './options.ts';

type Writable = {
	write(text: string): unknown;
	on?(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
	readonly isTTY?: boolean;
	readonly columns?: number;
	readonly rows?: number;
};

/** The part of `process` that streams are made of. */
export type Host = {
	readonly stdin: AsyncIterable<string | Uint8Array> & {readonly isTTY?: boolean; readonly fd?: number; destroy?(error: Error): unknown};
	readonly stdout: Writable;
	readonly stderr: Writable;
	readonly env: Environment;
};

/** Reads until the end; an abort does not wait for one who never closes the pipe. */
async function readAll(input: Host['stdin'], signal: AbortSignal | undefined): Promise<string> {
	const stop = () => input.destroy?.(signal?.reason);
	signal?.addEventListener('abort', stop, {once: true});
	try {
		const decoder = new TextDecoder();
		let text = '';
		for await (const chunk of input) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, {stream: true});
		return text + decoder.decode();
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}

/** A program without a terminal may have an input that nobody writes to, such as /dev/null: then there is nothing to wait for. */
function isPiped({isTTY, fd}: Host['stdin']): boolean {
	if (isTTY === true || fd === undefined) return false;
	try {
		const found = fstatSync(fd);
		return found.isFIFO() || found.isFile() || found.isSocket();
	} catch {
		return false;
	}
}

/** A reader that closed its end, such as a pager, has seen enough: that is no failure. */
function forgiveClosedPipe(stream: Writable) {
	stream.on?.('error', error => {
		if (error.code !== 'EPIPE') throw error;
	});
}

/** Whether colour is wanted at all; whether a stream can show it is a second question. */
const wantsColour = (env: Environment, flag: boolean) => flag && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';

/** Whether to print and ask in lines of plain text: wanted for screen readers, and all that a dumb terminal can do. */
export const prefersPlain = (environment: Environment) =>
	environment.TERM === 'dumb' || (environment.MKCOA_PLAIN ?? '') !== '' || environment.INK_SCREEN_READER === 'true';

/**
 * The streams of a process. `colour` is what the command line says (`--no-color`); `signal` ends the reading of standard input. Standard input is looked at only where somebody may be
 * asked or something is read: opening it takes longer than printing an answer.
 */
export function hostStreams(host: Host, {colour, signal}: {readonly colour: boolean; readonly signal?: AbortSignal}): Streams {
	const {stdout, stderr, env} = host;
	forgiveClosedPipe(stdout);
	forgiveClosedPipe(stderr);
	const outIsTerminal = stdout.isTTY === true;
	// What cannot or must not redraw a line is written to like a pipe, and can still be asked.
	const errIsTerminal = stderr.isTTY === true && !prefersPlain(env);
	const sized = outIsTerminal ? stdout : stderr;
	return {
		out: text => void stdout.write(text),
		err: text => void stderr.write(text),
		readInput: () => readAll(host.stdin, signal),
		get inIsPiped() {
			return isPiped(host.stdin);
		},
		outIsTerminal,
		errIsTerminal,
		canAsk: stderr.isTTY === true && (env.CI ?? '') === '' && host.stdin.isTTY === true,
		colour: wantsColour(env, colour),
		isPlain: prefersPlain(env),
		get width() {
			return sized.columns ?? 80;
		},
		get height() {
			return sized.rows ?? 24;
		},
	};
}
