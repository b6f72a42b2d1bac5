import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import {expect, onTestFinished, test} from 'vitest';
import {type WebSocket, WebSocketServer} from 'ws';
import {execInPod} from '../../../../../src/mcp/kubernetes/client/write/exec.ts';
import {clientOf, troubleFrom, type World, withDiscovery} from '../../../../support/client-world.ts';
import {refuse} from '../../../../support/scripted-server.ts';

const ref = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'};
const live = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1', uid: 'u', resourceVersion: '7'}};

/** An API server that upgrades, or refuses to. */
async function podServer({
	speaks = ['v5.channel.k8s.io', 'v4.channel.k8s.io'],
	run,
	refusal,
}: {
	readonly speaks?: readonly string[];
	readonly run?: (socket: WebSocket) => void;
	readonly refusal?: string;
}) {
	const requests: IncomingMessage[] = [];
	const discovery = withDiscovery((_seen, response) => refuse(response, 404, 'NotFound'));
	const server = createServer((request, response) =>
		discovery({method: 'GET', path: request.url ?? '', query: {}, filters: [], headers: {}, lines: [], body: ''}, response),
	);
	const sockets = new WebSocketServer({noServer: true, handleProtocols: offered => speaks.find(one => offered.has(one)) ?? false});
	server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		requests.push(request);
		if (refusal !== undefined) return socket.end(refusal);
		return sockets.handleUpgrade(request, socket, head, one => run?.(one));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		for (const socket of sockets.clients) socket.terminate();
		server.close();
		server.closeAllConnections();
	});
	// A server that listens on TCP has an address of this shape.
	const {port} = server.address() as AddressInfo;
	return {url: `http://127.0.0.1:${port}`, requests};
}

const channel = (number: number, text: string) => Buffer.concat([Buffer.from([number]), Buffer.from(text)]);
const success = channel(3, JSON.stringify({status: 'Success', metadata: {}}));
const exited = (code: string) =>
	channel(
		3,
		JSON.stringify({
			status: 'Failure',
			reason: 'NonZeroExitCode',
			message: 'exited',
			details: {causes: [{reason: 'ExitCode', message: code}]},
		}),
	);
const says =
	(...messages: readonly Buffer[]) =>
	(socket: WebSocket) => {
		for (const message of messages) socket.send(message);
		socket.close();
	};

async function exec(server: {readonly url: string}, signal = new AbortController().signal, world: World = {}) {
	const {effector} = await clientOf(server.url, {user: {token: 'planted'}, ...world});
	return effector.send({op: 'exec', ref, container: 'web', command: ['sh', '-c', 'echo $HOME && ls']}, live, signal);
}

test('answers what the program wrote and how it ended', async () => {
	const server = await podServer({run: says(channel(1, 'one '), channel(2, 'careful'), channel(1, 'two'), success)});
	expect(await exec(server)).toEqual({stdout: 'one two', stderr: 'careful', exitCode: 0});
	const [request] = server.requests;
	expect(request?.headers).toMatchObject({
		authorization: 'Bearer planted',
		'sec-websocket-protocol': 'v5.channel.k8s.io,v4.channel.k8s.io',
	});
	const url = new URL(request?.url ?? '', server.url);
	expect(url.pathname).toBe('/api/v1/namespaces/shop/pods/web-1/exec');
	expect(url.searchParams.getAll('command')).toEqual(['sh', '-c', 'echo $HOME && ls']);
	expect(Object.fromEntries(url.searchParams)).toMatchObject({container: 'web', stdout: 'true', stderr: 'true'});
	expect(url.searchParams.has('stdin')).toBe(false);
});

test('an older server is spoken to in version 4', async () => {
	const server = await podServer({speaks: ['v4.channel.k8s.io'], run: says(success)});
	expect(await exec(server)).toMatchObject({exitCode: 0});
});

test.each([
	['its own code', exited('42'), 42],
	['no code at all', channel(3, JSON.stringify({status: 'Failure', reason: 'InternalError', message: 'no such file'})), -1],
])('a program that fails with %s ends with %s', async (_name, status, exitCode) => {
	const server = await podServer({run: says(status)});
	expect(await exec(server)).toEqual({stdout: '', stderr: '', exitCode});
});

test('output beyond 1 MiB is cut, and the answer says so', async () => {
	const server = await podServer({run: says(...Array.from({length: 20}, () => channel(1, 'x'.repeat(100_000))), success)});
	const answer = await exec(server);
	expect(answer).toMatchObject({exitCode: 0, cut: true});
	expect(String(answer?.stdout)).toHaveLength(1024 * 1024);
});

test('letters stay whole when two messages part inside them', async () => {
	const [first, second] = [Buffer.from('안').subarray(0, 1), Buffer.from('안').subarray(1)];
	const server = await podServer({run: says(Buffer.concat([Buffer.from([1]), first]), Buffer.concat([Buffer.from([1]), second]), success)});
	expect(await exec(server)).toMatchObject({stdout: '안'});
});

const refused = (status: number, reason: string, message: string) => {
	const body = JSON.stringify({kind: 'Status', status: 'Failure', reason, message, code: status});
	return `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;
};

test.each([
	[401, 'Unauthorized', 'Unauthorized', 'signed-out'],
	[403, 'Forbidden', 'pods "web-1" is forbidden: User "jane" cannot create resource "pods/exec"', 'not-allowed'],
	[404, 'NotFound', 'pods "web-1" not found', 'not-found'],
	[500, 'InternalError', 'container is not running', 'server-error'],
])('a refusal with %i %s is told in words', async (status, reason, message, code) => {
	const server = await podServer({refusal: refused(status, reason, message)});
	const trouble = await troubleFrom(exec(server));
	expect(trouble).toMatchObject({code, quoted: message});
	expect(JSON.stringify(trouble)).not.toContain('planted');
});

test.each([
	['before the end', (socket: WebSocket) => socket.terminate()],
	['in the middle of the status', says(channel(1, 'out'), channel(3, '{"status":"Succ'))],
])('a connection that breaks %s says that the command may have run', async (_name, run) => {
	const server = await podServer({run});
	expect(await troubleFrom(exec(server))).toMatchObject({code: 'unreachable', why: expect.stringContaining('may have been made or not')});
});

test('an abort ends a command that runs on', async () => {
	const stop = new AbortController();
	const server = await podServer({run: () => stop.abort(new Error('the person left'))});
	await expect(exec(server, stop.signal)).rejects.toThrow('the person left');
});

test('behind a proxy a command is refused, with the way out', async () => {
	const connection = {
		server: new URL('https://c'),
		address: 'https://c',
		asker: {who: 'jane', whenRefused: () => ({why: '', next: ''})},
		proof: {headers: {}},
		tls: {rejectUnauthorized: true},
		proxyUrl: 'http://proxy:3128',
		connectMs: 100,
	};
	const asked = execInPod(connection, {op: 'exec', ref, command: ['ls']}, new AbortController().signal);
	expect(await troubleFrom(asked)).toMatchObject({code: 'unsupported', next: 'Run the command with kubectl exec'});
});
