import type {IncomingHttpHeaders} from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';

/** A server and who asks it. `ca` is PEM text. `agent` keeps connections; each request makes its own if left out. */
export type Endpoint = {
	readonly url: string;
	readonly ca?: string | undefined;
	readonly token?: string | undefined;
	readonly agent?: https.Agent | undefined;
};
export type Question = {
	readonly method?: string;
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as it is when a string, as JSON otherwise. */
	readonly body?: unknown;
	/** Ends reading after so many lines, for watches. */
	readonly lines?: number;
};
export type Answer = {readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string};

/** One plain HTTP request, without a client's opinions. Rejects when the connection fails or is silent for ten seconds. */
export function request(endpoint: Endpoint, {method = 'GET', path, headers = {}, body, lines}: Question): Promise<Answer> {
	const url = new URL(path, endpoint.url);
	const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
	const identity = endpoint.token === undefined ? {} : {authorization: `Bearer ${endpoint.token}`};
	const content = payload === undefined ? {} : {'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload))};
	const options = {
		method,
		headers: {accept: 'application/json', ...identity, ...content, ...headers},
		timeout: 10_000,
		agent: endpoint.agent ?? false,
	};
	const {promise, resolve, reject} = Promise.withResolvers<Answer>();
	const read = (response: http.IncomingMessage) => {
		let text = '';
		const finish = () => resolve({status: response.statusCode ?? 0, headers: response.headers, text});
		response.setEncoding('utf8');
		response.on('data', (chunk: string) => {
			text += chunk;
			if (lines === undefined || text.split('\n').length <= lines) return;
			finish();
			call.destroy();
		});
		response.on('end', finish);
		response.on('error', reject);
	};
	const call = url.protocol === 'https:' ? https.request(url, {...options, ca: endpoint.ca}, read) : http.request(url, options, read);
	call.on('timeout', () => call.destroy(new Error(`${method} ${path}: ten seconds of silence`)));
	call.on('error', reject);
	call.end(payload);
	return promise;
}
