import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

export type Gate = {
	/** Where to go in. */
	readonly url: string;
	/** From now on nobody is let in, and who is inside is thrown out. */
	readonly close: () => Promise<void>;
};

/** A door before a server on loopback, which can be shut while the server lives on. */
export async function gateBefore(url: string): Promise<Gate> {
	const {hostname, port} = new URL(url);
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		const inner = connect(Number(port), hostname);
		for (const each of [socket, inner]) {
			sockets.add(each);
			each.on('close', () => sockets.delete(each));
			// Who breaks off is thrown out like everybody else.
			each.on('error', () => each.destroy());
		}
		socket.pipe(inner).pipe(socket);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		// A listening TCP server has an address object, never a pipe's name.
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			const closed = once(server.close(), 'close');
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}
