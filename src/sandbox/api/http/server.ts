import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {gzipSync} from 'node:zlib';
import {StatusError} from '../../status-error.ts';
import {isProtobuf, protobufToJson} from '../decode/protobuf.ts';
import {senderOf, type TokenOwner, type User} from '../identity/authenticate.ts';
import {splitToken} from '../kubeconfig.ts';
import type {Answer, StreamAnswer, WholeAnswer} from '../routing/answer.ts';
import type {ApiRequest} from '../routing/request.ts';
import type {Router} from '../routing/router.ts';
import type {createFaults, Fault} from './faults.ts';
import type {createRequestLog} from './request-log.ts';

export type HttpParts = {
	readonly ownerOf: TokenOwner;
	readonly route: Router;
	readonly log: ReturnType<typeof createRequestLog>;
	readonly faults: ReturnType<typeof createFaults>;
	/** Aborts when the server stops. */
	readonly stopped: AbortSignal;
};

// Answers above this size are compressed for clients that accept it, as the API server does.
const gzipAboveBytes = 128 * 1024;
// The API server refuses larger bodies (3 MiB is the etcd limit it is set for).
const maxBodyBytes = 3 * 1024 * 1024;

/** The HTTP face: reads the request, finds the sender, asks the router, writes the answer. */
export function createHttpServer(parts: HttpParts): Server {
	return createServer((incoming, response) => {
		serve(parts, incoming, response).catch(() => response.destroy());
	});
}

async function serve(parts: HttpParts, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
	const {method = 'GET', headers} = incoming;
	const {pathname, searchParams: query} = new URL(incoming.url ?? '/', 'http://localhost');
	const {path, token} = splitToken(pathname);
	let user: User | undefined;
	let answer: Answer;
	try {
		const body = await readBody(incoming);
		const fault = parts.faults.take({method, path, query});
		if (fault?.answer === 'hang') return;
		if (fault?.answer === 'reset') return void incoming.socket.destroy();
		user = senderOf(parts.ownerOf, token === undefined ? headers : {authorization: `Bearer ${token}`});
		if (typeof fault?.answer === 'number') throw faultError(fault);
		answer = parts.route({method, path, query, user, ...decoded(headers, body)});
		if (fault?.answer === 'truncate') return truncate(response, answer);
	} catch (error) {
		answer = errorAnswer(error);
	}
	const status = answer.kind === 'whole' ? answer.status : 200;
	const dryRun = query.getAll('dryRun').includes('All');
	parts.log.add({method, path, query: query.toString(), dryRun, user: user?.name ?? '', status});
	if (answer.kind === 'stream') stream(parts, response, answer);
	else send(response, answer, method, String(headers['accept-encoding'] ?? ''));
}

/** Protobuf is turned into JSON at the door, so that nothing behind it needs to know. */
function decoded(headers: IncomingMessage['headers'], body: Buffer): Pick<ApiRequest, 'headers' | 'body'> {
	if (body.length === 0 || !isProtobuf(headers['content-type'] ?? '')) return {headers, body: body.toString()};
	return {headers: {...headers, 'content-type': 'application/json'}, body: JSON.stringify(protobufToJson(body))};
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of incoming) {
		size += chunk.length;
		if (size > maxBodyBytes) throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${maxBodyBytes}`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function errorAnswer(error: unknown): WholeAnswer {
	const status = error instanceof StatusError ? error : new StatusError(500, 'InternalError', `Internal error occurred: ${String(error)}`);
	const after = status.details?.retryAfterSeconds;
	return {
		kind: 'whole',
		status: status.code,
		contentType: 'application/json',
		body: JSON.stringify(status.status()),
		...(after === undefined ? {} : {headers: {'retry-after': String(after)}}),
	};
}

const faultWords: {readonly [code: number]: readonly [string, string]} = {
	429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
	403: ['Forbidden', 'forbidden: injected fault'],
	500: ['InternalError', 'Internal error occurred: injected fault'],
	503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
};

function faultError({answer, retryAfterSeconds}: Fault): StatusError {
	const code = Number(answer);
	const [reason = '', message = ''] = faultWords[code] ?? [];
	return new StatusError(code, reason, message, retryAfterSeconds === undefined ? undefined : {retryAfterSeconds});
}

function send(response: ServerResponse, answer: WholeAnswer, method: string, acceptEncoding: string): void {
	const plain = Buffer.from(answer.body);
	const isZipped = plain.length > gzipAboveBytes && /\bgzip\b/.test(acceptEncoding);
	// The fastest level, which is what the API server uses for lists.
	const body = isZipped ? gzipSync(plain, {level: 1}) : plain;
	response.writeHead(answer.status, {
		'content-type': answer.contentType,
		'content-length': body.length,
		'cache-control': 'no-cache, private',
		...(isZipped ? {'content-encoding': 'gzip'} : {}),
		...answer.headers,
	});
	response.end(method === 'HEAD' ? undefined : body);
}

function truncate(response: ServerResponse, answer: Answer): void {
	const body = Buffer.from(answer.kind === 'whole' ? answer.body : '{"type":"ADDED","obj');
	response.writeHead(200, {'content-type': answer.contentType, 'content-length': body.length});
	response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
}

function stream(parts: HttpParts, response: ServerResponse, {contentType, run}: StreamAnswer): void {
	const closed = new AbortController();
	response.on('close', () => closed.abort());
	const signal = AbortSignal.any([closed.signal, parts.stopped]);
	response.writeHead(200, {'content-type': contentType, 'cache-control': 'no-cache, private'});
	response.flushHeaders();
	run({write: text => void (signal.aborted || response.write(text)), end: () => void response.end()}, signal);
}
