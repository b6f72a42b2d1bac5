import {describe, expect, test} from 'vitest';
import {type ReadyEnd, waitForReady} from '../../../../src/agents/deploy/rollout/wait-for-ready.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {type KubeObject, refOf} from '../../../../src/core/kube/kube-object.ts';
import {type FakeCluster, fakeCluster} from '../../../support/fake-cluster.ts';
import {fakeKinds} from '../../../support/fake-kinds.ts';
import {toolContext} from '../../../support/tool-context.ts';

const workload = (kind: string, spec: JsonObject, status: JsonObject): KubeObject => ({
	apiVersion: 'apps/v1',
	kind,
	metadata: {name: 'web', namespace: 'shop', uid: 'uid-web', generation: 2},
	spec: {selector: {matchLabels: {app: 'web'}}, ...spec},
	status: {observedGeneration: 2, ...status},
});
const set = (status: JsonObject = {}) =>
	workload(
		'StatefulSet',
		{replicas: 2},
		{replicas: 2, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, updateRevision: 'web-2', ...status},
	);
const ready = {replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2};

const pod = (container: JsonObject, more: JsonObject = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {
		name: 'web-1',
		namespace: 'shop',
		labels: {app: 'web', 'controller-revision-hash': 'web-2'},
		ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'uid-web', controller: true}],
	},
	spec: {containers: [{name: 'main'}]},
	status: {
		conditions: [{type: 'Ready', status: 'False'}],
		containerStatuses: [{name: 'main', ready: false, restartCount: 0, ...container}],
		...more,
	},
});
const waiting = (reason: string, restartCount = 0, message = '') =>
	pod({
		restartCount,
		state: {waiting: {reason, message}},
		lastState: restartCount === 0 ? {} : {terminated: {reason: 'Error', exitCode: 1}},
	});
const event = (kind: string, name: string, reason: string, message: string, at: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Event',
	metadata: {name: `${name}-${reason}`, namespace: 'shop'},
	involvedObject: {kind, name, namespace: 'shop'},
	...{type: 'Warning', reason, message, lastTimestamp: at, count: 1},
});

type Waiting = {
	readonly world: FakeCluster;
	readonly advance: (ms: number) => Promise<void>;
	/** What came of it; undefined while it waits. */
	readonly end: () => ReadyEnd | undefined;
	readonly progress: () => string | undefined;
};

/** A wait for the first object, over a cluster that the test moves. */
function start(
	objects: readonly KubeObject[],
	more: {
		readonly withinMs?: number;
		readonly steadyMs?: number;
		readonly quietMs?: number;
		readonly toleratedRestarts?: number;
		readonly pods?: number;
	} = {},
): Waiting {
	const widgets = {...fakeKinds[0], apiVersion: 'example.dev/v1', kind: 'Widget', plural: 'widgets', singular: 'widget', shortNames: []};
	const world = fakeCluster({
		objects,
		kinds: [...fakeKinds, widgets as (typeof fakeKinds)[number]],
		logs: {'web-1/main': ['starting', 'panic: no DB_URL\u001b[2J']},
	});
	const {context, clock, events} = toolContext(world.cluster);
	const [first] = objects;
	if (first === undefined) throw new Error('nothing to wait for');
	let end: ReadyEnd | undefined;
	const metrics = () => Promise.reject(new Error('no metrics here'));
	void waitForReady({ref: refOf(first), withinMs: 3_600_000, ...more}, {...context, ports: {...context.ports, metrics}}).then(found => {
		end = found;
	});
	const told = () => events.flatMap(one => (one.kind === 'progress' ? one.text : [])).at(-1);
	return {world, advance: clock.advance, end: () => end, progress: told};
}

