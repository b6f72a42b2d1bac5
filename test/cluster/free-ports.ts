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

/** Not given out again: whoever got one may not listen yet, and a look at it would be in the way when they do. */
const given = new Set<number>();

/** Loopback ports that nobody listens on, and that nobody in this process was given before. */
export async function freePorts(count: number): Promise<readonly number[]> {
	const ports: number[] = [];
	while (ports.length < count) {
		if (given.size === part) throw new Error(`all ${part} ports of this worker were given out`);
		const port = randomInt(from, from + part);
		if (given.has(port)) continue;
		given.add(port);
		if (await isFree(port)) ports.push(port);
	}
	return ports;
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
