import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

/** Milliseconds of each call, and how many did not answer with a result. */
type HttpLoad = {readonly latencyMs: readonly number[]; readonly failed: number; readonly tookMs: number};

const meta = {
	'io.modelcontextprotocol/protocolVersion': '2026-07-28',
	'io.modelcontextprotocol/clientCapabilities': {},
	'io.modelcontextprotocol/clientInfo': {name: 'bench', version: '1'},
};

async function call(url: string): Promise<boolean> {
	const params = {name: 'resource_list', arguments: {kind: 'pods', namespace: 'shop'}, _meta: meta};
	const response = await fetch(url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			accept: 'application/json, text/event-stream',
			'mcp-protocol-version': '2026-07-28',
			'mcp-method': 'tools/call',
			'mcp-name': 'resource_list',
		},
		body: JSON.stringify({jsonrpc: '2.0', id: 1, method: 'tools/call', params}),
	});
	const answer = JSON.parse(await response.text());
	return answer.result?.structuredContent !== undefined;
}

/** So many calls at once, after one that waits for the cluster to be there. */
export async function httpLoad(calls: number, home: string): Promise<HttpLoad> {
	const words = ['dist/mkcoa.js', 'mcp', 'serve', '--http', '127.0.0.1:0', '--no-auth', '--sandbox', 'shop'];
	const env = {...process.env, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home};
	const server: ChildProcess = spawn(process.execPath, words, {env, stdio: ['ignore', 'pipe', 'ignore']});
	try {
		const [url] = (await once(createInterface({input: server.stdout ?? process.stdin}), 'line')) as [string];
		await call(url);
		const begunAt = performance.now();
		const answers = await Promise.all(
			Array.from({length: calls}, async () => {
				const startedAt = performance.now();
				const ok = await call(url).catch(() => false);
				return {ok, ms: performance.now() - startedAt};
			}),
		);
		return {
			latencyMs: answers.map(({ms}) => ms).sort((a, b) => a - b),
			failed: answers.filter(({ok}) => !ok).length,
			tookMs: performance.now() - begunAt,
		};
	} finally {
		server.kill('SIGINT');
		await once(server, 'exit');
	}
}
