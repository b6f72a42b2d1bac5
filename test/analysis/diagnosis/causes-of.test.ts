import {expect, test} from 'vitest';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {causes, pod, remedyLines, service} from './scene.ts';

const port = {ports: [{name: 'http', containerPort: 8080}]};
const web = deployment({container: port});
const place = '/spec/template/spec/containers/0';
const configured = (key: string) => deployment({container: {env: [{name: 'MODE', valueFrom: {configMapKeyRef: {name: 'settings', key}}}]}});
const settings = object('v1', 'ConfigMap', 'settings', {data: {run_mode: 'fast'}});
const probed = (asked: number | string) => deployment({container: {...port, readinessProbe: {httpGet: {path: '/ok', port: asked}}}});
const node = (labels: {readonly [key: string]: string}, spec = {}) =>
	object('v1', 'Node', 'n1', {
		metadata: {namespace: undefined, labels},
		spec,
		status: {allocatable: {cpu: '4', memory: '8Gi', pods: '10'}, conditions: [{type: 'Ready', status: 'True'}]},
	});
const waiting = pod({}, {nodeName: ''});
const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
	spec: {
		scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'},
		minReplicas: 1,
		maxReplicas: 9,
		metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 60}}}],
	},
});
const replicaSet = (revision: string, image: string) =>
	object('apps/v1', 'ReplicaSet', `web-${revision}`, {
		metadata: {
			annotations: {'deployment.kubernetes.io/revision': revision},
			ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'u'}],
		},
		spec: {template: {metadata: {labels: {app: 'web', 'pod-template-hash': revision}}, spec: {containers: [{name: 'web', image}]}}},
	});

type Row = [
	what: string,
	symptom: Parameters<typeof causes>[0],
	objects: readonly [KubeObject, ...KubeObject[]],
	ids: string[],
	remedies: string[],
];

const rows: Row[] = [
	[
		'a selector that fits nobody',
		'unreachable',
		[service({app: 'wbe'}), web, pod({}, {ready: true})],
		['selector-fits-no-pod'],
		['sure resource_patch {"spec":{"selector":{"app":"web"}}}'],
	],
	[
		'a target port that no container has',
		'unreachable',
		[service({app: 'web'}, 9999), web, pod({}, {ready: true})],
		['target-port-not-there'],
		[
			'sure resource_patch [{"op":"test","path":"/spec/ports/0/targetPort","value":9999},{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]',
		],
	],
	['pods that are not ready', 'unreachable', [service({app: 'web'}), web, pod()], ['no-ready-pod'], []],
	[
		'a key that is spelt otherwise',
		'down',
		[configured('RUN_MODE'), settings],
		['key-not-there'],
		[
			`sure resource_patch [{"op":"test","path":"${place}/env/0/valueFrom/configMapKeyRef/key","value":"RUN_MODE"},{"op":"replace","path":"${place}/env/0/valueFrom/configMapKeyRef/key","value":"run_mode"}]`,
			'choice resource_patch {"data":{"RUN_MODE":"fast"}}',
		],
	],
	['a key that is like none', 'down', [configured('COLOUR'), settings], ['key-not-there'], []],
	[
		'a probe that asks another port',
		'not-ready',
		[probed(8081), pod({state: {running: {}}})],
		['probe-port-not-there'],
		[
			`sure resource_patch [{"op":"test","path":"${place}/readinessProbe/httpGet/port","value":8081},{"op":"replace","path":"${place}/readinessProbe/httpGet/port","value":8080}]`,
		],
	],
	[
		'a label that a node nearly has',
		'pending',
		[deployment({pod: {nodeSelector: {disk: 'sssd'}}}), waiting, node({disk: 'ssd'})],
		['no-node-chosen'],
		[
			'sure resource_patch [{"op":"test","path":"/spec/template/spec/nodeSelector/disk","value":"sssd"},{"op":"replace","path":"/spec/template/spec/nodeSelector/disk","value":"ssd"}]',
			'choice resource_patch [{"op":"test","path":"/spec/template/spec/nodeSelector","value":{"disk":"sssd"}},{"op":"replace","path":"/spec/template/spec/nodeSelector","value":{}}]',
		],
	],
	[
		'a cordoned node and no other',
		'pending',
		[web, waiting, node({}, {unschedulable: true})],
		['nodes-closed'],
		['sure node_cordon {"node":"n1","uncordon":true}'],
	],
	[
		'a pod larger than every node',
		'pending',
		[deployment({container: {resources: {requests: {cpu: '6'}}}}), waiting, node({})],
		['larger-than-any-node'],
		[],
	],
	[
		'a container over its memory limit',
		'restarting',
		[
			deployment({container: {resources: {limits: {memory: '512Mi'}}}}),
			pod({state: {waiting: {reason: 'CrashLoopBackOff'}}, restartCount: 3, lastState: {terminated: {reason: 'OOMKilled', exitCode: 137}}}),
		],
		['out-of-memory'],
		[
			`choice resource_patch [{"op":"test","path":"${place}/resources/limits/memory","value":"512Mi"},{"op":"replace","path":"${place}/resources/limits/memory","value":"1Gi"}]`,
			`choice resource_patch [{"op":"test","path":"${place}/resources/limits/memory","value":"512Mi"},{"op":"replace","path":"${place}/resources/limits/memory","value":"768Mi"}]`,
		],
	],
	[
		'a tag that is not there, with an earlier revision',
		'down',
		[
			deployment({container: {image: 'web:2-typo'}}),
			pod({state: {waiting: {reason: 'ImagePullBackOff', message: 'not found'}}}),
			replicaSet('1', 'web:1'),
			replicaSet('2', 'web:2-typo'),
		],
		['image-not-pulled'],
		[
			`sure resource_patch [{"op":"test","path":"${place}/image","value":"web:2-typo"},{"op":"replace","path":"${place}/image","value":"web:1"}]`,
		],
	],
	[
		'a program that ends',
		'restarting',
		[web, pod({state: {waiting: {reason: 'CrashLoopBackOff'}}, restartCount: 7, lastState: {terminated: {reason: 'Error', exitCode: 1}}})],
		['crashes'],
		[],
	],
	[
		'a share of requests that nobody makes',
		'not-scaling',
		[scaler, web],
		['autoscaler-without-requests'],
		[
			`choice resource_patch [{"op":"add","path":"${place}/resources","value":{"requests":{"cpu":"100m"}}}]`,
			`choice resource_patch [{"op":"add","path":"${place}/resources","value":{"requests":{"cpu":"250m"}}}]`,
		],
	],
	[
		'a budget without room',
		'not-draining',
		[object('policy/v1', 'PodDisruptionBudget', 'web', {spec: {minAvailable: 4, selector: {matchLabels: {app: 'web'}}}}), web],
		['budget-lets-nobody-go'],
		[
			'choice resource_patch {"spec":{"minAvailable":null,"maxUnavailable":1}}',
			'choice workload_scale {"workload":"deployment/web","namespace":"shop","replicas":5}',
		],
	],
	[
		'a CronJob that is suspended',
		'down',
		[object('batch/v1', 'CronJob', 'nightly', {spec: {suspend: true, jobTemplate: {spec: {template: {spec: {containers: []}}}}}})],
		['suspended'],
		['sure resource_patch {"spec":{"suspend":false}}'],
	],
	[
		'nothing in a Job whose turn in a queue has not come',
		'down',
		[object('batch/v1', 'Job', 'train', {metadata: {labels: {'kueue.x-k8s.io/queue-name': 'team'}}, spec: {suspend: true}})],
		[],
		[],
	],
	['nothing at all', 'unreachable', [service({app: 'web'}, 'http'), web, pod({}, {ready: true})], [], []],
];

