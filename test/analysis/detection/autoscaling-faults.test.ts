import {describe, expect, test} from 'vitest';
import {autoscalingFaults} from '../../../src/analysis/detection/analyzers/autoscaling/autoscaling-faults.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines, surePatches} from './faults-in.ts';
import {remediesOf} from './found-in.ts';

const workload = (name: string, container = 'resources: {requests: {cpu: 100m}}', changed = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
${changed}
spec: {replicas: 2, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: ${name}, image: 'i:1', ${container}}]}}}
---`;

const scaler = (
	name: string,
	target: string,
	{
		kind = 'Deployment',
		spec = '',
		changed = '',
		status = '',
		metric = 'type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}',
	} = {},
) => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
${changed}
spec: {minReplicas: 2, maxReplicas: 6, scaleTargetRef: {apiVersion: apps/v1, kind: ${kind}, name: ${target}}, metrics: [{${metric}}]${spec}}
${status}
---`;

const metricsApi = `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
---`;

const lines = (yaml: string) => faultLines(autoscalingFaults, yaml);

describe('an autoscaler', () => {
	test('that has all it needs is well', () => {
		expect(lines(workload('web') + scaler('web', 'web'))).toEqual([]);
	});

	test.each([
		[
			'of a name nearby',
			scaler('web', 'web-v2'),
			'spec.scaleTargetRef.name',
			'[{"op":"test","path":"/spec/scaleTargetRef/name","value":"web-v2"},{"op":"replace","path":"/spec/scaleTargetRef/name","value":"web"}]',
		],
		[
			'of another kind',
			scaler('web', 'web', {kind: 'StatefulSet'}),
			'spec.scaleTargetRef.kind',
			'[{"op":"test","path":"/spec/scaleTargetRef/kind","value":"StatefulSet"},{"op":"replace","path":"/spec/scaleTargetRef/kind","value":"Deployment"}]',
		],
		[
			'of a kind that is written as kinds are',
			scaler('web', 'web', {kind: 'deployment'}),
			'spec.scaleTargetRef.kind',
			'[{"op":"test","path":"/spec/scaleTargetRef/kind","value":"deployment"},{"op":"replace","path":"/spec/scaleTargetRef/kind","value":"Deployment"}]',
		],
		[
			'of a kind that has a scale',
			scaler('web', 'web', {kind: 'DaemonSet'}),
			'spec.scaleTargetRef.kind',
			'[{"op":"test","path":"/spec/scaleTargetRef/kind","value":"DaemonSet"},{"op":"replace","path":"/spec/scaleTargetRef/kind","value":"Deployment"}]',
		],
		[
			'of the group that has its kind',
			scaler('web', 'web').replace('scaleTargetRef: {apiVersion: apps/v1', 'scaleTargetRef: {apiVersion: extensions/v1beta1'),
			'spec.scaleTargetRef.apiVersion',
			'[{"op":"test","path":"/spec/scaleTargetRef/apiVersion","value":"extensions/v1beta1"},{"op":"replace","path":"/spec/scaleTargetRef/apiVersion","value":"apps/v1"}]',
		],
		[
			'of a group at all',
			scaler('web', 'web').replace('scaleTargetRef: {apiVersion: apps/v1, ', 'scaleTargetRef: {'),
			'spec.scaleTargetRef.apiVersion',
			'[{"op":"add","path":"/spec/scaleTargetRef/apiVersion","value":"apps/v1"}]',
		],
	])('whose target is not there is made to scale the one %s', (_, yaml, path, patch) => {
		expect(lines(workload('web') + yaml)).toEqual([`medium autoscaler-target-not-there HorizontalPodAutoscaler/web ${path} remedy`]);
		expect(surePatches(autoscalingFaults, workload('web') + yaml)).toEqual([patch]);
	});

	test.each([
		['of another version', scaler('web', 'web').replace('{apiVersion: apps/v1,', '{apiVersion: apps/v1beta2,')],
		[
			'of the same name in a group of others',
			scaler('web', 'web').replace('{apiVersion: apps/v1,', '{apiVersion: apps.kruise.io/v1beta1,'),
		],
		['of a group of others alone', scaler('web', 'api').replace('{apiVersion: apps/v1,', '{apiVersion: apps.kruise.io/v1beta1,')],
		[
			'of a kind that mkcoa does not know',
			scaler('web', 'web', {kind: 'Rollout'}).replace('{apiVersion: apps/v1,', '{apiVersion: argoproj.io/v1alpha1,'),
		],
	])('whose target is %s has one', (_, yaml) => {
		expect(lines(workload('web') + yaml)).toEqual([]);
	});

	test('of pods without requests lies in whichever was changed last', () => {
		expect(lines(workload('web', 'resources: {}', 'changed: 3') + scaler('web', 'web'))).toEqual([
			'medium autoscaler-without-requests Deployment/web spec.template.spec.containers[web].resources.requests.cpu choices',
		]);
		expect(lines(workload('web', 'resources: {}') + scaler('web', 'web', {changed: 'changed: 3'}))).toEqual([
			'medium autoscaler-without-requests HorizontalPodAutoscaler/web spec.metrics choices',
		]);
	});

	test('gets the requests back that the revision before had', () => {
		const set = (revision: number, resources: string) => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-${revision}, annotations: {deployment.kubernetes.io/revision: '${revision}'}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}]}
spec: {template: {metadata: {labels: {app: web, pod-template-hash: x}}, spec: {containers: [{name: web, image: 'i:1', ${resources}}]}}}
---`;
		const yaml =
			workload('web', 'resources: {}') + scaler('web', 'web') + set(1, 'resources: {requests: {cpu: 150m}}') + set(2, 'resources: {}');
		expect(lines(yaml)).toEqual([
			'medium autoscaler-without-requests Deployment/web spec.template.spec.containers[web].resources.requests.cpu remedy',
		]);
		expect(surePatches(autoscalingFaults, yaml)[0]).toContain('{"requests":{"cpu":"150m"}}');
	});

	test('that measures a container nobody has is made to measure the one there is', () => {
		const metric =
			'type: ContainerResource, containerResource: {name: cpu, container: main, target: {type: Utilization, averageUtilization: 70}}';
		expect(lines(workload('web') + scaler('web', 'web', {metric}))).toEqual([
			'medium autoscaler-container-not-there HorizontalPodAutoscaler/web spec.metrics[cpu].containerResource.container remedy',
		]);
	});

	test('that measures a container which was renamed is made to measure it by its new name', () => {
		const metric =
			'type: ContainerResource, containerResource: {name: cpu, container: main, target: {type: Utilization, averageUtilization: 70}}';
		const containers = (name: string) => `containers: [{name: ${name}, image: 'i:1'}, {name: proxy, image: 'p:1'}]`;
		const revised = (now: string, before: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {${containers(now)}}}}
---
apiVersion: apps/v1
kind: ControllerRevision
metadata: {name: web-1, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: u, controller: true}]}
revision: 1
data: {spec: {template: {metadata: {labels: {app: web}}, spec: {${containers(before)}}}}}
---`;
		const patch = (yaml: string) => surePatches(autoscalingFaults, yaml).find(each => each.includes('containerResource')) ?? '';
		expect(patch(revised('server', 'main') + scaler('web', 'web', {kind: 'StatefulSet', metric}))).toContain('"value":"server"');
		expect(patch(revised('server', 'other') + scaler('web', 'web', {kind: 'StatefulSet', metric}))).toBe('');
	});

	test.each([
		['its limits allow less than it waits for', 'resources: {requests: {cpu: 100m}, limits: {cpu: 120m}}', 150, true],
		['its limits allow more', 'resources: {requests: {cpu: 100m}, limits: {cpu: 200m}}', 150, false],
		['it has no limit', 'resources: {requests: {cpu: 100m}}', 300, false],
	])('is told where %s', (_, container, target, isTold) => {
		const metric = `type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: ${target}}}`;
		expect(lines(workload('web', container) + scaler('web', 'web', {metric}))).toEqual(
			isTold
				? ['medium autoscaler-target-out-of-reach HorizontalPodAutoscaler/web spec.metrics[cpu].resource.target.averageUtilization remedy']
				: [],
		);
	});

	describe('that waits for an amount of each pod', () => {
		const by = (name: string, value: string) =>
			`type: Resource, resource: {name: ${name}, target: {type: AverageValue, averageValue: '${value}'}}`;
		const limits = 'resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {cpu: 500m, memory: 256Mi}}';
		const node = `
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {allocatable: {cpu: '16', memory: 64Gi}}
---`;
		const value = (yaml: string) => surePatches(autoscalingFaults, yaml).map(each => /"op":"replace".*"value":"([^"]+)"/.exec(each)?.[1]);

		test.each([
			['thousandths of a core as cores', limits, by('cpu', '350'), '350m'],
			['mebibytes as bytes, which every pod uses', limits, by('memory', '200'), '200Mi'],
			['mebibytes as thousandths of a byte', limits, by('memory', '200m'), '200Mi'],
			['gibibytes instead of mebibytes', limits, by('memory', '200Gi'), '200Mi'],
			['more than any node has, where it has no limit', 'resources: {requests: {cpu: 100m}}', by('cpu', '250'), '250m'],
		])('is told where that is %s', (_, container, metric, meant) => {
			const yaml = workload('web', container) + scaler('web', 'web', {metric}) + node;
			expect(lines(yaml)).toEqual([
				'medium autoscaler-value-out-of-reach HorizontalPodAutoscaler/web spec.metrics[0].resource.target.averageValue remedy',
			]);
			expect(value(yaml)).toEqual([meant]);
		});

		test('that is more than its limit in no other unit is a matter for a person', () => {
			const yaml = workload('web', limits) + scaler('web', 'web', {metric: by('cpu', '2')}) + node;
			expect(lines(yaml)).toHaveLength(1);
			expect(value(yaml)).toEqual([]);
		});

		test.each([
			['that are there', 'metadata: {name: n1, labels: {karpenter.sh/nodepool: large}}', ''],
			[
				'that are none yet',
				'metadata: {name: n1}',
				`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: nodepools.karpenter.sh}
spec: {group: karpenter.sh}
---`,
			],
		])('is well where larger nodes may come, by pools %s', (_, metadata, more) => {
			const yaml = workload('web', 'resources: {requests: {cpu: 100m}}') + scaler('web', 'web', {metric: by('cpu', '250')});
			expect(lines(yaml + node.replace('metadata: {name: n1}', metadata) + more)).toEqual([]);
		});

		test.each([
			['below the limit', limits, by('cpu', '350m')],
			['of memory below the limit', limits, by('memory', '200Mi')],
			['that some node has, where it has no limit', 'resources: {requests: {cpu: 100m}}', by('cpu', '2')],
		])('is well with one %s', (_, container, metric) => {
			expect(lines(workload('web', container) + scaler('web', 'web', {metric}) + node)).toEqual([]);
		});

		test('is not judged by what only one of its containers may use', () => {
			const two = `${limits}}, {name: proxy, image: 'p:1', resources: {limits: {cpu: '2'}}`;
			expect(lines(workload('web', two) + scaler('web', 'web', {metric: by('cpu', '1')}))).toEqual([]);
			const one = by('cpu', '1').replace('Resource, resource: {', 'ContainerResource, containerResource: {container: web, ');
			expect(lines(workload('web', two) + scaler('web', 'web', {metric: one}))).toEqual([
				'medium autoscaler-value-out-of-reach HorizontalPodAutoscaler/web spec.metrics[0].containerResource.target.averageValue remedy',
			]);
		});
	});

	describe('whose target selects pods of others', () => {
		const broad = (labels: string, container = '', before = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: cleaner}
spec: {replicas: 1, selector: {matchLabels: {part: cleaner}}, template: {metadata: {labels: {${labels}}}, spec: {containers: [{name: cleaner, image: 'c:1'${container}}]}}}
---${before}`;
		const revision = (labels: string) => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: cleaner-1, annotations: {deployment.kubernetes.io/revision: '1'}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: cleaner, uid: u, controller: true}]}
spec: {template: {metadata: {labels: {${labels}}}, spec: {containers: [{name: cleaner, image: 'c:0'}]}}}
---`;
		const all = (stranger: string) => workload('web') + scaler('web', 'web') + stranger;

		test('gives them the labels back that they had', () => {
			const yaml = all(broad('app: web, part: cleaner', '', revision('app: cleaner, part: cleaner')));
			expect(lines(yaml)).toEqual(['medium autoscaler-counts-strangers Deployment/cleaner spec.template.metadata.labels.app remedy']);
			expect(surePatches(autoscalingFaults, yaml)[0]).toContain('"path":"/spec/template/metadata/labels/app","value":"cleaner"');
		});
		test('may give them a label of their own where nobody knows an earlier one', () => {
			const [first] = remediesOf(autoscalingFaults(surveyIn(all(broad('app: web, part: cleaner')))));
			expect(first).toMatch(/^choice .*labels\/app","value":"cleaner"/);
		});
		test.each([
			['they make a request', broad('app: web, part: cleaner', ', resources: {requests: {cpu: 5m}}')],
			['they have other labels', broad('app: cleaner, part: cleaner')],
			['they are scaled to nothing', broad('app: web, part: cleaner').replace('replicas: 1', 'replicas: 0')],
		])('is well where %s', (_, stranger) => {
			expect(lines(all(stranger))).toEqual([]);
		});
	});

	test('that may not add pods is told louder where somebody forbade it lately', () => {
		const spec = ', behavior: {scaleUp: {selectPolicy: Disabled}}';
		expect(lines(workload('web') + scaler('web', 'web', {spec}))).toEqual([
			'low autoscaler-may-not-grow HorizontalPodAutoscaler/web spec.behavior.scaleUp.selectPolicy remedy',
		]);
		expect(lines(workload('web') + scaler('web', 'web', {spec, changed: 'changed: 2'}))).toEqual([
			'medium autoscaler-may-not-grow HorizontalPodAutoscaler/web spec.behavior.scaleUp.selectPolicy remedy',
		]);
	});

	test('at its maximum is told while far more is asked of its pods, and not else', () => {
		const status = (use: number) =>
			`status: {currentReplicas: 6, currentMetrics: [{type: Resource, resource: {name: cpu, current: {averageUtilization: ${use}}}}]}`;
		expect(lines(workload('web') + scaler('web', 'web', {status: status(140)}))).toEqual([
			'medium autoscaler-at-maximum HorizontalPodAutoscaler/web spec.maxReplicas remedy',
		]);
		expect(lines(workload('web') + scaler('web', 'web', {status: status(75)}))).toEqual([]);
	});

	test('whose maximum was lowered gets back what ran', () => {
		const event = (kind: string, message: string, name: string) => `
apiVersion: v1
kind: Event
metadata: {name: ${name}}
involvedObject: {kind: ${kind}, name: web}
message: ${JSON.stringify(message)}
---`;
		const yaml =
			workload('web') +
			scaler('web', 'web', {changed: 'changed: 2'}) +
			event('HorizontalPodAutoscaler', 'New size: 6; reason: Current number of replicas above Spec.MaxReplicas', 'a') +
			event('Deployment', 'Scaled down replica set web-abc from 9 to 6', 'b');
		expect(lines(yaml)).toEqual(['medium autoscaler-maximum-lowered HorizontalPodAutoscaler/web spec.maxReplicas remedy']);
		expect(surePatches(autoscalingFaults, yaml)[0]).toContain('"value":9');
	});

	test('that asks an API nobody serves is told as that API', () => {
		const status =
			"status: {conditions: [{type: ScalingActive, status: 'False', reason: FailedGetResourceMetric, message: 'unable to get metrics for resource cpu: the server could not find the requested resource (get pods.metrics.k8s.io)'}]}";
		expect(lines(workload('web') + scaler('web', 'web', {status}))).toEqual([
			'medium autoscaler-metrics-api-missing APIService/v1beta1.metrics.k8s.io metadata.name none',
		]);
	});
});

