import {expect, test} from 'vitest';
import {milliUnits} from '../../../../src/analysis/autoscaling/hpa/milli-units.ts';
import {requestsOf} from '../../../../src/analysis/autoscaling/hpa/pod-requests.ts';
import {readConditions, readHpa} from '../../../../src/analysis/autoscaling/hpa/read-hpa.ts';
import {readPod} from '../../../../src/analysis/autoscaling/hpa/read-pod.ts';
import type {Json, JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

const container = (name: string, cpu?: string, more: JsonObject = {}): Json => ({
	name,
	...(cpu === undefined ? {} : {resources: {requests: {cpu}}}),
	...more,
});
const pod = (spec: JsonObject, more: JsonObject = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'test-pod'},
	spec,
	...more,
});
const two = [container('container1', '100m'), container('container2', '50m')];
const whole = {resources: {requests: {cpu: '800m'}}};

type Row = {spec: JsonObject; podLevel?: boolean; container?: string; expected: number | string};

/** TestCalculateRequests and TestCalculatePodRequestsFromContainers_NonExistentContainer in replica_calculator_test.go of kubernetes 1.36.3. */
test.each<[string, Row]>([
	['a sum of containers, without pod-level requests', {spec: {containers: two}, podLevel: false, expected: 150}],
	['a sum of containers, where the pod has none of its own', {spec: {containers: two}, expected: 150}],
	['requests of the pod before those of containers', {spec: {containers: two, ...whole}, expected: 800}],
	['requests of the pod, where they do not count', {spec: {containers: two, ...whole}, podLevel: false, expected: 150}],
	[
		'a container without a request',
		{
			spec: {containers: [container('container1'), container('container2', '50m')]},
			expected: 'missing request for cpu in container container1 of Pod test-pod',
		},
	],
	[
		'a container without a request in a pod that has one',
		{spec: {containers: [container('container1'), two[1] ?? {}], ...whole}, expected: 800},
	],
	['one container', {spec: {containers: two}, container: 'container1', expected: 100}],
	['one container of a pod that has requests of its own', {spec: {containers: two, ...whole}, container: 'container1', expected: 100}],
	[
		'a sidecar, and an init container that does not count',
		{
			spec: {
				containers: [container('container1', '100m')],
				initContainers: [container('init', '20m'), container('sidecar', '50m', {restartPolicy: 'Always'})],
			},
			expected: 150,
		},
	],
	['a container that is not there', {spec: {containers: two}, container: 'other', expected: 'container other not found in Pod test-pod'}],
	['a pod whose own requests name memory only', {spec: {containers: two, resources: {requests: {memory: '1Gi'}}}, expected: 150}],
	[
		'a pod whose own requests name memory only, and containers that name none',
		{
			spec: {containers: [container('a')], resources: {requests: {memory: '1Gi'}}},
			expected: 'missing pod-level request for cpu in Pod test-pod',
		},
	],
	['requests of the pod and its overhead', {spec: {containers: two, ...whole, overhead: {cpu: '10m'}}, expected: 810}],
])('requests: %s', (_, {spec, podLevel = true, container: name, expected}) => {
	const found = requestsOf([readPod(pod(spec))], name, 'cpu', podLevel);
	expect(found).toEqual(typeof expected === 'number' ? new Map([['test-pod', expected]]) : {failure: expected});
});

test('no pods ask for nothing', () => {
	expect(requestsOf([], undefined, 'cpu', true)).toEqual(new Map());
});

test.each([
	['100m', 100],
	['1', 1000],
	[2, 2000],
	['1Gi', 2 ** 30 * 1000],
	['1n', 1],
	['1500u', 2],
	['-1500u', -1],
	['nonsense', undefined],
	[undefined, undefined],
])('%s is %s thousandths', (text, expected) => expect(milliUnits(text)).toBe(expected));

test('a pod as the server writes it', () => {
	const read = readPod(
		pod(
			{containers: [container('a', '250m')]},
			{
				metadata: {name: 'web-1', deletionTimestamp: '2026-01-01T00:10:00Z'},
				status: {
					phase: 'Running',
					startTime: '2026-01-01T00:00:00Z',
					conditions: [{type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:30Z'}],
				},
			},
		),
	);
	expect(read).toEqual({
		name: 'web-1',
		phase: 'Running',
		isDeleted: true,
		startedMs: Date.UTC(2026, 0, 1),
		ready: {status: 'True', sinceMs: Date.UTC(2026, 0, 1, 0, 0, 30)},
		containers: [{name: 'a', requests: {cpu: 250}}],
		podRequests: undefined,
	});
	expect(readPod(pod({}))).toMatchObject({phase: '', isDeleted: false, startedMs: undefined, ready: undefined, containers: []});
});

const hpa = (spec: JsonObject, status: JsonObject = {}): KubeObject => ({
	...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'web'}},
	...{spec, status},
});

test('an autoscaler as the server writes it', () => {
	const metrics: Json = [
		{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 60}}},
		{type: 'ContainerResource', containerResource: {name: 'memory', container: 'app', target: {type: 'AverageValue', averageValue: '1Gi'}}},
		{type: 'Pods', pods: {metric: {name: 'qps'}, target: {type: 'AverageValue', averageValue: '1500m'}}},
		{
			type: 'Object',
			object: {describedObject: {kind: 'Ingress', name: 'web'}, metric: {name: 'rps'}, target: {type: 'Value', value: '2k'}},
		},
		{type: 'External', external: {metric: {name: 'queue'}, target: {type: 'AverageValue', averageValue: '30'}}},
		{type: 'Dream', dream: {}},
	];
	const behavior = {
		scaleUp: {tolerance: '0.05', policies: [{type: 'Percent', value: 10, periodSeconds: 60}]},
		scaleDown: {selectPolicy: 'Disabled', stabilizationWindowSeconds: 60},
	};
	expect(readHpa(hpa({minReplicas: 2, maxReplicas: 9, metrics, behavior}))).toEqual({
		minReplicas: 2,
		maxReplicas: 9,
		metrics: [
			{type: 'Resource', resource: 'cpu', target: {type: 'Utilization', averageUtilization: 60}},
			{type: 'ContainerResource', resource: 'memory', container: 'app', target: {type: 'AverageValue', averageValue: 2 ** 30 * 1000}},
			{type: 'Pods', metric: 'qps', target: {type: 'AverageValue', averageValue: 1500}},
			{type: 'Object', metric: 'rps', kind: 'Ingress', target: {type: 'Value', value: 2_000_000}},
			{type: 'External', metric: 'queue', target: {type: 'AverageValue', averageValue: 30_000}},
			{type: 'Unknown', given: 'Dream'},
		],
		behavior: {
			scaleUp: {tolerance: 0.05, policies: [{type: 'Percent', value: 10, periodSeconds: 60}]},
			scaleDown: {selectPolicy: 'Disabled', stabilizationWindowSeconds: 60},
		},
	});
});

test('what an autoscaler leaves out', () => {
	expect(readHpa(hpa({maxReplicas: 3}))).toEqual({
		maxReplicas: 3,
		metrics: [{type: 'Resource', resource: 'cpu', target: {type: 'Utilization', averageUtilization: 80}}],
	});
	const conditions = [
		{type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale', message: 'm'},
		{type: 'Other', status: 'True', reason: 'r', message: 'm'},
	];
	expect(readConditions(hpa({}, {conditions}))).toEqual([{type: 'AbleToScale', status: true, reason: 'ReadyForNewScale', message: 'm'}]);
	expect(readConditions(hpa({}))).toEqual([]);
});
