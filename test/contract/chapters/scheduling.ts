import {expect, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {itemsOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {conditionOf, isGone, showsCondition} from '../shows.ts';
import {pod, replicaSet} from '../workloads.ts';

const host = (name: string) => ({nodeSelector: {'kubernetes.io/hostname': name}});
const nodeAffinity = (operator: string, values: readonly string[]) => ({
	affinity: {
		nodeAffinity: {
			requiredDuringSchedulingIgnoredDuringExecution: {
				nodeSelectorTerms: [{matchExpressions: [{key: 'kubernetes.io/hostname', operator, values}]}],
			},
		},
	},
});
const near = (kind: 'podAffinity' | 'podAntiAffinity', app: string) => ({
	affinity: {
		[kind]: {
			requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app}}, topologyKey: 'kubernetes.io/hostname'}],
		},
	},
});

async function placed({path, eventually}: Room, name: string) {
	const {body} = await eventually({path: path('pods', name)}, showsCondition({type: 'PodScheduled', status: 'True'}));
	return at(body, 'spec', 'nodeName');
}
async function homeless({path, eventually}: Room, name: string) {
	const {body} = await eventually({path: path('pods', name)}, showsCondition({type: 'PodScheduled', status: 'False'}));
	expect(body).toMatchObject({status: {phase: 'Pending'}});
	return conditionOf(body, 'PodScheduled');
}
const unhelpful = 'no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';

