import {expect, test} from 'vitest';
import {rolloutPlace} from '../../../src/main/screens/rollout-place.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {thing} from '../../support/router-world.ts';

const {cluster} = fakeCluster({
	objects: [
		thing('Deployment', 'shop/web'),
		thing('Deployment', 'pay/ledger'),
		thing('StatefulSet', 'data/ledger'),
		thing('Deployment', 'default/api'),
		thing('Deployment', 'shop/api'),
	],
});
const place = (name: string, namespace?: string) =>
	rolloutPlace({name, namespace}, {...cluster, namespace: 'default'}, new AbortController().signal);

test.each([
	['web', undefined, 'shop'],
	['deployment/web', undefined, 'shop'],
	['api', undefined, 'default'],
	['nobody', undefined, 'default'],
	['web', 'data', 'data'],
])('%s is looked for where it is, unless a namespace is named (%s): in %s', async (name, said, namespace) => {
	expect(await place(name, said)).toEqual({name, namespace});
});

test('a name in several other places is asked about', async () => {
	await expect(place('ledger')).rejects.toMatchObject({
		trouble: {code: 'ambiguous-name', next: expect.stringContaining('/rollout')},
	});
});
