import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createTlsServer, type ServerOptions} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import {text} from 'node:stream/consumers';
import {onTestFinished} from 'vitest';

/** A request as it came over the wire. Header lines are kept apart in `lines`. */
export type Seen = {
	readonly method: string;
	readonly path: string;
	readonly query: {readonly [name: string]: string};
	/** All that were given under the name `filter`. */
	readonly filters: readonly string[];
	readonly headers: IncomingMessage['headers'];
	readonly lines: readonly string[];
	readonly body: string;
};

export type Script = (seen: Seen, response: ServerResponse) => unknown;

export type ScriptedServer = {
	readonly url: string;
	readonly port: number;
	readonly seen: readonly Seen[];
	readonly close: () => Promise<void>;
};

/**
 * A server on a free loopback port that answers as told, closed with its sockets when the test ends.
 * @param atEnd hears how to close it
 */
export async function scriptedServer(
	script: Script,
	tls?: ServerOptions,
	atEnd: (close: () => Promise<void>) => void = onTestFinished,
): Promise<ScriptedServer> {
	const seen: Seen[] = [];
	const sockets = new Set<Socket>();
	const listener = async (request: IncomingMessage, response: ServerResponse) => {
		const {pathname, searchParams} = new URL(request.url ?? '/', 'http://server');
		const lines = request.rawHeaders.flatMap((name, index) =>
			index % 2 === 0 ? [`${name.toLowerCase()}: ${request.rawHeaders[index + 1]}`] : [],
		);
		const one = {
			method: request.method ?? '',
			path: pathname,
			query: Object.fromEntries(searchParams),
			filters: searchParams.getAll('filter'),
			headers: request.headers,
			lines,
			body: await text(request),
		};
		seen.push(one);
		await script(one, response);
	};
	const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
	server.on('connection', socket => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	// A server that listens on TCP has an address of this shape.
	const {port} = server.address() as AddressInfo;
	const close = () =>
		new Promise<void>(resolve => {
			server.close(() => resolve());
			for (const socket of sockets) socket.destroy();
		});
	atEnd(close);
	return {url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, port, seen, close};
}

/** Answers with JSON. */
export function respond(
	response: ServerResponse,
	body: unknown,
	status = 200,
	headers: {readonly [name: string]: string | readonly string[]} = {},
) {
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, typeof value === 'string' ? value : [...value]);
	response.statusCode = status;
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify(body));
}

/** Answers with a refusal in the API server's words. */
export const refuse = (
	response: ServerResponse,
	code: number,
	reason: string,
	message = reason,
	more: {readonly details?: unknown; readonly metadata?: unknown; readonly headers?: {readonly [name: string]: string}} = {},
) =>
	respond(
		response,
		{kind: 'Status', apiVersion: 'v1', metadata: more.metadata ?? {}, status: 'Failure', reason, message, code, details: more.details},
		code,
		more.headers,
	);
