import {expect, test} from 'vitest';
import {apply, at, erase, mergePatch, post, put} from '../../servers/questions.ts';
import {configMap, deployment, pod, secret, service} from '../objects.ts';
import {generationOf, namesOf, refusal, uidOf, versionOf} from '../reply.ts';
import type {Chapter} from '../room.ts';

const dry = (path: string) => `${path}?dryRun=All`;

/** Answers as if, and nothing done. */
export const dryRun: Chapter = open => {
	test('a creation is answered with the object as it would be, defaults included, and not stored', async () => {
		const {ask, path} = await open();
		const reply = await ask(post(dry(path('deployments')), deployment('web')));
		expect(reply).toMatchObject({
			status: 201,
			body: {
				metadata: {name: 'web', uid: expect.any(String), generation: 1, creationTimestamp: expect.any(String)},
				spec: {progressDeadlineSeconds: 600, revisionHistoryLimit: 10, strategy: {type: 'RollingUpdate'}},
				status: {},
			},
		});
		expect(versionOf(reply)).toBe('undefined');
		expect(await ask({path: path('deployments', 'web')})).toMatchObject({status: 404});
	});

	test('a creation under a generated name is answered with a name', async () => {
		const {ask, path} = await open();
		const reply = await ask(post(dry(path('secrets')), {apiVersion: 'v1', kind: 'Secret', metadata: {generateName: 'key-'}}));
		expect(reply).toMatchObject({status: 201, body: {metadata: {name: expect.stringMatching(/^key-[a-z0-9]{5}$/)}}});
		expect(namesOf(await ask({path: path('secrets')}))).toEqual([]);
	});

	test('an invalid object is refused as it would be', async () => {
		const {ask, path} = await open();
		const wrong = pod('Web');
		const real = await ask(post(path('pods'), wrong));
		expect(real.status).toBe(422);
		expect(await ask(post(dry(path('pods')), wrong))).toMatchObject({status: 422, body: real.body});
	});

	test('a creation of what is there is refused', async () => {
		const {ask, path} = await open();
		await ask(post(path('secrets'), secret('one')));
		expect(await ask(post(dry(path('secrets')), secret('one')))).toMatchObject({status: 409, body: {reason: 'AlreadyExists'}});
	});

	test('an update is answered with the next generation and the old version, and not stored', async () => {
		const {ask, path} = await open();
		const made = await ask(post(path('deployments'), deployment('web', {replicas: 0, spec: {paused: true}})));
		const reply = await ask(
			put(dry(path('deployments', 'web')), deployment('web', {replicas: 0, spec: {paused: true, minReadySeconds: 3}})),
		);
		expect(reply).toMatchObject({status: 200, body: {spec: {minReadySeconds: 3}, metadata: {uid: uidOf(made)}}});
		expect(generationOf(reply)).toBe(2);
		const stored = await ask({path: path('deployments', 'web')});
		expect(generationOf(stored)).toBe(1);
		expect(stored).not.toHaveProperty('body.spec.minReadySeconds');
	});

	test('a patch is answered as if, and not stored', async () => {
		const {ask, path} = await open();
		const made = await ask(post(path('configmaps'), configMap('one', {color: 'blue'})));
		const reply = await ask(mergePatch(dry(path('configmaps', 'one')), {data: {color: 'red'}}));
		expect(reply).toMatchObject({status: 200, body: {data: {color: 'red'}}});
		expect(versionOf(reply)).toBe(versionOf(made));
		expect(await ask({path: path('configmaps', 'one')})).toMatchObject({body: made.body});
	});

	test('a conflict is found as it would be', async () => {
		const {ask, path} = await open();
		const resourceVersion = versionOf(await ask(post(path('configmaps'), configMap('one'))));
		await ask(mergePatch(path('configmaps', 'one'), {data: {color: 'red'}}));
		expect(await ask(mergePatch(dry(path('configmaps', 'one')), {metadata: {resourceVersion}}))).toMatchObject({
			status: 409,
			body: {reason: 'Conflict'},
		});
	});

	test('a deletion is answered as if, and the object stays', async () => {
		const {ask, path} = await open();
		const uid = uidOf(await ask(post(path('configmaps'), configMap('one'))));
		expect(await ask(erase(dry(path('configmaps', 'one'))))).toMatchObject({status: 200, body: {status: 'Success', details: {uid}}});
		expect(await ask(erase(path('configmaps', 'one'), {dryRun: ['All']}))).toMatchObject({status: 200, body: {status: 'Success'}});
		const stored = await ask({path: path('configmaps', 'one')});
		expect(stored.status).toBe(200);
		expect(stored).not.toHaveProperty('body.metadata.deletionTimestamp');
	});

	test('a deletion of a collection is answered with what would go, and all stays', async () => {
		const {ask, path} = await open();
		for (const name of ['a', 'b']) await ask(post(path('secrets'), secret(name)));
		const reply = await ask(erase(dry(path('secrets'))));
		expect(reply).toMatchObject({status: 200, body: {kind: 'SecretList'}});
		expect(namesOf(reply)).toEqual(['a', 'b']);
		expect(namesOf(await ask({path: path('secrets')}))).toEqual(['a', 'b']);
	});

	test('an apply is answered as if, for what is new and for what is there', async () => {
		const {ask, path} = await open();
		const configured = (color: string) => apply(`${path('configmaps', 'one')}?dryRun=All&fieldManager=ann`, configMap('one', {color}));
		expect(await ask(configured('blue'))).toMatchObject({status: 201, body: {data: {color: 'blue'}}});
		expect(await ask({path: path('configmaps', 'one')})).toMatchObject({status: 404});
		await ask(post(path('configmaps'), configMap('one', {size: 'big'})));
		const reply = await ask(configured('red'));
		expect(reply).toMatchObject({status: 200, body: {data: {color: 'red', size: 'big'}}});
		expect(at(reply.body, 'metadata', 'managedFields')).toContainEqual(expect.objectContaining({manager: 'ann', operation: 'Apply'}));
		expect(await ask({path: path('configmaps', 'one')})).toHaveProperty('body.data', {size: 'big'});
	});

	test('a scale is answered as if', async () => {
		const {ask, path} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 0, spec: {paused: true}})));
		expect(await ask(mergePatch(dry(path('deployments', 'web', 'scale')), {spec: {replicas: 5}}))).toMatchObject({
			status: 200,
			body: {kind: 'Scale', spec: {replicas: 5}},
		});
		expect(await ask({path: path('deployments', 'web', 'scale')})).toMatchObject({body: {spec: {}}});
	});

	test('a service is answered with an address that nobody keeps', async () => {
		const {ask, path} = await open();
		const reply = await ask(post(dry(path('services')), service('web')));
		expect(reply).toMatchObject({status: 201, body: {spec: {type: 'ClusterIP', sessionAffinity: 'None', ipFamilies: ['IPv4']}}});
		expect(namesOf(await ask({path: path('services')}))).toEqual([]);
	});

	test('nothing of it is an event', async () => {
		const {ask, path, watch} = await open();
		const made = await ask(post(path('secrets'), secret('one')));
		const {next} = await watch(`${path('secrets')}?watch=true&resourceVersion=${versionOf(made)}`);
		await ask(post(dry(path('secrets')), secret('two')));
		await ask(mergePatch(dry(path('secrets', 'one')), {stringData: {color: 'red'}}));
		await ask(erase(dry(path('secrets', 'one'))));
		await ask(post(path('secrets'), secret('three')));
		expect(await next()).toMatchObject({type: 'ADDED', object: {metadata: {name: 'three'}}});
	});

	test('a dry run of another kind than All is refused', async () => {
		const {ask, path} = await open();
		const message = 'Unsupported value: ["Some"]: supported values: "All"';
		expect(await ask(post(`${path('secrets')}?dryRun=Some`, secret('one')))).toMatchObject(
			refusal(422, 'Invalid', `CreateOptions.meta.k8s.io "" is invalid: dryRun: ${message}`, {
				group: 'meta.k8s.io',
				kind: 'CreateOptions',
				causes: [{reason: 'FieldValueNotSupported', message, field: 'dryRun'}],
			}),
		);
	});
};
