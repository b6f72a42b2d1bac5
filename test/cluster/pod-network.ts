import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import {connect, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/**
 * The network between the API server and pods, of which there is none: pods have addresses that lead nowhere. Given as `network` to
 * `startControlPlane`, it makes service and pod proxies work.
 */
export type PodNetwork = {
	/** Path of the socket where the API server asks for connections. */
	readonly socket: string;
	/** From now on this port of any pod is the server at a URL on loopback. */
	readonly publish: (port: number, url: string) => void;
	readonly close: () => Promise<void>;
};

/** An HTTP proxy on a socket that only this user may open. Addresses on loopback are what they are. */
export async function startPodNetwork(): Promise<PodNetwork> {
	const folder = await mkdtemp(join(tmpdir(), 'mkcoa-network-'));
	const socket = join(folder, 'socket');
	const published = new Map<string, URL>();
	const open = new Set<Socket>();
	const server = createServer().on('connect', (request, client: Socket) => {
		const wanted = URL.parse(`http://${request.url}`);
		const target = wanted?.hostname === '127.0.0.1' ? wanted : published.get(wanted?.port ?? '');
		if (target === undefined || target === null) return void client.end('HTTP/1.1 502 No such pod\r\n\r\n');
		const inner = connect(Number(target.port), target.hostname, () => client.write('HTTP/1.1 200 Connected\r\n\r\n'));
		for (const [end, other] of [
			[client, inner],
			[inner, client],
		] as const) {
			open.add(end);
			// The end of one side is the end of both, however it came.
			end.on('error', () => other.destroy());
			end.on('close', () => {
				open.delete(end);
				other.destroy();
			});
			end.pipe(other);
		}
	});
	server.listen(socket);
	await once(server, 'listening');
	return {
		socket,
		publish: (port, url) => void published.set(String(port), new URL(url)),
		async close() {
			const closed = once(server.close(), 'close');
			for (const each of open) each.destroy();
			await closed;
			await rm(folder, {recursive: true, force: true});
		},
	};
}
