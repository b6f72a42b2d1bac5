import {createMcpHandler, isLegacyRequest, readRequestBody} from '@modelcontextprotocol/server';
import type {Clock} from '../../../core/clock.ts';
import type {Rights} from '../../../core/roles/rights.ts';
import type {MakeServer} from '../make-server.ts';
import {ownerOf} from '../may-use.ts';
import {missingScopes, type Needs} from '../scopes.ts';
import {listeningOf} from '../tasks/listening.ts';
import type {TaskNewsFor} from '../tasks/task-news.ts';
import {passGate, stepUp} from './gate.ts';
import {legacySessions} from './legacy-sessions.ts';
import {endpointPath} from './metadata.ts';
import {authInfoOf, type EdgePrincipal} from './principal.ts';
import type {RateLimit} from './rate-limit.ts';
import {taskStreams} from './task-streams.ts';

type Serving = {
	readonly make: MakeServer;
	readonly gate: Parameters<typeof passGate>[1];
	/** What roles let somebody do now, where there are some. */
	readonly rightsOf?: ((principal: EdgePrincipal) => Rights | undefined) | undefined;
	readonly rates: RateLimit;
	/** What a tool needs; undefined where there is none of this name. */
	readonly needsOf: (tool: string) => Needs | undefined;
	/** How a caller hears of his tasks, where there are some. */
	readonly newsFor?: TaskNewsFor | undefined;
	readonly clock: Clock;
	readonly onError: (error: Error) => void;
};

/** Serves MCP over HTTP, one request at a time. */
export type EdgeHandler = {
	readonly fetch: (request: Request) => Promise<Response>;
	/** Ends what would go on as long as clients listen. */
	readonly endStreams: () => void;
	readonly close: () => Promise<void>;
};

/** Bytes of a request: the largest manifests that a cluster takes are smaller. */
const mostBytes = 2 * 1024 * 1024;

/** Checks who asks, how often and for what, before anything of the protocol is looked at; then serves both eras. */
export function edgeHandler({make, gate, rightsOf, rates, needsOf, newsFor, clock, onError}: Serving): EdgeHandler {
	const modern = createMcpHandler(make, {legacy: 'reject', onerror: onError, maxRequestBodySize: mostBytes});
	const legacy = legacySessions({make, now: clock.now, onError});
	const streams = newsFor === undefined ? undefined : taskStreams(newsFor, clock);

	async function serve(request: Request, principal: EdgePrincipal, rights: Rights | undefined): Promise<Response> {
		// Groups too: the cluster may be asked as one of them.
		const owner = JSON.stringify([ownerOf({principal: principal.id, scopes: principal.scopes, rights}), principal.groups]);
		if (request.method !== 'POST') return legacy.fetch(request, principal, {owner});
		if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
			return refused(415, -32700, 'The body must be application/json');
		const read = await readRequestBody(request, mostBytes);
		if (read.tooLarge) return refused(413, -32600, `A request may have ${mostBytes} bytes`);
		const body = parsed(read.text);
		if (body === undefined) return refused(400, -32700, 'The body is no JSON');
		const needed = neededBy(body, needsOf, principal.scopes);
		if (needed.length > 0) return stepUp(needed, request, gate);
		if (await isLegacyRequest(request, body)) return legacy.fetch(request, principal, {owner, body});
		const answered = await modern.fetch(request, {authInfo: authInfoOf(principal), parsedBody: body});
		const listening = listeningOf(body);
		if (streams === undefined || listening === undefined || !isStream(answered)) return answered;
		// The SDK has checked the request. It tells of nothing that it could be asked for here, so nothing of its own stream is lost.
		await answered.body?.cancel();
		return streams.open(
			listening,
			{principal: principal.id, scopes: principal.scopes, groups: principal.groups, agent: ''},
			{signal: request.signal, isLetIn: async () => !((await passGate(request, gate)) instanceof Response)},
		);
	}

	return {
		async fetch(request) {
			const passed = await passGate(request, gate);
			if (passed instanceof Response) return passed;
			const {pathname} = new URL(request.url);
			if (pathname !== endpointPath) return refused(404, -32600, `MCP is served at ${endpointPath}`);
			const seconds = rates.refuse(passed.id);
			if (seconds !== undefined) return refused(429, -32600, 'Too many requests', {'retry-after': String(seconds)});
			const rights = rightsOf?.(passed);
			return rights?.none === undefined ? serve(request, passed, rights) : refused(403, -32600, rights.none);
		},
		endStreams: () => streams?.close(),
		async close() {
			await Promise.allSettled([modern.close(), legacy.close()]);
		},
	};
}

const isStream = ({ok, headers}: Response) => ok && headers.get('content-type')?.startsWith('text/event-stream') === true;

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Scopes that the calls in a body would need beyond those of its token; the message may be one or, before 2025-06-18, several. */
function neededBy(body: unknown, needsOf: Serving['needsOf'], scopes: readonly string[]): readonly string[] {
	const names = [body].flat().map(message => (Object(message).method === 'tools/call' ? Object(Object(message).params).name : undefined));
	return [...new Set(names.flatMap(name => (typeof name === 'string' ? missing(needsOf(name), scopes) : [])))];
}

const missing = (needs: Needs | undefined, scopes: readonly string[]) => (needs === undefined ? [] : missingScopes(needs, scopes));

const refused = (status: number, code: number, message: string, headers: {readonly [name: string]: string} = {}): Response =>
	Response.json({jsonrpc: '2.0', error: {code, message}, id: null}, {status, headers});
