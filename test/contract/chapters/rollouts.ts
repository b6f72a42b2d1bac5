import {expect, test} from 'vitest';
import {at, mergePatch, post, strategicPatch} from '../../servers/questions.ts';
import {itemsOf, namesOf, type Reply} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {conditionOf, shows, showsCondition} from '../shows.ts';
import {deployment, imagePatch} from '../workloads.ts';

const revision = 'deployment.kubernetes.io/revision';
const number = (value: unknown) => (typeof value === 'number' ? value : 0);
const annotation = (object: unknown, name: string) => at(object, 'metadata', 'annotations', name);
const imageOf = (set: unknown) => at(set, 'spec', 'template', 'spec', 'containers', 0, 'image');
const complete = (replicas: number, generation: number) =>
	shows({status: {observedGeneration: generation, replicas, updatedReplicas: replicas, availableReplicas: replicas}});
/** The sizes of the ReplicaSets that are to have pods, by their images. */
const sizes = (reply: Reply) =>
	Object.fromEntries(
		itemsOf(reply).flatMap(set => (number(at(set, 'spec', 'replicas')) > 0 ? [[imageOf(set), at(set, 'spec', 'replicas')]] : [])),
	);
const reaches = (wanted: object) => (reply: Reply) => {
	const found = sizes(reply);
	return Object.keys(found).length === Object.keys(wanted).length && Object.entries(wanted).every(([image, size]) => found[image] === size);
};

/** A Deployment `web`, complete. @returns its path */
async function rolledOut({ask, path, eventually}: Room, fields: {readonly replicas: number; readonly [field: string]: unknown}) {
	const web = path('deployments', 'web');
	await ask(post(path('deployments'), deployment('web', fields)));
	await eventually({path: web}, complete(fields.replicas, 1));
	return web;
}

