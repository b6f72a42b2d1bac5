import {expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {resourceDelete} from '../../../../src/mcp/kubernetes/tools/resource-delete.ts';
import {carryOut, rehearse, told} from '../../../support/change-run.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {deployment, event, objectOf, ownedBy, pod} from '../../../support/shop-objects.ts';

const web = deployment();
const replicaSet = objectOf('apps/v1', 'ReplicaSet', 'web-1', {metadata: ownedBy(web)});
const budget = objectOf('policy/v1', 'PodDisruptionBudget', 'web', {
	spec: {selector: {matchLabels: {app: 'web'}}},
	status: {disruptionsAllowed: 0},
});
const world = [
	web,
	replicaSet,
	pod('web-1-a', {metadata: ownedBy(replicaSet)}),
	budget,
	objectOf('v1', 'Service', 'front', {spec: {selector: {app: 'web'}}}),
];

const plan = (input: object, objects: readonly KubeObject[] = world) => rehearse(resourceDelete, input, fakeCluster({objects}));

test('tells what goes with a deployment, and what depends on it', async () => {
	const draft = await plan({kind: 'deploy', name: 'web'});
	expect(told(draft.consequences)).toMatchInlineSnapshot(`
		[
		  "danger pods-deleted: Its 1 pod is deleted with it",
		  "danger service-without-endpoints: Service front has no endpoints left",
		  "warning deleted-with-it: Deleted with it: 1 ReplicaSet",
		  "warning no-disruption-allowed: PodDisruptionBudget web allows no disruption now: an eviction is refused",
		]
	`);
	expect([draft.risk.level, draft.undo.possible]).toEqual(['high', true]);
	expect(draft.changes).toMatchObject([{operation: 'delete'}]);
});

test('tells what is left without an owner when dependents stay', async () => {
	const draft = await plan({kind: 'deploy', name: 'web', propagation: 'Orphan'});
	expect(told(draft.consequences)).toContain('warning left-without-owner: 1 Pod and 1 ReplicaSet stay, and nothing owns them any more');
});

test('counts the contents of a namespace without its bookkeeping', async () => {
	const shop: KubeObject = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop', uid: 'ns'}};
	const draft = await plan({kind: 'ns', name: 'shop'}, [...world, shop, event('X', {object: 'web-1', last: '2026-01-01T00:00:00Z'})]);
	expect(told(draft.consequences)).toEqual([
		'danger contents-deleted: Everything in it is deleted: 1 Deployment, 1 Pod, 1 PodDisruptionBudget, 1 ReplicaSet and 1 Service',
	]);
	expect(draft.undo).toEqual({
		possible: false,
		how: 'Everything in the namespace is deleted with it, and only the namespace itself could be made again',
	});
});

test('says which contents of a namespace it may not count', async () => {
	const shop: KubeObject = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop', uid: 'ns'}};
	const draft = await rehearse(resourceDelete, {kind: 'ns', name: 'shop'}, fakeCluster({objects: [...world, shop], denied: ['secrets']}));
	expect(told(draft.consequences)).toContain('warning not-checked: Not checked: Secret: reading them is not allowed');
});

test.each([
	['a claim', objectOf('v1', 'PersistentVolumeClaim', 'data', {spec: {}}), 'pvc', false],
	['a config map', objectOf('v1', 'ConfigMap', 'data', {data: {}}), 'cm', true],
	['a stateful set that keeps its claims', objectOf('apps/v1', 'StatefulSet', 'data', {spec: {}}), 'sts', true],
	[
		'a stateful set that deletes its claims',
		objectOf('apps/v1', 'StatefulSet', 'data', {spec: {persistentVolumeClaimRetentionPolicy: {whenDeleted: 'Delete'}}}),
		'sts',
		false,
	],
	['a job', objectOf('batch/v1', 'Job', 'data', {spec: {}}), 'job', true],
])('says whether %s can be had back', async (_, object, kind, possible) => {
	expect((await plan({kind, name: 'data'}, [object])).undo.possible).toBe(possible);
});

test('warns of a pod that is taken out at once', async () => {
	const draft = await plan({kind: 'pod', name: 'web-1-a', graceSeconds: 0});
	expect(told(draft.consequences)).toContain('danger no-grace: It is taken out at once: its processes may still run on the node');
});

test('deletes, and looks whether it is gone', async () => {
	const fake = fakeCluster({objects: world});
	const {outcome} = await carryOut(resourceDelete, {kind: 'deploy', name: 'web'}, fake);
	expect(outcome).toMatchObject({kind: 'done', output: {object: 'Deployment shop/web', state: 'gone'}});
	expect(fake.object('Deployment', 'web')).toBeUndefined();
});

test('does not delete a new object under the old name', async () => {
	const fake = fakeCluster({objects: [web]});
	const confirm = async () => {
		fake.put({...web, metadata: {...web.metadata, labels: {made: 'anew'}}});
		return {kind: 'approve'} as const;
	};
	const {outcome} = await carryOut(resourceDelete, {kind: 'deploy', name: 'web'}, fake, {road: {confirm}});
	expect(outcome.kind).toBe('drifted');
	expect(fake.object('Deployment', 'web')).toBeDefined();
});

test('says what it was not allowed to look at', async () => {
	const draft = await rehearse(resourceDelete, {kind: 'deploy', name: 'web'}, fakeCluster({objects: world, denied: ['services']}));
	expect(told(draft.consequences)).toContain('warning not-checked: Not checked: services: reading them is not allowed');
});

const ending = {deletionTimestamp: '2026-01-01T00:00:00Z'};

test.each([
	['its finalizers', objectOf('v1', 'ConfigMap', 'held', {metadata: {...ending, finalizers: ['example.org/hold']}}), 'example.org/hold'],
	[
		'what is left in it',
		{
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {name: 'held', uid: 'ns', ...ending},
			status: {
				conditions: [
					{type: 'NamespaceContentRemaining', status: 'True', message: 'Some resources are remaining: pods. has 1 resource instances'},
					{type: 'NamespaceFinalizersRemaining', status: 'False', message: 'none'},
				],
			},
		},
		'Some resources are remaining: pods. has 1 resource instances',
	],
])('an object that is being deleted is not deleted again, and waits for %s', async (_name, object: KubeObject, keeper) => {
	const draft = await plan({kind: object.kind, name: 'held'}, [object]);
	expect(draft.steps).toEqual([]);
	expect(draft.summary).toMatch(new RegExp(`^${object.kind} .*held is being deleted; it waits for ${keeper}$`));
});

test('a pod that does not end may be deleted again with a shorter grace', async () => {
	const stuck = pod('stuck', {metadata: ending});
	expect((await plan({kind: 'pod', name: 'stuck'}, [stuck])).steps).toEqual([]);
	expect((await plan({kind: 'pod', name: 'stuck', graceSeconds: 0}, [stuck])).steps).toHaveLength(1);
});
