import {type Client, StreamableHTTPClientTransport} from '@modelcontextprotocol/client';
import {StdioServerTransport} from '@modelcontextprotocol/server/stdio';
import {main} from '../../src/main.ts';
import {pipes} from './edge-client.ts';
import {hostIn} from './host.ts';

type Served = Pick<Parameters<typeof hostIn>[0], 'folder' | 'env'> & {
	/** `--kubeconfig … mcp serve …`, without the way. */
	readonly words: readonly string[];
	/** Of the key that the client shows over HTTP; without one nobody is asked for any. */
	readonly token?: string | undefined;
};

/** What ends a server and its client. */
type End = () => Promise<void>;

/** `mkcoa mcp serve` in this process, and a client that is connected to it. */
export const edgeWays = {
	async stdio(client: Client, {words, ...place}: Served): Promise<End> {
		const {input, output} = pipes();
		const {host} = hostIn({...place, pipes: {input, output}});
		const served = main(words, host);
		// A transport over pipes is the same at both ends.
		await client.connect(new StdioServerTransport(output, input));
		return async () => {
			await client.close();
			input.end();
			await served;
		};
	},
	async http(client: Client, {words, token, ...place}: Served): Promise<End> {
		const {url, stop} = await servedOverHttp({words, ...place, flags: token === undefined ? ['--no-auth'] : []});
		const headers = token === undefined ? {} : {authorization: `Bearer ${token}`};
		await client.connect(new StreamableHTTPClientTransport(new URL(url), {requestInit: {headers}}));
		return async () => {
			await client.close();
			await stop();
		};
	},
};

/** `mkcoa mcp serve --http` in this process on a free port, for whoever comes. */
export async function servedOverHttp({words, flags, ...place}: Omit<Served, 'token'> & {readonly flags: readonly string[]}) {
	const stop = new AbortController();
	const {promise: url, resolve} = Promise.withResolvers<string>();
	const {host, printed} = hostIn({...place, signal: stop.signal, streams: {out: text => resolve(text.trim())}});
	const served = main([...words, '--http', '127.0.0.1:0', ...flags], host);
	const ended = served.then(code => {
		throw new Error(`The server ended with ${code}: ${printed.err}`);
	});
	return {
		url: await Promise.race([url, ended]),
		stop: async () => {
			stop.abort();
			await served;
		},
	};
}
