import {createHash, randomUUID} from 'node:crypto';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createMcpHandler, McpServer} from '@modelcontextprotocol/server';
import * as z from 'zod';
import {whenOver} from '../when-over.ts';

type Shape = {
	/** Answers requests of MCP itself otherwise; undefined leaves them. */
	readonly before?: (request: IncomingMessage, response: ServerResponse, origin: string) => boolean;
	/** Only those who signed in are answered. */
	readonly guarded?: boolean;
	/** Has a tool with a header that none can have: the SDK of clients leaves it out, and warns. */
	readonly isOdd?: boolean;
};

const json = (response: ServerResponse, status: number, body: object, headers: {readonly [name: string]: string} = {}) => {
	response.writeHead(status, {'content-type': 'application/json', ...headers});
	response.end(JSON.stringify(body));
};

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}

/** A third party's server on the loopback interface, with a server that signs in beside it. It forgets nothing that was sent to it. */
export async function webServer({before = () => false, guarded = false, isOdd = false}: Shape = {}) {
	const seen: {readonly path: string; readonly authorization: string | undefined}[] = [];
	const tokens = new Set<string>();
	const refreshes = new Set<string>();
	const challenges = new Map<string, string>();
	const registered: object[] = [];
	const handler = createMcpHandler(() => {
		const server = new McpServer({name: 'web', version: '1'});
		server.registerTool('look', {description: 'Looks', annotations: {readOnlyHint: true}}, () => ({
			content: [{type: 'text', text: 'from the web'}],
		}));
		if (isOdd) {
			const input = z.object({a: z.string().meta({'x-mcp-header': 'no header\u001b[2J'})});
			server.registerTool('odd', {inputSchema: input, annotations: {readOnlyHint: true}}, () => ({content: []}));
		}
		return server;
	});

	async function sign(path: string, request: IncomingMessage, response: ServerResponse, origin: string): Promise<boolean> {
		const url = new URL(request.url ?? '/', origin);
		if (path.startsWith('/.well-known/oauth-protected-resource'))
			json(response, 200, {resource: `${origin}/mcp`, authorization_servers: [origin]});
		else if (path.startsWith('/.well-known/'))
			json(response, 200, {
				issuer: origin,
				authorization_endpoint: `${origin}/authorize`,
				token_endpoint: `${origin}/token`,
				registration_endpoint: `${origin}/register`,
				response_types_supported: ['code'],
				code_challenge_methods_supported: ['S256'],
				token_endpoint_auth_methods_supported: ['none'],
			});
		else if (path === '/register') {
			const client = JSON.parse(await bodyOf(request));
			registered.push(client);
			json(response, 201, {...client, client_id: `client-${registered.length}`});
		} else if (path === '/authorize') {
			const code = randomUUID();
			challenges.set(code, url.searchParams.get('code_challenge') ?? '');
			const back = new URL(url.searchParams.get('redirect_uri') ?? '');
			back.search = new URLSearchParams({code, state: url.searchParams.get('state') ?? '', iss: origin}).toString();
			response.writeHead(302, {location: back.href}).end();
		} else if (path === '/token') {
			const form = new URLSearchParams(await bodyOf(request));
			const verifier = createHash('sha256')
				.update(form.get('code_verifier') ?? '')
				.digest('base64url');
			const isRefresh = form.get('grant_type') === 'refresh_token' && refreshes.has(form.get('refresh_token') ?? '');
			if (!isRefresh && challenges.get(form.get('code') ?? '') !== verifier) json(response, 400, {error: 'invalid_grant'});
			else {
				const [token, refresh] = [`token-${randomUUID()}`, `refresh-${randomUUID()}`];
				tokens.add(token);
				refreshes.add(refresh);
				json(response, 200, {access_token: token, token_type: 'Bearer', refresh_token: refresh, expires_in: 3600});
			}
		} else return false;
		return true;
	}

	const server = createServer((request, response) => {
		void answer(request, response).catch(() => response.destroy());
	});
	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const path = new URL(request.url ?? '/', origin).pathname;
		seen.push({path, authorization: request.headers.authorization});
		if (before(request, response, origin)) return;
		if (guarded && (await sign(path, request, response, origin))) return;
		if (path !== '/mcp') return json(response, 404, {});
		if (guarded && !tokens.has((request.headers.authorization ?? '').replace('Bearer ', '')))
			return json(response, 401, {}, {'www-authenticate': `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`});
		const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
			typeof value === 'string' ? [[name, value]] : [],
		);
		const method = request.method ?? 'GET';
		const body = method === 'POST' ? await bodyOf(request) : undefined;
		const answered = await handler.fetch(new Request(`${origin}/mcp`, {method, headers, ...(body === undefined ? {} : {body})}));
		response.writeHead(answered.status, Object.fromEntries(answered.headers));
		response.end(Buffer.from(await answered.arrayBuffer()));
	}
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
	whenOver(() => {
		server.close();
		server.closeAllConnections();
	});
	return {url: `${origin}/mcp`, origin, seen, tokens, refreshes, registered};
}
