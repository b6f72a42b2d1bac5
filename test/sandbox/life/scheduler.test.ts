import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {conditionOf} from '../../../src/sandbox/life/conditions.ts';
import {deployment} from '../../../src/sandbox/scenarios/workloads.ts';
import {sandboxWorld} from '../../support/sandbox-world.ts';

const pod = (name: string, spec: JsonObject = {}, requests: JsonObject = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'app'},
	spec: {containers: [{name: 'app', image: 'registry.example/team/app:1.0', resources: {requests}}], ...spec},
});
const affinity = (operator: string, values: readonly string[]) => ({
	affinity: {
		nodeAffinity: {
			requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: 'disk', operator, values}]}]},
		},
	},
});
const tainted = {taints: [{key: 'gpu', value: 'yes', effect: 'NoSchedule'}]};

const refusals: readonly (readonly [string, JsonObject, JsonObject])[] = [
	['3 Insufficient cpu', {}, {cpu: '5'}],
	['3 Insufficient memory', {}, {memory: '20Gi'}],
	['3 Insufficient cpu, 3 Insufficient memory', {}, {cpu: '5', memory: '20Gi'}],
	["3 node(s) didn't match Pod's node affinity/selector", {nodeSelector: {disk: 'tape'}}, {}],
	["3 node(s) didn't match Pod's node affinity/selector", affinity('In', ['tape']), {}],
];
test.each(refusals)('nowhere: %s', async (why, spec, requests) => {
	const world = await sandboxWorld();
	await world.create(pod('one', spec, requests));
	const condition = conditionOf(world.get('Pod', 'one').status?.conditions, 'PodScheduled');
	expect(condition).toMatchObject({status: 'False', reason: 'Unschedulable'});
	expect(condition?.message).toMatch(
		new RegExp(
			`^0/3 nodes are available: ${why.replace(/[()]/g, '\\$&')}\\. no new claims to deallocate, preemption: 0/3 nodes are available: `,
		),
	);
	expect(world.events('one')).toEqual([`Warning FailedScheduling ${condition?.message}`]);
});

test('each node is counted under its own reason', async () => {
	const world = await sandboxWorld({nodes: [tainted, {labels: {disk: 'ssd'}, cpu: '1'}, {}]});
	await world.create(pod('one', {nodeSelector: {disk: 'ssd'}}, {cpu: '2'}));
	expect(world.events('one')[0]).toBe(
		"Warning FailedScheduling 0/3 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s). " +
			'no new claims to deallocate, preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.',
	);
});

const places: readonly (readonly [string, JsonObject])[] = [
	['a node selector', {nodeSelector: {disk: 'ssd'}}],
	['a required affinity', affinity('In', ['ssd'])],
	['an affinity that excludes', {...affinity('Exists', []), tolerations: []}],
];
test.each(places)('%s chooses the node that has the label', async (_, spec) => {
	const world = await sandboxWorld({nodes: [{}, {labels: {disk: 'ssd'}}, {}]});
	await world.create(pod('one', spec));
	expect(world.get('Pod', 'one').spec.nodeName).toBe('node-2');
});

test('a toleration opens a tainted node', async () => {
	const world = await sandboxWorld({nodes: [tainted]});
	await world.create(pod('refused'), pod('welcome', {tolerations: [{key: 'gpu', operator: 'Exists'}]}));
	expect(world.get('Pod', 'refused').spec.nodeName).toBeUndefined();
	expect(world.get('Pod', 'welcome').spec.nodeName).toBe('node-1');
});

test('pods spread over nodes of equal size', async () => {
	const world = await sandboxWorld();
	await world.create(...['a', 'b', 'c'].map(name => pod(name, {}, {cpu: '1'})));
	expect(new Set(world.list('Pod').map(({spec}) => spec.nodeName)).size).toBe(3);
});

test('a cordoned node gets no pod, and a waiting pod gets its place when the cordon ends', async () => {
	const world = await sandboxWorld({nodes: [{}]});
	world.machine.update({...world.node('node-1'), spec: {unschedulable: true}});
	await world.create(pod('one'));
	expect(world.events('one')[0]).toContain('0/1 nodes are available: 1 node(s) were unschedulable.');
	world.machine.update({...world.node('node-1'), spec: {}});
	await world.advance(5);
	expect(world.get('Pod', 'one').status?.phase).toBe('Running');
});

test('room that another pod leaves is given to the one that waits', async () => {
	const world = await sandboxWorld({nodes: [{}]});
	await world.create(pod('first', {}, {cpu: '3'}), pod('second', {}, {cpu: '3'}));
	expect(world.get('Pod', 'second').spec.nodeName).toBeUndefined();
	world.machine.remove('Pod', 'app', 'first');
	await world.advance(10);
	expect(world.get('Pod', 'second').status?.phase).toBe('Running');
});

test('without nodes nothing is scheduled', async () => {
	const world = await sandboxWorld({nodes: []});
	await world.create(pod('one'));
	expect(world.events('one')).toEqual(['Warning FailedScheduling no nodes available to schedule pods']);
});

test('a claim without its class keeps the pod waiting', async () => {
	const world = await sandboxWorld();
	const claim = {
		apiVersion: 'v1',
		kind: 'PersistentVolumeClaim',
		metadata: {name: 'data', namespace: 'app'},
		spec: {accessModes: ['ReadWriteOnce'], storageClassName: 'absent', resources: {requests: {storage: '1Gi'}}},
	};
	await world.create(claim, pod('one', {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]}));
	expect(world.events('one')[0]).toContain('0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.');
	expect(world.events('data')).toEqual(['Warning ProvisioningFailed storageclass.storage.k8s.io "absent" not found']);
});

test('replicas of one owner spread even when the nodes are not equally full', async () => {
	const world = await sandboxWorld();
	await world.create(pod('heavy', {nodeName: 'node-1'}, {cpu: '2'}));
	const web = deployment({namespace: 'app', name: 'web', image: 'registry.example/team/web:1.0', replicas: 3, cpu: '100m'});
	await world.create(web);
	const nodes = world
		.list('Pod')
		.filter(({metadata}) => metadata.name !== 'heavy')
		.map(({spec}) => spec.nodeName);
	expect(new Set(nodes).size).toBe(3);
});

test('a pod that asks for another scheduler is left to it', async () => {
	const world = await sandboxWorld();
	await world.create(pod('one', {schedulerName: 'batch-scheduler'}));
	expect(world.get('Pod', 'one').spec.nodeName).toBeUndefined();
	expect(world.events('one')).toEqual([]);
});

test('the scheduler writes its events in their newer version, and owns nothing of a pod it bound', async () => {
	const world = await sandboxWorld();
	await world.create(pod('one', {}, {}));
	const [event] = world.machine.list('Event').filter(({reason}) => reason === 'Scheduled');
	expect(event).toMatchObject({
		apiVersion: 'v1',
		reportingComponent: 'default-scheduler',
		metadata: {managedFields: [{manager: 'kube-scheduler', apiVersion: 'events.k8s.io/v1', fieldsV1: {'f:note': {}, 'f:regarding': {}}}]},
	});
	const writers = world.get('Pod', 'one').metadata.managedFields;
	expect(JSON.stringify(writers)).not.toContain('kube-scheduler');
});
