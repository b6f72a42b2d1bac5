import {describe, expect, test} from 'vitest';
import {runningRollouts} from '../../../../src/agents/deploy/status/running-rollouts.ts';
import {deploymentCanary} from '../../../../src/agents/deploy/tools/deployment-canary.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {object} from '../../../support/kube-objects.ts';
import {lostWorld} from '../../../support/lost-rollout.ts';
import {manualClock} from '../../../support/manual-clock.ts';
import {withRolloutKinds} from '../../../support/rollout-kinds.ts';

const watcher = {clock: manualClock(), holderDied: () => false};

const argo = (name: string, phase: string) =>
	object('argoproj.io/v1alpha1', 'Rollout', name, {
		spec: {strategy: {canary: {steps: [{setWeight: 25}, {pause: {}}]}}},
		status: {phase, observedGeneration: '1', currentStepIndex: 1, currentPodHash: 'new', stableRS: phase === 'Healthy' ? 'new' : 'old'},
	});

describe('rollouts that run', () => {
	test('one of mkcoa itself is told with its step, also when nobody is at it any more', async () => {
		const {fake, lose, clock} = lostWorld();
		await lose(deploymentCanary, {image: 'web:2', steps: '25'}, 'create Deployment web-canary', []);
		const {rollouts} = await runningRollouts(fake.cluster, undefined, {clock, holderDied: () => false});
		expect(rollouts).toMatchObject([
			{
				namespace: 'shop',
				name: 'web',
				text: expect.stringMatching(/^Canary of shop\/web, step \d+ of \d+: /),
				state: 'stopped: nobody is at it',
			},
		]);
	});

	test('those of controllers are told where they are not at their end', async () => {
		const {cluster} = fakeCluster({kinds: withRolloutKinds, objects: [argo('web', 'Paused'), argo('cart', 'Healthy')]});
		expect(await runningRollouts(cluster, 'shop', watcher)).toEqual({
			rollouts: [
				{
					namespace: 'shop',
					name: 'web',
					text: expect.stringContaining('Rollout shop/web Paused: step 2 of 2'),
					state: 'paused',
					startedAt: '',
				},
			],
			notChecked: [],
		});
	});

	test('what may not be listed is said, and the rest is told', async () => {
		const {cluster} = fakeCluster({kinds: withRolloutKinds, objects: [argo('web', 'Paused')], denied: ['configmaps']});
		const {rollouts, notChecked} = await runningRollouts(cluster, undefined, watcher);
		expect(rollouts).toHaveLength(1);
		expect(notChecked).toEqual(["rollouts of mkcoa's own: configmaps may not be listed"]);
	});
});
