import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {type Clock, systemClock} from '../../src/core/clock.ts';
import type {Streams} from '../../src/core/streams.ts';
import type {Host} from '../../src/main/host.ts';
import {interruptsOf} from '../../src/main/interrupts.ts';
import {main} from '../../src/main.ts';
import {bufferStreams} from './buffer-streams.ts';

/** One command line, run in this process as in a pipe: what was printed where, and the exit code. */
export type Ran = {readonly code: number; readonly out: string; readonly err: string};

type Place = {
	/** State and configuration of this test's user. */
	readonly folder: string;
	readonly env?: Host['env'];
	readonly user?: string;
	readonly streams?: Partial<Streams> & {readonly input?: string};
	/** Of a cluster whose time runs faster. */
	readonly clock?: Clock;
	readonly signal?: AbortSignal;
	/** Of the process: a test emits `SIGINT` as a terminal does. */
	readonly signals?: EventEmitter;
	/** Where keys come from and screens are drawn, for tests in which a person answers. */
	readonly terminal?: {readonly input: NodeJS.ReadableStream; readonly screen: {write(text: string): unknown}};
	/** Where a protocol is spoken over standard input and output. */
	readonly pipes?: {readonly input: PassThrough; readonly output: PassThrough};
	/** How and where the process was started. */
	readonly started?: Partial<Host['started']>;
};

const nobody = () => ({input: new PassThrough(), screen: new PassThrough()});

/** The process of a test's user, over buffers. */
export function hostIn({
	folder,
	env = {},
	user = 'alice',
	streams: shape = {},
	clock = systemClock(),
	signal = new AbortController().signal,
	signals = new EventEmitter(),
	terminal = nobody(),
	pipes,
	started,
}: Place) {
	const {streams, printed} = bufferStreams(shape);
	const interrupts = interruptsOf({on: (name, listener) => signals.on(name, listener), exit: code => signals.emit('exit', code)});
	const host: Host = {
		streams,
		// A review uses no more of a terminal's streams than these have.
		input: (pipes?.input ?? terminal.input) as NodeJS.ReadStream,
		screen: terminal.screen as NodeJS.WriteStream,
		output: pipes?.output ?? new PassThrough(),
		env: {XDG_STATE_HOME: `${folder}/state`, XDG_CONFIG_HOME: `${folder}/config`, ...env},
		home: folder,
		user,
		uid: process.getuid?.(),
		started: {command: ['/opt/node/bin/node', '/opt/mkcoa/mkcoa.js'], folder, platform: 'linux', ...started},
		clock,
		signal: AbortSignal.any([signal, interrupts.signal]),
		takeInterrupt: interrupts.takeInterrupt,
	};
	return {host, printed};
}

/** Runs `mkcoa WORDS…` with a home, a state folder and an environment of its own. */
export async function runMkcoa(words: readonly string[], place: Place): Promise<Ran> {
	const {host, printed} = hostIn(place);
	const code = await main(words, host);
	return {code, out: printed.out, err: printed.err};
}
