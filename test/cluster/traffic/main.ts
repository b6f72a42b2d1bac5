/** The program that simulates traffic on a control plane, started by `start-traffic.ts`. */
import {createServer} from 'node:http';
import {trafficLedger} from '../../../src/sandbox/traffic/ledger.ts';
import {measurements} from '../../../src/sandbox/traffic/measurements.ts';
import {connected} from '../connected.ts';
import {exposition} from './exposition.ts';
import {mirrorCluster} from './mirror.ts';

/** Path of a kubeconfig whose context is `add-on`, and the port to serve on. */
export type TrafficArguments = readonly [kubeconfig: string, port: string];

const [kubeconfig = '', port = ''] = process.argv.slice(2);
const {cluster} = await connected(kubeconfig, 'add-on');
const ledger = trafficLedger(Date.now);
const {world, broken} = await mirrorCluster(cluster, ledger.notice);
const source = measurements(ledger, world);
const server = createServer((request, response) => {
	const found = request.url === '/metrics';
	response.writeHead(found ? 200 : 404, {'content-type': 'text/plain; version=0.0.4; charset=utf-8'});
	response.end(found ? exposition(source, Date.now()) : '');
});
server.listen(Number(port), '127.0.0.1');
// Numbers of a cluster that nobody follows any more would be lies: the harness tells of the end of this program.
throw await broken;
