import {expect, test} from 'vitest';
import type {Json, JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fitsMap} from '../../../../src/core/kube/selector.ts';
import type {ClusterApi} from '../cluster-api.ts';
import type {Assertion} from '../fault-case.ts';
import {holds} from './checks.ts';

const object = (kind: string, name: string, rest: JsonObject = {}, labels: {[key: string]: string} = {}): KubeObject => ({
	apiVersion: 'v1',
	kind,
	metadata: {namespace: 'shop', name, labels},
	...rest,
});
const container = {
	name: 'web',
	ports: [{name: 'http', containerPort: 8080}],
	env: [
		{name: 'MODE', value: 'fast'},
		{name: 'KEY', valueFrom: {configMapKeyRef: {name: 'settings', key: 'key'}}},
	],
	readinessProbe: {httpGet: {port: 'http'}},
	livenessProbe: {tcpSocket: {port: 8080}},
};
const deployment = (name: string, containers: readonly Json[]) => object('Deployment', name, {spec: {template: {spec: {containers}}}});
const service = (name: string, targetPort: Json) =>
	object('Service', name, {spec: {selector: {app: 'web'}, ports: [{name: 'http', port: 80, targetPort}]}});
const slice = (name: string, ports: Json, ready: boolean) =>
	object(
		'EndpointSlice',
		name,
		{ports, endpoints: [{conditions: {ready}}, {conditions: {ready: true}}]},
		{'kubernetes.io/service-name': name},
	);
const ingress = (name: string, backend: JsonObject, ingressClassName = 'nginx') =>
	object('Ingress', name, {spec: {ingressClassName, rules: [{http: {paths: [{backend: {service: backend}}]}}]}});

const world: readonly KubeObject[] = [
	object('ServiceAccount', 'default'),
	object('ConfigMap', 'settings', {data: {key: '1'}}),
	object('IngressClass', 'nginx'),
	object('Pod', 'web-1', {spec: {containers: [container]}, status: {phase: 'Running'}}, {app: 'web'}),
	deployment('web', [container]),
	deployment('keyless', [{name: 'web', env: [{name: 'KEY', valueFrom: {configMapKeyRef: {name: 'settings', key: 'kez'}}}]}]),
	deployment('twice', [container, {...container, name: 'other', readinessProbe: {httpGet: {port: 'admin'}}}]),
	service('web', 'http'),
	service('closed', 'https'),
	slice('web', [{port: 8080}], true),
	slice('closed', null, true),
	slice('half', [{port: 8080}], false),
	ingress('web', {name: 'web', port: {number: 80}}),
	ingress('named', {name: 'web', port: {name: 'http'}}),
	ingress('other-port', {name: 'web', port: {number: 81}}),
	ingress('classless', {name: 'web', port: {number: 80}}, 'none'),
	ingress('unserved', {name: 'closed', port: {number: 80}}),
	object('CronJob', 'nightly', {spec: {schedule: '0 3 * * *'}}),
	object('CronJob', 'never', {spec: {schedule: '0 3 31 2 *'}}),
	object('CronJob', 'suspended', {spec: {schedule: '0 3 * * *', suspend: true}}),
	object('HorizontalPodAutoscaler', 'web', {
		status: {
			...{currentReplicas: 2, desiredReplicas: 2},
			conditions: [
				{type: 'AbleToScale', status: 'True'},
				{type: 'ScalingActive', status: 'True'},
			],
		},
	}),
	object('HorizontalPodAutoscaler', 'blind', {status: {conditions: [{type: 'AbleToScale', status: 'True'}]}}),
	object('Event', 'one', {reason: 'FailedCreate', message: 'exceeded quota', involvedObject: {kind: 'ReplicaSet', name: 'web-5d'}}),
];

/** Answers access reviews for reading alone, and dry runs of evictions. */
const api: ClusterApi = {
	send: async ({path, body}) =>
		path.includes('accessreviews')
			? {status: 201, body: {status: {allowed: JSON.stringify(body).includes('"verb":"get"')}}}
			: {status: 201, body: null},
	kindOf: async () => undefined,
	path: async kind => `/${kind}`,
	get: async (kind, _namespace, name) => world.find(one => one.kind === kind && one.metadata.name === name),
	list: async (kind, _namespace, selector = '') => {
		const wanted = Object.fromEntries(selector === '' ? [] : selector.split(',').map(pair => pair.split('=')));
		return world.filter(one => one.kind === kind && (selector === '' || fitsMap(wanted, one.metadata.labels)));
	},
};

test.each<readonly [assertion: Assertion, isTrue: boolean]>([
	[{endpoints: 'web', n: 2}, true],
	[{endpoints: 'half', n: 1}, true],
	[{endpoints: 'closed', n: 0}, true],
	[{target: 'web'}, true],
	[{target: 'closed'}, false],
	[{route: 'web'}, true],
	[{route: 'named'}, true],
	[{route: 'other-port'}, false],
	[{route: 'classless'}, false],
	[{route: 'unserved'}, false],
	[{refs: 'Deployment/web'}, true],
	[{refs: 'Deployment/keyless'}, false],
	[{refs: 'Deployment/none'}, false],
	[{is: 'ConfigMap/settings'}, true],
	[{is: 'ConfigMap/settings', match: {data: {key: '2'}}}, false],
	[{gone: 'ConfigMap/other'}, true],
	[{gone: 'ConfigMap/settings'}, false],
	[{can: 'runner', verb: 'get', resource: 'pods'}, true],
	[{can: 'runner', verb: 'patch', resource: 'pods'}, false],
	[{evict: 'app=web'}, true],
	[{evict: 'app=db'}, false],
	[{hpa: 'web'}, true],
	[{hpa: 'blind'}, false],
	[{cron: 'nightly'}, true],
	[{cron: 'never'}, false],
	[{cron: 'suspended'}, false],
	[{env: 'Deployment/web', container: 'web', name: 'MODE', value: 'fast'}, true],
	[{env: 'Deployment/web', container: 'web', name: 'MODE', value: 'slow'}, false],
	[{ports: 'Deployment/web'}, true],
	[{ports: 'Deployment/twice'}, false],
	[{probes: 'Deployment/web'}, true],
	[{probes: 'Deployment/twice'}, false],
	[{event: {reason: 'FailedCreate', contains: 'quota', kind: 'ReplicaSet', name: 'web-'}}, true],
	[{event: {reason: 'FailedCreate', kind: 'Pod'}}, false],
	[{event: {reason: 'FailedCreate', name: 'db-'}}, false],
	[{pod: 'app=web', match: {status: {phase: 'Running'}}}, true],
	[{pod: 'app=web', match: {status: {phase: 'Failed'}}}, false],
	[{flow: ['app=web', 'bank:app=till', 80]}, true],
	[{not: {gone: 'ConfigMap/settings'}}, true],
	[{not: {not: {is: 'ConfigMap/other'}}}, false],
])('%j: %s', async (assertion, isTrue) => {
	expect(await holds(api, 'shop', assertion)).toBe(isTrue);
});

test('an assertion that nobody knows is no assertion that fails', async () => {
	await expect(holds(api, 'shop', {reads: 'Deployment/web'})).rejects.toThrow('no assertion is known in {"reads":"Deployment/web"}');
});
