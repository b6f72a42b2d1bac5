import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

export type Gate = {
	/** Where to go in. */
	readonly url: string;
	/** From now on nobody is let in, and who is inside is thrown out. */
	readonly close: () => Promise<void>;
	/** After `close`: lets everybody in again, at the same address. */
	readonly open: () => Promise<void>;
	/** From now on the server hears everything and its answers are lost, until the next `close`. */
	readonly deafen: () => void;
	/** Pieces of answers that went through, and when the last one did, by `performance.now()`. */
	readonly heard: () => {readonly pieces: number; readonly lastMs: number};
};

/** A door before a server on loopback, which can be shut while the server lives on. It sees bytes alone, so TLS goes through. */
export async function gateBefore(url: string): Promise<Gate> {
	const {protocol, hostname, port} = new URL(url);
	const sockets = new Set<Socket>();
	let isDeaf = false;
	let [pieces, lastMs] = [0, 0];
	const server = createServer(socket => {
		const inner = connect(Number(port), hostname);
		const pair = [socket, inner];
		for (const each of pair) {
			sockets.add(each);
			// Who breaks off takes the other end along.
			each.on('error', () => each.destroy());
			each.on('close', () => {
				sockets.delete(each);
				for (const end of pair) end.destroy();
			});
		}
		socket.pipe(inner);
		inner.on('data', (chunk: Buffer) => {
			if (isDeaf) return;
			[pieces, lastMs] = [pieces + 1, performance.now()];
			socket.write(chunk);
		});
		inner.on('end', () => socket.end());
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	// A listening TCP server has an address object, never a pipe's name.
	const {port: own} = server.address() as AddressInfo;
	return {
		url: `${protocol}//127.0.0.1:${own}`,
		async close() {
			const closed = once(server.close(), 'close');
			for (const socket of sockets) socket.destroy();
			await closed;
			isDeaf = false;
		},
		async open() {
			server.listen(own, '127.0.0.1');
			await once(server, 'listening');
		},
		deafen() {
			isDeaf = true;
		},
		heard: () => ({pieces, lastMs}),
	};
}
