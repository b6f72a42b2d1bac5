import {expect, test} from 'vitest';
import {workloadRestart} from '../../../../src/mcp/kubernetes/tools/workload-restart.ts';
import {carryOut, rehearse} from '../../../support/change-run.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {withRolloutKinds} from '../../../support/rollout-kinds.ts';
import {deployment, objectOf} from '../../../support/shop-objects.ts';

const annotation = 'kubectl.kubernetes.io/restartedAt';

test('plans one new annotation of the pod template, and no time', async () => {
	const plan = await rehearse(workloadRestart, {workload: 'web'}, fakeCluster({objects: [deployment('web', {metadata: {generation: 4}})]}));
	expect(plan.changes[0]?.fields).toEqual([
		{path: ['spec', 'template', 'metadata', 'annotations', annotation], operation: 'add', after: 'generation 5'},
	]);
});

test('restarts again after a restart, with another value', async () => {
	const fake = fakeCluster({objects: [deployment()]});
	await carryOut(workloadRestart, {workload: 'web'}, fake);
	const {outcome} = await carryOut(workloadRestart, {workload: 'web'}, fake);
	expect(outcome.kind).toBe('done');
	expect(fake.object('Deployment', 'web')).toMatchObject({
		metadata: {generation: 3},
		spec: {template: {metadata: {annotations: {[annotation]: 'generation 3'}}}},
	});
});

test.each([
	['a pod', 'pod/web-1', 'Pod shop/web-1 cannot be restarted'],
	['a paused deployment', 'paused', 'Deployment shop/paused is paused'],
])('refuses %s', async (_, workload, what) => {
	const paused = deployment('paused');
	const objects = [objectOf('v1', 'Pod', 'web-1'), {...paused, spec: {...(paused.spec as object), paused: true}}];
	await expect(rehearse(workloadRestart, {workload}, fakeCluster({objects}))).rejects.toThrow(what);
});

test('says how a paused rollout goes on', async () => {
	const paused = deployment('paused');
	const objects = [{...paused, spec: {...(paused.spec as object), paused: true}}];
	await expect(rehearse(workloadRestart, {workload: 'paused'}, fakeCluster({objects}))).rejects.toMatchObject({
		trouble: {next: expect.stringContaining(`mkcoa k8s patch deployment paused -n shop --patch '{"spec":{"paused":false}}'`)},
	});
});

test('of an Argo Rollout says before when its pods were made, the same however often it is planned', async () => {
	const rollout = {...deployment('web'), apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout'};
	const made = (name: string, creationTimestamp: string) =>
		objectOf('v1', 'Pod', name, {metadata: {labels: {app: 'web'}, creationTimestamp}});
	const objects = [rollout, made('web-1', '2026-11-01T10:00:00Z'), made('web-2', '2026-11-01T10:00:59Z')];
	const plan = await rehearse(workloadRestart, {workload: 'rollout/web'}, fakeCluster({objects, kinds: withRolloutKinds}));
	expect(plan.changes[0]?.fields).toEqual([{path: ['spec', 'restartAt'], operation: 'add', after: '2026-11-01T10:01:00Z'}]);
	await expect(
		rehearse(workloadRestart, {workload: 'rollout/web'}, fakeCluster({objects: [rollout], kinds: withRolloutKinds})),
	).rejects.toThrow('it has no pods');
});
