import {once} from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type {AddressInfo} from 'node:net';
import {buffer} from 'node:stream/consumers';

/** `isWrite`: it changes the cluster. Questions that are posted (reviews) and dry-runs do not. */
export type SeenRequest = {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly body: string;
	readonly isWrite: boolean;
};

/**
 * What becomes of one request.
 * - `pass`: forwarded, and answered
 * - `lose`: forwarded, and the answer is never given
 * - `drop`: never forwarded, and never answered
 * - `reset`: never forwarded, the connection breaks
 * - `answer lost`: forwarded, and the connection breaks when the answer is there
 * - a status: answered by the gate alone
 * - `by`: forwarded, and what becomes of it is decided by the status that the server answers
 */
export type Fate =
	| 'pass'
	| 'lose'
	| 'drop'
	| 'reset'
	| 'answer lost'
	| {readonly status: number; readonly headers?: Readonly<Record<string, string>>}
	| {readonly by: (status: number) => 'pass' | 'lose'};

export type WriteGate = {
	/** Plain HTTP on loopback, for the `server` of a kubeconfig. */
	readonly url: string;
	readonly close: () => Promise<void>;
};

const reviews = /\/(selfsubjectaccessreviews|selfsubjectrulesreviews|selfsubjectreviews|tokenreviews|subjectaccessreviews)$/;

function asked({method = 'GET', url = '/'}: http.IncomingMessage, body: string): SeenRequest {
	const {pathname, searchParams} = new URL(url, 'http://gate');
	const isWrite = method !== 'GET' && method !== 'HEAD' && !searchParams.has('dryRun') && !reviews.test(pathname);
	return {method, path: pathname, body, isWrite, query: searchParams};
}

/**
 * Stands before an API server and decides on every request, knowing what it says.
 * @param fateOf called in the order of arrival; it may kill the client, which then hears nothing more
 */
export async function writeGate(
	{url, ca}: {readonly url: string; readonly ca: string},
	fateOf: (asked: SeenRequest) => Fate | Promise<Fate>,
): Promise<WriteGate> {
	const agent = new https.Agent({keepAlive: true, ca});
	const unanswered = new Set<Promise<void>>();
	const server = http.createServer(async (incoming, outgoing) => {
		incoming.on('error', () => outgoing.destroy());
		const body = await buffer(incoming).catch(() => undefined);
		if (body === undefined) return;
		const fate = await fateOf(asked(incoming, body.toString('utf8')));
		if (fate === 'drop') return;
		if (fate === 'reset') return void incoming.socket.destroy();
		if (typeof fate === 'object' && 'status' in fate) return answer(outgoing, fate);
		const answered = forward({url, agent, incoming, body}, fate, outgoing);
		if (fate === 'pass') return;
		unanswered.add(answered);
		void answered.finally(() => unanswered.delete(answered));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	// A listening TCP server has an address object, never a pipe's name.
	const {port} = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		async close() {
			// What is forwarded reaches the server, also when its sender died on the way.
			await Promise.all(unanswered);
			const closed = once(server.close(), 'close');
			server.closeAllConnections();
			agent.destroy();
			await closed;
		},
	};
}

function answer(outgoing: http.ServerResponse, {status, headers = {}}: Extract<Fate, {status: number}>) {
	const reason = http.STATUS_CODES[status] ?? '';
	outgoing.writeHead(status, {'content-type': 'application/json', ...headers});
	outgoing.end(JSON.stringify({kind: 'Status', apiVersion: 'v1', status: 'Failure', message: reason, reason, code: status}));
}

type Forwarding = {readonly url: string; readonly agent: https.Agent; readonly incoming: http.IncomingMessage; readonly body: Buffer};

/** Resolves when the server has answered, or cannot. */
async function forward({url, agent, incoming, body}: Forwarding, fate: Fate, outgoing: http.ServerResponse): Promise<void> {
	const {method, headers, url: path = '/'} = incoming;
	const {connection: _, 'keep-alive': __, host: ___, ...kept} = headers;
	const call = https.request(new URL(path, url), {method, headers: kept, agent});
	call.on('error', () => outgoing.destroy());
	call.end(body);
	const response = await answerTo(call);
	if (response === undefined) return;
	const end = typeof fate === 'object' && 'by' in fate ? fate.by(response.statusCode ?? 502) : fate;
	if (end === 'lose') return void response.resume();
	if (end === 'answer lost') return void response.resume().on('end', () => incoming.socket.destroy());
	outgoing.writeHead(response.statusCode ?? 502, response.headers);
	response.pipe(outgoing);
	response.on('error', () => outgoing.destroy());
	outgoing.on('close', () => response.destroy());
}

const answerTo = (call: http.ClientRequest) =>
	new Promise<http.IncomingMessage | undefined>(resolve => {
		call.on('response', resolve);
		call.on('close', () => resolve(undefined));
	});
