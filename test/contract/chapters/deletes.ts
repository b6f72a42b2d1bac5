import {expect, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {configMap} from '../objects.ts';
import {namesOf, refusal, uidOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {isGone, shows} from '../shows.ts';
import {deployment, pod, replicaSet} from '../workloads.ts';

const owner = (name: string, uid: string, more: object = {}) => ({apiVersion: 'v1', kind: 'ConfigMap', name, uid, ...more});
const missing = '11111111-1111-1111-1111-111111111111';
const held = {finalizers: ['contract.example/held']};
/** Options as a body. */
const policy = (propagationPolicy: string) => ({apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy});

/** A ConfigMap `parent`, and a ConfigMap `child` of it that a finalizer holds. */
async function family({ask, path}: Room, reference: object = {}) {
	const uid = uidOf(await ask(post(path('configmaps'), configMap('parent'))));
	await ask(post(path('configmaps'), configMap('child', {}, {...held, ownerReferences: [owner('parent', uid, reference)]})));
	return {parent: path('configmaps', 'parent'), child: path('configmaps', 'child')};
}
const release = {metadata: {finalizers: null}};

/** What goes with an object, what stays, and in which order. */
export const deletes: Chapter = open => {
	test('in the background the owner goes at once, and then what it owns', async () => {
		const {ask, path, eventually} = await open();
		const uid = uidOf(await ask(post(path('deployments'), deployment('web', {replicas: 2}))));
		await eventually({path: path('pods')}, reply => namesOf(reply).length === 2);
		expect(await ask(erase(path('deployments', 'web')))).toMatchObject({
			status: 200,
			body: {kind: 'Status', status: 'Success', details: {name: 'web', group: 'apps', kind: 'deployments', uid}},
		});
		expect(await ask({path: path('deployments', 'web')})).toMatchObject({status: 404});
		await eventually({path: path('replicasets')}, shows({items: []}));
		await eventually({path: path('pods')}, shows({items: []}));
	});

	test('in the background nobody waits for a dependent that is held', async () => {
		const room = await open();
		const {parent, child} = await family(room, {blockOwnerDeletion: true});
		await room.ask(erase(`${parent}?propagationPolicy=Background`));
		await room.eventually({path: parent}, isGone);
		await room.eventually({path: child}, ({body}) => at(body, 'metadata', 'deletionTimestamp') !== undefined);
		await room.ask(mergePatch(child, release));
		await room.eventually({path: child}, isGone);
	});

	test('in the foreground the owner waits for dependents that block it', async () => {
		const room = await open();
		const {parent, child} = await family(room, {blockOwnerDeletion: true});
		const reply = await room.ask(erase(parent, policy('Foreground')));
		expect(reply).toMatchObject({
			status: 200,
			body: {kind: 'ConfigMap', metadata: {finalizers: ['foregroundDeletion'], deletionGracePeriodSeconds: 0}},
		});
		await room.eventually({path: child}, ({body}) => at(body, 'metadata', 'deletionTimestamp') !== undefined);
		expect(await room.ask({path: parent})).toMatchObject({status: 200, body: {metadata: {finalizers: ['foregroundDeletion']}}});
		await room.ask(mergePatch(child, release));
		await room.eventually({path: parent}, isGone);
		expect(await room.ask({path: child})).toMatchObject({status: 404});
	});

	test('in the foreground it does not wait for those that do not', async () => {
		const room = await open();
		const {parent, child} = await family(room);
		await room.ask(erase(parent, policy('Foreground')));
		await room.eventually({path: parent}, isGone);
		expect(await room.ask({path: child})).toMatchObject({status: 200, body: {metadata: held}});
	});

	test('the pods of a deployment are gone before it is, in the foreground', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 1})));
		await eventually({path: path('pods')}, reply => namesOf(reply).length === 1);
		expect(await ask(erase(path('deployments', 'web'), policy('Foreground')))).toMatchObject({status: 200, body: {kind: 'Deployment'}});
		await eventually({path: path('deployments', 'web')}, isGone);
		expect(await ask({path: path('replicasets')})).toMatchObject({body: {items: []}});
		expect(await ask({path: path('pods')})).toMatchObject({body: {items: []}});
	});

	test('orphans stay without an owner', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 1})));
		const [pods] = namesOf(await eventually({path: path('pods')}, reply => namesOf(reply).length === 1));
		const [set] = namesOf(await ask({path: path('replicasets')}));
		const reply = await ask(erase(path('deployments', 'web'), policy('Orphan')));
		expect(reply).toMatchObject({status: 200, body: {kind: 'Deployment', metadata: {finalizers: ['orphan']}}});
		await eventually({path: path('deployments', 'web')}, isGone);
		expect(at((await ask({path: path('replicasets', String(set))})).body, 'metadata', 'ownerReferences')).toBeUndefined();
		expect(await ask({path: path('pods', String(pods))})).toMatchObject({
			body: {metadata: {ownerReferences: [{kind: 'ReplicaSet', name: set}]}},
		});
	});

	test('what belongs to an owner that never was, is garbage', async () => {
		const {ask, path, eventually} = await open();
		const uid = uidOf(await ask(post(path('configmaps'), configMap('parent'))));
		const child = (name: string, ownerReferences: readonly object[]) =>
			ask(post(path('configmaps'), configMap(name, {}, {ownerReferences})));
		await child('stranger', [owner('parent', missing)]);
		await child('nobodys', [owner('nowhere', missing)]);
		await child('own', [owner('parent', uid)]);
		for (const name of ['stranger', 'nobodys']) await eventually({path: path('configmaps', name)}, isGone);
		expect(await ask({path: path('configmaps', 'own')})).toMatchObject({status: 200});
	});

	test('one living owner is enough, and the dead one is forgotten', async () => {
		const {ask, path, eventually} = await open();
		const [first, second] = [
			uidOf(await ask(post(path('configmaps'), configMap('first')))),
			uidOf(await ask(post(path('configmaps'), configMap('second')))),
		];
		await ask(post(path('configmaps'), configMap('child', {}, {ownerReferences: [owner('first', first), owner('second', second)]})));
		await ask(erase(path('configmaps', 'first')));
		await eventually({path: path('configmaps', 'child')}, ({body}) => {
			const owners = at(body, 'metadata', 'ownerReferences');
			return Array.isArray(owners) && owners.length === 1 && at(owners[0], 'uid') === second;
		});
		await ask(erase(path('configmaps', 'second')));
		await eventually({path: path('configmaps', 'child')}, isGone);
	});

	test('an object has no second controller', async () => {
		const {ask, path} = await open();
		const ownerReferences = ['first', 'second'].map(name => owner(name, missing, {controller: true}));
		expect(await ask(post(path('configmaps'), configMap('child', {}, {ownerReferences})))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('Only one reference can have Controller set to true')},
		});
	});

	test('a finalizer holds the object, which can still be changed but not held by more', async () => {
		const {ask, path} = await open();
		const target = path('configmaps', 'a');
		await ask(post(path('configmaps'), configMap('a', {}, held)));
		const first = await ask(erase(target));
		expect(first).toMatchObject({status: 200, body: {kind: 'ConfigMap', metadata: {...held, deletionGracePeriodSeconds: 0}}});
		const since = at(first.body, 'metadata', 'deletionTimestamp');
		expect(since).toMatch(/Z$/);
		expect(await ask(erase(target))).toMatchObject({status: 200, body: {metadata: {deletionTimestamp: since}}});
		expect(await ask(mergePatch(target, {metadata: {labels: {color: 'red'}}, data: {a: '1'}}))).toMatchObject({
			status: 200,
			body: {metadata: {labels: {color: 'red'}}, data: {a: '1'}},
		});
		const more = [...held.finalizers, 'contract.example/more'];
		expect(await ask(mergePatch(target, {metadata: {finalizers: more}}))).toMatchObject(
			refusal(
				422,
				'Invalid',
				'ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"contract.example/more"}',
			),
		);
		expect(await ask(mergePatch(target, release))).toMatchObject({status: 200, body: {metadata: {name: 'a', deletionTimestamp: since}}});
		expect(await ask({path: target})).toMatchObject({status: 404});
	});

	test('nothing new takes the place of what is still terminating', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('a', {}, held)));
		await ask(erase(path('configmaps', 'a')));
		expect(await ask(post(path('configmaps'), configMap('a')))).toMatchObject(
			refusal(409, 'AlreadyExists', 'object is being deleted: configmaps "a" already exists'),
		);
		await ask(mergePatch(path('configmaps', 'a'), release));
		expect(await ask(post(path('configmaps'), configMap('a')))).toMatchObject({status: 201});
	});

	test('a ReplicaSet that is deleted while a finalizer holds it makes no more pods', async () => {
		const {ask, path, eventually} = await open();
		const set = replicaSet('web', {replicas: 1});
		await ask(post(path('replicasets'), {...set, metadata: {...set.metadata, ...held}}));
		const [name] = namesOf(await eventually({path: path('pods')}, reply => namesOf(reply).length === 1));
		await ask(erase(path('replicasets', 'web'), policy('Background')));
		await ask(erase(path('pods', String(name)), {gracePeriodSeconds: 0}));
		await ask(mergePatch(path('replicasets', 'web'), {metadata: {annotations: {seen: 'yes'}}}));
		await ask(post(path('pods'), pod('later')));
		await eventually({path: path('pods', 'later')}, shows({status: {phase: 'Running'}}));
		expect(namesOf(await ask({path: path('pods')}))).toEqual(['later']);
	});
};
