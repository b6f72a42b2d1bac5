import {EventEmitter} from 'node:events';
import {expect, test} from 'vitest';
import {type Host, hostStreams, prefersPlain} from '../../src/commands/host-streams.ts';

async function* chunks(...parts: (string | Uint8Array)[]) {
	yield* parts;
}

const stream = (shape: object = {}) =>
	Object.assign(new EventEmitter(), {
		written: '',
		write(text: string) {
			this.written += text;
		},
		...shape,
	});

const tty = {isTTY: true, columns: 100, rows: 30};

const host = (shape: Partial<Host> = {}): Host => ({stdin: chunks(), stdout: stream(), stderr: stream(), env: {}, ...shape});

const terminalHost = (env: Host['env'] = {}): Host =>
	host({stdin: Object.assign(chunks(), {isTTY: true}), stdout: stream(tty), stderr: stream(tty), env});

test.each([
	['a terminal', terminalHost(), {outIsTerminal: true, errIsTerminal: true, canAsk: true, colour: true, width: 100, height: 30}],
	['a pipe', host(), {outIsTerminal: false, errIsTerminal: false, canAsk: false, width: 80, height: 24}],
	['CI with a terminal', terminalHost({CI: 'true'}), {canAsk: false}],
	['NO_COLOR', terminalHost({NO_COLOR: '1'}), {colour: false}],
	['an empty NO_COLOR', terminalHost({NO_COLOR: ''}), {colour: true}],
	['a dumb terminal', terminalHost({TERM: 'dumb'}), {colour: false, errIsTerminal: false, canAsk: true, isPlain: true}],
	[
		'output to a file, asked from a terminal',
		host({stdin: Object.assign(chunks(), {isTTY: true}), stderr: stream(tty)}),
		{outIsTerminal: false, canAsk: true, width: 100},
	],
	['input from a pipe', host({stdout: stream(tty), stderr: stream(tty)}), {canAsk: false}],
])('%s', (_, of, expected) => {
	expect(hostStreams(of, {colour: true})).toMatchObject(expected);
});

test('--no-color wins over a terminal', () => {
	expect(hostStreams(terminalHost(), {colour: false}).colour).toBe(false);
});

test('the width follows the terminal', () => {
	const stdout = stream(tty);
	const streams = hostStreams(host({stdout}), {colour: true});
	stdout.emit('resize');
	Object.assign(stdout, {columns: 50});
	expect(streams.width).toBe(50);
});

test('reads a letter that is split over two chunks', async () => {
	const bytes = new TextEncoder().encode('한글');
	const streams = hostStreams(host({stdin: chunks(bytes.slice(0, 2), bytes.slice(2))}), {colour: true});
	expect(await streams.readInput()).toBe('한글');
});

test('a closed pager is no failure, a full disk is one', () => {
	const stdout = stream();
	hostStreams(host({stdout}), {colour: true});
	expect(() => stdout.emit('error', Object.assign(new Error('closed'), {code: 'EPIPE'}))).not.toThrow();
	expect(() => stdout.emit('error', Object.assign(new Error('full'), {code: 'ENOSPC'}))).toThrow('full');
});

test.each([
	[{TERM: 'dumb'}, true],
	[{MKCOA_PLAIN: '1'}, true],
	[{INK_SCREEN_READER: 'true'}, true],
	[{TERM: 'xterm-256color'}, false],
])('%j asks in plain text: %s', (environment, isPlain) => {
	expect(prefersPlain(environment)).toBe(isPlain);
});
