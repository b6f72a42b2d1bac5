import {expect, test} from 'vitest';
import {at, erase, mergePatch, post, strategicPatch} from '../../servers/questions.ts';
import {cause, itemsOf, namesOf, refusal, uidOf} from '../reply.ts';
import type {Chapter} from '../room.ts';
import {isGone, shows} from '../shows.ts';
import {deployment, imagePatch, pod, replicaSet} from '../workloads.ts';

const running = (count: number) => shows({status: {replicas: count, readyReplicas: count, availableReplicas: count}});

/** Which pods belong to whom. */
export const replicaSets: Chapter = open => {
	test('a ReplicaSet adopts a pod that fits, and makes only what is missing', async () => {
		const {ask, path, eventually} = await open();
		const mine = uidOf(await ask(post(path('pods'), pod('mine', {metadata: {labels: {app: 'web'}}}))));
		await ask(post(path('replicasets'), replicaSet('web', {replicas: 2})));
		await eventually({path: path('replicasets', 'web')}, running(2));
		const adopted = await ask({path: path('pods', 'mine')});
		expect(adopted).toMatchObject({body: {metadata: {uid: mine, ownerReferences: [{kind: 'ReplicaSet', name: 'web', controller: true}]}}});
		expect(itemsOf(await ask({path: path('pods')}))).toHaveLength(2);
	});

	test('a pod whose labels no longer fit is let go, and replaced', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('replicasets'), replicaSet('web', {replicas: 1})));
		await eventually({path: path('replicasets', 'web')}, running(1));
		const [name] = namesOf(await ask({path: path('pods')}));
		await ask(mergePatch(path('pods', String(name)), {metadata: {labels: {app: 'quarantine'}}}));
		await eventually({path: path('pods', String(name))}, ({body}) => at(body, 'metadata', 'ownerReferences') === undefined);
		await eventually({path: path('pods')}, reply => itemsOf(reply).length === 2);
	});

	test('a pod that was deleted is replaced', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('replicasets'), replicaSet('web', {replicas: 1})));
		const [name] = namesOf(await eventually({path: path('pods')}, reply => itemsOf(reply).length === 1));
		await ask(erase(path('pods', String(name)), {gracePeriodSeconds: 0}));
		await eventually({path: path('pods')}, reply => itemsOf(reply).length === 1 && !namesOf(reply).includes(name));
	});

	test('a pod that failed for good is replaced, and does not count', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('replicasets'), replicaSet('web', {replicas: 1, pod: {schedulerName: 'nobody'}})));
		const [name] = namesOf(await eventually({path: path('pods')}, reply => itemsOf(reply).length === 1));
		await ask(mergePatch(path('pods', String(name), 'status'), {status: {phase: 'Failed'}}));
		await eventually({path: path('pods')}, reply => itemsOf(reply).length === 2);
		await eventually({path: path('replicasets', 'web')}, shows({status: {replicas: 1}}));
	});

	test('of fewer replicas, the pod that costs least to lose goes first', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('replicasets'), replicaSet('web', {replicas: 3})));
		await eventually({path: path('replicasets', 'web')}, running(3));
		const names = namesOf(await ask({path: path('pods')})).map(String);
		const cheap = String(names[1]);
		await ask(mergePatch(path('pods', cheap), {metadata: {annotations: {'controller.kubernetes.io/pod-deletion-cost': '-10'}}}));
		await ask(mergePatch(path('replicasets', 'web'), {spec: {replicas: 2}}));
		await eventually({path: path('pods', cheap)}, isGone);
		expect(namesOf(await ask({path: path('pods')})).toSorted()).toEqual(names.filter(name => name !== cheap).toSorted());
	});

	test('a deployment takes up the ReplicaSet that an earlier one of its name left behind', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 1})));
		await eventually({path: path('deployments', 'web')}, shows({status: {availableReplicas: 1}}));
		const [set] = namesOf(await ask({path: path('replicasets')}));
		const pods = namesOf(await ask({path: path('pods')}));
		await ask(erase(`${path('deployments', 'web')}?propagationPolicy=Orphan`));
		await eventually({path: path('deployments', 'web')}, isGone);
		const uid = uidOf(await ask(post(path('deployments'), deployment('web', {replicas: 1}))));
		await eventually({path: path('replicasets', String(set))}, shows({metadata: {ownerReferences: [{uid, controller: true}]}}));
		await eventually({path: path('deployments', 'web')}, shows({status: {availableReplicas: 1, observedGeneration: 1}}));
		expect(namesOf(await ask({path: path('replicasets')}))).toEqual([set]);
		expect(namesOf(await ask({path: path('pods')}))).toEqual(pods);
	});

	test('the template of a ReplicaSet is for pods to come', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('replicasets'), replicaSet('web', {replicas: 1})));
		await eventually({path: path('replicasets', 'web')}, running(1));
		await ask(strategicPatch(path('replicasets', 'web'), imagePatch('x:2')));
		await ask(mergePatch(path('replicasets', 'web'), {spec: {replicas: 2}}));
		await eventually({path: path('replicasets', 'web')}, running(2));
		const images = itemsOf(await ask({path: path('pods')})).map(one => at(one, 'spec', 'containers', 0, 'image'));
		expect(images.toSorted()).toEqual(['x:1', 'x:2']);
	});

	test('a template whose labels do not fit the selector is refused', async () => {
		const {ask, path} = await open();
		const object = deployment('web', {selector: {matchLabels: {app: 'other'}}});
		const message = 'Invalid value: {"app":"web"}: `selector` does not match template `labels`';
		expect(await ask(post(path('deployments'), object))).toMatchObject(
			refusal(422, 'Invalid', `Deployment.apps "web" is invalid: spec.template.metadata.labels: ${message}`, {
				causes: [cause('FieldValueInvalid', 'spec.template.metadata.labels', message)],
			}),
		);
	});

	test('a rolling update that may neither add nor take a pod is refused', async () => {
		const {ask, path} = await open();
		const object = deployment('web', {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: '0%'}}});
		expect(await ask(post(path('deployments'), object))).toMatchObject({
			status: 422,
			body: {
				message: expect.stringContaining(
					'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0',
				),
			},
		});
	});

	test('a deadline must be later than the first moment of being available', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('deployments'), deployment('web', {minReadySeconds: 5, progressDeadlineSeconds: 5})))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds')},
		});
	});
};
