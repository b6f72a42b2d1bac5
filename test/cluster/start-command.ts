/**
 * Starts a real control plane on free loopback ports: `npm run cluster:start -- [--kubeconfig FILE] [--with ADD-ON]…`. It stays until
 * Ctrl-C.
 */
import {parseArgs} from 'node:util';
import {startArgoRollouts} from './argo-rollouts.ts';
import {binaryPath} from './binaries.ts';
import {hasBuilt, untilSignalled} from './build.ts';
import {people} from './cluster-files.ts';
import type {ControlPlane} from './control-plane.ts';
import {addGatewayApi} from './gateway-api.ts';
import {addIstio} from './istio.ts';
import {startMetricsServer} from './metrics-server.ts';
import {startPrometheus} from './prometheus.ts';
import {startControlPlane} from './start.ts';
import {startTraffic} from './traffic/start-traffic.ts';

const addOns = new Map<string, (plane: ControlPlane) => Promise<void>>([
	['argo-rollouts', startArgoRollouts],
	['gateway-api', addGatewayApi],
	['istio', addIstio],
	['metrics-server', startMetricsServer],
	['traffic', addTraffic],
]);

const say = (line: string) => process.stderr.write(`${line}\n`);

async function addTraffic(plane: ControlPlane) {
	const {target} = await startTraffic(plane);
	const {url} = await startPrometheus(plane, {targets: [target]});
	say(`prometheus ${url}`);
}

/** Until it is told to end, or a program ends on its own. */
async function serve(plane: ControlPlane, wanted: readonly string[], signal: AbortSignal) {
	const start = performance.now();
	for (const name of wanted) await addOns.get(name)?.(plane);
	if (wanted.length > 0) say(`added ${wanted.join(', ')} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
	say(`kubeconfig ${plane.kubeconfig}, contexts ${people.join(', ')}`);
	say(`kubectl ${binaryPath('kubectl')}`);
	const wasAsked = new Promise<undefined>(resolve => {
		if (signal.aborted) resolve(undefined);
		signal.addEventListener('abort', () => resolve(undefined));
	});
	const death = await Promise.race([wasAsked, plane.died]);
	if (death !== undefined) throw death;
}

async function main() {
	const {values} = parseArgs({options: {kubeconfig: {type: 'string'}, with: {type: 'string', multiple: true, default: []}}});
	const unknown = values.with.find(name => !addOns.has(name));
	if (unknown !== undefined) throw new Error(`no add-on is called ${unknown}. There are ${[...addOns.keys()].join(', ')}`);
	// Listening from the first moment: a Ctrl-C while starting must not leave programs behind.
	const signal = untilSignalled();
	if (!(await hasBuilt({say, signal}))) return;
	const start = performance.now();
	const plane = await startControlPlane({kubeconfig: values.kubeconfig, say, signal});
	process.stdout.write(`ready in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
	try {
		await serve(plane, values.with, signal);
	} finally {
		await plane.stop();
	}
}

await main().catch(error => {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
