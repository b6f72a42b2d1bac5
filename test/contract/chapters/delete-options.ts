import {expect, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {configMap, service} from '../objects.ts';
import {namesOf, refusal, uidOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {isGone, shows, showsCondition} from '../shows.ts';
import {pod} from '../workloads.ts';

async function running({ask, path, eventually}: Room, spec: {readonly [field: string]: unknown} = {}) {
	await ask(post(path('pods'), pod('a', spec)));
	await eventually({path: path('pods', 'a')}, shows({status: {phase: 'Running'}}));
	return path('pods', 'a');
}

/** How a deletion is asked for, and what it answers. */
export const deleteOptions: Chapter = open => {
	test('a pod that runs is given the time that it asked for', async () => {
		const room = await open();
		const target = await running(room);
		const {status, body} = await room.ask(erase(target));
		expect(status).toBe(200);
		expect(body).toMatchObject({kind: 'Pod', metadata: {name: 'a', deletionGracePeriodSeconds: 30}});
		await room.eventually({path: target}, isGone);
	});

	test.each([
		['query', '?gracePeriodSeconds=7', undefined],
		['body', '', {gracePeriodSeconds: 7}],
	])('or the time that the %s gives it', async (_, query, body) => {
		const room = await open();
		const target = await running(room, {terminationGracePeriodSeconds: 60});
		expect(await room.ask(erase(`${target}${query}`, body))).toMatchObject({body: {metadata: {deletionGracePeriodSeconds: 7}}});
	});

	test('with no time at all it is gone at once', async () => {
		const room = await open();
		const target = await running(room);
		expect(await room.ask(erase(`${target}?gracePeriodSeconds=0`))).toMatchObject({status: 200, body: {kind: 'Pod'}});
		expect(await room.ask({path: target})).toMatchObject({status: 404});
	});

	test('a pod that never had a node needs no time', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), pod('a', {schedulerName: 'nobody'})));
		expect(await ask(erase(path('pods', 'a')))).toMatchObject({status: 200, body: {metadata: {deletionGracePeriodSeconds: 0}}});
		expect(await ask({path: path('pods', 'a')})).toMatchObject({status: 404});
	});

	test.each([
		['configmaps', configMap('a'), 'Status'],
		['services', service('a'), 'Service'],
		['serviceaccounts', {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'a'}}, 'ServiceAccount'],
		['leases', {apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: {name: 'a'}}, 'Status'],
	] as const)('a deletion from %s answers with what the kind is used to', async (plural, object, kind) => {
		const {ask, path} = await open();
		const uid = uidOf(await ask(post(path(plural), object)));
		const reply = await ask(erase(path(plural, 'a')));
		expect(reply).toMatchObject({status: 200, body: {kind}});
		expect(kind === 'Status' ? at(reply.body, 'details', 'uid') : uidOf(reply)).toBe(uid);
	});

	test.each([
		['query', '?dryRun=All', undefined],
		['body', '', {dryRun: ['All']}],
	])('a dry run asked for in the %s deletes nothing', async (_, query, body) => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('a')));
		expect(await ask(erase(`${path('configmaps', 'a')}${query}`, body))).toMatchObject({
			status: 200,
			body: {kind: 'Status', status: 'Success'},
		});
		const {body: kept} = await ask({path: path('configmaps', 'a')});
		expect(at(kept, 'metadata', 'deletionTimestamp')).toBeUndefined();
		expect(at(kept, 'metadata', 'name')).toBe('a');
	});

	test('a way of spreading that does not exist is refused', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('a')));
		expect(await ask(erase(path('configmaps', 'a'), {propagationPolicy: 'Slow'}))).toMatchObject({
			status: 422,
			body: {
				reason: 'Invalid',
				message: expect.stringContaining('Unsupported value: "Slow": supported values: "Foreground", "Background", "Orphan", "nil"'),
			},
		});
	});

	test('the old and the new way of saying what becomes of dependents exclude each other', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('a')));
		expect(await ask(erase(path('configmaps', 'a'), {orphanDependents: true, propagationPolicy: 'Orphan'}))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('orphanDependents and deletionPropagation cannot be both set')},
		});
		expect(await ask(erase(path('configmaps', 'a'), {orphanDependents: true}))).toMatchObject({body: {metadata: {finalizers: ['orphan']}}});
	});

	test('many are deleted by their labels or fields', async () => {
		const {ask, path} = await open();
		for (const [name, color] of Object.entries({a: 'red', b: 'red', c: 'blue', d: 'blue'})) {
			await ask(post(path('configmaps'), configMap(name, {}, {labels: {color}})));
		}
		const reply = await ask(erase(`${path('configmaps')}?labelSelector=color%3Dred`));
		expect(reply).toMatchObject({status: 200, body: {kind: 'ConfigMapList'}});
		expect(namesOf(reply)).toEqual(['a', 'b']);
		await ask(erase(`${path('configmaps')}?fieldSelector=metadata.name%3Dd`));
		const left = await ask({path: `${path('configmaps')}?labelSelector=color`});
		expect(namesOf(left)).toEqual(['c']);
	});

	test('a collection is deleted only where its kind allows that', async () => {
		const {ask, path} = await open();
		await ask(post(path('services'), service('a')));
		expect(await ask(erase(`${path('services')}?labelSelector=none%3Dsuch`))).toMatchObject({
			status: 200,
			body: {kind: 'ServiceList', items: []},
		});
		expect(await ask(erase('/api/v1/namespaces'))).toMatchObject(
			refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'),
		);
	});

	test('a namespace takes everything with it, and nothing new while it goes', async () => {
		const {ask, path, eventually, namespace} = await open();
		const self = `/api/v1/namespaces/${namespace}`;
		await ask(post(path('configmaps'), configMap('held', {}, {finalizers: ['contract.example/held']})));
		await ask(post(path('configmaps'), configMap('loose')));
		await ask(post(path('services'), service('web')));
		expect(await ask(erase(self))).toMatchObject({status: 200, body: {kind: 'Namespace', status: {phase: 'Terminating'}}});
		expect(await ask(post(path('configmaps'), configMap('late')))).toMatchObject(
			refusal(
				403,
				'Forbidden',
				`configmaps "late" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
				{
					name: 'late',
					kind: 'configmaps',
					causes: [{reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace'}],
				},
			),
		);
		await eventually({path: path('configmaps', 'loose')}, isGone);
		await eventually({path: path('services', 'web')}, isGone);
		await eventually(
			{path: self},
			showsCondition({
				...{type: 'NamespaceFinalizersRemaining', status: 'True', reason: 'SomeFinalizersRemain'},
				message: 'Some content in the namespace has finalizers remaining: contract.example/held in 1 resource instances',
			}),
		);
		expect(await ask({path: self})).toMatchObject({body: {status: {phase: 'Terminating'}}});
		await ask(mergePatch(path('configmaps', 'held'), {metadata: {finalizers: null}}));
		await eventually({path: self}, isGone);
	});

	test.each(['default', 'kube-system', 'kube-public'])('the namespace %s stays', async name => {
		const {ask} = await open();
		expect(await ask(erase(`/api/v1/namespaces/${name}`))).toMatchObject(
			refusal(403, 'Forbidden', `namespaces "${name}" is forbidden: this namespace may not be deleted`),
		);
	});

	test('nothing is created in a namespace that is not there', async () => {
		const {ask} = await open();
		expect(await ask(post('/api/v1/namespaces/nowhere/configmaps', configMap('a')))).toMatchObject(
			refusal(404, 'NotFound', 'namespaces "nowhere" not found', {name: 'nowhere', kind: 'namespaces'}),
		);
	});
};
