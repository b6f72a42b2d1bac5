import {describe, expect, test} from 'vitest';
import {deploymentAbort} from '../../../../src/agents/deploy/tools/deployment-abort.ts';
import {deploymentBlueGreen} from '../../../../src/agents/deploy/tools/deployment-blue-green.ts';
import {deploymentCanary} from '../../../../src/agents/deploy/tools/deployment-canary.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeKinds} from '../../../support/fake-kinds.ts';
import {object} from '../../../support/kube-objects.ts';
import {lostRollout, lostWorld} from '../../../support/lost-rollout.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

/** Kinds of a cluster with gateways and a mesh. */
const [first] = fakeKinds;
const routeKind = (apiVersion: string, kind: string) =>
	first === undefined
		? []
		: [{...first, apiVersion, kind, plural: `${kind.toLowerCase()}s`, singular: kind.toLowerCase(), shortNames: [], namespaced: true}];
const kinds = [
	...fakeKinds,
	...routeKind('gateway.networking.k8s.io/v1', 'HTTPRoute'),
	...routeKind('networking.istio.io/v1', 'VirtualService'),
];

const elsewhere = (route: KubeObject): KubeObject => ({...route, metadata: {...route.metadata, namespace: 'edge'}});

const routes = [
	[
		'HTTPRoute edge/front',
		elsewhere(
			object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'front', {
				spec: {rules: [{backendRefs: [{name: 'web-preview', namespace: 'shop', port: 80}]}]},
			}),
		),
	],
	[
		'VirtualService edge/front',
		elsewhere(
			object('networking.istio.io/v1', 'VirtualService', 'front', {
				spec: {hosts: ['x'], http: [{route: [{destination: {host: 'web-preview.shop.svc.cluster.local'}}]}]},
			}),
		),
	],
] as const;

const preview = (world: Parameters<typeof lostRollout>[3]) =>
	lostRollout(deploymentBlueGreen, {image: 'web:2'}, 'create Deployment web-preview', world);

describe('routes of other namespaces', () => {
	test.each(routes)('%s keeps the copy that it sends requests to', async (name, route) => {
		const {fake, run, left} = await preview({kinds});
		fake.put(route);
		expect(await run(deploymentAbort)).toMatchObject({
			kind: 'failed',
			error: {code: 'rollout-lost', what: `What a rollout of web left is still needed: ${name} sends requests there`},
		});
		expect(left()).toContain('Deployment web-preview');
	});

	test('that could not be read keep a copy with a Service of its own', async () => {
		const {run, left} = await preview({kinds, denied: ['httproutes']});
		expect(await run(deploymentAbort)).toMatchObject({
			kind: 'failed',
			error: {
				code: 'rollout-lost',
				why: 'not read: httproutes.gateway.networking.k8s.io: reading them is not allowed',
				next: 'Have somebody run it who may list them: mkcoa deploy abort web -n shop',
			},
		});
		expect(left()).toContain('Deployment web-preview');
	});

	test('that could not be read do not keep a canary by pods, which has no Service', async () => {
		const {run} = await lostRollout(deploymentCanary, {image: 'web:2', steps: '25'}, 'create Deployment web-canary', {
			kinds,
			denied: ['httproutes'],
		});
		expect(await run(deploymentAbort)).toMatchObject({kind: 'done', output: {result: 'removed'}});
	});
});

describe('marks hold a name alone', () => {
	const set: KubeObject = {...webDeployment(), kind: 'StatefulSet', metadata: {...webDeployment().metadata, uid: 'uid-set'}};

	test('a StatefulSet has no copies: those of the Deployment of its name stay', async () => {
		const {run, left} = await lostRollout(deploymentCanary, {image: 'web:2', steps: '25'}, 'create Deployment web-canary', {
			objects: [set],
		});
		expect(await run(deploymentAbort, {name: 'statefulset/web'})).toMatchObject({kind: 'failed', error: {code: 'no-rollout'}});
		expect(left()).toContain('Deployment web-canary');
	});

	test('a copy that somebody rolls out as a workload of its own stays', async () => {
		const {fake, run, left, clock} = await lostRollout(deploymentCanary, {image: 'web:2', steps: '25'}, 'create Deployment web-canary');
		const now = new Date(clock.now()).toISOString();
		fake.put(
			object('coordination.k8s.io/v1', 'Lease', 'mkcoa-rollout-web-canary', {
				spec: {holderIdentity: 'eve@there/1', acquireTime: now, renewTime: now, leaseDurationSeconds: 3000},
			}),
		);
		expect(await run(deploymentAbort)).toMatchObject({kind: 'failed', error: {code: 'rollout-held'}});
		expect(left()).toContain('Deployment web-canary');
	});

	test("somebody else's Deployment under the name of the canary is called that", async () => {
		const {run} = lostWorld({objects: [object('apps/v1', 'Deployment', 'web-canary', {})]});
		expect(await run(deploymentCanary, {image: 'web:2', steps: '25'})).toMatchObject({
			kind: 'failed',
			error: {
				code: 'canary-exists',
				what: 'There is a Deployment web-canary already, and no canary of web',
				next: 'Give it another name, or, where nobody needs it, delete it: mkcoa k8s delete deployment/web-canary -n shop',
			},
		});
	});

	test('a canary that was left is to be aborted', async () => {
		const {run} = await lostRollout(deploymentCanary, {image: 'web:2', steps: '25'}, 'create Deployment web-canary');
		expect(await run(deploymentCanary, {image: 'web:2', steps: '25'})).toMatchObject({
			kind: 'failed',
			error: {code: 'canary-exists', next: expect.stringContaining('mkcoa deploy abort web -n shop')},
		});
	});
});
