import fc from 'fast-check';
import {expect, test} from 'vitest';
import {healthOf} from '../../../src/analysis/health/health-of.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const object = (apiVersion: string, kind: string, more: JsonObject, metadata: JsonObject = {}): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name: 'one', generation: 3, ...metadata},
	...more,
});
const apps = (kind: string, spec: JsonObject, status: JsonObject) =>
	object('apps/v1', kind, {spec, status: {observedGeneration: 3, ...status}});
const ready = (status: string, reason = '', message = '') => ({type: 'Ready', status, reason, message});

test.each<[string, KubeObject, string, string]>([
	[
		'a CronJob whose last run did not end well',
		object('batch/v1', 'CronJob', {status: {lastScheduleTime: '2026-01-02T00:00:00Z', lastSuccessfulTime: '2026-01-01T00:00:09Z'}}),
		'Degraded',
		'The run of 2026-01-02T00:00:00Z has not ended well; the last that did ended at 2026-01-01T00:00:09Z',
	],
	[
		'a CronJob whose run is not over yet',
		object('batch/v1', 'CronJob', {
			status: {active: [{name: 'a'}], lastScheduleTime: '2026-01-02T00:00:00Z', lastSuccessfulTime: '2026-01-01T00:00:09Z'},
		}),
		'Healthy',
		'',
	],
	['a CronJob that is held back', object('batch/v1', 'CronJob', {spec: {suspend: true}}), 'Suspended', 'CronJob is paused'],
	[
		'a pipeline that is paused by its own wish',
		object('numaflow.numaproj.io/v1alpha1', 'Pipeline', {status: {observedGeneration: 3, phase: 'Paused'}}),
		'Healthy',
		'Pipeline is paused',
	],
	[
		'a pause that the controller has not seen yet',
		object('numaflow.numaproj.io/v1alpha1', 'Pipeline', {status: {observedGeneration: 2, phase: 'Paused'}}),
		'Progressing',
		'Waiting for Pipeline status',
	],
	[
		'which parent refuses a route',
		object('gateway.networking.k8s.io/v1', 'GRPCRoute', {
			status: {
				parents: [
					{
						parentRef: {name: 'edge'},
						conditions: [{type: 'ResolvedRefs', status: 'False', reason: 'BackendNotFound', message: 'no such service'}],
					},
				],
			},
		}),
		'Degraded',
		'Parent edge: no such service',
	],
	['a CronJob that never ran', object('batch/v1', 'CronJob', {status: {}}), 'Healthy', ''],
	[
		'an API that another server answers for, which may come back',
		object('apiregistration.k8s.io/v1', 'APIService', {
			status: {conditions: [{type: 'Available', status: 'False', reason: 'ServiceNotFound', message: 'no such service'}]},
		}),
		'Progressing',
		'ServiceNotFound: no such service',
	],
	[
		'what keeps an object that is on its way out',
		object(
			'example.dev/v1',
			'Thing',
			{status: {phase: 'Ready'}},
			{deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['a.dev/one', 'a.dev/two']},
		),
		'Progressing',
		'Pending deletion; blocked by finalizers: a.dev/one, a.dev/two',
	],
	[
		'a StatefulSet whose partition keeps two pods is done with the third',
		apps(
			'StatefulSet',
			{replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}},
			{replicas: 3, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3},
		),
		'Healthy',
		'',
	],
	[
		'without a partition it is not',
		apps('StatefulSet', {replicas: 3}, {replicas: 3, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3}),
		'Progressing',
		'1 of 3 pods are updated, 2 old pods are still there',
	],
	[
		'a DaemonSet counts nodes',
		apps('DaemonSet', {}, {desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2}),
		'Progressing',
		'2 of 3 pods are ready',
	],
	[
		'a Deployment whose controller has not come',
		object('apps/v1', 'Deployment', {spec: {replicas: 0}}),
		'Progressing',
		'Waiting for the last change to be observed',
	],
	[
		'a Deployment that the quota refuses',
		apps(
			'Deployment',
			{replicas: 1},
			{conditions: [{type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota: tight'}]},
		),
		'Degraded',
		'exceeded quota: tight',
	],
	['data without a status', object('v1', 'ConfigMap', {data: {a: 'b'}}), 'Healthy', ''],
	['a claim that is not bound', object('v1', 'PersistentVolumeClaim', {spec: {}, status: {phase: 'Pending'}}), 'Progressing', 'Pending'],
	[
		'a node that nobody hears of',
		object('v1', 'Node', {spec: {}, status: {conditions: [ready('Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting')]}}),
		'Degraded',
		'Kubelet stopped posting',
	],
	['a job that runs', object('batch/v1', 'Job', {spec: {}, status: {active: 2, succeeded: 1}}), 'Progressing', '2 active, 1 succeeded'],
	[
		'a load balancer without an address',
		object('v1', 'Service', {spec: {type: 'LoadBalancer'}, status: {loadBalancer: {}}}),
		'Progressing',
		'Waiting for an address of the load balancer',
	],
	[
		'a pod whose container ended badly',
		object('v1', 'Pod', {
			spec: {restartPolicy: 'Never'},
			status: {phase: 'Failed', containerStatuses: [{name: 'web', state: {terminated: {exitCode: 3, reason: 'Error'}}}]},
		}),
		'Degraded',
		'container web ended with Error (exit code 3)',
	],
	[
		'a generation that is told as text',
		object('argoproj.io/v1alpha1', 'Rollout', {spec: {replicas: 1}, status: {observedGeneration: '2', phase: 'Healthy'}}),
		'Progressing',
		'Waiting for rollout spec update to be observed',
	],
	[
		'a deletion that fails keeps its words',
		object(
			's3.aws.crossplane.io/v1',
			'Bucket',
			{spec: {}, status: {conditions: [{type: 'Synced', status: 'False', reason: 'ReconcileError', message: 'BucketNotEmpty'}]}},
			{deletionTimestamp: '2026-01-01T00:00:00Z'},
		),
		'Degraded',
		'BucketNotEmpty',
	],
	[
		'a deletion of what is well is on its way, though a deletion moves the generation',
		object(
			'example.dev/v1',
			'Widget',
			{spec: {}, status: {observedGeneration: 2, conditions: [ready('True')]}},
			{deletionTimestamp: '2026-01-01T00:00:00Z'},
		),
		'Progressing',
		'Pending deletion',
	],
])('%s', (_name, known, status, message) => {
	expect(healthOf(known)).toEqual({status, message});
});

const kinds = [
	'apps/v1 Deployment',
	'v1 Pod',
	'autoscaling/v1 HorizontalPodAutoscaler',
	'argoproj.io/v1 Rollout',
	'promoter.argoproj.io/v1 PromotionStrategy',
	'serving.knative.dev/v1 Service',
	'ceph.rook.io/v1 CephCluster',
	'example.dev/v1 Widget',
];
const keys = fc.constantFrom(
	'conditions',
	'phase',
	'state',
	'replicas',
	'environments',
	'type',
	'status',
	'message',
	'ceph',
	'error',
	'observedGeneration',
	'x',
);
const value = fc.letrec<{tree: unknown}>(tie => ({
	tree: fc.oneof(
		{maxDepth: 4},
		fc.constantFrom(null, true, 0, 3, '', 'True', 'Failed'),
		fc.array(tie('tree'), {maxLength: 3}),
		fc.dictionary(keys, tie('tree'), {maxKeys: 4, noNullPrototype: true}),
	),
})).tree;

test('whatever an object holds or lacks, there is an answer', () => {
	fc.assert(
		fc.property(fc.constantFrom(...kinds), value, value, value, (name, metadata, spec, status) => {
			const [apiVersion = '', kind = ''] = name.split(' ');
			// What a server would never send is the point here.
			const {status: answer, message} = healthOf({apiVersion, kind, metadata, spec, status} as unknown as KubeObject);
			expect(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown']).toContain(answer);
			expect(message).toBeTypeOf('string');
		}),
		{numRuns: 500},
	);
});