test('a metric that an autoscaler was changed to, and that nobody serves, is what is wrong, and the others stay', () => {
	const status =
		"status: {conditions: [{type: ScalingActive, status: 'False', reason: FailedGetExternalMetric, message: 'unable to fetch metrics from external metrics API: no matches for kind'}]}";
	const both =
		'type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}, {type: External, external: {metric: {name: queue}}';
	const yaml = workload('web') + scaler('web', 'web', {status, metric: both, changed: 'changed: 3'}) + metricsApi;
	expect(lines(yaml)).toEqual(['medium autoscaler-metrics-api-missing HorizontalPodAutoscaler/web spec.metrics remedy']);
	expect(surePatches(autoscalingFaults, yaml)[0]).toMatch(/"op":"replace","path":"\/spec\/metrics","value":\[\{"type":"Resource"/);
});

test('of a long message of the server so much is told, and that there is more', () => {
	const message = `unable to fetch metrics from external metrics API: no matches for kind ${'and so on '.repeat(60)}`;
	const status = `status: {conditions: [{type: ScalingActive, status: 'False', reason: FailedGetExternalMetric, message: '${message}'}]}`;
	const yaml = workload('web') + scaler('web', 'web', {status, metric: 'type: External, external: {metric: {name: queue}}'}) + metricsApi;
	const [told] = autoscalingFaults(surveyIn(yaml)).flatMap(({evidence}) => evidence.filter(({detail}) => detail.includes('and so on')));
	expect(told?.detail).toHaveLength(240);
	expect(told?.detail).toMatch(/…$/);
});

describe('an autoscaler that measures nothing that is served', () => {
	const status =
		"status: {conditions: [{type: ScalingActive, status: 'False', reason: FailedGetPodsMetric, message: 'unable to fetch metrics from custom metrics API: no custom metrics API registered'}]}";
	const queue = 'type: Pods, pods: {metric: {name: queue_length}, target: {type: AverageValue, averageValue: 50}}';
	const lost = scaler('web', 'web', {status, metric: queue, changed: 'changed: 3'});
	const offered = (yaml: string) => remediesOf(autoscalingFaults(surveyIn(yaml)));

	test('can be let measure CPU as the others of its namespace do', () => {
		const [first, ...others] = offered(workload('web') + workload('api') + scaler('api', 'api') + lost + metricsApi);
		expect(others).toEqual([]);
		expect(first).toMatch(/^choice .*"value":\[\{"type":"Resource".*"averageUtilization":70/);
	});
	test('is let measure again what it did', () => {
		const former = `{"spec":{"metrics":[{"type":"Resource","resource":{"name":"memory"}}]}}`;
		const known = lost.replace('{name: web}', `{name: web, annotations: {kubectl.kubernetes.io/last-applied-configuration: '${former}'}}`);
		expect(offered(workload('web') + known + metricsApi)[0]).toMatch(/^sure .*"value":\[\{"type":"Resource","resource":\{"name":"memory"/);
	});
	test('is left as it is where no share of CPU can be told', () => {
		expect(offered(workload('web', 'ports: []') + lost + metricsApi)).toEqual([]);
		expect(offered(workload('web') + lost)).toEqual([]);
	});
});

describe('two autoscalers of one workload', () => {
	test('the one that was changed last goes back to the workload of its name', () => {
		const yaml = workload('web') + workload('api') + scaler('web', 'web') + scaler('api', 'web', {changed: 'changed: 2'});
		expect(lines(yaml)).toEqual(['high autoscalers-share-target HorizontalPodAutoscaler/api spec.scaleTargetRef.name remedy']);
		expect(surePatches(autoscalingFaults, yaml)).toEqual([
			'[{"op":"test","path":"/spec/scaleTargetRef/name","value":"web"},{"op":"replace","path":"/spec/scaleTargetRef/name","value":"api"}]',
		]);
	});

	test('one too many is taken away, the newer one', () => {
		const yaml = workload('web') + scaler('web', 'web') + scaler('second', 'web', {changed: 'changed: 2'});
		expect(surePatches(autoscalingFaults, yaml)).toEqual(['resource_delete second']);
	});
});

describe('an autoscaler at its maximum', () => {
	const status =
		'status: {currentReplicas: 4, currentMetrics: [{type: Resource, resource: {name: cpu, current: {averageUtilization: 140}}}]}';
	const busy = workload('web') + scaler('web', 'web', {status, changed: 'changed: 3'});
	const most = Number(/maxReplicas: (\d+)/.exec(busy)?.[1]);
	const node = (cpu: string) => `
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {allocatable: {cpu: "${cpu}", memory: 8Gi, pods: "50"}, conditions: [{type: Ready, status: "True"}]}
---`;
	const quota = `
apiVersion: v1
kind: ResourceQuota
metadata: {name: all}
spec: {hard: {requests.cpu: 600m}}
status: {hard: {requests.cpu: 600m}, used: {requests.cpu: 400m}}
---`;
	const to = (yaml: string) =>
		surePatches(autoscalingFaults, yaml.replace(/currentReplicas: 4/, `currentReplicas: ${most}`)).map(
			each => /"op":"replace".*"value":(\d+)/.exec(each)?.[1],
		);
	test.each([
		['goes as far as is asked for', busy, [String(most * 2)]],
		['and as there is room on nodes', busy + node('300m'), [String(most + 3)]],
		['and in quotas', busy + quota, [String(most + 2)]],
		['and no further where all is full', busy + node('50m'), []],
	])('%s', (_, yaml, expected) => {
		expect(to(yaml)).toEqual(expected);
	});
});

describe('an autoscaler that adds pods', () => {
	const slow = (behavior: string, changed = 'changed: 5', more = '') =>
		workload('web') +
		scaler('web', 'web', {spec: `, behavior: {scaleUp: {${behavior}}}`, changed}).replace(
			'metadata: {name: web}\nchanged',
			`metadata: {name: web${more}}\nchanged`,
		);
	const found = (field: string) => [`medium autoscaler-grows-slowly HorizontalPodAutoscaler/web spec.behavior.scaleUp.${field} remedy`];

	test.each([
		['after an hour', slow('stabilizationWindowSeconds: 3600'), found('stabilizationWindowSeconds')],
		['one in half an hour', slow('policies: [{type: Pods, value: 1, periodSeconds: 1800}]'), found('policies')],
		[
			'by the slower of two',
			slow('selectPolicy: Min, policies: [{type: Pods, value: 1, periodSeconds: 1800}, {type: Percent, value: 100, periodSeconds: 15}]'),
			found('policies'),
		],
		[
			'by the quicker of two',
			slow('policies: [{type: Pods, value: 1, periodSeconds: 1800}, {type: Percent, value: 100, periodSeconds: 15}]'),
			[],
		],
		['after some minutes', slow('stabilizationWindowSeconds: 300'), []],
		['slowly from the beginning', slow('stabilizationWindowSeconds: 3600', ''), []],
	])('%s', (_, yaml, expected) => {
		expect(lines(yaml)).toEqual(expected);
	});

	test('slowly does so as before again', () => {
		const applied = JSON.stringify({spec: {behavior: {scaleUp: {stabilizationWindowSeconds: 30}}}});
		const known = slow(
			'stabilizationWindowSeconds: 3600',
			'changed: 5',
			`, annotations: {kubectl.kubernetes.io/last-applied-configuration: '${applied}'}`,
		);
		expect(surePatches(autoscalingFaults, known)).toEqual(['{"spec":{"behavior":{"scaleUp":{"stabilizationWindowSeconds":30}}}}']);
		expect(surePatches(autoscalingFaults, slow('stabilizationWindowSeconds: 3600'))).toEqual([]);
	});
});

describe('an autoscaler that measures by an object', () => {
	const by = (kind: string, name: string) =>
		`${workload('web')}${scaler('web', 'web', {metric: `type: Object, object: {describedObject: {kind: ${kind}, name: ${name}, apiVersion: v1}, metric: {name: rps}, target: {type: Value, value: 10}}`})}
kind: Service
apiVersion: v1
metadata: {name: orders}
spec: {ports: []}
---`;
	const isObject = (line: string) => line.includes('object-not-there');

	test('which is not there is made to measure by the one nearby', () => {
		expect(lines(by('Service', 'order')).filter(isObject)).toEqual([
			'medium autoscaler-object-not-there HorizontalPodAutoscaler/web spec.metrics[0].object.describedObject.name remedy',
		]);
		expect(surePatches(autoscalingFaults, by('Service', 'order')).join(' ')).toContain('"value":"orders"');
	});

	test('which is not there is exchanged for one of another name by a person alone', () => {
		expect(lines(by('Service', 'front-door')).filter(isObject)).toEqual([
			'medium autoscaler-object-not-there HorizontalPodAutoscaler/web spec.metrics[0].object.describedObject.name remedy',
		]);
		expect(surePatches(autoscalingFaults, by('Service', 'front-door'))).toEqual([]);
	});

	test('which is there, or of a kind that nobody reads', () => {
		expect(lines(by('Service', 'orders')).filter(isObject)).toEqual([]);
		expect(lines(by('Queue', 'jobs')).filter(isObject)).toEqual([]);
	});
});
