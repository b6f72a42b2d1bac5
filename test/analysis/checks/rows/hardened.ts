import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

const digest = 'sha256:5f3c1a0c2d9f0a8b7e6d5c4b3a2918070605040302010f0e0d0c0b0a09080706';
const image = (name: string) => `registry.example.com/${name}:2.4.1@${digest}`;

const confined: JsonObject = {
	...{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true},
	capabilities: {drop: ['ALL']},
};
const resources: JsonObject = {
	requests: {cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi'},
	limits: {cpu: '500m', memory: '256Mi', 'ephemeral-storage': '256Mi'},
};
const probes: JsonObject = {
	livenessProbe: {httpGet: {path: '/live', port: 'http'}},
	readinessProbe: {httpGet: {path: '/ready', port: 'http'}},
};
const tmp: JsonObject = {name: 'tmp', emptyDir: {sizeLimit: '64Mi'}};
const tmpMount: JsonObject = {name: 'tmp', mountPath: '/tmp'};

const container = (name: string, more: JsonObject = {}): JsonObject => ({
	...{name, image: image(name), imagePullPolicy: 'Always', securityContext: confined, resources, volumeMounts: [tmpMount]},
	...more,
});
const server = (name: string, more: JsonObject = {}) => container(name, {ports: [{name: 'http', containerPort: 8080}], ...probes, ...more});

const podSecurity: JsonObject = {
	...{runAsNonRoot: true, runAsUser: 20_001, runAsGroup: 20_001, fsGroup: 20_001, fsGroupChangePolicy: 'OnRootMismatch'},
	seccompProfile: {type: 'RuntimeDefault'},
};
const labelsOf = (name: string) => ({app: name, 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name});

const podSpec = (name: string, more: JsonObject = {}): JsonObject => ({
	...{serviceAccountName: name, automountServiceAccountToken: false, priorityClassName: 'shop-normal', securityContext: podSecurity},
	...{containers: [server(name)], volumes: [tmp]},
	topologySpreadConstraints: [
		{maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {matchLabels: {app: name}}},
	],
	...more,
});

const object = (apiVersion: string, kind: string, name: string, more: JsonObject, metadata: JsonObject = {}): KubeObject => ({
	...{apiVersion, kind, metadata: {name, namespace: 'shop', labels: labelsOf(name), ...metadata}},
	...more,
});

const template = (name: string, spec: JsonObject): JsonObject => ({metadata: {labels: labelsOf(name)}, spec});
const selector = (name: string): JsonObject => ({matchLabels: {app: name}});

const deployment = (name: string, spec: JsonObject = {}, more: JsonObject = {}) =>
	object('apps/v1', 'Deployment', name, {
		spec: {replicas: 3, selector: selector(name), template: template(name, podSpec(name, spec)), ...more},
	});

const jobSpec = (name: string, spec: JsonObject = {}): JsonObject => ({
	...{activeDeadlineSeconds: 900, backoffLimit: 2},
	template: template(name, {...podSpec(name, {containers: [container(name)]}), restartPolicy: 'Never', ...spec}),
});

const cronJob = (name: string, spec: JsonObject = {}) =>
	object('batch/v1', 'CronJob', name, {
		spec: {schedule: '17 3 * * *', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 300, jobTemplate: {spec: jobSpec(name, spec)}},
	});

const windowsContext = (user: string): JsonObject => ({runAsNonRoot: true, windowsOptions: {runAsUserName: user}});
const windowsServer = (name: string): JsonObject => server(name, {securityContext: {runAsNonRoot: true}, volumeMounts: [], ...probes});

/** Workloads as careful people write them, each for another reason odd. */
export const hardenedWorkloads: readonly KubeObject[] = [
	deployment('web'),
	deployment('api', {initContainers: [container('migrate')]}),
	deployment('mesh', {initContainers: [server('proxy', {restartPolicy: 'Always', image: image('proxy')}), container('wait')]}),
	deployment('user-space', {hostUsers: false}),
	deployment('token', {
		containers: [server('token', {volumeMounts: [tmpMount, {name: 'identity', mountPath: '/var/run/identity', readOnly: true}]})],
		volumes: [
			tmp,
			{
				name: 'identity',
				projected: {defaultMode: 288, sources: [{serviceAccountToken: {path: 'token', audience: 'vault', expirationSeconds: 3600}}]},
			},
		],
	}),
	deployment('controller', {automountServiceAccountToken: true}),
	deployment('files', {
		containers: [server('files', {volumeMounts: [tmpMount, {name: 'keys', mountPath: '/keys', readOnly: true}]})],
		volumes: [tmp, {name: 'keys', secret: {secretName: 'files-keys', defaultMode: 288}}],
	}),
	deployment('settings', {
		containers: [
			server('settings', {
				env: [
					{name: 'DB_PASSWORD_FILE', value: '/keys/db'},
					{name: 'TOKEN_TTL', value: '15m'},
					{name: 'OAUTH_TOKEN_URL', value: 'https://login.example.com/token'},
					{name: 'SECRET_NAME', value: 'db-credentials'},
					{name: 'PASSWORD_MIN_LENGTH', value: '12'},
					{name: 'API_KEY', valueFrom: {secretKeyRef: {name: 'settings', key: 'api'}}},
					{name: 'KEYBOARD', value: 'de'},
				],
				envFrom: [{configMapRef: {name: 'settings'}}],
			}),
		],
	}),
	deployment('edge', {
		containers: [server('edge', {securityContext: {...confined, capabilities: {drop: ['ALL'], add: ['NET_BIND_SERVICE']}}})],
	}),
	deployment('gvisor', {runtimeClassName: 'gvisor'}),
	deployment('own-profile', {
		securityContext: {...podSecurity, seccompProfile: {type: 'Localhost', localhostProfile: 'profiles/app.json'}},
	}),
	deployment('apparmor', {containers: [server('apparmor', {securityContext: {...confined, appArmorProfile: {type: 'RuntimeDefault'}}})]}),
	deployment('selinux', {securityContext: {...podSecurity, seLinuxOptions: {type: 'container_t', level: 's0:c120,c340'}}}),
	deployment('pod-resources', {resources, containers: [server('pod-resources', {resources: {}})]}),
	deployment('singleton', {}, {replicas: 1, strategy: {type: 'Recreate'}}),
	deployment('per-container', {
		securityContext: {},
		containers: [
			server('per-container', {
				securityContext: {...confined, runAsUser: 20_002, runAsGroup: 20_002, seccompProfile: {type: 'RuntimeDefault'}},
			}),
		],
	}),
	deployment('sysctls', {securityContext: {...podSecurity, sysctls: [{name: 'net.ipv4.ip_unprivileged_port_start', value: '80'}]}}),
	deployment('windows', {
		...{os: {name: 'windows'}, nodeSelector: {'kubernetes.io/os': 'windows'}, securityContext: windowsContext('ContainerUser')},
		...{containers: [windowsServer('windows')], volumes: []},
	}),
	object('apps/v1', 'StatefulSet', 'db', {
		spec: {
			...{replicas: 3, serviceName: 'db', selector: selector('db')},
			template: template('db', podSpec('db', {containers: [server('db', {volumeMounts: [tmpMount, {name: 'data', mountPath: '/data'}]})]})),
			volumeClaimTemplates: [{metadata: {name: 'data'}, spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '8Gi'}}}}],
		},
	}),
	object('apps/v1', 'DaemonSet', 'agent', {
		spec: {selector: selector('agent'), template: template('agent', podSpec('agent', {tolerations: [{key: 'gpu', operator: 'Exists'}]}))},
	}),
	object('apps/v1', 'DaemonSet', 'windows-agent', {
		spec: {
			selector: selector('windows-agent'),
			template: template(
				'windows-agent',
				podSpec('windows-agent', {
					...{os: {name: 'windows'}, securityContext: windowsContext('NT AUTHORITY\\LocalService')},
					...{containers: [windowsServer('windows-agent')], volumes: []},
				}),
			),
		},
	}),
	cronJob('nightly'),
	cronJob('report', {initContainers: [container('fetch')]}),
	object('batch/v1', 'Job', 'import', {spec: {ttlSecondsAfterFinished: 3600, ...jobSpec('import')}}),
	object(
		'v1',
		'Pod',
		'console',
		{spec: podSpec('console')},
		{ownerReferences: [{apiVersion: 'example.com/v1', kind: 'Console', name: 'console', uid: 'c1', controller: true}]},
	),
	object(
		...(['v1', 'Pod', 'debugged'] as const),
		{
			spec: podSpec('debugged', {
				ephemeralContainers: [{name: 'debug', image: image('debug'), securityContext: confined, targetContainerName: 'debugged'}],
			}),
		},
		{ownerReferences: [{apiVersion: 'example.com/v1', kind: 'Console', name: 'debugged', uid: 'c2', controller: true}]},
	),
	object('extensions.agents.x-k8s.io/v1beta1', 'SandboxTemplate', 'room', {
		spec: {
			networkPolicyManagement: 'Managed',
			networkPolicy: {egress: []},
			podTemplate: template('room', podSpec('room', {runtimeClassName: 'gvisor'})),
		},
	}),
];

