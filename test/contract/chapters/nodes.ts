import {expect, onTestFinished, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {itemsOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {conditionOf, isGone, showsCondition} from '../shows.ts';
import {daemonSet, pod} from '../workloads.ts';

const taint = {key: 'contract.example/dedicated', value: 'lamps', effect: 'NoSchedule'};
const node = (name: string) => `/api/v1/nodes/${name}`;
const extra = (taints: readonly object[]) => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {
		name: 'node-extra',
		annotations: {'kwok.x-k8s.io/node': 'fake'},
		labels: {'kubernetes.io/hostname': 'node-extra', extra: 'yes'},
	},
	spec: {taints},
});
const ready = {
	status: {
		conditions: [{type: 'Ready', status: 'True', reason: 'KubeletReady'}],
		capacity: {cpu: '8', memory: '32Gi', pods: '110'},
		allocatable: {cpu: '8', memory: '32Gi', pods: '110'},
	},
};
const there = {nodeSelector: {extra: 'yes'}};

/** A node more, until the case ends. */
async function withNode({ask, eventually}: Room, taints: readonly object[] = []) {
	onTestFinished(async () => {
		await ask(erase(node('node-extra')));
		await eventually({path: node('node-extra')}, isGone);
	});
	await ask(post('/api/v1/nodes', extra(taints)));
	await ask(mergePatch(`${node('node-extra')}/status`, ready));
	const isOpen = (body: unknown) => !JSON.stringify(at(body, 'spec', 'taints') ?? []).includes('node.kubernetes.io/');
	await eventually({path: node('node-extra')}, reply => showsCondition({type: 'Ready', status: 'True'})(reply) && isOpen(reply.body));
}
const until = ({path, eventually}: Room, name: string, status: 'True' | 'False') =>
	eventually({path: path('pods', name)}, showsCondition({type: 'PodScheduled', status}));

/** What is done to a node concerns everybody: these cases run one after the other. */
export const nodes: Chapter = open => {
	test('a taint keeps pods away that do not bear it', async () => {
		const room = await open();
		await withNode(room, [taint]);
		await room.ask(post(room.path('pods'), pod('a', there)));
		const {body} = await until(room, 'a', 'False');
		expect(conditionOf(body, 'PodScheduled')).toMatchObject({
			reason: 'Unschedulable',
			message: expect.stringMatching(
				/^0\/4 nodes are available: 1 node\(s\) had untolerated taint\(s\), 3 node\(s\) didn't match Pod's node affinity\/selector\. /,
			),
		});
		await room.ask(
			post(
				room.path('pods'),
				pod('b', {...there, tolerations: [{key: taint.key, operator: 'Equal', value: 'lamps', effect: 'NoSchedule'}]}),
			),
		);
		expect(await until(room, 'b', 'True')).toHaveProperty('body.spec.nodeName', 'node-extra');
		await room.ask(mergePatch(node('node-extra'), {spec: {taints: null}}));
		await until(room, 'a', 'True');
	});

	test('a DaemonSet comes to a new node, if it bears its taints', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('daemonsets'), daemonSet('shy')));
		await ask(post(path('daemonsets'), daemonSet('bold', {pod: {tolerations: [{operator: 'Exists'}]}})));
		await withNode(room, [taint]);
		const count = (name: string, wanted: number) =>
			eventually({path: path('daemonsets', name)}, ({body}) => at(body, 'status', 'desiredNumberScheduled') === wanted);
		await count('bold', 4);
		await count('shy', 3);
		await eventually({path: path('pods')}, reply => itemsOf(reply).some(one => at(one, 'spec', 'nodeName') === 'node-extra'));
		await ask(erase(node('node-extra')));
		await count('bold', 3);
	});

	test('a cordoned node takes no more pods but those of DaemonSets', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await withNode(room);
		await ask(mergePatch(node('node-extra'), {spec: {unschedulable: true}}));
		await eventually({path: node('node-extra')}, ({body}) =>
			JSON.stringify(at(body, 'spec', 'taints') ?? []).includes('node.kubernetes.io/unschedulable'),
		);
		await ask(post(path('pods'), pod('a', there)));
		const {body} = await until(room, 'a', 'False');
		expect(at(conditionOf(body, 'PodScheduled'), 'message')).toMatch(/1 node\(s\) were unschedulable/);
		await ask(post(path('daemonsets'), daemonSet('agent', {pod: there})));
		await eventually({path: path('daemonsets', 'agent')}, reply => at(reply.body, 'status', 'numberReady') === 1);
		await ask(mergePatch(node('node-extra'), {spec: {unschedulable: null}}));
		await until(room, 'a', 'True');
	});

	test('a taint of NoExecute sends pods away', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await withNode(room);
		const bears = [{key: taint.key, operator: 'Exists'}];
		await ask(post(path('pods'), pod('a', there)));
		await ask(post(path('pods'), pod('b', {...there, tolerations: bears})));
		for (const name of ['a', 'b']) await until(room, name, 'True');
		await ask(mergePatch(node('node-extra'), {spec: {taints: [{...taint, effect: 'NoExecute'}]}}));
		await eventually({path: path('pods', 'a')}, isGone);
		expect(await ask({path: path('pods', 'b')})).toMatchObject({status: 200});
	});
};
