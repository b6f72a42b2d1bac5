import {request} from 'node:http';
import {type ScriptedServer, scriptedServer} from '../scripted-server.ts';

/** An HTTP proxy on a free loopback port that leads every request to the same port of this machine, whatever host was asked for. */
export const forwardProxy = (port: number): Promise<ScriptedServer> =>
	scriptedServer(({method, path, query, headers, body}, response) => {
		const search = new URLSearchParams(query).toString();
		const there = request({host: '127.0.0.1', port, method, path: search === '' ? path : `${path}?${search}`, headers}, answer => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		there.end(body);
	});
