import {expect, test} from 'vitest';
import {clusterGlance} from '../../../src/main/screens/cluster-glance.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {object} from '../../support/kube-objects.ts';

const node = (name: string, status: string) => object('v1', 'Node', name, {status: {conditions: [{type: 'Ready', status}]}});
const deployment = (name: string, ready: number, more: {readonly [key: string]: string}[] = []) =>
	object('apps/v1', 'Deployment', name, {
		spec: {replicas: 2},
		status: {
			replicas: 2,
			updatedReplicas: 2,
			readyReplicas: ready,
			availableReplicas: ready,
			observedGeneration: 1,
			conditions: [{type: 'Available', status: ready === 2 ? 'True' : 'False'}, ...more],
		},
	});
const stuck = [{type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded'}];

test.each([
	['all well', [node('a', 'True'), deployment('web', 2)], [], 'good', '1 of 1 node ready; 1 of 1 workload healthy'],
	[
		'a workload that does not get well',
		[node('a', 'True'), deployment('web', 2), deployment('cart', 0, stuck)],
		[],
		'bad',
		'1 of 1 node ready; 1 of 2 workloads healthy; 1 not: shop/cart',
	],
	[
		'one on its way',
		[node('a', 'True'), deployment('web', 1)],
		[],
		'warning',
		'1 of 1 node ready; 0 of 1 workload healthy; 1 on the way: shop/web',
	],
	['a node that is gone', [node('a', 'True'), node('b', 'Unknown')], [], 'bad', '1 of 2 nodes ready (not b); no workload'],
	['no right to nodes', [deployment('web', 2)], ['nodes'], 'good', 'nodes may not be listed; 1 of 1 workload healthy'],
	[
		'no right to workloads',
		[node('a', 'True'), deployment('web', 2)],
		['deployments'],
		'unknown',
		'1 of 1 node ready; workloads in namespace shop may not be listed: see mkcoa k8s permissions',
	],
])('%s', async (_, objects, denied, health, text) => {
	const {cluster} = fakeCluster({objects, denied});
	expect(await clusterGlance(cluster, undefined)).toEqual({health, text});
});
