/** The program that simulates traffic on a control plane, started by `start-traffic.ts`. */
import {createServer} from 'node:http';
import {worldOf} from '../../../src/sandbox/life/world.ts';
import {trafficLedger} from '../../../src/sandbox/traffic/ledger.ts';
import {measurements} from '../../../src/sandbox/traffic/measurements.ts';
import {clientOf} from '../client-of.ts';
import {mirrorCluster} from '../mirror.ts';
import {exposition} from './exposition.ts';

/** Path of a kubeconfig whose context is `add-on`, and the port to serve on. */
export type TrafficArguments = readonly [kubeconfig: string, port: string];

/** The traffic of the embedded cluster reads the same ones. */
const kinds = {
	Pod: {apiVersion: 'v1', plural: 'pods'},
	Service: {apiVersion: 'v1', plural: 'services'},
	EndpointSlice: {apiVersion: 'discovery.k8s.io/v1', plural: 'endpointslices'},
	HTTPRoute: {apiVersion: 'gateway.networking.k8s.io/v1', plural: 'httproutes', isCustom: true},
	VirtualService: {apiVersion: 'networking.istio.io/v1', plural: 'virtualservices', isCustom: true},
	Deployment: {apiVersion: 'apps/v1', plural: 'deployments'},
	Node: {apiVersion: 'v1', plural: 'nodes'},
	PersistentVolumeClaim: {apiVersion: 'v1', plural: 'persistentvolumeclaims'},
} as const;

const [kubeconfig = '', port = ''] = process.argv.slice(2);
const {cluster} = await clientOf(kubeconfig, 'add-on');
const ledger = trafficLedger(Date.now);
const mirror = await mirrorCluster(cluster, kinds, ledger.notice);
const source = measurements(ledger, worldOf(mirror));
const server = createServer((request, response) => {
	const found = request.url === '/metrics';
	response.writeHead(found ? 200 : 404, {'content-type': 'text/plain; version=0.0.4; charset=utf-8'});
	response.end(found ? exposition(source, Date.now()) : '');
});
server.listen(Number(port), '127.0.0.1');
// Numbers of a cluster that nobody follows any more would be lies: the harness tells of the end of this program.
throw await mirror.broken;
