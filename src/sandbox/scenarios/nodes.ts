import type {JsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

const healthy: readonly (readonly [string, string, string])[] = [
	['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
	['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
	['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
];

export type NodeWords = {
	readonly name: string;
	readonly number: number;
	readonly cpu?: string;
	readonly memory?: string;
	readonly labels?: {readonly [key: string]: string};
	readonly taints?: readonly JsonObject[];
	readonly at: string;
};

/** A worker node that is ready. `at` is the time of its conditions. */
export function node({name, number, cpu = '4', memory = '16Gi', labels, taints, at}: NodeWords): KubeObject {
	const capacity = {cpu, memory, 'ephemeral-storage': '100Gi', pods: '110'};
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {name, labels: {...usualLabels(name, number), ...labels}},
		spec: {podCIDR: `10.244.${number % 256}.0/24`, providerID: `sandbox:///${name}`, ...(taints === undefined ? {} : {taints})},
		status: {
			capacity,
			allocatable: {...capacity, memory: '15Gi', 'ephemeral-storage': '92Gi', ...(memory === '16Gi' ? {} : {memory})},
			addresses: [
				{type: 'InternalIP', address: `10.0.${Math.floor(number / 200)}.${10 + (number % 200)}`},
				{type: 'Hostname', address: name},
			],
			conditions: conditions(at),
			daemonEndpoints: {kubeletEndpoint: {Port: 10250}},
			nodeInfo: nodeInfo(number),
		},
	};
}

const usualLabels = (name: string, number: number) => ({
	'beta.kubernetes.io/arch': 'amd64',
	'kubernetes.io/arch': 'amd64',
	'kubernetes.io/hostname': name,
	'kubernetes.io/os': 'linux',
	'node.kubernetes.io/instance-type': 'm6i.xlarge',
	'topology.kubernetes.io/region': 'eu-central-1',
	'topology.kubernetes.io/zone': `eu-central-1${['a', 'b', 'c'][number % 3]}`,
});

const conditions = (at: string) =>
	[...healthy.map(words => ['False', ...words]), ['True', 'Ready', 'KubeletReady', 'kubelet is posting ready status']].map(
		([status, type, reason, message]) => ({type, status, reason, message, lastHeartbeatTime: at, lastTransitionTime: at}),
	);

const nodeInfo = (number: number) => ({
	architecture: 'amd64',
	bootID: `boot-${number}`,
	containerRuntimeVersion: 'containerd://2.1.4',
	kernelVersion: '6.12.0',
	kubeProxyVersion: '',
	kubeletVersion: 'v1.36.3',
	machineID: `machine-${number}`,
	operatingSystem: 'linux',
	osImage: 'Embedded cluster',
	systemUUID: `system-${number}`,
});
