import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {objectAt} from '../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';
import {ago, detected, event, node, runs, workload} from './running.ts';

const apart = runs(
	{},
	{
		affinity: {
			podAntiAffinity: {
				requiredDuringSchedulingIgnoredDuringExecution: [
					{topologyKey: 'kubernetes.io/hostname', labelSelector: {matchLabels: {app: 'web'}}},
				],
			},
		},
	},
);
const rolling = (maxUnavailable: number | string) => ({strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 1, maxUnavailable}}});
const onDisk = runs({}, {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]});
const claim = (mode: string) => object('v1', 'PersistentVolumeClaim', 'data', {spec: {accessModes: [mode]}, status: {phase: 'Bound'}});
const decided = {managedFields: [{manager: 'pipeline', operation: 'Apply', time: ago(3), fieldsV1: {'f:spec': {'f:strategy': {}}}}]};
const wrote = (field: string) => ({
	managedFields: [{manager: 'pipeline', operation: 'Apply', time: ago(3), fieldsV1: {'f:spec': {[field]: {}}}}],
});
/** ReplicaSets keep how long their pods had to be ready. */
const patient = (set: KubeObject): KubeObject => ({
	...set,
	spec: {...objectAt(set, 'spec'), minReadySeconds: set.metadata.name === 'web-1' ? 20 : 1800},
});
const delayed = (seconds: number) => runs({readinessProbe: {exec: {command: ['ok']}, initialDelaySeconds: seconds}});
const revised = (hash: string, more: JsonObject = {}) => ({metadata: {labels: {app: 'web', 'controller-revision-hash': hash}}, ...more});
const set = (spec: JsonObject, pods: readonly JsonObject[], status: JsonObject = {}, metadata: JsonObject = {}) =>
	workload(runs(), {
		kind: 'StatefulSet',
		replicas: pods.length,
		spec,
		metadata,
		status: {currentRevision: 'old', updateRevision: 'new', updatedReplicas: 0, currentReplicas: pods.length, ...status},
		pods: pods.map((each, index) => ({name: `web-${index}`, ...each})),
	});
const service = object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{port: 80}]}});
const ingress = object('networking.k8s.io/v1', 'Ingress', 'shop', {
	spec: {rules: [{http: {paths: [{path: '/', pathType: 'Prefix', backend: {service: {name: 'web', port: {number: 80}}}}]}}]},
});
const down = event('ScalingReplicaSet', 'Scaled down replica set web-2 from 3 to 0', {kind: 'Deployment', name: 'web', age: 5});
const off = workload(runs(), {replicas: 0});
const scaledObject = {apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'web', uid: 'u', controller: true};
const touched = (minutes: number, manager = 'kubectl') => ({
	managedFields: [{manager, operation: 'Update', time: ago(minutes), fieldsV1: {'f:spec': {'f:replicas': {}}}}],
});
const released = wrote('f:template');
const byKubectl = (spec: JsonObject) => ({
	annotations: {'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({spec})},
	managedFields: [
		{manager: 'kubectl-client-side-apply', operation: 'Update', time: ago(3), fieldsV1: {'f:spec': {'f:replicas': {}, 'f:template': {}}}},
	],
});
const fewer = event('ScalingReplicaSet', 'Scaled down replica set web-1 from 5 to 1', {kind: 'Deployment', name: 'web', age: 5});
const keeping = (minAvailable: number) =>
	object('policy/v1', 'PodDisruptionBudget', 'web', {spec: {minAvailable, selector: {matchLabels: {app: 'web'}}}});
const tainted = {tolerations: [{operator: 'Exists'}]};

type Row = readonly [what: string, objects: readonly (KubeObject | readonly KubeObject[])[], told: readonly string[]];

const deleted = (number: number) => {
	const told = event('SuccessfulDelete', `Delete Pod web-${number} in StatefulSet web successful`, {kind: 'StatefulSet', name: 'web'});
	return {...told, metadata: {...told.metadata, name: `web.${number}`}};
};
const scaledTo = (name: string, minReplicas: number) =>
	object('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
		spec: {minReplicas, maxReplicas: 6, scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name}},
	});

