import type {JsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

/** Makers of everything that is not a workload. */
export const namespace = (name: string, labels: {readonly [key: string]: string} = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name, labels},
});

export type ServiceWords = {
	readonly namespace: string;
	readonly name: string;
	readonly port?: number;
	readonly targetPort?: number | string;
	/** Mean over a day. */
	readonly requestsPerSecond?: number;
	readonly cpuSecondsPerRequest?: number;
	readonly selector?: {readonly [key: string]: string};
	readonly headless?: boolean;
};

export function service(words: ServiceWords): KubeObject {
	const {
		namespace,
		name,
		port = 80,
		targetPort = 'http',
		requestsPerSecond,
		cpuSecondsPerRequest,
		selector = {app: name},
		headless,
	} = words;
	const annotations = {
		...(requestsPerSecond === undefined ? {} : {'sandbox.mkcoa.dev/requests-per-second': String(requestsPerSecond)}),
		...(cpuSecondsPerRequest === undefined ? {} : {'sandbox.mkcoa.dev/cpu-seconds-per-request': String(cpuSecondsPerRequest)}),
	};
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name, namespace, labels: {app: name}, ...(Object.keys(annotations).length === 0 ? {} : {annotations})},
		spec: {selector, ports: [{name: 'http', port, targetPort}], ...(headless === true ? {clusterIP: 'None'} : {})},
	};
}

export const configMap = (namespace: string, name: string, data: {readonly [key: string]: string}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, namespace},
	data,
});

export const secret = (namespace: string, name: string, stringData: {readonly [key: string]: string}, type = 'Opaque'): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name, namespace},
	type,
	stringData,
});

export const autoscaler = (
	namespace: string,
	name: string,
	target: string,
	[minReplicas, maxReplicas]: readonly [number, number],
	cpuPercent: number,
): KubeObject => ({
	apiVersion: 'autoscaling/v2',
	kind: 'HorizontalPodAutoscaler',
	metadata: {name, namespace},
	spec: {
		scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: target},
		minReplicas,
		maxReplicas,
		metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: cpuPercent}}}],
	},
});

export const disruptionBudget = (namespace: string, app: string, limit: JsonObject): KubeObject => ({
	apiVersion: 'policy/v1',
	kind: 'PodDisruptionBudget',
	metadata: {name: app, namespace},
	spec: {selector: {matchLabels: {app}}, ...limit},
});

export const quota = (namespace: string, name: string, hard: {readonly [key: string]: string}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ResourceQuota',
	metadata: {name, namespace},
	spec: {hard},
});

export const limitRange = (namespace: string, name: string, limits: JsonObject): KubeObject => ({
	apiVersion: 'v1',
	kind: 'LimitRange',
	metadata: {name, namespace},
	spec: {limits: [{type: 'Container', ...limits}]},
});

export const ingress = (
	namespace: string,
	name: string,
	host: string,
	backends: {readonly [path: string]: string},
	tlsSecret?: string,
): KubeObject => ({
	apiVersion: 'networking.k8s.io/v1',
	kind: 'Ingress',
	metadata: {name, namespace},
	spec: {
		ingressClassName: 'nginx',
		...(tlsSecret === undefined ? {} : {tls: [{hosts: [host], secretName: tlsSecret}]}),
		rules: [
			{
				host,
				http: {
					paths: Object.entries(backends).map(([path, name]) => ({
						path,
						pathType: 'Prefix',
						backend: {service: {name, port: {name: 'http'}}},
					})),
				},
			},
		],
	},
});

export const networkPolicy = (namespace: string, name: string, spec: JsonObject): KubeObject => ({
	apiVersion: 'networking.k8s.io/v1',
	kind: 'NetworkPolicy',
	metadata: {name, namespace},
	spec,
});

export const roleBinding = (namespace: string, name: string, clusterRole: string, user: string): KubeObject => ({
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'RoleBinding',
	metadata: {name, namespace},
	roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole},
	subjects: [{kind: 'User', name: user, apiGroup: 'rbac.authorization.k8s.io'}],
});
