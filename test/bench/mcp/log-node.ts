import {once} from 'node:events';
import {createServer} from 'node:https';
import {selfSigned} from '../../cluster/certificate.ts';

/** The kubelet of one node, as far as logs go: it keeps one log for every container, which the API server asks for. */
export async function logNode(lines: readonly string[], port: number): Promise<{readonly close: () => Promise<void>}> {
	const server = createServer(selfSigned('log-node'), (request, response) => {
		const {pathname, searchParams} = new URL(request.url ?? '/', 'https://kubelet');
		if (!pathname.startsWith('/containerLogs/')) return void response.writeHead(404).end();
		response.writeHead(200, {'content-type': 'text/plain; charset=utf-8'});
		const tail = searchParams.get('tailLines');
		const wanted = tail === null ? lines : lines.slice(Math.max(0, lines.length - Number(tail)));
		const limit = searchParams.get('limitBytes');
		const text = Buffer.from(wanted.map(line => `${line}\n`).join(''));
		response.end(limit === null ? text : text.subarray(0, Number(limit)));
	});
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	return {
		async close() {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
	};
}
