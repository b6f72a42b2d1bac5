import {connect} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {type EdgeListener, listenHttp} from '../../../../src/mcp/edge/http/serve-http.ts';
import {edgeTool, said, smallEdge} from '../../../support/small-edge.ts';

const reader = {id: 'reader', scopes: ['mkcoa:read'], groups: []};
const large = 'a line of a log\n'.repeat(200_000);

let listener: EdgeListener | undefined;
afterEach(async () => listener?.stop(0));

async function listen() {
	const tools = [
		edgeTool('pod_list', 'read', async () => {
			await new Promise(resolve => setImmediate(resolve));
			return said('pods');
		}),
		edgeTool('pod_logs', 'read', async () => said(large)),
	];
	const {handler} = smallEdge({tools, principals: [reader], burst: 5000, paces: {inside: 32, waiting: 2000}});
	listener = await listenHttp(handler, {host: '127.0.0.1', port: 0, onError: () => {}});
	return listener.port;
}

const call = (name: string) =>
	JSON.stringify({
		jsonrpc: '2.0',
		id: 1,
		method: 'tools/call',
		params: {
			name,
			arguments: {},
			_meta: {
				'io.modelcontextprotocol/protocolVersion': '2026-07-28',
				'io.modelcontextprotocol/clientCapabilities': {},
				'io.modelcontextprotocol/clientInfo': {name: 'x', version: '1'},
			},
		},
	});

const headers = (name: string) => ({
	host: 'localhost',
	'content-type': 'application/json',
	accept: 'application/json, text/event-stream',
	authorization: 'Bearer reader',
	'mcp-protocol-version': '2026-07-28',
	'mcp-method': 'tools/call',
	'mcp-name': name,
});

async function ask(port: number, name: string): Promise<string> {
	const response = await fetch(`http://localhost:${port}/mcp`, {method: 'POST', headers: headers(name), body: call(name)});
	return `${response.status} ${JSON.parse(await response.text()).result?.content?.[0]?.text.slice(0, 4)}`;
}

test('a thousand calls at once are all answered', async () => {
	const port = await listen();
	const answers = await Promise.all(Array.from({length: 1000}, () => ask(port, 'pod_list')));
	expect(new Set(answers)).toEqual(new Set(['200 pods']));
});

test('a client that does not read its answer holds nobody up', async () => {
	const port = await listen();
	const body = call('pod_logs');
	const slow = Array.from({length: 20}, () => {
		const socket = connect(port, '127.0.0.1').pause();
		const lines = Object.entries({...headers('pod_logs'), 'content-length': String(body.length)}).map(
			([name, value]) => `${name}: ${value}`,
		);
		socket.write(`POST /mcp HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
		return socket;
	});
	const answers = await Promise.all(Array.from({length: 100}, () => ask(port, 'pod_list')));
	expect(new Set(answers)).toEqual(new Set(['200 pods']));
	for (const socket of slow) socket.destroy();
});
