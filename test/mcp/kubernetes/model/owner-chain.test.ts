import {expect, test} from 'vitest';
import {type KubeObject, refKey, refOf, refText} from '../../../../src/core/kube/kube-object.ts';
import {ownerChain} from '../../../../src/mcp/kubernetes/model/owner-chain.ts';
import {deployment, objectOf, ownedBy, pod} from '../../../support/shop-objects.ts';

const web = deployment('web');
const replicaSet = objectOf('apps/v1', 'ReplicaSet', 'web-1', {metadata: ownedBy(web)});
const owned = pod('web-1-a', {metadata: ownedBy(replicaSet)});

const chain = async (object: KubeObject, objects: readonly KubeObject[]) => {
	const owners = await ownerChain(object, async ref => objects.find(other => refKey(refOf(other)) === refKey(ref)));
	return owners.map(({ref, missing}) => `${refText(ref)}${missing ? ' missing' : ''}`);
};

test('goes from a pod to its deployment', async () => {
	expect(await chain(owned, [replicaSet, web])).toEqual(['ReplicaSet shop/web-1', 'Deployment shop/web']);
});

test('ends with an owner that is gone', async () => {
	expect(await chain(owned, [web])).toEqual(['ReplicaSet shop/web-1 missing']);
});

test('does not take a new object under the old name for the owner', async () => {
	expect(await chain(owned, [{...replicaSet, metadata: {...replicaSet.metadata, uid: 'another'}}, web])).toEqual([
		'ReplicaSet shop/web-1 missing',
	]);
});

test('does not turn in circles', async () => {
	const loop = objectOf('apps/v1', 'ReplicaSet', 'loop', {
		metadata: {ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'loop', uid: 'uid-ReplicaSet-loop'}]},
	});
	expect(await chain(loop, [loop])).toEqual([]);
});
