import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {trafficLedger} from '../../../src/sandbox/traffic/ledger.ts';
import {measurements} from '../../../src/sandbox/traffic/measurements.ts';
import {connected} from '../connected.ts';
import type {ControlPlane} from '../control-plane.ts';
import {exposition} from './exposition.ts';
import {mirrorCluster} from './mirror.ts';

export type SimulatedTraffic = {
	/** `127.0.0.1:PORT`, for a scraper of `/metrics`. */
	readonly target: string;
	/** Resolves with why it cannot go on; never while all is well. */
	readonly broken: Promise<Error>;
	readonly stop: () => Promise<void>;
};

/**
 * Simulates requests over the Services and HTTPRoutes of a control plane that have the annotation
 * `sandbox.mkcoa.dev/requests-per-second`, as the embedded cluster does, and serves what can be measured of them.
 */
export async function startTraffic(plane: Pick<ControlPlane, 'addOnKubeconfig'>): Promise<SimulatedTraffic> {
	const client = await connected(plane.addOnKubeconfig, 'add-on');
	const stopping = new AbortController();
	const ledger = trafficLedger(Date.now);
	const {world, broken} = await mirrorCluster(client.cluster, ledger.notice, stopping.signal);
	const source = measurements(ledger, world);
	const server = createServer((request, response) => {
		const found = request.url === '/metrics';
		response.writeHead(found ? 200 : 404, {'content-type': 'text/plain; version=0.0.4; charset=utf-8'});
		response.end(found ? exposition(source, Date.now()) : '');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	// A listening TCP server has an address object, never a pipe's name.
	const {port} = server.address() as AddressInfo;
	return {
		target: `127.0.0.1:${port}`,
		broken,
		async stop() {
			stopping.abort();
			server.closeAllConnections();
			await once(server.close(), 'close');
			await client.close();
		},
	};
}
