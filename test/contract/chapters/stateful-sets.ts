import {expect, test} from 'vitest';
import {at, erase, mergePatch, post, strategicPatch} from '../../servers/questions.ts';
import {itemsOf, namesOf, type Reply} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {shows} from '../shows.ts';
import {imagePatch, statefulSet} from '../workloads.ts';

const isReady = (pod: unknown) => {
	const conditions = at(pod, 'status', 'conditions');
	return Array.isArray(conditions) && conditions.some(one => at(one, 'type') === 'Ready' && at(one, 'status') === 'True');
};
const images = (reply: Reply) =>
	Object.fromEntries(itemsOf(reply).map(pod => [at(pod, 'metadata', 'name'), at(pod, 'spec', 'containers', 0, 'image')]));
const nameOf = (object: unknown) => String(at(object, 'metadata', 'name'));

/** A StatefulSet `db` whose pods are ready. @returns its path */
async function started({ask, path, eventually}: Room, fields: {readonly replicas: number; readonly [field: string]: unknown}) {
	await ask(post(path('statefulsets'), statefulSet('db', {serviceName: 'db', ...fields})));
	await eventually(
		{path: path('statefulsets', 'db')},
		shows({status: {availableReplicas: fields.replicas, readyReplicas: fields.replicas}}),
	);
	return path('statefulsets', 'db');
}

