import type {Readable} from 'node:stream';
import {MkcoaError} from '../../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import type {Proof, SignIn} from '../sign-in/sign-in.ts';
import {ApiError, plainText, readRefusal} from './api-error.ts';
import {aboutText, type Call, requestPath} from './call.ts';
import type {HttpConnection} from './http-connection.ts';
import {networkError} from './network-error.ts';
import {decoded, readChunks, readStart} from './read-body.ts';
import {refusedCall} from './refused-call.ts';
import {type Pace, withRetries} from './retry.ts';
import {readWarnings} from './warnings.ts';

export type Transport = {
	/** Sends, reads the whole JSON answer, and tries again where that is safe. */
	readonly json: (call: Call) => Promise<{readonly status: number; readonly body: JsonObject}>;
	/** The same, as the bytes that came; for lists, which are parsed piece by piece. */
	readonly chunks: (call: Call) => Promise<Buffer[]>;
	/** Opens an answer that is read as it comes. Only opening is tried again; a break rejects the reader with `NetworkError`. */
	readonly stream: (call: Call) => Promise<AsyncIterable<Uint8Array>>;
	readonly close: () => Promise<void>;
};

export type TransportOptions = Pace & {
	readonly server: URL;
	/** The server's address for people, without user name and password. */
	readonly address: string;
	readonly signIn: SignIn;
	/** The connection of a client certificate; made anew when the certificate changes. */
	readonly dispatcherOf: (proof: Proof) => Promise<HttpConnection>;
	readonly compress: boolean;
	/** Largest answer that is held, in bytes. */
	readonly capBytes: number;
	readonly warn: (text: string) => void;
	readonly signal?: AbortSignal | undefined;
};

type Answer = {readonly status: number; readonly body: Readable; readonly encoding: string | undefined};

/** HTTP to one API server as one user. */
export function makeTransport(options: TransportOptions): Transport {
	const {capBytes, address} = options;
	const connections = makeConnections(options.dispatcherOf);
	const closing = new AbortController();

	const exchange = <Result>(call: Call, streaming: boolean, use: (answer: Answer) => Promise<Result>): Promise<Result> => {
		const signal = AbortSignal.any([call.signal, options.signal, closing.signal].filter(one => one !== undefined));
		const once = async () => {
			const proof = await options.signIn.current();
			try {
				return await use(await request(options, await connections.of(proof), proof, {...call, signal}, streaming));
			} catch (error) {
				signal.throwIfAborted();
				throw error instanceof MkcoaError ? error : networkError(error, address, call.changes);
			}
		};
		return withRetries(renewingOnce(once, options.signIn), {...options, changes: call.changes, tries: call.tries, signal});
	};
	const readAll = ({body, encoding}: Answer, {mostBytes = capBytes}: Call) =>
		readChunks(decoded(body, encoding), Math.min(mostBytes, capBytes));

	return {
		json: call =>
			exchange(call, false, async answer => ({
				status: answer.status,
				body: parseBody(Buffer.concat(await readAll(answer, call)).toString('utf8'), call),
			})),
		chunks: call => exchange(call, false, answer => readAll(answer, call)),
		stream: call => exchange(call, true, async ({body}) => brokenAsNetworkError(body, address)),
		async close() {
			closing.abort(closed(address));
			await connections.close();
		},
	};
}

/** After a 401 the server did nothing, so one more try with a new proof is safe for every call. */
function renewingOnce<Result>(once: () => Promise<Result>, signIn: SignIn): () => Promise<Result> {
	let renewed = false;
	return async () => {
		try {
			return await once();
		} catch (error) {
			if (renewed || !(error instanceof ApiError) || error.refusal.status !== 401 || !(await signIn.renew())) throw error;
			renewed = true;
			return once();
		}
	};
}

const closed = (address: string) =>
	new MkcoaError({kind: 'environment', code: 'unreachable', what: `The connection to ${address} was closed`, why: 'mkcoa is ending'});

/** Closes the connection of an outdated client certificate once its requests have ended. */
function makeConnections(dispatcherOf: (proof: Proof) => Promise<HttpConnection>) {
	let held: {readonly cert: string | undefined; readonly key: string | undefined; readonly opening: Promise<HttpConnection>} | undefined;
	return {
		of(proof: Proof): Promise<HttpConnection> {
			if (held !== undefined && held.cert === proof.cert && held.key === proof.key) return held.opening;
			// Whoever asked for a connection that could not be made was told.
			held?.opening.then(
				outdated => outdated.close(),
				() => {},
			);
			held = {cert: proof.cert, key: proof.key, opening: dispatcherOf(proof)};
			return held.opening;
		},
		async close() {
			await held?.opening.then(
				connection => connection.destroy(),
				() => {},
			);
			held = undefined;
		},
	};
}

/** One try. @throws ApiError for every status from 400 on */
async function request(
	options: TransportOptions,
	connection: HttpConnection,
	proof: Proof,
	call: Call,
	streaming: boolean,
): Promise<Answer> {
	const {server, compress, warn, signIn} = options;
	const {statusCode, headers, body} = await connection.request({
		origin: server.origin,
		path: requestPath(server.pathname, call),
		method: call.method,
		headers: {
			...proof.headers,
			accept: call.accept ?? 'application/json',
			'user-agent': 'mkcoa',
			...(compress && !streaming ? {'accept-encoding': 'gzip'} : {}),
			...(call.body === undefined ? {} : {'content-type': call.contentType ?? 'application/json'}),
		},
		...(call.body === undefined ? {} : {body: JSON.stringify(call.body)}),
		...(call.signal === undefined ? {} : {signal: call.signal}),
		...(streaming ? {bodyTimeout: 0 as const} : {}),
	});
	const header = (name: string) => [headers[name]].flat()[0];
	for (const text of readWarnings(headers.warning)) (call.warn ?? warn)(text);
	if (statusCode < 300) return {status: statusCode, body, encoding: header('content-encoding')};
	const text = await readStart(decoded(body, header('content-encoding')), 1024 * 1024);
	const refusal = readRefusal(statusCode, text, header('retry-after'));
	throw refusedCall(refusal, call.about, signIn);
}

/** An answer with status 200 that the API server would never give. */
export const notJson = ({about}: Call, start: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'server-error',
		what: `The cluster's answer to ${aboutText(about)} is no JSON object`,
		why: 'a proxy or a sign-in page may stand between',
		next: 'Check that the server of your kubeconfig is the API server itself',
		quoted: plainText(start.slice(0, 200)),
	});

/** @throws MkcoaError when the answer is no JSON object; an empty one counts as one */
export function parseBody(text: string, call: Call): JsonObject {
	if (text === '') return {};
	try {
		const value: unknown = JSON.parse(text);
		if (isJsonObject(value)) return value;
	} catch {
		// Told below, with the start of what came.
	}
	throw notJson(call, text);
}

async function* brokenAsNetworkError(body: Readable, address: string): AsyncIterable<Uint8Array> {
	try {
		yield* body;
	} catch (error) {
		throw networkError(error, address, false);
	}
}
