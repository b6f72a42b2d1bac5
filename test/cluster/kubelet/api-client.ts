import {Agent, request} from 'undici';

export type Reply = {readonly status: number; readonly text: string};

export type ApiClient = {
	/** Rejects only when there was no answer. */
	readonly send: (method: string, path: string, body?: object, contentType?: string) => Promise<Reply>;
};

type Access = {readonly url: string; readonly ca: string; readonly token: string};

/** Writes as a kubelet: few connections that stay open, one name. */
export function apiClient({url, ca, token}: Access): ApiClient {
	const dispatcher = new Agent({connect: {ca}, connections: 40});
	const headers = {authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': 'kubelet'};
	return {
		async send(method, path, body, contentType = 'application/json') {
			const content = body === undefined ? {} : {body: JSON.stringify(body), headers: {...headers, 'content-type': contentType}};
			const answer = await request(`${url}${path}`, {dispatcher, method, headers, ...content});
			return {status: answer.statusCode, text: await answer.body.text()};
		},
	};
}
