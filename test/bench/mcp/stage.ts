import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parse, stringify} from 'yaml';
import {z} from 'zod';
import type {ControlPlane} from '../../cluster/control-plane.ts';
import {freePorts} from '../../cluster/free-ports.ts';
import {reportedByTest} from '../../cluster/kubelet/reported-by-test.ts';
import {type Endpoint, request} from '../../servers/request.ts';
import {podName, podStatus} from '../load/pod.ts';
import {populate} from '../load/populate.ts';
import {type Canaries, canariesWith, clientCertificate} from './canaries.ts';
import {logNode} from './log-node.ts';
import {longLog} from './long-log.ts';

/** Pods that are listed, all in one namespace. */
const listedPods = 1000;

export type McpStage = {
	readonly kubeconfig: string;
	readonly canaries: Canaries;
	/** Namespace of the pods that are listed. */
	readonly crowd: string;
	/** Their names, and of these the ones that are not ready. */
	readonly pods: {readonly all: readonly string[]; readonly unready: readonly string[]};
	/** Where `till` is, a pod with the long log and a password, and `vault`, a Secret. */
	readonly namespace: string;
	readonly close: () => Promise<void>;
};

/** What the servers are asked about. */
export async function setMcpStage(plane: ControlPlane, folder: string, say: (line: string) => void): Promise<McpStage> {
	const admin = {url: plane.url, ca: plane.ca, token: plane.tokens.admin};
	const canaries = canariesWith(plane.tokens.admin);
	await populate(admin, listedPods, say, listedPods);
	const [port = 0] = await freePorts(1);
	const node = await logNode(longLog(canaries['a password in a log line']), port);
	const send = sender(admin);
	await send('POST', '/api/v1/nodes', logging(port));
	await send('POST', '/api/v1/namespaces/shop/secrets', vault(canaries['a value of a Secret']));
	const pod = till(canaries["a password in a pod's environment"]);
	await send('POST', '/api/v1/namespaces/shop/pods', pod);
	await send('PUT', '/api/v1/namespaces/shop/pods/till/status', {...pod, status: running});
	const indexes = Array.from({length: listedPods}, (_, index) => index);
	const isUnready = (index: number) => podStatus(index).containerStatuses.some(({ready}) => !ready);
	const pods = {all: indexes.map(podName), unready: indexes.filter(isUnready).map(podName)};
	return {kubeconfig: writeKubeconfig(plane, folder), canaries, crowd: 'load-00', pods, namespace: 'shop', close: node.close};
}

const sender = (endpoint: Endpoint) => async (method: string, path: string, body: object) => {
	const {status, text} = await request(endpoint, {method, path, body});
	if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`);
};

/** A node whose kubelet is ours. */
const logging = (port: number) => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {name: 'log-node', labels: {'kubernetes.io/hostname': 'log-node'}},
	status: {
		capacity: {cpu: '8', memory: '32Gi', pods: '110'},
		allocatable: {cpu: '8', memory: '32Gi', pods: '110'},
		conditions: [{type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status'}],
		addresses: [{type: 'ExternalIP', address: '127.0.0.1'}],
		daemonEndpoints: {kubeletEndpoint: {Port: port}},
	},
});

const vault = (password: string) => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name: 'vault', namespace: 'shop'},
	stringData: {username: 'till', password},
});

const till = (password: string) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'till', namespace: 'shop', labels: {app: 'till'}, annotations: {[reportedByTest]: 'yes'}},
	spec: {
		nodeName: 'log-node',
		containers: [
			{
				name: 'till',
				image: 'registry.example.com/shop/till:1.0.0',
				env: [
					{name: 'LOG_LEVEL', value: 'info'},
					{name: 'DB_PASSWORD', value: password},
				],
			},
		],
	},
});

const startedAt = '2026-11-02T08:00:00Z';
const running = {
	phase: 'Running',
	startTime: startedAt,
	conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(type => ({type, status: 'True'})),
	containerStatuses: [
		{
			name: 'till',
			image: 'registry.example.com/shop/till:1.0.0',
			imageID: '',
			ready: true,
			started: true,
			restartCount: 0,
			state: {running: {startedAt}},
		},
	],
};

const users = z.looseObject({users: z.array(z.json())});

/** The harness's own, with one user more, who signs in by a certificate. */
function writeKubeconfig({kubeconfig}: ControlPlane, folder: string): string {
	const known = users.parse(parse(readFileSync(kubeconfig, 'utf8')));
	const data = {
		'client-certificate-data': Buffer.from(clientCertificate.cert).toString('base64'),
		'client-key-data': Buffer.from(clientCertificate.key).toString('base64'),
	};
	const path = join(folder, 'kubeconfig');
	writeFileSync(path, stringify({...known, users: [...known.users, {name: 'robot', user: data}]}), {mode: 0o600});
	return path;
}
