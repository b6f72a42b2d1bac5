import {expect, test} from 'vitest';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {claim, hpa, node, pdb, pods, reading, service, stateful, told, type World} from '../../support/consequence-world.ts';
import {deployment, object} from '../../support/kube-objects.ts';

const namespace = object('v1', 'Namespace', 'shop');
const volume = (policy: string) => object('v1', 'PersistentVolume', 'pv-1', {spec: {persistentVolumeReclaimPolicy: policy}});

test.each<[string, KubeObject, World, readonly string[]]>([
	[
		'a namespace',
		namespace,
		{
			contents: [
				{kind: 'Deployment', count: 3},
				{kind: 'NetworkPolicy', count: 2},
				{kind: 'Ingress', count: 2},
				{kind: 'Pod', count: 1},
				{kind: 'Job', count: 0},
			],
		},
		['danger: Everything in it is deleted: 3 Deployments, 2 NetworkPolicies, 2 Ingresses and 1 Pod'],
	],
	['an empty namespace', namespace, {contents: []}, ['warning: It is empty']],
	[
		'a custom kind',
		object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'c', {spec: {names: {kind: 'Rollout'}}}),
		{contents: [{kind: 'Rollout', count: 7}]},
		['danger: Every object of it is deleted: 7 Rollouts'],
	],
	[
		'a workload behind a service',
		deployment(),
		{pods: pods(4), services: [service()]},
		['danger: Its 4 pods are deleted with it', 'danger: Service web has no endpoints left'],
	],
	[
		'a StatefulSet',
		stateful({volumeClaimTemplates: [{}]}, 'a:1'),
		{pods: []},
		['warning: Its 0 pods are deleted with it', 'info: Its volume claims stay'],
	],
	[
		'a claim with its data',
		claim({volumeName: 'pv-1'}),
		{volumes: [volume('Delete')]},
		['danger: Its volume pv-1 and the data on it are deleted'],
	],
	[
		'a claim whose volume is kept',
		claim({volumeName: 'pv-1'}),
		{volumes: [volume('Retain')], pods: pods(1, {app: 'db'}, {spec: {volumes: [{persistentVolumeClaim: {claimName: 'data'}}]}})},
		['warning: db-0 uses it: it goes when they end', 'info: Its volume pv-1 is kept (Retain)'],
	],
	[
		'a service',
		service(),
		{endpoints: [{namespace: 'shop', service: 'web', ready: 3}]},
		['danger: web.shop does not resolve any more: 3 ready endpoints are behind it now'],
	],
	[
		'a node',
		node({}),
		{pods: pods(2, {app: 'web'}, {spec: {nodeName: 'node-1'}})},
		['danger: Its 2 pods are deleted; what a controller owns starts elsewhere'],
	],
	['a lone pod', object('v1', 'Pod', 'p', {}), {}, ['danger: No controller makes it again']],
	[
		'a pod of a controller under a budget',
		{...reading, metadata: {...reading.metadata, labels: {app: 'web'}}},
		{pdbs: [pdb(0)]},
		['warning: PodDisruptionBudget web allows no disruption now: an eviction is refused', 'info: ReplicaSet api-abc makes a new one'],
	],
	[
		'an object with a finalizer',
		object('x.io/v1', 'Thing', 't', {metadata: {finalizers: ['x.io/cleanup']}}),
		{},
		['warning: It goes when x.io/cleanup lets it go'],
	],
	['an autoscaler', hpa, {}, ['warning: web keeps its replicas and is not scaled any more']],
])('deleting %s', (_, before, world, expected) => {
	expect(told(before, null, world)).toEqual(expected);
});