/** How one version of a Deployment follows another. */
export const rollouts: Chapter = open => {
	test('a deployment keeps its pods through a ReplicaSet named by the hash of the template', async () => {
		const room = await open();
		const {ask, path} = room;
		const web = await rolledOut(room, {replicas: 2});
		const owner = at((await ask({path: web})).body, 'metadata', 'uid');
		const [set] = itemsOf(await ask({path: path('replicasets')}));
		const hash = String(at(set, 'metadata', 'labels', 'pod-template-hash'));
		expect(set).toMatchObject({
			metadata: {
				name: `web-${hash}`,
				labels: {app: 'web'},
				annotations: {[revision]: '1', 'deployment.kubernetes.io/desired-replicas': '2', 'deployment.kubernetes.io/max-replicas': '3'},
				ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: owner, controller: true, blockOwnerDeletion: true}],
			},
			spec: {replicas: 2, selector: {matchLabels: {app: 'web', 'pod-template-hash': hash}}},
		});
		for (const pod of itemsOf(await ask({path: path('pods')}))) {
			expect(pod).toMatchObject({
				metadata: {
					name: expect.stringMatching(new RegExp(`^web-${hash}-[a-z0-9]{5}$`)),
					generateName: `web-${hash}-`,
					labels: {app: 'web', 'pod-template-hash': hash},
					ownerReferences: [{kind: 'ReplicaSet', name: `web-${hash}`, controller: true}],
				},
			});
		}
	});

	test('a complete deployment says so in its conditions', async () => {
		const room = await open();
		const web = await rolledOut(room, {replicas: 1});
		const {body} = await room.eventually({path: web}, showsCondition({type: 'Progressing', reason: 'NewReplicaSetAvailable'}));
		const [set] = namesOf(await room.ask({path: room.path('replicasets')}));
		expect(conditionOf(body, 'Available')).toMatchObject({
			...{status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.'},
		});
		expect(conditionOf(body, 'Progressing')).toMatchObject({
			status: 'True',
			message: `ReplicaSet "${set}" has successfully progressed.`,
		});
	});

	test('another image is another ReplicaSet and the next revision, and the old one is kept at none', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const web = await rolledOut(room, {replicas: 2});
		await ask(strategicPatch(web, imagePatch('x:2')));
		const {body} = await eventually({path: web}, complete(2, 2));
		expect(annotation(body, revision)).toBe('2');
		const sets = itemsOf(await ask({path: path('replicasets')}));
		const told = sets.map(set => [imageOf(set), at(set, 'spec', 'replicas'), annotation(set, revision)]);
		expect(told.sort()).toEqual([
			['x:1', 0, '1'],
			['x:2', 2, '2'],
		]);
	});

	test('the first template again is the first ReplicaSet again, with a new revision', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const web = await rolledOut(room, {replicas: 1});
		const [first] = namesOf(await ask({path: path('replicasets')}));
		await ask(strategicPatch(web, imagePatch('x:2')));
		await eventually({path: web}, complete(1, 2));
		await ask(strategicPatch(web, imagePatch('x:1')));
		const {body} = await eventually({path: web}, complete(1, 3));
		expect(annotation(body, revision)).toBe('3');
		const sets = await ask({path: path('replicasets')});
		expect(itemsOf(sets)).toHaveLength(2);
		const back = itemsOf(sets).find(set => at(set, 'metadata', 'name') === first);
		expect(back).toMatchObject({
			metadata: {annotations: {[revision]: '3', 'deployment.kubernetes.io/revision-history': '1'}},
			spec: {replicas: 1},
		});
	});

	test.each([
		{maxSurge: 1, maxUnavailable: 0, most: 5, least: 4},
		{maxSurge: 0, maxUnavailable: 1, most: 4, least: 3},
		{maxSurge: '50%', maxUnavailable: '25%', most: 6, least: 3},
		{maxSurge: '30%', maxUnavailable: '30%', most: 6, least: 3},
		{maxSurge: '100%', maxUnavailable: 0, most: 8, least: 4},
	])(
		'with maxSurge $maxSurge and maxUnavailable $maxUnavailable, four replicas are never more than $most nor fewer than $least',
		async ({most, least, ...rollingUpdate}) => {
			const room = await open();
			const {ask, path, watch} = room;
			const web = await rolledOut(room, {replicas: 4, strategy: {type: 'RollingUpdate', rollingUpdate}});
			const {body} = await ask({path: path('replicasets')});
			const sets = new Map(itemsOf({status: 200, headers: {}, body}).map(set => [at(set, 'metadata', 'name'), set]));
			const changes = await watch(`${path('replicasets')}?watch=true&resourceVersion=${at(body, 'metadata', 'resourceVersion')}`);
			await ask(strategicPatch(web, imagePatch('x:2')));
			const total = (...field: readonly string[]) => [...sets.values()].reduce<number>((sum, set) => sum + number(at(set, ...field)), 0);
			const isOver = () =>
				[...sets.values()].some(set => imageOf(set) === 'x:2' && at(set, 'status', 'availableReplicas') === 4) &&
				total('spec', 'replicas') === 4;
			while (!isOver()) {
				const {object} = await changes.next();
				sets.set(at(object, 'metadata', 'name'), object);
				expect(total('spec', 'replicas')).toBeLessThanOrEqual(most);
				expect(total('status', 'availableReplicas')).toBeGreaterThanOrEqual(least);
			}
			expect(total('spec', 'replicas')).toBe(4);
		},
	);

	test('with Recreate, no pod of the new version comes before the last of the old one is gone', async () => {
		const room = await open();
		const {ask, path, watch} = room;
		const web = await rolledOut(room, {replicas: 2, strategy: {type: 'Recreate'}});
		const before = await ask({path: path('pods')});
		const old = new Set(namesOf(before));
		const changes = await watch(`${path('pods')}?watch=true&resourceVersion=${at(before.body, 'metadata', 'resourceVersion')}`);
		await ask(strategicPatch(web, imagePatch('x:2')));
		for (let made = 0; made < 2; ) {
			const {type, object} = await changes.next();
			if (type === 'DELETED') old.delete(at(object, 'metadata', 'name'));
			if (type !== 'ADDED') continue;
			expect([...old]).toEqual([]);
			made++;
		}
		await room.eventually({path: web}, complete(2, 2));
	});

	test('a paused deployment collects changes, and is scaled all the same', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const web = await rolledOut(room, {replicas: 1});
		await ask(mergePatch(web, {spec: {paused: true}}));
		await eventually(
			{path: web},
			showsCondition({type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused'}),
		);
		await ask(strategicPatch(web, imagePatch('x:2')));
		await ask(mergePatch(web, {spec: {replicas: 2}}));
		await eventually({path: web}, shows({status: {observedGeneration: 4, replicas: 2, availableReplicas: 2}}));
		expect(sizes(await ask({path: path('replicasets')}))).toEqual({'x:1': 2});
		await ask(mergePatch(web, {spec: {paused: false}}));
		await eventually({path: web}, complete(2, 5));
		expect(sizes(await ask({path: path('replicasets')}))).toEqual({'x:2': 2});
	});

	test('a version that never gets ready exceeds the deadline, and the old one goes on serving', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const web = await rolledOut(room, {replicas: 2, progressDeadlineSeconds: 3});
		await ask(strategicPatch(web, imagePatch('x:2-unready')));
		const {body} = await eventually(
			{path: web},
			showsCondition({type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded'}),
		);
		const set = itemsOf(await ask({path: path('replicasets')})).find(one => imageOf(one) === 'x:2-unready');
		expect(conditionOf(body, 'Progressing')).toHaveProperty(
			'message',
			`ReplicaSet "${at(set, 'metadata', 'name')}" has timed out progressing.`,
		);
		expect(conditionOf(body, 'Available')).toMatchObject({status: 'True', reason: 'MinimumReplicasAvailable'});
		expect(body).toMatchObject({status: {replicas: 3, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2, unavailableReplicas: 1}});
		await ask(strategicPatch(web, imagePatch('x:3')));
		await eventually(
			{path: web},
			reply => complete(2, 3)(reply) && showsCondition({type: 'Progressing', reason: 'NewReplicaSetAvailable'})(reply),
		);
	});

	test('a deployment without a pod that serves is not available', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('deployments'), deployment('web', {image: 'x:unready', replicas: 1})));
		const {body} = await eventually({path: path('deployments', 'web')}, shows({status: {unavailableReplicas: 1, updatedReplicas: 1}}));
		expect(conditionOf(body, 'Available')).toMatchObject({
			...{status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.'},
		});
	});

	test.each([
		[0, 1],
		[1, 2],
	])('with revisionHistoryLimit %d, %d ReplicaSets are left of three', async (revisionHistoryLimit, left) => {
		const room = await open();
		const {ask, path, eventually} = room;
		const web = await rolledOut(room, {replicas: 1, revisionHistoryLimit});
		for (const [index, image] of ['x:2', 'x:3'].entries()) {
			await ask(strategicPatch(web, imagePatch(image)));
			await eventually({path: web}, complete(1, index + 2));
		}
		const sets = await eventually({path: path('replicasets')}, reply => itemsOf(reply).length === left);
		expect(itemsOf(sets).map(imageOf)).toContain('x:3');
		expect(itemsOf(sets).map(imageOf)).not.toContain('x:1');
	});

	test('a pod is available only after minReadySeconds', async () => {
		const {ask, path, watch, eventually} = await open();
		const changes = await watch(`${path('replicasets')}?watch=true`);
		// Long enough that a slow machine does not miss the time between.
		await ask(post(path('deployments'), deployment('web', {replicas: 1, minReadySeconds: 15})));
		const {object} = await changes.next(event => at(event.object, 'status', 'readyReplicas') === 1);
		expect(at(object, 'status', 'availableReplicas')).toBeUndefined();
		await eventually({path: path('deployments', 'web')}, shows({status: {availableReplicas: 1}}));
	});

	test('a deployment that is scaled while it rolls out grows on both sides', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const strategy = {rollingUpdate: {maxSurge: 3, maxUnavailable: 2}};
		const web = await rolledOut(room, {replicas: 10, strategy});
		await ask(strategicPatch(web, imagePatch('x:2-unready')));
		await eventually({path: path('replicasets')}, reaches({'x:1': 8, 'x:2-unready': 5}));
		await ask(mergePatch(web, {spec: {replicas: 15}}));
		await eventually({path: path('replicasets')}, reaches({'x:1': 11, 'x:2-unready': 7}));
	});
};
