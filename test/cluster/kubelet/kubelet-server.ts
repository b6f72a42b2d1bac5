import type {IncomingMessage, ServerResponse} from 'node:http';
import {createServer} from 'node:https';
import {execSockets, talk} from '../../../src/sandbox/api/http/exec-socket.ts';
import {podExec} from '../../../src/sandbox/life/kubelet/pod-exec.ts';
import {followLogs, podLogs} from '../../../src/sandbox/life/kubelet/pod-logs.ts';
import type {PodLogOptions} from '../../../src/sandbox/machine.ts';
import {StatusError} from '../../../src/sandbox/status-error.ts';
import {nodeMeters} from './resource-metrics.ts';
import type {Playing} from './start-kubelets.ts';

type Identity = {readonly cert: string; readonly key: string};
type Asked = {readonly namespace: string; readonly name: string; readonly container: string; readonly query: URLSearchParams};

/**
 * What the API server and metrics-server ask kubelets, for all nodes at one port of 127.0.0.1: `/containerLogs`, `/exec` by WebSocket,
 * and `/nodes/NAME/metrics/resource`.
 */
export function serveKubelets(playing: Playing, port: number, identity: Identity): void {
	const metricsOf = nodeMeters(playing);
	const server = createServer(identity, (request, response) => {
		const path = request.url ?? '/';
		const node = /^\/nodes\/([^/]+)\/metrics\/resource$/.exec(path)?.[1];
		const asked = askedOf(request, 'containerLogs');
		if (node !== undefined) return plain(response, 200, metricsOf(node));
		if (asked === undefined) return plain(response, 404, `nothing is served at ${path}\n`);
		refusing(response, () => logs(playing, asked, response));
	});
	const sockets = execSockets();
	server.on('upgrade', (request, socket, head) => {
		const asked = askedOf(request, 'exec');
		const pod = asked && playing.world.get('Pod', asked.namespace, asked.name);
		if (asked === undefined || pod === undefined) return void socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
		const run = () => podExec(pod, asked.container, asked.query.getAll('command'));
		sockets.handleUpgrade(request, socket, head, open => talk(open, run, asked.query));
	});
	server.listen(port, '127.0.0.1');
}

function askedOf({url = '/'}: IncomingMessage, what: string): Asked | undefined {
	const {pathname, searchParams} = new URL(url, 'https://kubelet');
	const [, verb, namespace, name, container] = pathname.split('/');
	if (verb !== what || namespace === undefined || name === undefined || container === undefined) return undefined;
	return {namespace, name, container, query: searchParams};
}

const plain = (response: ServerResponse, status: number, text: string) =>
	void response.writeHead(status, {'content-type': 'text/plain; charset=utf-8'}).end(text);

/** The API server passes the words of a refusal on. */
function refusing(response: ServerResponse, answer: () => void) {
	try {
		answer();
	} catch (error) {
		if (error instanceof StatusError) plain(response, error.code, error.message);
		else plain(response, 500, String(error));
	}
}

function logs({world, clock, recordOf}: Playing, {namespace, name, container, query}: Asked, response: ServerResponse): void {
	const read = () => {
		const pod = world.get('Pod', namespace, name);
		return pod && {pod, record: recordOf(pod)};
	};
	const found = read();
	if (found === undefined) throw new StatusError(404, 'NotFound', `pod "${name}/${namespace}" not found\n`);
	const lines = podLogs(found.pod, found.record, logOptions(container, query), clock.now());
	response.writeHead(200, {'content-type': 'text/plain; charset=utf-8'});
	for (const line of lines) response.write(`${line}\n`);
	if (query.get('follow') !== 'true') return void response.end();
	const gone = new AbortController();
	response.on('close', () => gone.abort());
	const readOrEnd = () => read() ?? void response.end();
	followLogs(readOrEnd, container, line => response.write(`${line}\n`), gone.signal, clock);
}

function logOptions(container: string, query: URLSearchParams): PodLogOptions {
	const number = (name: 'tailLines' | 'sinceSeconds' | 'limitBytes') => {
		const text = query.get(name);
		return text === null ? {} : {[name]: Number(text)};
	};
	const sinceTime = query.get('sinceTime');
	return {
		container,
		previous: query.get('previous') === 'true',
		timestamps: query.get('timestamps') === 'true',
		...number('tailLines'),
		...number('sinceSeconds'),
		...number('limitBytes'),
		...(sinceTime === null ? {} : {sinceTime}),
	};
}