const names = hardenedWorkloads.map(({metadata}) => metadata.name);
const everywhere = {podSelector: {}, policyTypes: ['Ingress', 'Egress']};
const plain = (apiVersion: string, kind: string, name: string, more: JsonObject): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: 'shop'},
	...more,
});

/** What careful people have around them. */
export const hardenedSurroundings: readonly KubeObject[] = [
	{
		...{apiVersion: 'v1', kind: 'Namespace'},
		metadata: {
			name: 'shop',
			labels: Object.fromEntries(['enforce', 'audit', 'warn'].map(mode => [`pod-security.kubernetes.io/${mode}`, 'restricted'])),
		},
	},
	...['default', ...names].map(name => plain('v1', 'ServiceAccount', name, {automountServiceAccountToken: false})),
	...names.map(name => plain('policy/v1', 'PodDisruptionBudget', name, {spec: {maxUnavailable: 1, selector: selector(name)}})),
	plain('networking.k8s.io/v1', 'NetworkPolicy', 'nothing', {spec: everywhere}),
	plain('networking.k8s.io/v1', 'NetworkPolicy', 'dns', {
		spec: {
			...everywhere,
			ingress: [{from: [{podSelector: {matchLabels: {app: 'edge'}}}], ports: [{port: 8080, protocol: 'TCP'}]}],
			egress: [
				{to: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'kube-system'}}}], ports: [{port: 53, protocol: 'UDP'}]},
			],
		},
	}),
	plain('v1', 'ResourceQuota', 'shop', {spec: {hard: {'limits.cpu': '40', 'limits.memory': '40Gi', pods: '100'}}}),
	plain('v1', 'Secret', 'files-keys', {type: 'Opaque', immutable: true, data: {db: 'cGxhY2Vob2xkZXI='}}),
	plain('v1', 'ConfigMap', 'settings', {data: {'log.level': 'info', token_ttl: '15m', 'password-policy': 'strict', greeting: 'hello'}}),
];
