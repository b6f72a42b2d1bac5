import {expect, test} from 'vitest';
import {waitForReady} from '../../src/agents/deploy/rollout/wait-for-ready.ts';
import {systemClock} from '../../src/core/clock.ts';
import {at} from '../servers/questions.ts';
import {clientOf} from './client-of.ts';
import {shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const sets = (name?: string) => shop.deployments(name).replace('deployments', 'statefulsets');
const daemons = (name?: string) => shop.deployments(name).replace('deployments', 'daemonsets');

const workload = (kind: string, name: string, image: string, spec: object) => ({
	apiVersion: 'apps/v1',
	kind,
	metadata: {name, namespace: 'shop'},
	spec: {
		selector: {matchLabels: {app: name}},
		template: {metadata: {labels: {app: name}}, spec: {containers: [{name: 'main', image}]}},
		...spec,
	},
});
const image = (text: string) => ({spec: {template: {spec: {containers: [{name: 'main', image: text}]}}}});

/** What came of waiting for one object, with the product's own client. */
async function waited(kind: string, name: string, namespace = 'shop') {
	const {cluster, close} = await clientOf(real.plane().kubeconfig, 'admin');
	try {
		const metrics = () => Promise.reject(new Error('not asked for'));
		const context = {
			ports: {cluster, metrics},
			clock: systemClock(),
			signal: real.plane().signal,
			emit: () => {},
			holderDied: () => false,
			holder: 'tester',
		};
		return await waitForReady({ref: {apiVersion: 'apps/v1', kind, namespace, name}, withinMs: 60_000}, context);
	} finally {
		await close();
	}
}

test.concurrent('a StatefulSet is followed as far as its partition lets it, and further when the partition goes', async () => {
	await real.create(sets(), workload('StatefulSet', 'parted', 'x:1', {replicas: 3, serviceName: 'parted'}));
	expect(await waited('StatefulSet', 'parted')).toMatchObject({done: true, object: {status: {readyReplicas: 3}}});
	await real.merge(sets('parted'), {spec: {updateStrategy: {rollingUpdate: {partition: 2}}, ...image('x:2').spec}});
	expect(await waited('StatefulSet', 'parted')).toMatchObject({done: true, object: {status: {readyReplicas: 3, updatedReplicas: 1}}});
	await real.merge(sets('parted'), {spec: {updateStrategy: {rollingUpdate: {partition: 0}}}});
	expect(await waited('StatefulSet', 'parted')).toMatchObject({done: true, object: {status: {readyReplicas: 3, updatedReplicas: 3}}});
});

test.concurrent('a DaemonSet whose new version crashes is given up, with the last words of its pod', async () => {
	await real.create(daemons(), workload('DaemonSet', 'everywhere', 'x:1', {}));
	expect(await waited('DaemonSet', 'everywhere')).toMatchObject({done: true});
	await real.merge(daemons('everywhere'), image('x:2-missing'));
	const end = await waited('DaemonSet', 'everywhere');
	expect(end).toMatchObject({
		done: false,
		cause: 'image',
		reason: expect.stringMatching(/of 3 new pods cannot run \(main: (ErrImagePull|ImagePullBackOff)/),
	});
	expect(at(end, 'evidence', 'pods', 0, 'events')).toEqual(expect.arrayContaining([expect.stringMatching(/^Failed: .*x:2-missing/)]));
});

test.concurrent('pods that admission refuses a StatefulSet are told from its events', async () => {
	const limits = {apiVersion: 'v1', kind: 'LimitRange', metadata: {name: 'small'}, spec: {limits: [{type: 'Pod', max: {memory: '1Mi'}}]}};
	await real.create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'tight'}});
	await real.create('/api/v1/namespaces/tight/limitranges', limits);
	const containers = [{name: 'main', image: 'x:1', resources: {limits: {memory: '64Mi'}}}];
	const refused = workload('StatefulSet', 'refused', 'x:1', {replicas: 1, serviceName: 'refused'});
	await real.create('/apis/apps/v1/namespaces/tight/statefulsets', {
		...refused,
		spec: {...refused.spec, template: {metadata: {labels: {app: 'refused'}}, spec: {containers}}},
	});
	expect(await waited('StatefulSet', 'refused', 'tight')).toMatchObject({
		done: false,
		cause: 'refused',
		reason: expect.stringMatching(/pods cannot be created: .*maximum memory usage per Pod is 1Mi/),
	});
});
