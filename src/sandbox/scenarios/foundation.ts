import type {KubeObject} from '../../core/kube/kube-object.ts';
import {node} from './nodes.ts';
import {configMap, namespace, service} from './objects.ts';
import {readerRights} from './readers.ts';
import {daemonSet, deployment} from './workloads.ts';

/** Conditions of the nodes date from long before any scenario. */
const bootTime = '2025-06-01T08:00:00Z';
const system = 'kube-system';

const storageClasses: readonly KubeObject[] = [
	{
		apiVersion: 'storage.k8s.io/v1',
		kind: 'StorageClass',
		metadata: {name: 'standard', annotations: {'storageclass.kubernetes.io/is-default-class': 'true'}},
		provisioner: 'embedded.mkcoa.dev/local',
		reclaimPolicy: 'Delete',
		volumeBindingMode: 'WaitForFirstConsumer',
		allowVolumeExpansion: true,
	},
	{
		apiVersion: 'storage.k8s.io/v1',
		kind: 'StorageClass',
		metadata: {name: 'fast'},
		provisioner: 'embedded.mkcoa.dev/local',
		reclaimPolicy: 'Retain',
		volumeBindingMode: 'Immediate',
	},
];

/** DNS, the proxy and metrics, as a new cluster has them. */
const systemPods = (): readonly KubeObject[] => [
	deployment({
		namespace: system,
		name: 'coredns',
		image: 'registry.k8s.io/coredns/coredns:v1.12.1',
		replicas: 2,
		port: 8080,
		cpu: '100m',
		memory: '70Mi/170Mi',
		labels: {'k8s-app': 'kube-dns'},
	}),
	service({namespace: system, name: 'kube-dns', port: 53, targetPort: 8080, selector: {'k8s-app': 'kube-dns'}}),
	deployment({
		namespace: system,
		name: 'metrics-server',
		image: 'registry.k8s.io/metrics-server/metrics-server:v0.8.0',
		port: 10250,
		cpu: '100m',
		memory: '200Mi',
	}),
	service({namespace: system, name: 'metrics-server', port: 443}),
	daemonSet({
		namespace: system,
		name: 'kube-proxy',
		image: 'registry.k8s.io/kube-proxy:v1.36.3',
		pod: {hostNetwork: true, tolerations: [{operator: 'Exists'}]},
	}),
	configMap(system, 'coredns', {
		Corefile: '.:53 {\n    errors\n    health\n    ready\n    kubernetes cluster.local\n    forward . /etc/resolv.conf\n    cache 30\n}\n',
	}),
];

const monitoring = (): readonly KubeObject[] => [
	namespace('monitoring'),
	deployment({
		namespace: 'monitoring',
		name: 'prometheus',
		image: 'quay.io/prometheus/prometheus:v3.5.0',
		port: 9090,
		cpu: '200m/1',
		memory: '512Mi/2Gi',
		annotations: {'sandbox.mkcoa.dev/cpu': '80m', 'sandbox.mkcoa.dev/memory': '480Mi'},
	}),
	service({namespace: 'monitoring', name: 'prometheus', port: 9090}),
];

/** The least that pods of any kind stand on, with nobody on the nodes: a storage class, and Prometheus' address. */
export const bareFoundation = (): readonly KubeObject[] => [
	...storageClasses,
	namespace('monitoring'),
	service({namespace: 'monitoring', name: 'prometheus', port: 9090}),
];

/** What all scenarios stand on: three nodes, storage classes, the system's own pods and Prometheus. */
export const foundation = (nodes: readonly KubeObject[] = threeNodes()): readonly KubeObject[] => [
	...nodes,
	...storageClasses,
	{
		apiVersion: 'networking.k8s.io/v1',
		kind: 'IngressClass',
		metadata: {name: 'nginx'},
		spec: {controller: 'k8s.io/ingress-nginx'},
	},
	...systemPods(),
	...monitoring(),
	...readerRights(),
];

export const threeNodes = () => [1, 2, 3].map(number => node({name: `node-${number}`, number, at: bootTime}));
