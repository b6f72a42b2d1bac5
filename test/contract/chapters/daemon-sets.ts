import {expect, test} from 'vitest';
import {at, erase, mergePatch, post, strategicPatch} from '../../servers/questions.ts';
import {itemsOf, type Reply} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {shows} from '../shows.ts';
import {daemonSet, imagePatch} from '../workloads.ts';

const nodes = (reply: Reply) =>
	itemsOf(reply)
		.filter(pod => at(pod, 'metadata', 'deletionTimestamp') === undefined)
		.map(pod => at(pod, 'spec', 'nodeName'))
		.toSorted();
const images = (reply: Reply) => itemsOf(reply).map(pod => at(pod, 'spec', 'containers', 0, 'image'));
const full = (count: number, generation: number) =>
	shows({
		status: {
			...{observedGeneration: generation, desiredNumberScheduled: count, currentNumberScheduled: count, numberMisscheduled: 0},
			...{numberReady: count, numberAvailable: count, updatedNumberScheduled: count, numberUnavailable: undefined},
		},
	});
const onB = {nodeSelector: {'kubernetes.io/hostname': 'node-b'}};

async function started({ask, path, eventually}: Room, fields: object = {}) {
	await ask(post(path('daemonsets'), daemonSet('agent', {...fields})));
	await eventually({path: path('daemonsets', 'agent')}, full(3, 1));
	return path('daemonsets', 'agent');
}

/** One pod for each node. */
export const daemonSets: Chapter = open => {
	test('every node has a pod', async () => {
		const room = await open();
		await started(room);
		expect(nodes(await room.ask({path: room.path('pods')}))).toEqual(['node-a', 'node-b', 'node-c']);
	});

	test('its pods are bound to their node and bear what happens to it', async () => {
		const room = await open();
		await started(room);
		const [pod] = itemsOf(await room.ask({path: room.path('pods')}));
		const field = {key: 'metadata.name', operator: 'In', values: [at(pod, 'spec', 'nodeName')]};
		expect(pod).toMatchObject({
			metadata: {generateName: 'agent-', labels: {'pod-template-generation': '1', 'controller-revision-hash': expect.any(String)}},
			spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [field]}]}}}},
		});
		expect(at(pod, 'spec', 'tolerations')).toEqual(
			['not-ready', 'unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map(what => ({
				...{key: `node.kubernetes.io/${what}`, operator: 'Exists'},
				effect: what === 'not-ready' || what === 'unreachable' ? 'NoExecute' : 'NoSchedule',
			})),
		);
	});

	test('a selector of nodes narrows it, and takes pods from nodes that no longer fit', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const agent = await started(room);
		await ask(mergePatch(agent, {spec: {template: {spec: onB}}}));
		await eventually({path: agent}, full(1, 2));
		await eventually({path: path('pods')}, reply => itemsOf(reply).length === 1);
		expect(nodes(await ask({path: path('pods')}))).toEqual(['node-b']);
	});

	test('a pod that was deleted comes back on the same node', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('daemonsets'), daemonSet('agent', {pod: onB})));
		await eventually({path: path('daemonsets', 'agent')}, full(1, 1));
		const [before] = itemsOf(await ask({path: path('pods')}));
		await ask(erase(path('pods', String(at(before, 'metadata', 'name')))));
		const isAnother = (pod: unknown) =>
			at(pod, 'metadata', 'uid') !== at(before, 'metadata', 'uid') && at(pod, 'spec', 'nodeName') === 'node-b';
		await eventually({path: path('pods')}, reply => itemsOf(reply).length === 1 && itemsOf(reply).every(isAnother));
	});

	test.each([
		[1, 2],
		['60%', 1],
	])('an update with maxUnavailable %s leaves at least %d of three', async (maxUnavailable, least) => {
		const room = await open();
		const {ask, path, watch} = room;
		const agent = await started(room, {updateStrategy: {rollingUpdate: {maxUnavailable}}});
		const {body} = await ask({path: path('pods')});
		const pods = new Map(itemsOf({status: 200, headers: {}, body}).map(pod => [at(pod, 'metadata', 'name'), pod]));
		const changes = await watch(`${path('pods')}?watch=true&resourceVersion=${at(body, 'metadata', 'resourceVersion')}`);
		await ask(strategicPatch(agent, imagePatch('x:2')));
		const working = () => [...pods.values()].filter(isWorking);
		const isDone = () => working().filter(pod => at(pod, 'spec', 'containers', 0, 'image') === 'x:2').length === 3;
		while (!isDone()) {
			const {type, object} = await changes.next();
			if (type === 'DELETED') pods.delete(at(object, 'metadata', 'name'));
			else pods.set(at(object, 'metadata', 'name'), object);
			expect(working().length).toBeGreaterThanOrEqual(least);
		}
		await room.eventually({path: agent}, full(3, 2));
	});

	test('with maxSurge, the new pod comes before the old one goes', async () => {
		const {ask, path, watch, eventually} = await open();
		await ask(post(path('daemonsets'), daemonSet('agent', {pod: onB, updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}})));
		await eventually({path: path('daemonsets', 'agent')}, full(1, 1));
		const {body} = await ask({path: path('pods')});
		const changes = await watch(`${path('pods')}?watch=true&resourceVersion=${at(body, 'metadata', 'resourceVersion')}`);
		await ask(strategicPatch(path('daemonsets', 'agent'), imagePatch('x:2')));
		const told: string[] = [];
		while (told.at(-1) !== 'gone') {
			const {type, object} = await changes.next();
			if (type === 'ADDED') told.push('new');
			else if (type === 'DELETED') told.push('gone');
			else if (isWorking(object) && told.at(-1) === 'new') told.push('works');
		}
		expect(told).toEqual(['new', 'works', 'gone']);
	});

	test('with OnDelete, a pod is updated when somebody deletes it', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('daemonsets'), daemonSet('agent', {pod: onB, updateStrategy: {type: 'OnDelete'}})));
		await eventually({path: path('daemonsets', 'agent')}, full(1, 1));
		await ask(strategicPatch(path('daemonsets', 'agent'), imagePatch('x:2')));
		await eventually({path: path('daemonsets', 'agent')}, shows({status: {observedGeneration: 2, updatedNumberScheduled: undefined}}));
		const pods = await ask({path: path('pods')});
		expect(images(pods)).toEqual(['x:1']);
		await ask(erase(path('pods', String(at(itemsOf(pods)[0], 'metadata', 'name')))));
		await eventually({path: path('pods')}, reply => images(reply).join() === 'x:2');
	});
};

function isWorking(pod: unknown): boolean {
	const conditions = at(pod, 'status', 'conditions');
	const isReady = Array.isArray(conditions) && conditions.some(one => at(one, 'type') === 'Ready' && at(one, 'status') === 'True');
	return isReady && at(pod, 'metadata', 'deletionTimestamp') === undefined;
}
