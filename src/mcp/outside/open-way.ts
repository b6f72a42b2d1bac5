import {type OAuthClientProvider, StreamableHTTPClientTransport, type Transport} from '@modelcontextprotocol/client';
import {type Clock, sleep} from '../../core/clock.ts';
import {programEnvironment} from './program-environment.ts';
import type {ServerEntry} from './server-entry.ts';
import {type StdioTransport, stdioTransport} from './stdio-transport.ts';

export type Reaching = {
	readonly entry: ServerEntry;
	readonly environment: {readonly [variable: string]: string | undefined};
	readonly clock: Clock;
	readonly proxyOf: (server: URL) => string | undefined;
	/** Signs in where an address asks for it. */
	readonly signIn: OAuthClientProvider;
	/** How long an address may take to be reached. */
	readonly connectMs: number;
};

/** What a server may take to hear that its session is over. */
const leaveMs = 1500;

/** The way to a server: a program that is started, or an address. */
export type Way = {
	readonly transport: Transport;
	readonly lastWords: () => string;
	/** See `StdioTransport`. */
	readonly failure?: StdioTransport['failure'];
	/** Tells the server that its session is over, where it has one. */
	readonly leave?: () => Promise<void>;
	/** Exchanges what the browser brought back. */
	readonly finish?: (callback: URLSearchParams) => Promise<void>;
	readonly close: () => Promise<void>;
};

/** Starts the program in a clean environment, or makes ready for the address; nothing is said to the server yet. */
export async function openWay({entry, environment, clock, proxyOf, signIn, connectMs}: Reaching): Promise<Way> {
	if (!('url' in entry)) {
		const {command, args = [], env = []} = entry;
		const transport: StdioTransport = stdioTransport({command, args, environment: programEnvironment(environment, env), clock});
		return {transport, lastWords: transport.lastWords, failure: transport.failure, close: transport.close};
	}
	const server = new URL(entry.url);
	const {guardedFetch} = await import('./guarded-fetch.ts');
	const {fetch, close} = guardedFetch({server, proxyUrl: proxyOf(server), connectMs});
	const transport = new StreamableHTTPClientTransport(server, {
		fetch,
		authProvider: signIn,
		reconnectionOptions: {initialReconnectionDelay: 1000, maxReconnectionDelay: 10_000, reconnectionDelayGrowFactor: 2, maxRetries: 2},
	});
	return {
		transport,
		lastWords: () => '',
		async leave() {
			if (transport.sessionId === undefined) return;
			const done = new AbortController();
			await Promise.race([transport.terminateSession(), sleep(clock, leaveMs, done.signal)]).catch(() => {});
			done.abort();
		},
		finish: callback => transport.finishAuth(callback),
		async close() {
			await transport.close();
			await close();
		},
	};
}
