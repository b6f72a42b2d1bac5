import {randomUUID} from 'node:crypto';
import {WebStandardStreamableHTTPServerTransport} from '@modelcontextprotocol/server';
import type {MakeServer} from '../make-server.ts';
import {keptEvents} from './kept-events.ts';
import {authInfoOf, type EdgePrincipal} from './principal.ts';

/** Connections of clients from before 2026-07-28, which are remembered between their requests. */
export type LegacySessions = {
	readonly fetch: (request: Request, principal: EdgePrincipal, body: unknown) => Promise<Response>;
	readonly close: () => Promise<void>;
};

type Session = {readonly principal: string; readonly transport: WebStandardStreamableHTTPServerTransport; lastMs: number};

const idleMs = 30 * 60_000;
/** Sessions of one principal: of more the one that was idle longest is closed. */
const mostOfOne = 100;
const mostOfAll = 2000;
/** When a client whose connection broke is to come back. */
const retryInterval = 1000;

type Serving = {
	readonly make: MakeServer;
	readonly now: () => number;
	readonly onError: (error: Error) => void;
};

/** Each with a server of its own, and for the principal alone who began it: a session's id is no proof of who asks. */
export function legacySessions({make, now, onError}: Serving): LegacySessions {
	const sessions = new Map<string, Session>();
	const eventsOfSession = keptEvents();

	const drop = (id: string) => {
		const session = sessions.get(id);
		sessions.delete(id);
		session?.transport.close().catch(onError);
	};

	function makeRoom(principal: string): void {
		for (const [id, {lastMs}] of sessions) if (now() - lastMs > idleMs) drop(id);
		const own = [...sessions].filter(([, session]) => session.principal === principal);
		if (own.length >= mostOfOne) drop(idlest(own));
		if (sessions.size >= mostOfAll) drop(idlest([...sessions]));
	}

	async function begin(request: Request, principal: EdgePrincipal, body: unknown): Promise<Response> {
		makeRoom(principal.id);
		const transport = new WebStandardStreamableHTTPServerTransport({
			sessionIdGenerator: () => randomUUID(),
			onsessioninitialized: id => void sessions.set(id, {principal: principal.id, transport, lastMs: now()}),
			onsessionclosed: drop,
			eventStore: eventsOfSession(),
			retryInterval,
		});
		transport.onerror = onError;
		await make({era: 'legacy'}).connect(transport);
		const response = await transport.handleRequest(request, {authInfo: authInfoOf(principal), parsedBody: body});
		// Whoever did not initialize has no session, and nobody would ever close this one.
		if (transport.sessionId === undefined) await transport.close();
		return response;
	}

	return {
		async fetch(request, principal, body) {
			const id = request.headers.get('mcp-session-id');
			if (id === null) return begin(request, principal, body);
			const session = sessions.get(id);
			if (session === undefined || session.principal !== principal.id) return noSession();
			session.lastMs = now();
			return session.transport.handleRequest(request, {
				authInfo: authInfoOf(principal),
				...(body === undefined ? {} : {parsedBody: body}),
			});
		},
		async close() {
			const all = [...sessions.values()];
			sessions.clear();
			await Promise.allSettled(all.map(({transport}) => transport.close()));
		},
	};
}

const idlest = (all: readonly (readonly [string, Session])[]): string =>
	all.reduce((oldest, each) => (each[1].lastMs < oldest[1].lastMs ? each : oldest))[0];

/** The specification wants 404, upon which a client begins anew. */
const noSession = () => Response.json({jsonrpc: '2.0', error: {code: -32001, message: 'Session not found'}, id: null}, {status: 404});
