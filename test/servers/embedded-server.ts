import {systemClock} from '../../src/core/clock.ts';
import type {JsonObject} from '../../src/core/json.ts';
import {startSandboxApi} from '../../src/sandbox/api/start-sandbox-api.ts';
import {startLife} from '../../src/sandbox/life/life.ts';
import {request} from './request.ts';
import {seedsWith, threeNodes} from './seeds.ts';
import {type Asker, type Server, tokenOf} from './server.ts';

const people = {
	admin: {name: 'admin', uid: 'admin', groups: ['system:masters']},
	reader: {name: 'reader', uid: 'reader', groups: ['readers']},
	'shop-dev': {name: 'shop-dev', uid: 'shop-dev', groups: ['shop-developers']},
	nobody: {name: 'nobody', uid: 'nobody', groups: []},
};

/**
 * The embedded cluster with the people, the namespace and the nodes of the real one; a token is its owner's name.
 * It lives five times faster.
 */
export async function embeddedServer(): Promise<Server & {readonly kubectlConfig: string}> {
	const clock = systemClock({speed: 5});
	const {url, machine, kubectlConfig, compact, stop} = await startSandboxApi({clock, tokens: people});
	const life = startLife({machine, clock, seed: 'compare'});
	const as = (asker: Asker) => ({url, token: tokenOf(asker, name => name)});
	for (const {path, body} of seedsWith(threeNodes))
		await request(as('admin'), {method: 'POST', path, headers: {'user-agent': 'unknown'}, body});
	// The seeds bring a binding of their own for the readers.
	machine.remove('ClusterRoleBinding', undefined, 'readers-view');
	for (const node of machine.list('Node')) {
		machine.update({...node, status: nodeStatus(node.metadata.name, new Date(clock.now()).toISOString())}, 'kubelet', 'status');
	}
	life.beat();
	return {
		as,
		patienceMs: 15_000,
		kubectlConfig,
		forget: async () => compact(),
		async stop() {
			life.stop();
			await stop();
		},
	};
}

/** What KWOK says of its nodes (`stages/node-ready.yaml`), so that both clusters stand on the same machines. */
function nodeStatus(name: string, at: string): JsonObject {
	const room = {cpu: '8', memory: '32Gi', pods: '110', 'ephemeral-storage': '100Gi'};
	const healthy = [
		['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
		['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
		['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
		['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
		['NetworkUnavailable', 'False', 'RouteCreated', 'RouteController created a route'],
	];
	return {
		capacity: room,
		allocatable: room,
		phase: 'Running',
		conditions: healthy.map(([type, status, reason, message]) => ({
			type,
			status,
			lastHeartbeatTime: at,
			lastTransitionTime: at,
			reason,
			message,
		})),
		addresses: [
			{type: 'InternalIP', address: '10.240.0.1'},
			{type: 'ExternalIP', address: '127.0.0.1'},
			{type: 'Hostname', address: name},
		],
		daemonEndpoints: {kubeletEndpoint: {Port: 10250}},
		declaredFeatures: ['ExtendWebSocketsToKubelet'],
		nodeInfo: {
			machineID: '',
			systemUUID: '',
			bootID: '',
			kernelVersion: '6.1.0',
			osImage: 'KWOK',
			containerRuntimeVersion: 'kwok://0.8.0',
			kubeletVersion: 'v1.36.3',
			kubeProxyVersion: 'v1.36.3',
			operatingSystem: 'linux',
			architecture: 'amd64',
		},
	};
}
