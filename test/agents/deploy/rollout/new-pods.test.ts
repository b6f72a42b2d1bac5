import {expect, test} from 'vitest';
import {newPods} from '../../../../src/agents/deploy/rollout/new-pods.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

const owned = (
	kind: string,
	apiVersion: string,
	name: string,
	[ownerKind, ownerUid]: readonly [string, string],
	more: JsonObject = {},
): KubeObject => ({
	apiVersion,
	kind,
	metadata: {
		...{name, namespace: 'shop', uid: `uid-${name}`, labels: {app: 'web'}},
		ownerReferences: [{apiVersion: 'apps/v1', kind: ownerKind, name: 'web', uid: ownerUid, controller: true}],
		...more,
	},
	spec: {containers: [{name: 'web', image: 'web:1'}]},
});
const set = (revision: number, owner: readonly [string, string] = ['Deployment', 'uid-web']) =>
	owned('ReplicaSet', 'apps/v1', `web-${revision}`, owner, {annotations: {'deployment.kubernetes.io/revision': String(revision)}});
const pod = (name: string, revision: number) => owned('Pod', 'v1', name, ['ReplicaSet', `uid-web-${revision}`]);
// A colleague's Deployment is of the same labels and revision, and only a variable tells revision 2 of this one from 3.
const objects = [webDeployment(), set(2), set(3), set(3.5, ['Deployment', 'uid-other']), pod('old', 2), pod('new', 3)];

test('pods are told by their ReplicaSet, not by an image that both versions have', async () => {
	expect((await newPods(fakeCluster({objects}).cluster, webDeployment()))?.map(({metadata}) => metadata.name)).toEqual(['new']);
});

test('before the controller has seen the change there are none', async () => {
	const deployment = webDeployment();
	const changed = {...deployment, metadata: {...deployment.metadata, generation: 4}};
	expect(await newPods(fakeCluster({objects}).cluster, changed)).toEqual([]);
});

test.each(['pods', 'replicasets'])('nobody can tell where %s may not be listed', async denied => {
	expect(await newPods(fakeCluster({objects, denied: [denied]}).cluster, webDeployment())).toBeUndefined();
});