/** On which node a pod lives, and why on none. */
export const scheduling: Chapter = open => {
	test('a pod goes where its selector says', async () => {
		const room = await open();
		await room.ask(post(room.path('pods'), pod('a', host('node-c'))));
		expect(await placed(room, 'a')).toBe('node-c');
	});

	test('and nowhere, when no node fits', async () => {
		const room = await open();
		await room.ask(post(room.path('pods'), pod('a', {nodeSelector: {disk: 'fast'}})));
		const message = `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. ${unhelpful}`;
		expect(await homeless(room, 'a')).toMatchObject({reason: 'Unschedulable', message});
		const events = `${room.path('events')}?fieldSelector=reason%3DFailedScheduling`;
		const [event] = itemsOf(await room.eventually({path: events}, reply => itemsOf(reply).length === 1));
		expect(event).toMatchObject({type: 'Warning', message, involvedObject: {kind: 'Pod', name: 'a'}});
	});

	test.each([
		['In', ['node-b'], 'node-b'],
		['NotIn', ['node-a', 'node-b'], 'node-c'],
	])('an affinity to nodes by %s %o is kept', async (operator, values, node) => {
		const room = await open();
		await room.ask(post(room.path('pods'), pod('a', nodeAffinity(operator, values))));
		expect(await placed(room, 'a')).toBe(node);
	});

	test('a pod that wants more than any node has stays out', async () => {
		const room = await open();
		const containers = [{name: 'main', image: 'x:1', resources: {requests: {cpu: '100'}}}];
		await room.ask(post(room.path('pods'), pod('a', {containers})));
		expect(at(await homeless(room, 'a'), 'message')).toMatch(/^0\/3 nodes are available: 3 Insufficient cpu\. /);
	});

	test('every reason is counted', async () => {
		const room = await open();
		const containers = [{name: 'main', image: 'x:1', resources: {requests: {cpu: '100', memory: '1Ti'}}}];
		await room.ask(post(room.path('pods'), pod('a', {containers, ...nodeAffinity('In', ['node-a', 'node-b'])})));
		expect(at(await homeless(room, 'a'), 'message')).toMatch(
			/^0\/3 nodes are available: 1 node\(s\) didn't match Pod's node affinity\/selector, 2 Insufficient cpu, 2 Insufficient memory\. /,
		);
	});

	test('pods that avoid each other want a node each', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('replicasets'), replicaSet('web', {replicas: 4, pod: near('podAntiAffinity', 'web')})));
		const isSettled = (pods: readonly unknown[]) =>
			pods.length === 4 && pods.filter(one => at(one, 'spec', 'nodeName') !== undefined).length === 3;
		const pods = itemsOf(await eventually({path: path('pods')}, reply => isSettled(itemsOf(reply))));
		expect(new Set(pods.map(one => at(one, 'spec', 'nodeName'))).size).toBe(4);
		const left = String(
			at(
				pods.find(one => at(one, 'spec', 'nodeName') === undefined),
				'metadata',
				'name',
			),
		);
		expect(at(await homeless(room, left), 'message')).toMatch(
			/^0\/3 nodes are available: 3 node\(s\) didn't match pod anti-affinity rules\. /,
		);
		const placedPod = String(
			at(
				pods.find(one => at(one, 'spec', 'nodeName') === 'node-b'),
				'metadata',
				'name',
			),
		);
		await ask(mergePatch(path('replicasets', 'web'), {spec: {replicas: 3}}));
		await eventually({path: path('pods', left)}, isGone);
		expect(await ask({path: path('pods', placedPod)})).toMatchObject({status: 200});
	});

	test('a pod that wants company waits for it', async () => {
		const room = await open();
		const {ask, path} = room;
		await ask(post(path('pods'), pod('guest', near('podAffinity', 'host'))));
		expect(at(await homeless(room, 'guest'), 'message')).toMatch(
			/^0\/3 nodes are available: 3 node\(s\) didn't match pod affinity rules\. /,
		);
		await ask(post(path('pods'), pod('host', host('node-b'))));
		expect(await placed(room, 'guest')).toBe('node-b');
	});

	test('pods are spread when they are asked to', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const spread = {
			maxSkew: 1,
			topologyKey: 'kubernetes.io/hostname',
			whenUnsatisfiable: 'DoNotSchedule',
			labelSelector: {matchLabels: {app: 'web'}},
		};
		await ask(post(path('replicasets'), replicaSet('web', {replicas: 6, pod: {topologySpreadConstraints: [spread]}})));
		const pods = itemsOf(
			await eventually({path: path('pods')}, reply => itemsOf(reply).filter(one => at(one, 'spec', 'nodeName') !== undefined).length === 6),
		);
		const nodes = pods.map(one => at(one, 'spec', 'nodeName'));
		expect(['node-a', 'node-b', 'node-c'].map(node => nodes.filter(one => one === node).length)).toEqual([2, 2, 2]);
	});

	test('a gate holds a pod back until it is opened, and none is added', async () => {
		const room = await open();
		const {ask, path} = room;
		await ask(post(path('pods'), pod('a', {schedulingGates: [{name: 'contract.example/gate'}]})));
		expect(await homeless(room, 'a')).toMatchObject({
			reason: 'SchedulingGated',
			message: 'Scheduling is blocked due to non-empty scheduling gates',
		});
		expect(await ask(mergePatch(path('pods', 'a'), {spec: {schedulingGates: [{name: 'contract.example/other'}]}}))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('only deletion is allowed, but found new scheduling gate')},
		});
		await ask(mergePatch(path('pods', 'a'), {spec: {schedulingGates: null}}));
		await placed(room, 'a');
	});

	test('a pod that names its node is not asked about selectors of others', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('pods'), pod('a', {nodeName: 'node-a'})));
		await eventually({path: path('pods', 'a')}, showsCondition({type: 'Ready', status: 'True'}));
		expect(await ask({path: path('pods', 'a')})).toHaveProperty('body.spec.nodeName', 'node-a');
	});

	test('a scheduler that does not exist leaves a pod as it is', async () => {
		const room = await open();
		const {ask, path} = room;
		await ask(post(path('pods'), pod('a', {schedulerName: 'nobody'})));
		await ask(post(path('pods'), pod('b')));
		await placed(room, 'b');
		const {body} = await ask({path: path('pods', 'a')});
		expect(body).toMatchObject({status: {phase: 'Pending'}});
		expect(at(body, 'status', 'conditions')).toBeUndefined();
	});

	test('a pod is told that it was placed', async () => {
		const room = await open();
		await room.ask(post(room.path('pods'), pod('a', host('node-a'))));
		const events = `${room.path('events')}?fieldSelector=reason%3DScheduled`;
		const [event] = itemsOf(await room.eventually({path: events}, reply => itemsOf(reply).length === 1));
		expect(event).toMatchObject({
			...{type: 'Normal', message: `Successfully assigned ${room.namespace}/a to node-a`},
			...{reportingComponent: 'default-scheduler', involvedObject: {kind: 'Pod', name: 'a', namespace: room.namespace}},
		});
	});

	test('a priority is a class that exists', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('pods'), pod('a', {priorityClassName: 'missing'})))).toMatchObject({
			status: 403,
			body: {message: 'pods "a" is forbidden: no PriorityClass with name missing was found'},
		});
		expect(await ask(post(path('pods'), pod('b', {schedulerName: 'nobody'})))).toMatchObject({
			status: 201,
			body: {spec: {priority: 0, preemptionPolicy: 'PreemptLowerPriority'}},
		});
	});

	test('a priority class gives pods its number', async () => {
		const {ask, path, namespace} = await open();
		const classes = '/apis/scheduling.k8s.io/v1/priorityclasses';
		await ask(
			post(classes, {
				apiVersion: 'scheduling.k8s.io/v1',
				kind: 'PriorityClass',
				metadata: {name: namespace},
				value: 1000,
				preemptionPolicy: 'Never',
			}),
		);
		expect(await ask(post(path('pods'), pod('a', {schedulerName: 'nobody', priorityClassName: namespace})))).toMatchObject({
			status: 201,
			body: {spec: {priorityClassName: namespace, priority: 1000, preemptionPolicy: 'Never'}},
		});
		expect(await ask(mergePatch(`${classes}/${namespace}`, {value: 2000}))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('value: Forbidden: may not be changed in an update.')},
		});
		await ask(erase(`${classes}/${namespace}`));
	});
};
