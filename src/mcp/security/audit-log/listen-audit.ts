import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {createGunzip} from 'node:zlib';
import {MkcoaError} from '../../../core/error.ts';
import {itemsOf} from './audit-lines.ts';
import type {AuditItem, AuditLog} from './port.ts';

type Listening = {
	readonly host: string;
	/** 0 for any that is free. */
	readonly port: number;
	/** Whether a bearer token opens the door. */
	readonly isKey: (token: string) => boolean | Promise<boolean>;
	/** Events that nobody took yet: beyond them the server is told to come again, which it does. */
	readonly mostWaiting?: number;
};

/** An address to which API servers send their audit events. */
export type AuditListener = AuditLog & {readonly port: number; readonly close: () => Promise<void>};

/** API servers send batches of at most 10 MiB, unless they are told otherwise. */
const mostBytes = 16 * 1024 * 1024;
const arrivalMs = 30_000;
const mostConnections = 64;

type Answer = readonly [status: number, text: string];

/**
 * Takes what an API server sends by `--audit-webhook-config-file`: POST of an EventList. Whoever sends names a key: other programs of this machine
 * could tell of what is not so.
 * @throws MkcoaError `no-address` where the address cannot be had
 */
export async function listenAudit({host, port, isKey, mostWaiting = 50_000}: Listening): Promise<AuditListener> {
	let waiting: AuditItem[] = [];
	let wake = () => {};
	const hear = (items: readonly AuditItem[]): boolean => {
		if (waiting.length + items.length > mostWaiting) return false;
		for (const item of items) waiting.push(item);
		wake();
		return true;
	};
	const server = createServer({requestTimeout: arrivalMs, headersTimeout: arrivalMs}, (request, response) => {
		const reply = ([status, text]: Answer) =>
			void response.writeHead(status, {'content-type': 'text/plain; charset=utf-8'}).end(`${text}\n`);
		answerTo(request, isKey, hear).then(reply, () => void response.destroy());
	});
	server.maxConnections = mostConnections;
	server.on('clientError', (_, socket) => void socket.destroy());
	await listening(server, host, port);
	// A server that listens on a port has an address of this form.
	const {port: own} = server.address() as AddressInfo;

	async function* follow(signal: AbortSignal): AsyncGenerator<AuditItem> {
		const onAbort = () => wake();
		signal.addEventListener('abort', onAbort, {once: true});
		while (!signal.aborted) {
			const taken = waiting;
			waiting = [];
			yield* taken;
			if (waiting.length === 0 && !signal.aborted)
				await new Promise<void>(resolve => {
					wake = resolve;
				});
		}
	}
	return {
		source: `webhook at ${host}:${own}`,
		port: own,
		follow: ({signal}) => follow(signal),
		read: ({signal}) => follow(signal),
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function answerTo(
	request: IncomingMessage,
	isKey: Listening['isKey'],
	hear: (items: readonly AuditItem[]) => boolean,
): Promise<Answer> {
	if (request.method !== 'POST') return [405, 'Send audit events by POST'];
	const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
	if (!(await isKey(token))) return [401, 'Send the token of this listener as a bearer token'];
	if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return [415, 'The body must be application/json'];
	const text = await bodyOf(request);
	if (text === undefined) return [413, `A call may have ${mostBytes} bytes`];
	const items = itemsOf(text);
	const taken = items.filter(item => 'event' in item).length;
	if (taken === 0 && items.length > 0) return [400, 'The body is no EventList of audit.k8s.io'];
	return hear(items) ? [200, `${taken} taken`] : [503, 'Too many wait: send them again'];
}

/** Undefined where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
	const isZipped = request.headers['content-encoding'] === 'gzip';
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of isZipped ? request.pipe(createGunzip()) : request) {
		// A request without an encoding gives buffers.
		const part = chunk as Buffer;
		bytes += part.length;
		if (bytes > mostBytes) return undefined;
		chunks.push(part);
	}
	return Buffer.concat(chunks).toString('utf8');
}

async function listening(server: Server, host: string, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve)).catch((error: unknown) => {
		throw new MkcoaError({
			kind: 'environment',
			code: 'no-address',
			what: `Audit events cannot be taken at ${host}:${port}`,
			next: 'Name another address with --webhook, such as 127.0.0.1:8768',
			quoted: error instanceof Error ? error.message : String(error),
		});
	});
}
