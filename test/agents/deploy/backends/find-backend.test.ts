import {describe, expect, test} from 'vitest';
import {findBackend} from '../../../../src/agents/deploy/backends/find-backend.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {withRolloutKinds} from '../../../support/rollout-kinds.ts';

const object = (apiVersion: string, kind: string, name: string, spec: KubeObject['spec'] = {}): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: 'shop'},
	spec,
});
const deployment = (name: string) => object('apps/v1', 'Deployment', name);
const statefulSet = (name: string) => object('apps/v1', 'StatefulSet', name);
const to = (name: string) => ({apiVersion: 'apps/v1', kind: 'Deployment', name});
const argo = (name: string, target?: string) =>
	object('argoproj.io/v1alpha1', 'Rollout', name, target === undefined ? {} : {workloadRef: to(target)});
const flagger = (name: string, target: string) => object('flagger.app/v1beta1', 'Canary', name, {targetRef: to(target)});
const kruise = (name: string, target: string) => object('rollouts.kruise.io/v1beta1', 'Rollout', name, {workloadRef: to(target)});

const namespace: KubeObject = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop'}};

async function found(objects: readonly KubeObject[], text: string) {
	const {cluster} = fakeCluster({kinds: withRolloutKinds, objects});
	const backend = await findBackend(cluster, 'shop', text);
	const of = (one: KubeObject | undefined) => (one === undefined ? 'nothing' : `${one.kind} ${one.metadata.name}`);
	return backend.kind === 'plain' ? of(backend.workload) : `${backend.kind} ${backend.controller.metadata.name} → ${of(backend.workload)}`;
}

describe('a workload is found with what rolls it out', () => {
	test.each([
		['a Deployment alone', [deployment('web')], 'web', 'Deployment web'],
		['a StatefulSet by its bare name', [statefulSet('db')], 'db', 'StatefulSet db'],
		['a kind in words', [deployment('web'), statefulSet('web')], 'sts/web', 'StatefulSet web'],
		['an Argo Rollout is its own workload', [argo('web')], 'web', 'argo-rollout web → Rollout web'],
		[
			'an Argo Rollout by the Deployment that it refers to',
			[argo('roll', 'web'), deployment('web')],
			'web',
			'argo-rollout roll → Deployment web',
		],
		['a Flagger Canary by its target', [flagger('shop-web', 'web'), deployment('web')], 'web', 'flagger shop-web → Deployment web'],
		['a Flagger Canary by its own name', [flagger('shop-web', 'web'), deployment('web')], 'shop-web', 'flagger shop-web → Deployment web'],
		['a Flagger Canary by the copy that serves', [flagger('web', 'web'), deployment('web')], 'web-primary', 'flagger web → Deployment web'],
		['a Kruise Rollout by its target', [kruise('roll', 'web'), deployment('web')], 'web', 'kruise roll → Deployment web'],
		[
			'a target named by its kind leads to its controller',
			[kruise('roll', 'web'), argo('web'), deployment('web')],
			'deploy/web',
			'kruise roll → Deployment web',
		],
		[
			'two kinds of one name told apart by group',
			[kruise('web', 'x'), argo('web')],
			'rollouts.argoproj.io/web',
			'argo-rollout web → Rollout web',
		],
		['a target that is not there', [flagger('web', 'web')], 'web', 'flagger web → nothing'],
		[
			'objects of other namespaces',
			[{...argo('web'), metadata: {name: 'web', namespace: 'other'}}, deployment('web')],
			'web',
			'Deployment web',
		],
	] as const)('%s', async (_, objects, text, expected) => {
		expect(await found(objects, text)).toBe(expected);
	});
});

test('what a controller made leads to it', async () => {
	const canary = {...flagger('web', 'web'), metadata: {name: 'web', namespace: 'shop', uid: 'u1'}};
	const ownerReferences = [{apiVersion: 'flagger.app/v1beta1', kind: 'Canary', name: 'web', uid: 'u1', controller: true}];
	const primary = {...deployment('web-primary'), metadata: {name: 'web-primary', namespace: 'shop', ownerReferences}};
	expect(await found([canary, primary, deployment('web')], 'web-primary')).toBe('flagger web → Deployment web');
});

test('two workloads of one name are an error that lists both', async () => {
	await expect(found([deployment('web'), argo('web'), kruise('web', 'x')], 'web')).rejects.toMatchObject({
		trouble: {code: 'which-workload', next: 'Name one of them: rollouts.argoproj.io/web, rollouts.rollouts.kruise.io/web, deployment/web'},
	});
});

test('a name that nothing has is an error with what to look at', async () => {
	await expect(found([namespace], 'web')).rejects.toMatchObject({
		trouble: {
			code: 'no-such-workload',
			what: 'There is no workload web in namespace shop',
			next: expect.stringContaining('mkcoa k8s list'),
		},
	});
});

test('a namespace that is not there is an error of its own', async () => {
	await expect(found([], 'web')).rejects.toMatchObject({trouble: {code: 'no-such-namespace', what: 'There is no namespace shop'}});
});

test('who may read none of the kinds is not told that the workload does not exist', async () => {
	const {cluster} = fakeCluster({kinds: withRolloutKinds});
	const get = () => Promise.reject(new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'Reading is not allowed'}));
	await expect(findBackend({...cluster, get}, 'shop', 'web')).rejects.toMatchObject({
		trouble: {
			kind: 'auth',
			code: 'not-allowed',
			what: 'Whether there is a workload web in namespace shop cannot be told',
			next: expect.stringContaining('mkcoa k8s permissions -n shop'),
		},
	});
});

test('kinds that may not be listed are said, and an object of that very name is still found', async () => {
	const {cluster} = fakeCluster({kinds: withRolloutKinds, objects: [argo('web')], denied: ['rollouts', 'canaries']});
	expect(await findBackend(cluster, 'shop', 'web')).toMatchObject({
		kind: 'argo-rollout',
		notChecked: expect.arrayContaining(['canaries.flagger.app: reading them is not allowed']),
	});
});
