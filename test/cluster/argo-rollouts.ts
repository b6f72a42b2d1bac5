import {until} from '../servers/until.ts';
import type {ControlPlane} from './control-plane.ts';
import {freePorts} from './free-ports.ts';
import {applyManifests} from './manifests.ts';

/**
 * Adds Argo Rollouts: its kinds, the rights that its installation adds to the roles view, edit and admin, and its controller.
 * Returns when the controller works. Its two ports of health and metrics are open to the network, which no flag of it changes.
 */
export async function startArgoRollouts(plane: ControlPlane) {
	await applyManifests(plane, 'argo-rollouts');
	const [health, metrics] = await freePorts(2);
	const args = [
		`--kubeconfig=${plane.addOnKubeconfig}`,
		'--leader-elect=false',
		`--healthzPort=${health}`,
		`--metricsPort=${metrics}`,
		'--loglevel=warn',
	];
	plane.run({name: 'rollouts-controller', args});
	await until({url: `http://127.0.0.1:${health}`}, {path: '/healthz'}, ({status}) => status === 200, {signal: plane.signal});
}