test.each(rows)('finds %s', (_, symptom, objects, ids, remedies) => {
	const found = causes(symptom, ...objects);
	expect(found.map(({id}) => id)).toEqual(ids);
	expect(remedyLines(found)).toEqual(remedies);
	for (const {cause, evidence} of found) {
		expect(evidence.length).toBeGreaterThan(0);
		expect(cause.en).not.toContain('undefined');
		expect(cause.ko).toMatch(/[가-힣]/);
	}
});

test('finds a claim whose class is not there, and offers the class that is, or one like it', () => {
	const claim = object('v1', 'PersistentVolumeClaim', 'data-db-0', {spec: {storageClassName: 'gold'}, status: {phase: 'Pending'}});
	const plain = object('storage.k8s.io/v1', 'StorageClass', 'silver', {metadata: {namespace: undefined}, provisioner: 'example.com/disk'});
	const set = object('apps/v1', 'StatefulSet', 'db', {
		spec: {
			replicas: 1,
			selector: {matchLabels: {app: 'db'}},
			template: {spec: {containers: [{name: 'db'}]}},
			volumeClaimTemplates: [{metadata: {name: 'data'}}],
		},
	});
	const [found] = causes('pending', set, claim, plain);
	expect(found?.cause.en).toBe(
		'PersistentVolumeClaim shop/data-db-0 asks for StorageClass gold, which does not exist (there is: silver): it stays Pending, and so do its pods',
	);
	expect(found?.remedies.map(({text, sure}) => [text.en, sure])).toEqual([
		['Make PersistentVolumeClaim shop/data-db-0, which is empty, anew with StorageClass silver', true],
		['Create StorageClass gold like silver', false],
	]);
});

test('of hundreds of keys the first are told, and how many more there are', () => {
	const data = Object.fromEntries(Array.from({length: 200}, (_, index) => [`setting-${index}`, 'x']));
	const [cause] = causes('down', configured('COLOUR'), object('v1', 'ConfigMap', 'settings', {data}));
	expect(cause?.cause.en).toMatch(/which has setting-0, setting-1, .*setting-7 and 192 more: /);
	expect(cause?.evidence.map(({detail}) => detail.length).every(length => length < 200)).toBe(true);
});