const rows: readonly Row[] = [
	[
		'a pause with a change waiting',
		[workload(runs({image: 'web:2'}), {spec: {paused: true}, status: {updatedReplicas: 0}})],
		['medium paused Deployment/web spec.paused: sure {"spec":{"paused":false}}'],
	],
	['a pause with nothing waiting', [workload(runs(), {spec: {paused: true}})], []],
	[
		'a surge that has no place',
		[workload(apart, {spec: rolling('25%'), metadata: decided}), node()],
		[
			'medium surge-has-no-place Deployment/web spec.strategy.rollingUpdate.maxUnavailable: sure {"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}',
		],
	],
	[
		'a surge that never had a place, and no rollout',
		[workload(apart, {spec: rolling('25%')}), node()],
		[
			'low surge-has-no-place Deployment/web spec.strategy.rollingUpdate.maxUnavailable: sure {"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}',
		],
	],
	[
		'a rollout under way whose surge has no place',
		[workload(apart, {spec: rolling(0), status: {updatedReplicas: 0}, pods: [{}, {ready: false, node: undefined}]}), node()],
		[
			'high surge-has-no-place Deployment/web spec.strategy.rollingUpdate.maxUnavailable: sure {"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}',
		],
	],
	['a surge that has a place', [workload(apart, {spec: rolling(0)}), node(), node('n2')], []],
	['pods apart that may be missing', [workload(apart, {spec: rolling(1)}), node()], []],
	[
		'a volume that only one pod may hold',
		[workload(onDisk, {spec: rolling(0), metadata: decided}), claim('ReadWriteOncePod')],
		['medium surge-has-no-volume Deployment/web spec.strategy.type: sure {"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'],
	],
	['a volume that pods of one node share', [workload(onDisk, {spec: rolling(0)}), claim('ReadWriteOnce'), node()], []],
	[
		'a volume of one node, where there are several',
		[workload(onDisk, {spec: rolling(0)}), claim('ReadWriteOnce'), node(), node('n2')],
		['low surge-has-no-volume Deployment/web spec.strategy.type: sure {"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'],
	],
	[
		'a deadline before the first probe',
		[workload(delayed(60), {spec: {progressDeadlineSeconds: 30}})],
		['medium deadline-before-ready Deployment/web spec.progressDeadlineSeconds: sure replace spec/progressDeadlineSeconds=600'],
	],
	['a deadline after the first probe', [workload(delayed(10), {spec: {progressDeadlineSeconds: 30}})], []],
	[
		'pods that count after an hour',
		[workload(runs(), {spec: {minReadySeconds: 3600}, status: {availableReplicas: 0, unavailableReplicas: 1}})],
		['medium min-ready-holds-rollout Deployment/web spec.minReadySeconds: choice replace spec/minReadySeconds=10'],
	],
	[
		'pods that count after an hour, since somebody wrote so',
		[
			workload(runs(), {
				spec: {minReadySeconds: 3600},
				status: {availableReplicas: 0, unavailableReplicas: 1},
				metadata: wrote('f:minReadySeconds'),
			}),
		],
		['medium min-ready-holds-rollout Deployment/web spec.minReadySeconds: choice replace spec/minReadySeconds=10'],
	],
	[
		'a rollout that will wait an hour for each pod, since somebody wrote so',
		[workload(runs(), {replicas: 2, spec: {minReadySeconds: 3600}, status: {updatedReplicas: 1}, metadata: wrote('f:minReadySeconds')})],
		['medium min-ready-holds-rollout Deployment/web spec.minReadySeconds: choice replace spec/minReadySeconds=10'],
	],
	[
		'a rollout that always waited so long',
		[workload(runs(), {replicas: 2, spec: {minReadySeconds: 3600}, pods: [{age: 1}, {age: 1}], status: {updatedReplicas: 1}})],
		[],
	],
	[
		'a rollout that waited less before',
		[
			workload(runs(), {
				before: runs({image: 'web:0'}),
				spec: {minReadySeconds: 1800},
				status: {availableReplicas: 0, unavailableReplicas: 1},
				metadata: wrote('f:minReadySeconds'),
			}).map(each => (each.metadata.name === 'web-1' || each.metadata.name === 'web-2' ? patient(each) : each)),
		],
		['medium min-ready-holds-rollout Deployment/web spec.minReadySeconds: sure replace spec/minReadySeconds=20'],
	],
	[
		'a rollout that may take every pod',
		[workload(runs(), {replicas: 2, spec: rolling('100%'), metadata: decided}), service],
		[
			'medium rollout-takes-all-down Deployment/web spec.strategy.rollingUpdate.maxUnavailable: choice replace rollingUpdate/maxUnavailable="25%"',
		],
	],
	['a rollout that may take half', [workload(runs(), {replicas: 2, spec: rolling('50%'), metadata: decided}), service], []],
	[
		'no revision kept',
		[workload(runs(), {spec: {revisionHistoryLimit: 0}})],
		['low no-way-back Deployment/web spec.revisionHistoryLimit: choice replace spec/revisionHistoryLimit=10'],
	],
	[
		'a partition left over',
		[set({updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 2}}}, [revised('old'), revised('old')])],
		['medium partition-holds-update StatefulSet/web spec.updateStrategy.rollingUpdate.partition: sure replace rollingUpdate/partition=0'],
	],
	[
		'a partition with nothing waiting',
		[
			set({updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 2}}}, [revised('new'), revised('new')], {
				currentRevision: 'new',
				updatedReplicas: 2,
			}),
		],
		[],
	],
	[
		'an update that nobody carries out',
		[set({updateStrategy: {type: 'OnDelete'}}, [revised('old')])],
		['medium on-delete-holds-update StatefulSet/web spec.updateStrategy.type: choice {"spec":{"updateStrategy":{"type":"RollingUpdate"}}}'],
	],
	[
		'an update that nobody carries out, since somebody wrote so',
		[set({updateStrategy: {type: 'OnDelete'}}, [revised('old')], {}, wrote('f:updateStrategy'))],
		['medium on-delete-holds-update StatefulSet/web spec.updateStrategy.type: sure {"spec":{"updateStrategy":{"type":"RollingUpdate"}}}'],
	],
	[
		'an update that waits for a broken pod',
		[
			set(
				{},
				[revised('old'), revised('bad', {ready: false, container: {state: {waiting: {reason: 'ImagePullBackOff'}}, image: 'web:9'}})],
				{updatedReplicas: 0},
			),
		],
		[
			'high update-waits-for-broken-pod Pod/web-1 metadata.labels[controller-revision-hash]: sure {"kind":"Pod","name":"web-1","namespace":"shop"}',
		],
	],
	[
		'a DaemonSet that lost its nodes with its last change',
		[
			workload(runs({}, {...tainted, nodeSelector: {pool: 'x'}}), {kind: 'DaemonSet', replicas: 0, before: runs({}, tainted), pods: []}),
			node(),
		],
		['high daemon-on-no-node DaemonSet/web spec.template.spec.nodeSelector: sure remove spec/nodeSelector'],
	],
	[
		'a DaemonSet for nodes that may come',
		[workload(runs({}, {nodeSelector: {gpu: 'true'}}), {kind: 'DaemonSet', replicas: 0, pods: []}), node()],
		[],
	],
	[
		'something scaled to nothing behind an Ingress',
		[off, service, ingress, down],
		['critical no-replicas Deployment/web spec.replicas: sure {"workload":"deployment/web","namespace":"shop","replicas":3}'],
	],
	[
		'something scaled to nothing that another workload calls',
		[
			workload(runs(), {replicas: 0, metadata: touched(9)}),
			service,
			workload(runs({env: [{name: 'URL', value: 'http://web:80/'}]}), {name: 'shop'}),
		],
		['high no-replicas Deployment/web spec.replicas: choice {"workload":"deployment/web","namespace":"shop","replicas":1}'],
	],
	[
		'a StatefulSet scaled to nothing by its scale, and what its pods were',
		[
			workload(runs(), {kind: 'StatefulSet', replicas: 0}),
			service,
			workload(runs({env: [{name: 'URL', value: 'http://web:80/'}]}), {name: 'shop'}),
			...[0, 2, 1].map(number => deleted(number)),
		],
		['high no-replicas StatefulSet/web spec.replicas: sure {"workload":"statefulset/web","namespace":"shop","replicas":3}'],
	],
	[
		'what an autoscaler keeps more of, which does not come back from nothing',
		[workload(runs({resources: {requests: {cpu: '100m'}}}), {replicas: 0, metadata: touched(9)}), scaledTo('web', 4)],
		['high no-replicas Deployment/web spec.replicas: choice {"workload":"deployment/web","namespace":"shop","replicas":4}'],
	],
	[
		'what KEDA scales to nothing, and leaves its autoscaler there',
		[
			workload(runs({resources: {requests: {cpu: '100m'}}}), {replicas: 0, metadata: touched(9)}),
			{...scaledTo('web', 4), metadata: {...scaledTo('web', 4).metadata, ownerReferences: [scaledObject]}},
		],
		[],
	],
	[
		'what is scaled to nothing for the night',
		[workload(runs(), {replicas: 0, metadata: touched(9, 'kube-downscaler')}), scaledTo('web', 4)],
		[],
	],
	['something scaled to nothing that nobody asks for', [off, service, down], []],
	[
		'a release that no longer says how many pods it wants',
		[workload(runs(), {metadata: released}), fewer],
		['high replicas-fell-back Deployment/web spec.replicas: sure {"workload":"deployment/web","namespace":"shop","replicas":5}'],
	],
	[
		'a StatefulSet whose release no longer says it',
		[
			workload(runs(), {kind: 'StatefulSet', metadata: released}),
			event('SuccessfulDelete', 'delete Pod web-2 in StatefulSet web successful', {kind: 'StatefulSet', name: 'web', age: 5}),
		],
		['high replicas-fell-back StatefulSet/web spec.replicas: sure {"workload":"statefulset/web","namespace":"shop","replicas":3}'],
	],
	[
		'somebody who wants fewer pods than a budget does',
		[workload(runs(), {replicas: 2, metadata: touched(5)}), fewer, keeping(3)],
		[
			'high replicas-fell-back Deployment/web spec.replicas: choice {"workload":"deployment/web","namespace":"shop","replicas":5}',
			'medium budget-lets-nobody-go PodDisruptionBudget/web spec.minAvailable: sure {"spec":{"minAvailable":null,"maxUnavailable":1}}',
		],
	],
	[
		'a manifest of kubectl that no longer says how many pods it wants',
		[workload(runs(), {metadata: byKubectl({})}), fewer],
		['high replicas-fell-back Deployment/web spec.replicas: sure {"workload":"deployment/web","namespace":"shop","replicas":5}'],
	],
	['a manifest of kubectl that wants fewer pods', [workload(runs(), {metadata: byKubectl({replicas: 1})}), fewer], []],
	['somebody who wants fewer pods', [workload(runs(), {metadata: touched(5)}), fewer], []],
	['a release of one pod that never said how many', [workload(runs(), {metadata: released})], []],
	[
		'an autoscaler that wants fewer pods',
		[
			workload(runs({resources: {requests: {cpu: '100m'}}}), {metadata: released}),
			fewer,
			object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
				spec: {maxReplicas: 6, scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}},
			}),
		],
		[],
	],
	['something that has been off for long', [workload(runs(), {replicas: 0, metadata: touched(9000)}), service, ingress], []],
	[
		'two workloads with one selector',
		[
			workload(runs()),
			workload(runs(), {
				name: 'web2',
				spec: {selector: {matchLabels: {app: 'web'}}, template: {metadata: {labels: {app: 'web'}}, spec: runs()}},
				metadata: {creationTimestamp: ago(10)},
			}),
		],
		['medium selectors-overlap Deployment/web2 spec.selector: no remedy'],
	],
	['two tracks behind one Service', [workload(runs()), workload(runs(), {name: 'canary'}), service], []],
	[
		'a controller that does not answer',
		[workload(runs(), {metadata: {generation: 3}})],
		['high controller-behind Deployment/web status.observedGeneration: no remedy'],
	],
];

test.each(rows)('tells %s', (_, objects, expected) => {
	expect(detected(...objects).map(({told, what}) => `${told}: ${what}`)).toEqual(expected);
});
