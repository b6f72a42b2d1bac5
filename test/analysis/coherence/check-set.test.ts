import {describe, expect, test} from 'vitest';
import {checkSet} from '../../../src/analysis/coherence/check-set.ts';
import type {Around} from '../../../src/analysis/coherence/set-finding.ts';
import type {Json, JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {mergePatch} from '../../../src/core/patch/merge-patch.ts';

const labels = {app: 'web'};
const made = (apiVersion: string, kind: string, body: JsonObject, name = 'web'): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: 'shop'},
	...body,
});

const secure = {allowPrivilegeEscalation: false, capabilities: {drop: ['ALL']}};
const container = {
	name: 'web',
	image: 'web:1',
	ports: [{name: 'http', containerPort: 8080}],
	resources: {requests: {cpu: '100m', memory: '64Mi'}, limits: {memory: '64Mi'}},
	readinessProbe: {tcpSocket: {port: 'http'}},
	securityContext: secure,
};
const podSpec = {
	securityContext: {runAsNonRoot: true, seccompProfile: {type: 'RuntimeDefault'}},
	containers: [container],
	topologySpreadConstraints: [{topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway'}],
};
const deployment = made('apps/v1', 'Deployment', {
	spec: {
		selector: {matchLabels: labels},
		strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 1, maxUnavailable: 0}},
		template: {metadata: {labels}, spec: podSpec},
	},
});
const service = made('v1', 'Service', {spec: {selector: labels, ports: [{port: 80, targetPort: 'http'}]}});
const scaler = made('autoscaling/v2', 'HorizontalPodAutoscaler', {
	spec: {
		scaleTargetRef: {kind: 'Deployment', name: 'web'},
		minReplicas: 2,
		maxReplicas: 4,
		metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 70}}}],
	},
});
const budget = made('policy/v1', 'PodDisruptionBudget', {spec: {selector: {matchLabels: labels}, minAvailable: 1}});
const policy = made('networking.k8s.io/v1', 'NetworkPolicy', {
	spec: {
		podSelector: {matchLabels: labels},
		policyTypes: ['Ingress', 'Egress'],
		ingress: [{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'monitoring'}}}, {podSelector: {}}]}],
		egress: [{ports: [{port: 53, protocol: 'UDP'}]}],
	},
});
const set = [deployment, service, scaler, budget, policy];

const node = (zone: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {name: `node-${zone}`, labels: {'topology.kubernetes.io/zone': zone}},
	status: {allocatable: {cpu: '2', memory: '4Gi'}},
});
const shop: KubeObject = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop', labels: {}}};
const around: Around = {namespace: 'shop', objects: [shop, node('a'), node('b')], scrapers: ['monitoring'], unread: new Map()};

const failures = (objects: readonly KubeObject[], place: Around = around) =>
	checkSet(objects, place).flatMap(({status, id, severity, cause}) => (status === 'fail' ? [`${severity} ${id}: ${cause}`] : []));

/** The good set with one object changed, others added or taken away. */
const withChange = (kind: string, patch: JsonObject) =>
	set.map(object => (object.kind === kind ? (mergePatch(object, patch) as KubeObject) : object));
const without = (kind: string) => set.filter(object => object.kind !== kind);
const inPod = (patch: Json) => withChange('Deployment', {spec: {template: {spec: patch}}});
const inContainer = (patch: JsonObject) => inPod({containers: [mergePatch(container, patch)]});

test('a coherent set fails nothing, and every check answers', () => {
	expect(failures(set)).toEqual([]);
	const told = checkSet(set, around);
	expect(told.map(({id}) => id)).toEqual(expect.arrayContaining(['budget-leaves-room', 'dns-allowed', 'quota-has-room', 'pod-security']));
	expect(told.every(({cause}) => cause !== '')).toBe(true);
});

const claim = (mode: string) => made('v1', 'PersistentVolumeClaim', {spec: {accessModes: [mode], storageClassName: ''}}, 'data');
const onVolume = (...more: readonly KubeObject[]) => [
	...inPod({volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]}),
	...more,
];