describe('is done', () => {
	test.each<[string, KubeObject]>([
		['with a StatefulSet whose every pod is new and ready', set(ready)],
		[
			'with a StatefulSet as far as its partition lets it',
			workload(
				'StatefulSet',
				{replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}},
				{replicas: 3, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3},
			),
		],
		[
			'with a DaemonSet on every node',
			workload('DaemonSet', {}, {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2}),
		],
		[
			'with a kind that says that it is ready',
			{
				apiVersion: 'example.dev/v1',
				kind: 'Widget',
				metadata: {name: 'w', namespace: 'shop'},
				status: {conditions: [{type: 'Ready', status: 'True'}]},
			},
		],
	])('%s', async (_name, object) => {
		const wait = start([object]);
		await wait.advance(0);
		expect(wait.end()).toMatchObject({done: true, object: {metadata: {name: object.metadata.name}}});
	});

	test('when the missing pod comes', async () => {
		const wait = start([set()]);
		await wait.advance(4000);
		expect(wait.end()).toBeUndefined();
		wait.world.put(set(ready));
		await wait.advance(2000);
		expect(wait.end()?.done).toBe(true);
	});

	test('not before there are as many pods as were asked for', async () => {
		const wait = start([set(ready)], {pods: 3});
		await wait.advance(4000);
		expect(wait.end()).toBeUndefined();
		expect(wait.progress()).toBe('Waiting for new pods');
	});

	test('after a while with a kind whose controller, if it has one, writes no status', async () => {
		const wait = start([{apiVersion: 'example.dev/v1', kind: 'Widget', metadata: {name: 'w', namespace: 'shop'}, spec: {size: 1}}]);
		await wait.advance(28_000);
		expect(wait.end()).toBeUndefined();
		await wait.advance(2000);
		expect(wait.end()?.done).toBe(true);
	});
});

describe('where nothing asks a pod whether it serves', () => {
	/** A pod that runs, and has done so after so many restarts. */
	const running = (restartCount: number) =>
		pod({restartCount, ready: true, state: {running: {}}}, {conditions: [{type: 'Ready', status: 'True'}]});

	test('is done when its new pods have run for a while', async () => {
		const wait = start([set(ready), running(0)], {steadyMs: 10_000});
		await wait.advance(8000);
		expect(wait.end()).toBeUndefined();
		expect(wait.progress()).toBe('Waiting for new pods to run for 10 s without a restart');
		await wait.advance(2000);
		expect(wait.end()?.done).toBe(true);
	});

	test('counts anew after each restart, also where every look finds the pods ready', async () => {
		const wait = start([set(ready), running(0)], {steadyMs: 10_000});
		await wait.advance(8000);
		wait.world.put(running(1));
		await wait.advance(8000);
		expect(wait.end()).toBeUndefined();
		expect(wait.progress()).toBe('Waiting for new pods to run for 10 s without a restart; so far 1');
		await wait.advance(4000);
		expect(wait.end()?.done).toBe(true);
	});

	test('gives up on pods that are ready for a moment and crash, again and again', async () => {
		const wait = start([set(ready), running(0)], {steadyMs: 10_000});
		await wait.advance(4000);
		wait.world.put(running(2));
		await wait.advance(2000);
		wait.world.put(set());
		wait.world.put(waiting('CrashLoopBackOff', 3));
		await wait.advance(2000);
		expect(wait.end()).toMatchObject({done: false, cause: 'crash'});
	});

	test('has that while on top of its time, and no more', async () => {
		const late = start([set(ready), running(0)], {withinMs: 4000, steadyMs: 10_000});
		await late.advance(10_000);
		expect(late.end()?.done).toBe(true);
		const never = start([set(ready), running(0)], {withinMs: 4000, steadyMs: 10_000});
		for (let restarts = 1; restarts < 5; restarts++) {
			never.world.put(running(restarts));
			await never.advance(4000);
		}
		expect(never.end()).toMatchObject({
			done: false,
			cause: 'time-over',
			reason: expect.stringMatching(/^it still waited for new pods to run for 10 s without a restart; so far \d when the time was over$/),
		});
	});
});

