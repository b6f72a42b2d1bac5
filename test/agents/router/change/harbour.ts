import {canaryAtOnce} from '../../../../src/agents/router/change/canary/canary-intent.ts';
import {changeIntents} from '../../../../src/agents/router/change/intents.ts';
import {ingressBackend} from '../../../../src/agents/router/change/traffic/ingress-backend.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import type {Call} from '../../../../src/agents/router/understanding.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

type Workload = {
	readonly replicas?: number;
	readonly labels: {readonly [key: string]: string};
	readonly containers: readonly object[];
	readonly rest?: object;
};

const workload = (kind: string, name: string, {replicas = 2, labels, containers, rest = {}}: Workload): KubeObject =>
	thing(kind, name, {
		labels,
		spec: {replicas, selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {containers}}, ...rest},
	});

const ferry = {
	name: 'ferry',
	image: 'reg.example.org/port/ferry:3.1.0',
	ports: [{name: 'http', containerPort: 8080}],
	env: [
		{name: 'MODE', value: 'fast'},
		{name: 'TRACE', value: '1'},
	],
	readinessProbe: {httpGet: {path: '/up', port: 'http'}, periodSeconds: 10},
	resources: {requests: {cpu: '200m', memory: '256Mi'}, limits: {cpu: '1', memory: '1Gi'}},
};
const dock = (version: string) => ({name: 'dock', image: `reg.example.org/port/dock:${version}`, ports: [{containerPort: 7000}]});

const old = (number: number, image: string) =>
	({
		...thing('ReplicaSet', `quay/ferry-${number}`, {
			spec: {template: {metadata: {labels: {app: 'ferry', 'pod-template-hash': `h${number}`}}, spec: {containers: [{...ferry, image}]}}},
		}),
		metadata: {
			name: `ferry-${number}`,
			namespace: 'quay',
			annotations: {'deployment.kubernetes.io/revision': String(number)},
			ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'ferry', uid: 'u'}],
		},
	}) as KubeObject; // the metadata of a test

