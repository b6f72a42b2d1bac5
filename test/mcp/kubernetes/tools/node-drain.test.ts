import {expect, test} from 'vitest';
import type {Emit} from '../../../../src/core/event.ts';
import {nodeDrain} from '../../../../src/mcp/kubernetes/tools/node-drain.ts';
import {carryOut, hastyClock, rehearse, told} from '../../../support/change-run.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {node, objectOf, ownedBy, pod} from '../../../support/shop-objects.ts';

const replicaSet = objectOf('apps/v1', 'ReplicaSet', 'web-1', {});
const daemonSet = objectOf('apps/v1', 'DaemonSet', 'agent', {});
const web = (name: string) => pod(name, {metadata: ownedBy(replicaSet)});
const agent = pod('agent-1', {metadata: {...ownedBy(daemonSet), labels: {}}});
const mirror = pod('etcd', {metadata: {annotations: {'kubernetes.io/config.mirror': 'x'}, labels: {}}});
const cache = pod('cache', {
	metadata: {...ownedBy(replicaSet), labels: {}},
	spec: {nodeName: 'node-1', containers: [], volumes: [{name: 'c', emptyDir: {}}]},
} as never);
const budget = objectOf('policy/v1', 'PodDisruptionBudget', 'web', {
	spec: {selector: {matchLabels: {app: 'web'}}},
	status: {disruptionsAllowed: 0},
});

test('plans a cordon and one eviction for each pod, and tells who stays', async () => {
	const plan = await rehearse(nodeDrain, {node: 'node-1'}, fakeCluster({objects: [node(), web('web-b'), web('web-a'), agent, mirror]}));
	expect([plan.summary, ...plan.steps.map(({title}) => title)]).toEqual([
		'Drain Node node-1: evict 2 of 4 pods',
		'Close Node node-1 for new pods',
		'Evict Pod shop/web-a',
		'Evict Pod shop/web-b',
	]);
	expect(told(plan.consequences)).toMatchInlineSnapshot(`
		[
		  "info scheduling: No new pod is placed on it",
		  "info stays: Pod shop/agent-1 stays: DaemonSet agent keeps one on every node",
		  "info stays: Pod shop/etcd stays: a static pod of the node itself",
		]
	`);
});

test.each([
	['pods that keep data in an emptyDir', [cache], '--delete-empty-dir-data', 'Pod shop/cache: it keeps data in an emptyDir'],
	['pods that nothing makes again', [pod('lonely')], '--include-unmanaged', 'Pod shop/lonely: nothing makes it again'],
])('wants a flag for %s', async (_, pods, flag, why) => {
	const fake = fakeCluster({objects: [node(), ...pods]});
	await expect(rehearse(nodeDrain, {node: 'node-1'}, fake)).rejects.toMatchObject({
		trouble: {code: 'drain-needs-flag', why, next: `If they may go, add ${flag}`},
	});
});

test('tells what is lost when the flag is given', async () => {
	const plan = await rehearse(nodeDrain, {node: 'node-1', deleteEmptyDirData: true}, fakeCluster({objects: [node(), cache]}));
	expect(told(plan.consequences)).toContain('danger lost: Pod shop/cache is evicted: the data of its emptyDir is lost');
});

test('tells which budget holds the drain up', async () => {
	const plan = await rehearse(nodeDrain, {node: 'node-1'}, fakeCluster({objects: [node(), web('web-a'), budget], guarded: ['web-a']}));
	expect(told(plan.consequences)).toContain(
		'warning no-disruption-allowed: PodDisruptionBudget shop/web allows no eviction of Pod shop/web-a now: the drain waits for it',
	);
});

test('refuses a drain whose evictions are not allowed, before anything is done', async () => {
	const fake = fakeCluster({objects: [node(), web('web-a')], denied: ['create pods']});
	await expect(rehearse(nodeDrain, {node: 'node-1'}, fake)).rejects.toThrow('You may not evict pods in shop');
});

test('drains a node', async () => {
	const fake = fakeCluster({objects: [node(), web('web-a'), web('web-b'), agent]});
	const {outcome} = await carryOut(nodeDrain, {node: 'node-1'}, fake, {road: {clock: hastyClock()}});
	expect(outcome).toMatchObject({kind: 'done', output: {node: 'node-1', evicted: ['Pod shop/web-a', 'Pod shop/web-b']}});
	expect(fake.object('Node', 'node-1')).toMatchObject({spec: {unschedulable: true}});
	expect(fake.object('Pod', 'agent-1')).toBeDefined();
});

test('passes over a pod that went by itself in the meantime', async () => {
	const fake = fakeCluster({objects: [node(), web('web-a'), web('web-b')]});
	const emit: Emit = event => {
		if (event.kind === 'step' && event.index === 1) fake.remove('Pod', 'web-b');
	};
	const {outcome} = await carryOut(nodeDrain, {node: 'node-1'}, fake, {road: {clock: hastyClock(), emit}});
	expect(outcome.kind).toBe('done');
	expect(fake.calls).not.toContain('send evict Pod shop/web-b');
});

test('waits for a budget, and goes on when it allows the eviction', async () => {
	const guarded = ['web-a'];
	const fake = fakeCluster({objects: [node(), web('web-a')], guarded});
	const clock = hastyClock();
	const started = clock.now();
	const emit = () => {
		if (clock.now() - started > 12_000) guarded.length = 0;
	};
	const {outcome} = await carryOut(nodeDrain, {node: 'node-1'}, fake, {road: {clock, emit}});
	expect(outcome.kind).toBe('done');
	expect(fake.calls.filter(call => call.startsWith('send evict')).length).toBeGreaterThan(2);
});

test('stops when the time is over, and says what is left and that the node stays closed', async () => {
	const fake = fakeCluster({objects: [node(), web('web-a'), web('web-b')], guarded: ['web-a']});
	const {outcome} = await carryOut(nodeDrain, {node: 'node-1', timeoutMinutes: 1}, fake, {road: {clock: hastyClock()}});
	expect(outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'drain-incomplete', next: expect.stringContaining('The node stays closed')},
		done: ['patch Node node-1'],
		left: ['Pod shop/web-a', 'Pod shop/web-b'],
	});
});