describe('gives up', () => {
	test('on a crash loop, after the restarts that are tolerated, with the words of the pod', async () => {
		const wait = start(
			[set(), waiting('CrashLoopBackOff', 1), event('Pod', 'web-1', 'BackOff', 'Back-off restarting', '2026-01-01T00:00:00Z')],
			{toleratedRestarts: 2},
		);
		await wait.advance(60_000);
		expect(wait.end()).toBeUndefined();
		wait.world.put(waiting('CrashLoopBackOff', 4));
		await wait.advance(2000);
		expect(wait.end()).toMatchObject({
			done: false,
			cause: 'crash',
			reason: expect.stringContaining('2 of 2 new pods cannot run (main: CrashLoopBackOff'),
			evidence: {
				pods: [
					{
						name: 'web-1',
						logs: [{container: 'main', previous: true, lines: ['starting', 'panic: no DB_URL']}],
						events: ['BackOff: Back-off restarting'],
					},
				],
				morePods: 0,
			},
		});
	});

	test('on an image that cannot be pulled, though the kubelet tries it anew now and then', async () => {
		const wait = start([set(), waiting('ErrImagePull', 0, 'not found')]);
		await wait.advance(8000);
		wait.world.put(waiting('ContainerCreating'));
		await wait.advance(8000);
		expect(wait.end()).toBeUndefined();
		wait.world.put(waiting('ImagePullBackOff', 0, 'not found'));
		await wait.advance(10_000);
		expect(wait.end()).toMatchObject({cause: 'image', reason: expect.stringContaining('ImagePullBackOff, not found')});
	});

	test('on a pod that no node takes, with the words of the scheduler, but not before a node could have come', async () => {
		const unschedulable = pod(
			{},
			{conditions: [{type: 'PodScheduled', status: 'False', message: '0/3 nodes are available: 3 Insufficient cpu.'}]},
		);
		const wait = start([set(), unschedulable]);
		await wait.advance(100_000);
		expect(wait.end()).toBeUndefined();
		expect(wait.progress()).toContain('3 Insufficient cpu');
		await wait.advance(30_000);
		expect(wait.end()).toMatchObject({cause: 'unschedulable', reason: expect.stringContaining('3 Insufficient cpu')});
	});

	test.each([
		['comes from Cluster Autoscaler', ['TriggeredScaleUp'], false],
		['comes from Karpenter', ['Nominated'], false],
		['could not be made', ['TriggeredScaleUp', 'FailedScaleUp'], true],
		['would not help', ['NotTriggerScaleUp'], true],
	] as const)('a pod waits for a node that %s as long as the whole may take', async (_name, reasons, isStuck) => {
		const unschedulable = pod({}, {conditions: [{type: 'PodScheduled', status: 'False', message: '0/3 nodes are available'}]});
		const told = reasons.map((reason, at) => event('Pod', 'web-1', reason, 'of the node group', `2026-01-01T00:00:0${at}Z`));
		const wait = start([set(), unschedulable, ...told], {withinMs: 400_000});
		await wait.advance(300_000);
		expect(wait.end() !== undefined).toBe(isStuck);
		await wait.advance(110_000);
		expect(wait.end()).toMatchObject({cause: isStuck ? 'unschedulable' : 'time-over'});
	});

	test.each([
		['a quota', 'pods "web-1" is forbidden: exceeded quota: tight'],
		['an admission webhook', 'admission webhook "policy" denied the request: no root'],
	])('on pods that %s refuses, which a StatefulSet tells in events alone', async (_name, message) => {
		const wait = start([set(), event('StatefulSet', 'web', 'FailedCreate', message, '2026-01-01T00:00:00Z')]);
		await wait.advance(20_000);
		expect(wait.end()).toMatchObject({
			cause: 'refused',
			reason: expect.stringContaining(message),
			evidence: {events: [`FailedCreate: ${message}`]},
		});
	});

	test('not on a refusal of long ago', async () => {
		const wait = start([set(), event('StatefulSet', 'web', 'FailedCreate', 'exceeded quota', '2025-12-31T23:00:00Z')]);
		await wait.advance(60_000);
		expect(wait.end()).toBeUndefined();
	});

	test('when nothing has moved for so long', async () => {
		const wait = start([set()], {quietMs: 60_000});
		await wait.advance(50_000);
		wait.world.put(set({replicas: 1}));
		await wait.advance(50_000);
		expect(wait.end()).toBeUndefined();
		await wait.advance(20_000);
		expect(wait.end()).toMatchObject({cause: 'quiet', reason: 'nothing has moved for 60 s, and 0 of 2 new pods were ready'});
	});

	test('when the time is over, and when somebody deletes it', async () => {
		const late = start([set()], {withinMs: 10_000});
		await late.advance(10_000);
		expect(late.end()).toMatchObject({cause: 'time-over'});
		const wait = start([set()]);
		await wait.advance(2000);
		wait.world.remove('StatefulSet', 'web');
		await wait.advance(2000);
		expect(wait.end()).toMatchObject({cause: 'gone', reason: 'StatefulSet shop/web is gone: somebody deleted it'});
	});

	test('on what stays degraded or paused, with its own words', async () => {
		const wait = start([
			{
				apiVersion: 'example.dev/v1',
				kind: 'Widget',
				metadata: {name: 'w', namespace: 'shop'},
				status: {conditions: [{type: 'Ready', status: 'False', reason: 'Failed', message: 'no credentials'}]},
			},
		]);
		await wait.advance(70_000);
		expect(wait.end()).toMatchObject({cause: 'doubtful', reason: 'Widget w is degraded: no credentials'});
	});
});
