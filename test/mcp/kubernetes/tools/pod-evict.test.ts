import {expect, test} from 'vitest';
import {podEvict} from '../../../../src/mcp/kubernetes/tools/pod-evict.ts';
import {carryOut, rehearse, told} from '../../../support/change-run.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {objectOf, ownedBy, pod} from '../../../support/shop-objects.ts';

const replicaSet = objectOf('apps/v1', 'ReplicaSet', 'web-1', {});
const owned = pod('web-1-a', {metadata: ownedBy(replicaSet)});
const budget = (disruptionsAllowed: number) =>
	objectOf('policy/v1', 'PodDisruptionBudget', 'web', {spec: {selector: {matchLabels: {app: 'web'}}}, status: {disruptionsAllowed}});

test('tells which budget is asked and who makes another pod', async () => {
	const plan = await rehearse(podEvict, {pod: 'web-1-a'}, fakeCluster({objects: [owned, replicaSet, budget(1)]}));
	expect(told(plan.consequences)).toMatchInlineSnapshot(`
		[
		  "info pod-replaced: ReplicaSet web-1 makes a new one",
		  "info disruptions-allowed: PodDisruptionBudget web allows 1 disruption now",
		]
	`);
	expect(plan.undo.possible).toBe(false);
});

test('names the budget that refuses', async () => {
	const fake = fakeCluster({objects: [owned, budget(0)], guarded: ['web-1-a']});
	await expect(rehearse(podEvict, {pod: 'web-1-a'}, fake)).rejects.toMatchObject({
		trouble: {
			code: 'disruption-budget',
			what: 'Pod shop/web-1-a cannot be evicted now',
			why: 'PodDisruptionBudget shop/web allows no disruption',
		},
	});
});

test('names the budget that refuses at the last moment', async () => {
	const fake = fakeCluster({objects: [owned, budget(1)], guarded: ['web-1-a']});
	const {outcome} = await carryOut(podEvict, {pod: 'web-1-a'}, fake);
	expect(outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'disruption-budget', what: 'Pod shop/web-1-a cannot be evicted now'},
		done: [],
	});
	expect(fake.object('Pod', 'web-1-a')).toBeDefined();
});

test('warns of a pod that nothing makes again', async () => {
	expect(told((await rehearse(podEvict, {pod: 'web-1'}, fakeCluster({objects: [pod('web-1')]}))).consequences)).toContain(
		'danger pod-gone: No controller makes it again',
	);
});

test('evicts', async () => {
	const fake = fakeCluster({objects: [owned]});
	expect((await carryOut(podEvict, {pod: 'web-1-a'}, fake)).outcome).toMatchObject({kind: 'done', output: {pod: 'Pod shop/web-1-a'}});
	expect(fake.calls).toContain('send evict Pod shop/web-1-a');
});
