import {randomUUID} from 'node:crypto';
import {WebStandardStreamableHTTPServerTransport} from '@modelcontextprotocol/server';
import type {MakeServer} from '../make-server.ts';
import {keptEvents} from './kept-events.ts';
import {authInfoOf, type EdgePrincipal} from './principal.ts';

/** Connections of clients from before 2026-07-28, which are remembered between their requests. */
export type LegacySessions = {
	readonly fetch: (request: Request, principal: EdgePrincipal, asked: Asked) => Promise<Response>;
	readonly close: () => Promise<void>;
};

type Asked = {
	/** The principal with all that he may do now. */
	readonly owner: string;
	readonly body?: unknown;
};

type Session = {
	readonly principal: string;
	readonly owner: string;
	readonly transport: WebStandardStreamableHTTPServerTransport;
	lastMs: number;
};

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

/**
 * Each with a server of its own, and for the principal alone who began it: a session's id is no proof of who asks. It ends when he may do other things
 * than when he began it, since answers of then lie in it.
 */
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

	async function begin(request: Request, principal: EdgePrincipal, {owner, body}: Asked): Promise<Response> {
		makeRoom(principal.id);
		const transport = new WebStandardStreamableHTTPServerTransport({
			sessionIdGenerator: () => randomUUID(),
			onsessioninitialized: id => void sessions.set(id, {principal: principal.id, owner, transport, lastMs: now()}),
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
		async fetch(request, principal, asked) {
			const id = request.headers.get('mcp-session-id');
			if (id === null) return begin(request, principal, asked);
			const session = sessions.get(id);
			if (session === undefined || session.principal !== principal.id) return noSession();
			if (session.owner !== asked.owner) {
				drop(id);
				return noSession();
			}
			session.lastMs = now();
			return session.transport.handleRequest(request, {
				authInfo: authInfoOf(principal),
				...(asked.body === undefined ? {} : {parsedBody: asked.body}),
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
