import {join} from 'node:path';
import {until} from '../../servers/until.ts';
import type {ControlPlane} from '../control-plane.ts';
import {freePorts} from '../free-ports.ts';
import type {TrafficArguments} from './main.ts';

/**
 * Simulates requests over the Services, HTTPRoutes and VirtualServices of a control plane that have the annotation
 * `sandbox.mkcoa.dev/requests-per-second`, as the embedded cluster does, and serves what can be measured of them. Stops with the plane.
 * @returns `127.0.0.1:PORT`, for a scraper of `/metrics`
 */
export async function startTraffic(plane: Pick<ControlPlane, 'addOnKubeconfig' | 'run' | 'signal'>): Promise<{readonly target: string}> {
	const [port] = await freePorts(1);
	const args: TrafficArguments = [plane.addOnKubeconfig, String(port)];
	plane.run({name: 'traffic', script: join(import.meta.dirname, 'main.ts'), args});
	const target = `127.0.0.1:${port}`;
	await until({url: `http://${target}`}, {path: '/metrics'}, ({status}) => status === 200, {signal: plane.signal});
	return {target};
}
