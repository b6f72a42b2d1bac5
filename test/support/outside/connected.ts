import {fileURLToPath} from 'node:url';
import {afterEach} from 'vitest';
import {systemClock} from '../../../src/core/clock.ts';
import type {Json} from '../../../src/core/json.ts';
import {type Connecting, connectServer, type OutsideServer} from '../../../src/mcp/outside/connect-server.ts';
import {signInProvider} from '../../../src/mcp/outside/sign-in.ts';

const open: OutsideServer[] = [];
afterEach(async () => {
	for (const server of open.splice(0)) await server.close();
});

const scripts = {
	'shelf-server': new URL('./shelf-server.ts', import.meta.url),
	'evil-server': new URL('./evil-server.ts', import.meta.url),
};

/** A fixture server as an entry of the list. */
export const program = (script: 'shelf-server' | 'evil-server', ...args: readonly string[]) => ({
	command: process.execPath,
	args: [fileURLToPath(scripts[script]), ...args],
});

/** Nothing is kept, and nobody can sign in. */
export const nobody = (kept: {value?: Json} = {}) =>
	signInProvider({
		name: 'shelf',
		learn: () => {},
		store: {
			load: async () => kept.value,
			save: async value => {
				kept.value = value;
			},
		},
	});

/** Connected as a session does it, on a clock whose time-outs are short. Closed after the test. */
export async function connected(entry: Connecting['entry'], change: Partial<Connecting> = {}): Promise<OutsideServer> {
	const server = await connectServer({
		name: 'shelf',
		entry,
		version: '1',
		environment: process.env,
		clock: systemClock({speed: 20, background: true}),
		signal: new AbortController().signal,
		proxyOf: () => undefined,
		signIn: nobody(),
		...change,
	});
	open.push(server);
	return server;
}
