import {expect, test} from 'vitest';
import {nodeCordon} from '../../../../src/mcp/kubernetes/tools/node-cordon.ts';
import {carryOut, rehearse, told} from '../../../support/change-run.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {node, pod} from '../../../support/shop-objects.ts';

test('plans to close a node', async () => {
	const plan = await rehearse(nodeCordon, {node: 'node-1'}, fakeCluster({objects: [node(), pod('web-1')]}));
	expect([plan.summary, ...told(plan.consequences)]).toEqual([
		'Close Node node-1 for new pods',
		'info scheduling: No new pod is placed on it; those that run there stay',
	]);
	expect(plan.changes[0]?.fields).toMatchObject([{path: ['spec', 'unschedulable'], after: true}]);
});

test('opens a closed node again', async () => {
	const fake = fakeCluster({objects: [node('node-1', {unschedulable: true})]});
	expect((await carryOut(nodeCordon, {node: 'node-1', uncordon: true}, fake)).outcome).toMatchObject({
		kind: 'done',
		output: {schedulable: true},
	});
	expect(fake.object('Node', 'node-1')?.spec).toEqual({});
});

test('has nothing to do on a closed node', async () => {
	const {outcome} = await carryOut(nodeCordon, {node: 'node-1'}, fakeCluster({objects: [node('node-1', {unschedulable: true})]}));
	expect(outcome.kind).toBe('nothing-to-do');
});
