import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {createServer} from 'node:net';

/**
 * Systems give these ports to nobody who takes any port (Linux those from 32768, others from 49152), so that one stays free until its
 * program listens, whatever else starts meanwhile.
 */
const [first, last] = [20_000, 30_000];

/** Workers that start control planes at the same moment take ports from parts of their own: one may look at a port that the other is about to use. */
const parts = 4;
const part = (last - first) / parts;
const from = first + part * (Number(process.env.VITEST_POOL_ID ?? 0) % parts);

/** Loopback ports that nobody listens on, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
	const ports = new Set<number>();
	while (ports.size < count) {
		const port = randomInt(from, from + part);
		if (await isFree(port)) ports.add(port);
	}
	return [...ports];
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer().listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch {
		return false;
	}
	await once(server.close(), 'close');
	return true;
}