/** A small harbour: what its tests speak of, and as much that they might be mistaken for. */
const objects: readonly KubeObject[] = [
	workload('Deployment', 'quay/ferry', {replicas: 3, labels: {app: 'ferry'}, containers: [ferry]}),
	old(1, 'reg.example.org/port/ferry:2.9.4'),
	old(2, 'reg.example.org/port/ferry:3.0.0'),
	old(3, 'reg.example.org/port/ferry:3.1.0'),
	workload('Deployment', 'quay/lights', {
		replicas: 1,
		labels: {app: 'lights'},
		containers: [
			{name: 'lamp', image: 'lamp:1.0', env: [{name: 'FOG_HORN', value: 'True'}]},
			{name: 'meter', image: 'prom/meter:0.3.0'},
		],
	}),
	workload('Deployment', 'quay/dock-blue', {replicas: 4, labels: {app: 'dock', side: 'blue'}, containers: [dock('5.0.0')]}),
	workload('Deployment', 'quay/dock-green', {replicas: 2, labels: {app: 'dock', side: 'green'}, containers: [dock('5.1.0')]}),
	thing('Service', 'quay/dock', {spec: {type: 'NodePort', selector: {app: 'dock', side: 'blue'}, ports: [{port: 80}]}}),
	thing('Service', 'quay/tug', {spec: {selector: {app: 'tug'}, ports: [{name: 'http', port: 80}]}}),
	thing('Service', 'quay/ferry', {spec: {selector: {app: 'ferry'}, ports: [{port: 80}]}}),
	workload('Deployment', 'drydock/radar', {replicas: 1, labels: {app: 'radar'}, containers: [{name: 'radar', image: 'radar:1.0.0'}]}),
	workload('Deployment', 'quay/radar', {replicas: 2, labels: {app: 'radar'}, containers: [{name: 'radar', image: 'radar:0.9.0'}]}),
	workload('StatefulSet', 'quay/ledger', {
		replicas: 2,
		labels: {app: 'ledger'},
		containers: [{name: 'db', image: 'postgres:17.1'}],
		rest: {volumeClaimTemplates: [{metadata: {name: 'data'}}]},
	}),
	workload('DaemonSet', 'quay/buoy', {labels: {app: 'buoy'}, containers: [{name: 'buoy', image: 'buoy:v1.2.0'}]}),
	...[0, 1].map(index =>
		thing('PersistentVolumeClaim', `quay/data-ledger-${index}`, {
			spec: {storageClassName: 'fast', resources: {requests: {storage: '20Gi'}}},
		}),
	),
	thing('PersistentVolumeClaim', 'quay/charts', {spec: {storageClassName: 'slow', resources: {requests: {storage: '8Gi'}}}}),
	thing('StorageClass', 'fast', {allowVolumeExpansion: true}),
	thing('StorageClass', 'slow', {allowVolumeExpansion: false}),
	thing('HorizontalPodAutoscaler', 'quay/ferry', {
		spec: {scaleTargetRef: {kind: 'Deployment', name: 'ferry'}, minReplicas: 3, maxReplicas: 6, metrics: []},
	}),
	thing('CronJob', 'quay/tide-report', {spec: {schedule: '10 5 * * 1', jobTemplate: {spec: {template: {spec: {containers: []}}}}}}),
	thing('CronJob', 'quay/tide-copy', {
		spec: {schedule: '0 6 * * *', suspend: true, jobTemplate: {spec: {template: {spec: {containers: []}}}}},
	}),
	thing('ConfigMap', 'quay/ferry-settings', {data: {WAVE_LIMIT: '4', greeting: 'ahoy'}}),
	thing('ConfigMap', 'drydock/winch-config', {
		data: {PULL_SECONDS: '30', REST: '15m', SPAN: '20', night_watch: 'off', beacon: 'no'},
	}),
	thing('ConfigMap', 'quay/yard-config', {data: {beacon: 'yes'}}),
	thing('Secret', 'quay/harbour-keys', {data: {token: ''}}),
	thing('ResourceQuota', 'quay/quay-quota', {spec: {hard: {pods: '30', 'requests.cpu': '8'}}}),
	thing('PodDisruptionBudget', 'quay/ledger', {spec: {minAvailable: 1}}),
	thing('NetworkPolicy', 'quay/boat-callers', {
		spec: {
			podSelector: {matchLabels: {app: 'boat'}},
			policyTypes: ['Ingress'],
			ingress: [{from: [{podSelector: {matchLabels: {app: 'ferry'}}}], ports: [{protocol: 'TCP', port: 7000}]}],
		},
	}),
	thing('LimitRange', 'quay/berth-sizes', {
		spec: {limits: [{type: 'Container', default: {cpu: '500m', memory: '256Mi'}, defaultRequest: {memory: '64Mi'}}]},
	}),
	thing('Role', 'quay/deck-hand', {rules: [{apiGroups: [''], resources: ['pods'], verbs: ['get', 'list']}]}),
	thing('Ingress', 'quay/gate', {
		spec: {
			rules: [
				{
					host: 'port.example.org',
					http: {paths: [{path: '/', pathType: 'Prefix', backend: {service: {name: 'dock', port: {number: 80}}}}]},
				},
			],
		},
	}),
	thing('Node', 'crane-1', {labels: {zone: 'north', old: 'yes'}}),
];

const world = routerWorld(objects);

type Operation = {readonly op: string; readonly path: string; readonly value?: unknown};

/** A call in one line: `Deployment quay/ferry: replace /spec/replicas 4`. Tests of a patch are left out. */
function lineOf({tool, input}: Call): string {
	const {kind, name, namespace, patch, ...rest} = input;
	if (tool !== 'resource_patch') return `${tool} ${JSON.stringify(input)}`;
	const operations: readonly Operation[] = JSON.parse(String(patch));
	const place = `${String(kind)} ${namespace === undefined ? '' : `${String(namespace)}/`}${String(name)}`;
	const short = (path: string) => path.replace('/spec/template/spec/containers', '…');
	const told = operations
		.filter(({op}) => op !== 'test')
		.map(({op, path, value}) => `${op} ${short(path)}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`);
	return rest.type === 'json' ? `${place}: ${told.join(', ')}` : `not a JSON patch: ${JSON.stringify(input)}`;
}

/** What a request about the harbour means. */
export const understood = (request: string) =>
	route(request, world, {guards: [], wholes: [canaryAtOnce, ingressBackend], intents: changeIntents, nowMs: 0});

/** What the changes make of a request: a line a call, or what it ends in (`question: …`). */
export async function changesOf(request: string): Promise<readonly string[]> {
	return (await understood(request)).flatMap(one => {
		if (one.kind === 'calls') return one.calls.map(lineOf);
		return [one.kind === 'question' ? `question: ${one.text}` : one.kind];
	});
}
