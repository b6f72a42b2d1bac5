/** Pods like those of a web service that a mesh, a service account and a release tool have left their marks on: 7.9 KB of JSON once stored. */
const startedAt = '2026-11-02T08:15:30Z';

const variable = (name: string, value: string) => ({name, value});
const fromField = (name: string, fieldPath: string) => ({name, valueFrom: {fieldRef: {apiVersion: 'v1', fieldPath}}});
const fromSecret = (name: string, secret: string, key: string) => ({name, valueFrom: {secretKeyRef: {name: secret, key}}});
const probe = (path: string, initialDelaySeconds: number) => ({
	httpGet: {path, port: 'http', scheme: 'HTTP'},
	initialDelaySeconds,
	periodSeconds: 10,
	timeoutSeconds: 2,
	failureThreshold: 3,
	successThreshold: 1,
});

const image = 'registry.example.com/payments/checkout-api:2026.11.3-4f1c9e2';

const app = {
	name: 'app',
	image,
	imagePullPolicy: 'IfNotPresent',
	args: ['--listen=:8080', '--metrics=:9090', '--config=/etc/checkout/config.yaml'],
	ports: [{name: 'http', containerPort: 8080, protocol: 'TCP'}],
	env: [
		fromField('POD_NAME', 'metadata.name'),
		fromField('POD_NAMESPACE', 'metadata.namespace'),
		variable('LOG_LEVEL', 'info'),
		variable('LOG_FORMAT', 'json'),
		variable('DATABASE_HOST', 'checkout-primary.databases.svc.cluster.local'),
		variable('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector.observability.svc.cluster.local:4317'),
		fromSecret('DATABASE_LOGIN', 'checkout-database', 'login'),
	],
	resources: {requests: {cpu: '100m', memory: '128Mi'}, limits: {cpu: '500m', memory: '256Mi'}},
	livenessProbe: probe('/livez', 10),
	readinessProbe: probe('/readyz', 3),
	volumeMounts: [
		{name: 'config', mountPath: '/etc/checkout', readOnly: true},
		{name: 'scratch', mountPath: '/tmp'},
	],
	securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: ['ALL']}},
};

const labels = {
	app: 'checkout-api',
	'app.kubernetes.io/name': 'checkout-api',
	'app.kubernetes.io/part-of': 'checkout',
	'app.kubernetes.io/version': '2026.11.3',
	'app.kubernetes.io/managed-by': 'release-train',
	'pod-template-hash': '6d8f7c9b54',
	team: 'payments',
};
const annotations = {
	'checksum/config': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
	'prometheus.io/path': '/metrics',
	'prometheus.io/port': '9090',
	'prometheus.io/scrape': 'true',
	'release-train.example.com/build': 'https://builds.example.com/payments/checkout-api/runs/18872',
};

export const podName = (index: number) => `checkout-api-6d8f7c9b54-${index.toString(36).padStart(5, '0')}`;

/** Never placed on a node by anyone, so that a calm cluster stays calm; its status says that it runs all the same. */
export const podOf = (namespace: string, name: string) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace, labels, annotations},
	spec: {
		schedulerName: 'nobody',
		containers: [app],
		volumes: [
			{name: 'config', configMap: {name: 'checkout-config', defaultMode: 420}},
			{name: 'scratch', emptyDir: {sizeLimit: '64Mi'}},
		],
		securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: {type: 'RuntimeDefault'}},
		terminationGracePeriodSeconds: 45,
		tolerations: [{key: 'dedicated', operator: 'Equal', value: 'payments', effect: 'NoSchedule'}],
	},
});

const condition = (type: string) => ({type, status: 'True', observedGeneration: 1, lastProbeTime: null, lastTransitionTime: startedAt});

/** What a kubelet reports of it. One pod in fifty has restarted, and one in a hundred is not ready. */
export function podStatus(index: number) {
	const ready = index % 100 !== 99;
	const restartCount = index % 50 === 49 ? 1 + (index % 7) : 0;
	const podIP = `10.${64 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
	return {
		phase: 'Running',
		qosClass: 'Burstable',
		hostIP: '192.0.2.17',
		hostIPs: [{ip: '192.0.2.17'}],
		podIP,
		podIPs: [{ip: podIP}],
		startTime: startedAt,
		conditions: ['PodReadyToStartContainers', 'Initialized', 'PodScheduled', ...(ready ? ['Ready', 'ContainersReady'] : [])].map(condition),
		containerStatuses: [
			{
				name: 'app',
				image,
				imageID: 'registry.example.com/payments/checkout-api@sha256:3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b',
				containerID: `containerd://${index.toString(16).padStart(64, 'e3b0c44298fc1c149afbf4c8996fb924')}`,
				ready,
				started: true,
				restartCount,
				state: {running: {startedAt}},
				lastState: {},
			},
		],
	};
}
