import {Agent, request} from 'undici';

export type Reply = {readonly status: number; readonly text: string};

export type ApiClient = {
	/** Rejects only when there was no answer. */
	readonly send: (method: string, path: string, body?: object, contentType?: string) => Promise<Reply>;
	/** Each line of a long answer, parsed. Throws when the answer is not 200, and ends when the server ends it. */
	readonly lines: (path: string) => AsyncIterable<unknown>;
};

type Access = {readonly url: string; readonly ca: string; readonly token: string};

/** The API as a kubelet sees it: few connections that stay open, one name. */
export function apiClient({url, ca, token}: Access): ApiClient {
	const dispatcher = new Agent({connect: {ca}, connections: 40, bodyTimeout: 0});
	const headers = {authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': 'kubelet'};
	return {
		async send(method, path, body, contentType = 'application/json') {
			const content = body === undefined ? {} : {body: JSON.stringify(body), headers: {...headers, 'content-type': contentType}};
			const answer = await request(`${url}${path}`, {dispatcher, method, headers, ...content});
			return {status: answer.statusCode, text: await answer.body.text()};
		},
		async *lines(path) {
			const answer = await request(`${url}${path}`, {dispatcher, headers});
			if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${await answer.body.text()}`);
			let rest = '';
			answer.body.setEncoding('utf8');
			for await (const chunk of answer.body) {
				const lines = `${rest}${chunk}`.split('\n');
				rest = lines.pop() ?? '';
				for (const line of lines) yield JSON.parse(line);
			}
		},
	};
}
