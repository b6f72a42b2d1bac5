import {MkcoaError} from '../../../../core/error.ts';
import type {JsonObject} from '../../../../core/json.ts';
import type {Write} from '../../../../core/plan.ts';
import type {Proof} from '../sign-in/sign-in.ts';
import {readRefusal} from '../transport/api-error.ts';
import {type About, requestPath} from '../transport/call.ts';
import type {TlsOptions} from '../transport/http-connection.ts';
import {networkError} from '../transport/network-error.ts';
import {type Asker, refusedCall} from '../transport/refused-call.ts';
import {makeExecOutput} from './exec-output.ts';

export type ExecConnection = {
	readonly server: URL;
	readonly address: string;
	readonly asker: Asker;
	readonly proof: Proof;
	readonly tls: TlsOptions;
	readonly proxyUrl: string | undefined;
	readonly connectMs: number;
};

/** Newest first; version 5 differs in closing stdin, which is never opened here. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/**
 * Runs a command in a container over a WebSocket, without stdin and without a terminal.
 * @returns `{stdout, stderr, exitCode}`; each text holds at most 1 MiB, and `cut: true` says that more came
 * @throws MkcoaError `unsupported` behind a proxy, `unreachable`, `not-allowed`, `not-found`
 */
export async function execInPod(connection: ExecConnection, write: Extract<Write, {op: 'exec'}>, signal: AbortSignal): Promise<JsonObject> {
	const {name, namespace = 'default'} = write.ref;
	const about: About = {verb: 'create', resource: 'pods', subresource: 'exec', namespace, name};
	if (connection.proxyUrl !== undefined)
		throw new MkcoaError({
			kind: 'environment',
			code: 'unsupported',
			what: 'Commands in pods cannot go through a proxy',
			why: 'mkcoa opens their connection itself',
			next: 'Run the command with kubectl exec',
		});
	signal.throwIfAborted();
	const {default: WebSocket} = await import('ws');
	const {server, proof, tls, connectMs} = connection;
	const path = requestPath(server.pathname, {
		path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/exec`,
		query: {container: write.container, command: write.command, stdout: true, stderr: true},
	});
	const address = `${server.origin.replace(/^http/, 'ws')}${path}`;
	const {ca, ...options} = tls;
	const socket = new WebSocket(address, protocols, {
		...options,
		...(ca === undefined ? {} : {ca: [...ca]}),
		headers: proof.headers,
		handshakeTimeout: connectMs,
		perMessageDeflate: false,
		maxPayload: 32 * 1024 * 1024,
	});
	return runSocket(socket, connection, about, signal);
}

function runSocket(
	socket: import('ws').WebSocket,
	{address, asker}: ExecConnection,
	about: About,
	signal: AbortSignal,
): Promise<JsonObject> {
	const output = makeExecOutput();
	const {promise, resolve, reject} = Promise.withResolvers<JsonObject>();
	const stop = () => {
		reject(signal.reason);
		socket.terminate();
	};
	signal.addEventListener('abort', stop, {once: true});
	socket.on('message', (data: Buffer) => output.take(data));
	socket.on('error', error => reject(networkError(error, address, true)));
	socket.on('unexpected-response', (_request, response) => {
		const chunks: Buffer[] = [];
		response.on('data', (chunk: Buffer) => chunks.push(chunk));
		response.on('error', () => {});
		response.on('close', () => {
			const body = Buffer.concat(chunks).subarray(0, 65_536).toString('utf8');
			reject(refusedCall(readRefusal(response.statusCode ?? 500, body, undefined), about, asker));
			socket.terminate();
		});
	});
	socket.on('close', () => {
		const answer = output.answer();
		if (answer !== undefined) return resolve(answer);
		// The status of the command is its last message; without one nobody knows how it ended.
		reject(networkError(Object.assign(new Error('closed early'), {code: 'ECONNRESET'}), address, true));
	});
	return promise.finally(() => signal.removeEventListener('abort', stop));
}