describe('each incoherence is found, with its cause', () => {
	test.each<[string, readonly KubeObject[], string]>([
		[
			'a budget at the minimum of the autoscaler',
			withChange('PodDisruptionBudget', {spec: {minAvailable: 2}}),
			'high budget-leaves-room: PodDisruptionBudget shop/web lets no pod go at minReplicas 2 of HorizontalPodAutoscaler web, so no node with such a pod can be drained',
		],
		[
			'a budget of a share that rounds up to all',
			withChange('PodDisruptionBudget', {spec: {minAvailable: '51%'}}),
			'high budget-leaves-room: PodDisruptionBudget shop/web lets no pod go at minReplicas 2 of HorizontalPodAutoscaler web, so no node with such a pod can be drained',
		],
		[
			'no budget',
			without('PodDisruptionBudget'),
			'low budget-leaves-room: No PodDisruptionBudget guards its 2 pods: a drain may take all of them at once',
		],
		[
			'an egress policy without DNS',
			withChange('NetworkPolicy', {spec: {egress: [{to: [{podSelector: {}}]}]}}),
			'critical dns-allowed: NetworkPolicy shop/web limits what its pods reach, and no policy lets them ask DNS: no name resolves',
		],
		[
			'DNS over TCP alone',
			withChange('NetworkPolicy', {spec: {egress: [{ports: [{port: 53}]}]}}),
			'critical dns-allowed: NetworkPolicy shop/web limits what its pods reach, and no policy lets them ask DNS: no name resolves',
		],
		[
			'a policy that keeps Prometheus out',
			withChange('NetworkPolicy', {spec: {ingress: [{from: [{podSelector: {}}]}]}}),
			'medium scrape-allowed: Prometheus in namespace monitoring cannot reach port 8080: NetworkPolicy shop/web does not let it in',
		],
		[
			'an Ingress behind a policy that lets only neighbours in',
			[...set, made('networking.k8s.io/v1', 'Ingress', {spec: {rules: [{http: {paths: [{backend: {service: {name: 'web'}}}]}}]}})],
			'high ingress-allowed: Ingress shop/web sends to it, and NetworkPolicy shop/web lets nobody in from outside of the namespace',
		],
		[
			'an autoscaler on requests that are not there',
			inContainer({resources: {requests: {cpu: null}}}),
			'high autoscaler-has-requests: HorizontalPodAutoscaler shop/web counts a share of requests, and container web has no cpu request',
		],
		[
			'replicas beside an autoscaler',
			withChange('Deployment', {spec: {replicas: 3}}),
			'medium autoscaler-owns-replicas: spec.replicas and HorizontalPodAutoscaler shop/web both set its number of pods: each apply puts it back',
		],
		[
			'a target port that no container names',
			withChange('Service', {spec: {ports: [{port: 80, targetPort: 'web'}]}}),
			"high service-reaches-pods: Its target port web is none of its pods' ports",
		],
		[
			'a target port that is the port for want of another',
			withChange('Service', {spec: {ports: [{port: 80}]}}),
			"high service-reaches-pods: Its target port 80 is none of its pods' ports",
		],
		[
			'a selector of nobody',
			withChange('Service', {spec: {selector: {app: 'other'}}}),
			'high service-reaches-pods: Its selector fits no workload of the set, and none that is there',
		],
		[
			'several pods on a volume of one node',
			onVolume(claim('ReadWriteOnce')),
			'critical volume-lets-rollout-end: PersistentVolumeClaim shop/data can be used on one node at a time, and there are up to 4 pods',
		],
		[
			'one pod on a volume of one node that rolls',
			onVolume(claim('ReadWriteOncePod')).filter(({kind}) => !['HorizontalPodAutoscaler', 'PodDisruptionBudget'].includes(kind)),
			'critical volume-lets-rollout-end: PersistentVolumeClaim shop/data can be used on one node at a time, and RollingUpdate starts the new pod while the old one holds it',
		],
		[
			'a claim of a class that is not there',
			[...set, made('v1', 'PersistentVolumeClaim', {spec: {storageClassName: 'fast'}}, 'spare')],
			'high storage-class-exists: There is no StorageClass fast',
		],
		[
			'an autoscaler of something that is not there',
			[...set, made('autoscaling/v2', 'HorizontalPodAutoscaler', {spec: {scaleTargetRef: {kind: 'StatefulSet', name: 'web-v2'}}}, 'other')],
			'high autoscaler-finds-target: It scales StatefulSet web-v2, which is not there',
		],
		[
			'a key that its ConfigMap does not have',
			[
				...inContainer({env: [{name: 'MODE', valueFrom: {configMapKeyRef: {name: 'settings', key: 'MODE'}}}]}),
				made('v1', 'ConfigMap', {data: {MOOD: 'calm'}}, 'settings'),
			],
			'high references-exist: Its pods do not start: ConfigMap settings has no key MODE (MODE of container web)',
		],
		[
			'a quota that comes with the set',
			[...set, made('v1', 'ResourceQuota', {spec: {hard: {pods: '2'}}}, 'small')],
			'high quota-has-room: There is too little room for 2 pods and 1 more while it rolls: ResourceQuota shop/small: pods wants 3, and 2 are free',
		],
		[
			'a Secret that is not there',
			inContainer({envFrom: [{secretRef: {name: 'keys'}}, {secretRef: {name: 'more', optional: true}}]}),
			'high references-exist: Its pods need Secret keys, which is not there',
		],
		[
			'a spread over a topology that no node has',
			inPod({topologySpreadConstraints: [{topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule'}]}),
			'high spread-fits-nodes: No node has the label rack, and its pods may not start without',
		],
		[
			'no spread over zones',
			inPod({topologySpreadConstraints: null}),
			'low spread-fits-nodes: Nothing spreads its pods over the 2 zones: all may stand in one',
		],
		[
			'a pod that is larger than any node',
			inContainer({resources: {requests: {cpu: '3'}}}),
			'critical pod-fits-a-node: A pod asks for 3 CPU and 64Mi, which none of 2 nodes has',
		],
		[
			'a probe of a port that is not there',
			inContainer({readinessProbe: {tcpSocket: {port: 'admin'}}}),
			'high probes-answered: its readinessProbe asks port admin, which no container names',
		],
		[
			'a selector that misses its own pods',
			withChange('Deployment', {spec: {selector: {matchLabels: {app: 'web', tier: 'x'}}}}),
			'critical selects-own-pods: Its selector does not fit the labels of its pod template',
		],
		[
			'a container that is not restricted',
			inContainer({securityContext: {capabilities: null}}),
			'medium pod-security: Its pods do not pass the level restricted; namespace shop enforces privileged: container "web" must set securityContext.capabilities.drop=["ALL"]',
		],
	])('%s', (_, objects, cause) => {
		expect(failures(objects)).toEqual([cause]);
	});
});

const quota = (hard: JsonObject, used: JsonObject = {}) => made('v1', 'ResourceQuota', {spec: {hard}, status: {used}}, 'quota');
const inQuota = (...objects: readonly KubeObject[]): Around => ({...around, objects: [...around.objects, ...objects]});

describe('a quota', () => {
	test.each<[string, Around, readonly string[]]>([
		['with room for all', inQuota(quota({pods: '5', 'requests.cpu': '500m'})), []],
		[
			'that is full already',
			inQuota(quota({pods: '10'}, {pods: '8'})),
			[
				'high quota-has-room: There is too little room for 2 pods and 1 more while it rolls: ResourceQuota shop/quota: pods wants 3, and 2 are free',
			],
		],
		[
			'with room for the least, and not for the most',
			inQuota(quota({'requests.memory': '256Mi'})),
			[
				'medium quota-has-room: At 4 pods (maxReplicas) and 1 more while it rolls there is too little room: ResourceQuota shop/quota: requests.memory wants 320Mi, and 256Mi are free',
			],
		],
		[
			'of limits that the pods do not name',
			inQuota(quota({'limits.cpu': '10'})),
			['critical quota-has-room: The server refuses its pods: ResourceQuota shop/quota: it limits limits.cpu, and the pods name none'],
		],
		[
			'of limits that a LimitRange gives',
			inQuota(
				quota({'limits.cpu': '10'}),
				made('v1', 'LimitRange', {spec: {limits: [{type: 'Container', default: {cpu: '1'}, defaultRequest: {cpu: '10m'}}]}}),
			),
			[],
		],
	])('%s', (_, place, causes) => {
		expect(failures(set, place)).toEqual(causes);
	});
});

test('a namespace that refuses the pods is told as grave', () => {
	const strict = {...shop, metadata: {...shop.metadata, labels: {'pod-security.kubernetes.io/enforce': 'restricted'}}};
	const place = {...around, objects: [strict, node('a'), node('b')]};
	expect(failures(set, place)).toEqual([]);
	expect(failures(inPod({hostNetwork: true}), place)).toEqual([
		'critical pod-security: Namespace shop enforces restricted and refuses its pods: hostNetwork=true',
	]);
});

test('what may not be read is not checked, and says why', () => {
	const unread = new Map([
		['resourcequotas', 'quotas: reading them is not allowed'],
		['nodes', 'nodes: reading them is not allowed'],
	]);
	const told = checkSet(set, {...around, unread}).filter(({status}) => status === 'not-checked');
	expect(told.map(({id, why}) => `${id}: ${why}`)).toEqual([
		'pod-fits-a-node: nodes: reading them is not allowed',
		'quota-has-room: quotas: reading them is not allowed',
		'spread-fits-nodes: nodes: reading them is not allowed',
	]);
});
