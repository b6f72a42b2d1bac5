import type {IncomingMessage, Server} from 'node:http';
import type {Duplex} from 'node:stream';
import {type WebSocket, WebSocketServer} from 'ws';
import type {ExecResult} from '../../machine.ts';
import {StatusError} from '../../status-error.ts';
import type {Cluster} from '../cluster.ts';
import {badRequest} from '../errors.ts';
import {authenticate, type TokenOwner, type User} from '../identity/authenticate.ts';
import {splitToken} from '../kubeconfig.ts';
import {actingUser, checkRights} from '../routing/check-rights.ts';
import {containerOf} from '../routing/pod-requests.ts';
import {requestInfo} from '../routing/request-info.ts';
import {currentObject} from '../write/update.ts';
import type {createRequestLog} from './request-log.ts';

// Channels of the remote command protocol; v5 is v4 and a way to close one.
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const channels = {stdout: 1, stderr: 2, error: 3};

export type ExecParts = {readonly cluster: Cluster; readonly ownerOf: TokenOwner; readonly log: ReturnType<typeof createRequestLog>};

/** Speaks the remote command protocol on connections that are handed to it. */
export const execSockets = () =>
	new WebSocketServer({
		noServer: true,
		handleProtocols: offered => protocols.find(protocol => offered.has(protocol)) ?? false,
	});

/** Answers `pods/exec` over WebSocket. What the command says comes from the `podExec` hook; standard input is not read. */
export function serveExec(server: Server, parts: ExecParts): () => void {
	const sockets = execSockets();
	server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		let run: (open: WebSocket) => void;
		try {
			run = prepare(parts, request);
		} catch (error) {
			return refuse(socket, error);
		}
		sockets.handleUpgrade(request, socket, head, open => run(open));
	});
	return () => {
		for (const open of sockets.clients) open.terminate();
		sockets.close();
	};
}

/** Checks everything that can be refused before the connection is upgraded. */
function prepare({cluster, ownerOf, log}: ExecParts, {url = '/', method = 'GET', headers}: IncomingMessage): (open: WebSocket) => void {
	const {pathname, searchParams: query} = new URL(url, 'http://localhost');
	const {path, token} = splitToken(pathname);
	const signedIn: User = authenticate(ownerOf, token === undefined ? headers : {authorization: `Bearer ${token}`});
	const info = requestInfo(method, path, query);
	if (info.kind !== 'resource' || info.plural !== 'pods' || info.subresource !== 'exec')
		throw badRequest('unable to upgrade: only pods/exec is served');
	const user = actingUser(cluster, {user: signedIn, headers}, info);
	checkRights(cluster, user, {...info, verb: 'create'});
	const pods = cluster.catalogue.stored('Pod');
	if (pods === undefined) throw badRequest('pods are not served');
	const pod = currentObject(cluster, pods, info.namespace, info.name ?? '');
	const container = containerOf(pod, query.get('container'));
	const command = query.getAll('command');
	if (command.length === 0) throw badRequest('you must specify at least 1 command for the container');
	log.add({method, path, query: query.toString(), dryRun: false, user: user.name, status: 101});
	return open => talk(open, () => cluster.hooks().podExec(pod, container, command), query);
}

/** Runs the command, sends what it says and how it ended, and closes. */
export function talk(open: WebSocket, exec: () => ExecResult, query: URLSearchParams): void {
	const send = (channel: number, text: string) => open.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
	try {
		const result = exec();
		if (result.stdout !== '' && query.get('stdout') !== 'false') send(channels.stdout, result.stdout);
		if (result.stderr !== '' && query.get('stderr') !== 'false') send(channels.stderr, result.stderr);
		send(channels.error, JSON.stringify(exitStatus(result.exitCode)));
	} catch (error) {
		const status = error instanceof StatusError ? error : new StatusError(500, 'InternalError', String(error));
		send(channels.error, JSON.stringify(status.status()));
	}
	open.close(1000);
}

const exitStatus = (exitCode: number) =>
	exitCode === 0
		? {metadata: {}, status: 'Success'}
		: {
				metadata: {},
				status: 'Failure',
				message: `command terminated with non-zero exit code: exit status ${exitCode}`,
				reason: 'NonZeroExitCode',
				details: {causes: [{reason: 'ExitCode', message: String(exitCode)}]},
			};

function refuse(socket: Duplex, error: unknown): void {
	const status = error instanceof StatusError ? error : new StatusError(500, 'InternalError', String(error));
	const body = JSON.stringify(status.status());
	const head = [
		`HTTP/1.1 ${status.code} ${status.reason}`,
		'content-type: application/json',
		`content-length: ${Buffer.byteLength(body)}`,
		'connection: close',
	];
	socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
