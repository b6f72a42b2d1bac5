import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Alert} from '../../analysis/alerts/alert.ts';
import {readAlerts} from '../../analysis/alerts/read-alerts.ts';
import {MkcoaError} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';

type Listening = {
	readonly host: string;
	/** 0 for any that is free. */
	readonly port: number;
	/** Whether a bearer token opens the door; undefined where everybody on this machine may call. */
	readonly isKey?: ((token: string) => Promise<boolean>) | undefined;
	readonly hear: (alerts: readonly Alert[]) => void;
};

/** An address that takes alerts. */
export type AlertListener = {readonly port: number; readonly close: () => Promise<void>};

/** Groups of Alertmanager are sent whole; what is larger belongs to nobody. */
const mostBytes = 1024 * 1024;
const arrivalMs = 10_000;
const mostConnections = 64;

type Answer = readonly [status: number, text: string];

/**
 * Takes webhook calls by POST of JSON, on any path. A page in a browser cannot send that type unasked, so none posts alerts behind a person's back.
 * @throws MkcoaError `no-address` where the address cannot be had
 */
export async function listenAlerts({host, port, isKey, hear}: Listening): Promise<AlertListener> {
	const server = createServer({requestTimeout: arrivalMs, headersTimeout: arrivalMs, keepAliveTimeout: 5000}, (request, response) => {
		const reply = ([status, text]: Answer) =>
			void response.writeHead(status, {'content-type': 'text/plain; charset=utf-8', connection: 'close'}).end(`${text}\n`);
		answerTo(request, {isKey, hear}).then(reply, () => void response.destroy());
	});
	server.maxConnections = mostConnections;
	server.on('clientError', (_, socket) => void socket.destroy());
	await listening(server, host, port);
	return {
		// A server that listens on a port has an address of this form.
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function answerTo(request: IncomingMessage, {isKey, hear}: Pick<Listening, 'isKey' | 'hear'>): Promise<Answer> {
	if (request.method !== 'POST') return [405, 'Send alerts by POST'];
	const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
	if (isKey !== undefined && !(await isKey(token))) return [401, 'Send a key of mkcoa mcp keys add as a bearer token'];
	if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return [415, 'The body must be application/json'];
	const text = await bodyOf(request);
	if (text === undefined) return [413, `A call may have ${mostBytes} bytes`];
	const body = parsed(text);
	if (body === undefined) return [400, 'The body is no JSON'];
	const read = readAlerts(body);
	if ('refused' in read) return [400, read.refused];
	hear(read.alerts);
	return [200, `${read.alerts.length} taken`];
}

/** Undefined where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request) {
		// A request without an encoding gives buffers.
		const part = chunk as Buffer;
		bytes += part.length;
		if (bytes > mostBytes) return undefined;
		chunks.push(part);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}

async function listening(server: Server, host: string, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve)).catch((error: unknown) => {
		throw new MkcoaError({
			kind: 'environment',
			code: 'no-address',
			what: `Alerts cannot be taken at ${host}:${port}`,
			next: 'Name another address with --alerts, such as 127.0.0.1:8799',
			quoted: error instanceof Error ? error.message : String(error),
		});
	});
}
