/** An object of a namespace, by the path of its collection below `…/namespaces/NAME/`. */
export type Given = {
	readonly group: string;
	readonly plural: string;
	readonly object: {readonly metadata: {readonly name: string}; readonly [field: string]: unknown};
};

export const oldImage = 'registry.example/web:1';
export const newImage = 'registry.example/web:2';

const apps = '/apis/apps/v1';
const labels = {app: 'web'};
const metadata = {name: 'web', labels};
const selector = {matchLabels: labels};

/** Ready a moment after its start. @param containers more of what its container has */
const template = (more: object = {}) => ({
	metadata: {labels, annotations: {'sandbox.mkcoa.dev/start-seconds': '0'}},
	spec: {containers: [{name: 'main', image: oldImage, ...more}], terminationGracePeriodSeconds: 0},
});

/** The workload `web`. @param spec what else it asks for */
export const web = (replicas: number, spec: object = {}, container: object = {}): Given => ({
	group: apps,
	plural: 'deployments',
	object: {apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: {replicas, selector, template: template(container), ...spec}},
});

export const statefulSet = (replicas: number): Given => ({
	group: apps,
	plural: 'statefulsets',
	object: {
		apiVersion: 'apps/v1',
		kind: 'StatefulSet',
		metadata,
		spec: {replicas, selector, serviceName: 'web', podManagementPolicy: 'Parallel', template: template()},
	},
});

export const daemonSet: Given = {
	group: apps,
	plural: 'daemonsets',
	object: {apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: {selector, template: template()}},
};

export const service: Given = {
	group: '/api/v1',
	plural: 'services',
	object: {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web'}, spec: {selector: labels, ports: [{port: 80, targetPort: 8080}]}},
};

/** One that is not asked for metrics here leaves the pods alone, and is raised and lowered by the rollout. */
export const autoscaler = (maxReplicas: number): Given => ({
	group: '/apis/autoscaling/v2',
	plural: 'horizontalpodautoscalers',
	object: {
		apiVersion: 'autoscaling/v2',
		kind: 'HorizontalPodAutoscaler',
		metadata: {name: 'web'},
		spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, minReplicas: 1, maxReplicas},
	},
});

export const budget = (minAvailable: number): Given => ({
	group: '/apis/policy/v1',
	plural: 'poddisruptionbudgets',
	object: {apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name: 'web'}, spec: {minAvailable, selector}},
});

export const httpRoute: Given = {
	group: '/apis/gateway.networking.k8s.io/v1',
	plural: 'httproutes',
	object: {
		apiVersion: 'gateway.networking.k8s.io/v1',
		kind: 'HTTPRoute',
		metadata: {name: 'web'},
		spec: {parentRefs: [{name: 'gateway'}], rules: [{backendRefs: [{name: 'web', port: 80}]}]},
	},
};

const istio = {group: '/apis/networking.istio.io/v1'};

export const virtualService: Given = {
	...istio,
	plural: 'virtualservices',
	object: {
		apiVersion: 'networking.istio.io/v1',
		kind: 'VirtualService',
		metadata: {name: 'web'},
		spec: {hosts: ['shop.example'], gateways: ['gateway'], http: [{route: [{destination: {host: 'web', port: {number: 80}}}]}]},
	},
};

/** What says how a Service is talked to, so that a canary's Service gets one too. */
export const destinationRule: Given = {
	...istio,
	plural: 'destinationrules',
	object: {
		apiVersion: 'networking.istio.io/v1',
		kind: 'DestinationRule',
		metadata: {name: 'web'},
		spec: {host: 'web', trafficPolicy: {connectionPool: {http: {http2MaxRequests: 100}}}},
	},
};

export const configMap: Given = {
	group: '/api/v1',
	plural: 'configmaps',
	object: {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'web'}, data: {LEVEL: 'info'}},
};

export const secret: Given = {
	group: '/api/v1',
	plural: 'secrets',
	object: {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'web'}, type: 'Opaque', stringData: {PASSWORD: 'first'}},
};

/** A container that takes both of the above. */
export const configured = {envFrom: [{configMapRef: {name: 'web'}}, {secretRef: {name: 'web'}}]};
