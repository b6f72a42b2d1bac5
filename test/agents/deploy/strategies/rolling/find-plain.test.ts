import {expect, test} from 'vitest';
import {findPlain} from '../../../../../src/agents/deploy/strategies/rolling/find-plain.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../../support/fake-cluster.ts';
import {withRolloutKinds} from '../../../../support/rollout-kinds.ts';

const metadata = {name: 'web', namespace: 'shop'};
const deployment: KubeObject = {apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: {}};
const canary: KubeObject = {
	apiVersion: 'flagger.app/v1beta1',
	kind: 'Canary',
	metadata,
	spec: {targetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}},
};
const found = (...objects: readonly KubeObject[]) =>
	findPlain(fakeCluster({kinds: withRolloutKinds, objects}).cluster, 'shop', 'web', 'roll out');

test('a workload that no controller rolls out is taken', async () => {
	expect(await found(deployment)).toMatchObject({kind: 'Deployment', metadata: {name: 'web'}});
});

test('one that a controller rolls out is refused with the command that serves both', async () => {
	await expect(found(deployment, canary)).rejects.toMatchObject({
		trouble: {
			code: 'controlled',
			why: expect.stringContaining('Canary shop/web rolls it out'),
			next: 'Give Canary the new version with: mkcoa deploy rolling web -n shop --image IMAGE',
		},
	});
});
