import {describe, expect, test} from 'vitest';
import {deploymentAbort} from '../../../../src/agents/deploy/tools/deployment-abort.ts';
import {deploymentCanary} from '../../../../src/agents/deploy/tools/deployment-canary.ts';
import {numberAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {object} from '../../../support/kube-objects.ts';
import {lostRollout} from '../../../support/lost-rollout.ts';

/** A canary by pods at 75 %: one pod of web and three of web-canary. */
const atThreeQuarters = () => lostRollout(deploymentCanary, {image: 'web:2', steps: '75'}, 'patch Deployment web');

type Lost = Awaited<ReturnType<typeof atThreeQuarters>>;

const web = ({fake}: Lost): KubeObject => {
	const found = fake.object('Deployment', 'web');
	if (found === undefined) throw new Error('there is no web');
	return found;
};

/** What was sent from here on, with the pods of web. */
const sentSince = ({fake}: Lost, from: number) => fake.sent.slice(from).map(({op, ref}) => `${op} ${ref.kind} ${ref.name}`);

/** Somebody sets the number of pods of web by hand, and they are ready. */
function scaledBy(lost: Lost, replicas: number, entry: object): void {
	const live = web(lost);
	const fieldsV1 = {'f:spec': {'f:replicas': {}}};
	const metadata = {...live.metadata, managedFields: [{operation: 'Update', fieldsV1, ...entry}]};
	lost.fake.put({...live, metadata, spec: {...Object(live.spec), replicas}});
	const {generation} = web(lost).metadata;
	const status = {
		replicas,
		updatedReplicas: replicas,
		readyReplicas: replicas,
		availableReplicas: replicas,
		observedGeneration: generation,
	};
	lost.fake.put({...web(lost), status});
}

describe('a canary by pods at 75 % whose record, Lease and Secret are gone', () => {
	test('an abort brings the workload back to its pods before the canary goes', async () => {
		const lost = await atThreeQuarters();
		expect(numberAt(web(lost), 'spec', 'replicas')).toBe(1);
		const from = lost.fake.sent.length;
		const planned = await lost.run(deploymentAbort, {}, 'plan');
		expect(planned).toMatchObject({
			plan: {
				steps: [
					{title: 'Bring web back to 4 pods, and wait until all are ready'},
					{title: 'Remove what a rollout of shop/web left: Deployment web-canary'},
				],
				changes: [{ref: {name: 'web'}, fields: [{path: ['spec', 'replicas'], before: 1, after: 4}]}, {ref: {name: 'web-canary'}}],
				consequences: [{text: expect.stringContaining('all but the number of pods, which this plan sets to 4')}],
				verify: ['All pods of web are ready before anything goes'],
			},
		});
		expect(await lost.run(deploymentAbort)).toMatchObject({kind: 'done', output: {result: 'removed'}});
		expect(sentSince(lost, from)).toEqual(['patch Deployment web', 'delete Deployment web-canary']);
		expect(numberAt(web(lost), 'status', 'readyReplicas')).toBe(4);
	});

	test('the canary stays where the pods of the workload do not come back', async () => {
		const lost = await atThreeQuarters();
		lost.fake.afterWrite = ({ref}) => {
			const live = web(lost);
			if (ref.name === 'web') lost.fake.put({...live, status: {...Object(live.status), readyReplicas: 1, availableReplicas: 1}});
		};
		expect(await lost.run(deploymentAbort)).toMatchObject({
			kind: 'failed',
			error: {
				code: 'not-ready',
				what: 'web cannot serve alone yet, so nothing was removed',
				next: expect.stringContaining('mkcoa deploy abort web -n shop'),
			},
		});
		expect(lost.left()).toContain('Deployment web-canary');
	});

	test('without the snapshot it is refused until somebody gave the workload its pods', async () => {
		const lost = await atThreeQuarters();
		lost.fake.remove('Secret', 'mkcoa-bundle-web-3');
		scaledBy(lost, 1, {manager: 'mkcoa'});
		expect(await lost.run(deploymentAbort)).toMatchObject({
			kind: 'failed',
			error: {
				code: 'rollout-lost',
				what: 'web alone would have 1 of the 4 ready pods that serve now with web-canary',
				next: 'Give web as many pods first: mkcoa k8s scale web 4 -n shop. Once they are ready: mkcoa deploy abort web -n shop',
			},
		});
		expect(lost.left()).toContain('Deployment web-canary');
		scaledBy(lost, 4, {manager: 'mkcoa', subresource: 'scale'});
		expect(await lost.run(deploymentAbort)).toMatchObject({kind: 'done', output: {result: 'removed'}});
		expect(lost.left()).not.toContain('Deployment web-canary');
	});

	test('pods that somebody gave the workload since are not taken away', async () => {
		const lost = await atThreeQuarters();
		scaledBy(lost, 6, {manager: 'kubectl'});
		expect(await lost.run(deploymentAbort)).toMatchObject({kind: 'done'});
		expect(numberAt(web(lost), 'spec', 'replicas')).toBe(6);
	});

	test('an autoscaler decides by itself, and its pods are waited for', async () => {
		const lost = await atThreeQuarters();
		lost.fake.put(
			object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
				spec: {scaleTargetRef: {kind: 'Deployment', name: 'web'}, minReplicas: 1, maxReplicas: 9},
			}),
		);
		expect(await lost.run(deploymentAbort, {}, 'plan')).toMatchObject({
			plan: {
				steps: [{title: 'Wait until all pods of web are ready that its autoscaler asks for', writes: []}, {}],
				consequences: [{id: 'record-lost'}, {id: 'autoscaler'}],
			},
		});
		expect(await lost.run(deploymentAbort)).toMatchObject({kind: 'done', output: {result: 'removed'}});
		expect(numberAt(web(lost), 'spec', 'replicas')).toBe(1);
	});
});
