import {at} from '../servers/questions.ts';
import {request} from '../servers/request.ts';
import {until} from '../servers/until.ts';
import type {ControlPlane} from './control-plane.ts';
import {freePorts} from './free-ports.ts';
import {addOn, applyManifests} from './manifests.ts';

const service = {namespace: 'kube-system', name: 'metrics-server'};
const apiService = 'v1beta1.metrics.k8s.io';

/**
 * Adds metrics-server, which asks the kubelets what pods use, and the right to read it to the roles view, edit and admin. Returns when the
 * API server passes requests on to it. The first values come with the second round of questions, up to twenty seconds later.
 */
export async function startMetricsServer(plane: ControlPlane) {
	await applyManifests(plane, 'metrics-server');
	const [port] = await freePorts(1);
	plane.run({
		name: 'metrics-server',
		args: [
			...['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(flag => `--${flag}=${plane.addOnKubeconfig}`),
			'--bind-address=127.0.0.1',
			`--secure-port=${port}`,
			`--cert-dir=${plane.folder}/metrics-server`,
			'--kubelet-insecure-tls',
			'--kubelet-use-node-status-port',
			'--kubelet-preferred-address-types=ExternalIP',
			// The shortest that it takes.
			'--metric-resolution=10s',
			'--kubelet-request-timeout=5s',
		],
	});
	// An EndpointSlice may not hold a loopback address; a name may stand for one.
	await create(plane, `/api/v1/namespaces/${service.namespace}/services`, {
		...{apiVersion: 'v1', kind: 'Service', metadata: {name: service.name}},
		spec: {type: 'ExternalName', externalName: 'localhost', ports: [{port}]},
	});
	await create(plane, '/apis/apiregistration.k8s.io/v1/apiservices', {
		...{apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: {name: apiService}},
		spec: {
			...{group: 'metrics.k8s.io', version: 'v1beta1', groupPriorityMinimum: 100, versionPriority: 100},
			...{service: {...service, port}, insecureSkipTLSVerify: true},
		},
	});
	const path = `/apis/apiregistration.k8s.io/v1/apiservices/${apiService}`;
	await until(addOn(plane), {path}, ({text}) => isAvailable(JSON.parse(text)), {signal: plane.signal});
}

async function create(plane: ControlPlane, path: string, body: object) {
	const {status, text} = await request(addOn(plane), {method: 'POST', path, body});
	if (status !== 201) throw new Error(`${path}: ${status} ${text}`);
}

function isAvailable(found: unknown): boolean {
	const conditions = at(found, 'status', 'conditions');
	return Array.isArray(conditions) && conditions.some(({type, status}) => type === 'Available' && status === 'True');
}
