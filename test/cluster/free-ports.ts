import {once} from 'node:events';
import {createServer} from 'node:net';

/** Asks the system for loopback ports that nobody listens on. All are held until the last one is known, so that they differ. */
export async function freePorts(count: number): Promise<readonly number[]> {
	const servers = Array.from({length: count}, () => createServer().listen(0, '127.0.0.1'));
	await Promise.all(servers.map(server => once(server, 'listening')));
	const ports = servers.map(server => {
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
		return address.port;
	});
	await Promise.all(servers.map(server => once(server.close(), 'close')));
	return ports;
}