/** Pods with a number. */
export const statefulSets: Chapter = open => {
	test('pods start in the order of their numbers, each when the one before is ready', async () => {
		const {ask, path, watch} = await open();
		const changes = await watch(`${path('pods')}?watch=true`);
		await ask(post(path('statefulsets'), statefulSet('db', {replicas: 3})));
		const ready = new Set<string>();
		const made: string[] = [];
		while (ready.size < 3) {
			const {type, object} = await changes.next();
			if (type === 'ADDED') {
				expect(ready.size).toBe(made.length);
				made.push(nameOf(object));
			}
			if (isReady(object)) ready.add(nameOf(object));
		}
		expect(made).toEqual(['db-0', 'db-1', 'db-2']);
	});

	test('in parallel, nobody waits', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('statefulsets'), statefulSet('db', {replicas: 3, podManagementPolicy: 'Parallel', image: 'x:unready'})));
		const pods = await eventually({path: path('pods')}, reply => itemsOf(reply).length === 3);
		expect(namesOf(pods).toSorted()).toEqual(['db-0', 'db-1', 'db-2']);
	});

	test('one that does not get ready holds up all others', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('statefulsets'), statefulSet('db', {replicas: 3, image: 'x:unready'})));
		await eventually({path: path('pods', 'db-0')}, shows({status: {phase: 'Running'}}));
		await eventually({path: path('statefulsets', 'db')}, shows({status: {replicas: 1, updatedReplicas: 1, readyReplicas: undefined}}));
		expect(namesOf(await ask({path: path('pods')}))).toEqual(['db-0']);
	});

	test('a pod knows its number, its name, its revision and its service', async () => {
		const room = await open();
		const web = await started(room, {replicas: 2});
		const {body} = await room.ask({path: web});
		expect(await room.ask({path: room.path('pods', 'db-1')})).toMatchObject({
			body: {
				metadata: {
					generateName: 'db-',
					labels: {
						...{app: 'db', 'apps.kubernetes.io/pod-index': '1', 'statefulset.kubernetes.io/pod-name': 'db-1'},
						'controller-revision-hash': at(body, 'status', 'currentRevision'),
					},
				},
				spec: {hostname: 'db-1', subdomain: 'db'},
			},
		});
	});

	test('numbers may start later', async () => {
		const room = await open();
		await started(room, {replicas: 2, ordinals: {start: 5}});
		expect(namesOf(await room.ask({path: room.path('pods')})).toSorted()).toEqual(['db-5', 'db-6']);
	});

	test('an update goes from the highest number down, one pod after the other', async () => {
		const room = await open();
		const {ask, path, watch} = room;
		const db = await started(room, {replicas: 3});
		const {body} = await ask({path: path('pods')});
		const changes = await watch(`${path('pods')}?watch=true&resourceVersion=${at(body, 'metadata', 'resourceVersion')}`);
		await ask(strategicPatch(db, imagePatch('x:2')));
		const told: string[] = [];
		while (told.length < 9) {
			const {type, object} = await changes.next();
			if (type === 'DELETED' || type === 'ADDED') told.push(`${type} ${nameOf(object)}`);
			if (type === 'MODIFIED' && isReady(object) && told.at(-1) === `ADDED ${nameOf(object)}`) told.push(`ready ${nameOf(object)}`);
		}
		expect(told).toEqual([2, 1, 0].flatMap(number => ['DELETED', 'ADDED', 'ready'].map(what => `${what} db-${number}`)));
	});

	test('a partition keeps the lower numbers at the old version, also when they are made anew', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const db = await started(room, {replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}});
		await ask(strategicPatch(db, imagePatch('x:2')));
		const {body} = await eventually({path: db}, shows({status: {observedGeneration: 2, updatedReplicas: 1, readyReplicas: 3}}));
		expect(images(await ask({path: path('pods')}))).toEqual({'db-0': 'x:1', 'db-1': 'x:1', 'db-2': 'x:2'});
		expect(at(body, 'status', 'currentReplicas')).toBe(2);
		expect(at(body, 'status', 'updateRevision')).not.toBe(at(body, 'status', 'currentRevision'));
		const old = at((await ask({path: path('pods', 'db-0')})).body, 'metadata', 'uid');
		await ask(erase(path('pods', 'db-0')));
		const fresh = await eventually(
			{path: path('pods', 'db-0')},
			reply => reply.status === 200 && at(reply.body, 'metadata', 'uid') !== old,
		);
		expect(fresh).toHaveProperty('body.spec.containers.0.image', 'x:1');
		await ask(mergePatch(db, {spec: {updateStrategy: {rollingUpdate: {partition: 0}}}}));
		const done = await eventually({path: db}, shows({status: {observedGeneration: 3, updatedReplicas: 3, readyReplicas: 3}}));
		const updated = at(done.body, 'status', 'updateRevision');
		await eventually({path: db}, shows({status: {currentRevision: updated, updateRevision: updated, currentReplicas: 3}}));
	});

	test('with OnDelete, a pod is updated when somebody deletes it', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const db = await started(room, {replicas: 2, updateStrategy: {type: 'OnDelete'}});
		await ask(strategicPatch(db, imagePatch('x:2')));
		await eventually({path: db}, shows({status: {observedGeneration: 2}}));
		expect(images(await ask({path: path('pods')}))).toEqual({'db-0': 'x:1', 'db-1': 'x:1'});
		await ask(erase(path('pods', 'db-0')));
		await eventually({path: path('pods', 'db-0')}, shows({spec: {containers: [{image: 'x:2'}]}}));
		expect(await ask({path: path('pods', 'db-1')})).toHaveProperty('body.spec.containers.0.image', 'x:1');
	});

	test('fewer replicas leave from the highest number down', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const db = await started(room, {replicas: 3});
		await ask(mergePatch(db, {spec: {replicas: 1}}));
		await eventually({path: db}, shows({status: {replicas: 1, observedGeneration: 2}}));
		expect(namesOf(await ask({path: path('pods')}))).toEqual(['db-0']);
	});

	test('every template is a ControllerRevision, and the old one comes back with a new number', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const db = await started(room, {replicas: 1});
		const {body} = await ask({path: db});
		const first = String(at(body, 'status', 'updateRevision'));
		expect(await ask({path: path('controllerrevisions', first)})).toMatchObject({
			body: {
				metadata: {labels: {app: 'db'}, ownerReferences: [{kind: 'StatefulSet', name: 'db', controller: true}]},
				data: {spec: {template: {$patch: 'replace'}}},
				revision: 1,
			},
		});
		await ask(strategicPatch(db, imagePatch('x:2')));
		await eventually({path: db}, shows({status: {observedGeneration: 2, updatedReplicas: 1, readyReplicas: 1}}));
		await ask(strategicPatch(db, imagePatch('x:1')));
		await eventually({path: db}, shows({status: {observedGeneration: 3, updateRevision: first}}));
		await eventually({path: path('controllerrevisions', first)}, shows({revision: 3}));
		const kept = itemsOf(await ask({path: path('controllerrevisions')})).map(one => at(one, 'revision'));
		expect(kept.toSorted()).toEqual([2, 3]);
	});

	test('every pod has claims of its own, which stay when it goes', async () => {
		const {ask, path, eventually} = await open();
		const claims = [
			{
				metadata: {name: 'data'},
				spec: {accessModes: ['ReadWriteOnce'], storageClassName: 'none-such', resources: {requests: {storage: '1Gi'}}},
			},
		];
		await ask(post(path('statefulsets'), statefulSet('db', {replicas: 2, podManagementPolicy: 'Parallel', volumeClaimTemplates: claims})));
		await eventually({path: path('pods')}, reply => itemsOf(reply).length === 2);
		expect(await ask({path: path('pods', 'db-1')})).toMatchObject({
			body: {spec: {volumes: expect.arrayContaining([{name: 'data', persistentVolumeClaim: {claimName: 'data-db-1'}}])}},
		});
		expect(await ask({path: path('persistentvolumeclaims', 'data-db-1')})).toMatchObject({
			body: {metadata: {labels: {app: 'db'}}, spec: {storageClassName: 'none-such'}, status: {phase: 'Pending'}},
		});
		await ask(mergePatch(path('statefulsets', 'db'), {spec: {replicas: 1}}));
		await eventually({path: path('pods')}, reply => itemsOf(reply).length === 1);
		expect(namesOf(await ask({path: path('persistentvolumeclaims')}))).toEqual(['data-db-0', 'data-db-1']);
	});

	test('little of a StatefulSet can be changed', async () => {
		const {ask, path} = await open();
		await ask(post(path('statefulsets'), statefulSet('db', {replicas: 0})));
		expect(await ask(mergePatch(path('statefulsets', 'db'), {spec: {serviceName: 'other'}}))).toMatchObject({
			status: 422,
			body: {
				message: expect.stringContaining(
					'StatefulSet.apps "db" is invalid: spec: Forbidden: updates to statefulset spec for fields other than',
				),
			},
		});
	});
};
