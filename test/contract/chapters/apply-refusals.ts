import {expect, test} from 'vitest';
import {apply, at, post, put} from '../../servers/questions.ts';
import {configMap, deployment, service} from '../objects.ts';
import {cause, refusal, uidOf} from '../reply.ts';
import type {Chapter} from '../room.ts';

const one = (path: string, query = 'fieldManager=ann') => `${path}?${query}`;

/** Configurations that cannot be applied. */
export const applyRefusals: Chapter = open => {
	test('an apply names its manager', async () => {
		const {ask, path} = await open();
		expect(await ask(apply(path('configmaps', 'one'), configMap('one')))).toMatchObject(
			refusal(422, 'Invalid', 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch', {
				causes: [cause('FieldValueRequired', 'fieldManager', 'Required value: is required for apply patch')],
			}),
		);
	});

	test('a manager has at most 128 characters', async () => {
		const {ask, path} = await open();
		expect(await ask(apply(one(path('configmaps', 'one'), `fieldManager=${'a'.repeat(129)}`), configMap('one')))).toMatchObject(
			refusal(422, 'Invalid', 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes'),
		);
	});

	test('a configuration tells nothing of ownership', async () => {
		const {ask, path} = await open();
		const owned = configMap(
			'one',
			{},
			{managedFields: [{manager: 'bob', operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: {}}]},
		);
		expect(await ask(apply(one(path('configmaps', 'one')), owned))).toMatchObject(
			refusal(400, 'BadRequest', 'metadata.managedFields must be nil'),
		);
	});

	test('a configuration has a name, whatever the path says', async () => {
		const {ask, path} = await open();
		expect(await ask(apply(one(path('configmaps', 'one')), {apiVersion: 'v1', kind: 'ConfigMap', data: {color: 'blue'}}))).toMatchObject(
			refusal(400, 'BadRequest', 'the name of the object (one based on URL) was undeterminable: name must be provided'),
		);
	});

	test('a configuration of another name is refused', async () => {
		const {ask, path} = await open();
		expect(await ask(apply(one(path('configmaps', 'one')), configMap('two')))).toMatchObject(
			refusal(400, 'BadRequest', 'the name of the object (two) does not match the name on the URL (one)'),
		);
	});

	test('a configuration of another kind is refused', async () => {
		const {ask, path} = await open();
		expect(await ask(apply(one(path('deployments', 'one')), service('one')))).toMatchObject(
			refusal(400, 'BadRequest', 'invalid object type: /v1, Kind=Service'),
		);
	});

	test('a configuration with the uid of something that is not there is refused', async () => {
		const {ask, path} = await open();
		expect(await ask(apply(one(path('configmaps', 'one')), configMap('one', {}, {uid: 'gone'})))).toMatchObject(
			refusal(
				409,
				'Conflict',
				'Operation cannot be fulfilled on configmaps "one": uid mismatch: the provided object specified uid gone, and no existing object was found',
			),
		);
	});

	test('a configuration with the uid of what is there is applied', async () => {
		const {ask, path} = await open();
		const uid = uidOf(await ask(post(path('configmaps'), configMap('one'))));
		expect(await ask(apply(one(path('configmaps', 'one')), configMap('one', {color: 'red'}, {uid})))).toMatchObject({
			status: 200,
			body: {data: {color: 'red'}},
		});
	});

	test('a field that the kind does not have is refused', async () => {
		const {ask, path} = await open();
		expect(await ask(apply(one(path('deployments', 'web')), deployment('web', {spec: {replica: 3}})))).toMatchObject(
			refusal(500, '', 'failed to create typed patch object (/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema'),
		);
	});

	test.each([
		['a text for a number', {minReadySeconds: 'five'}, '.spec.minReadySeconds: expected numeric (int or float), got string'],
		['a text for a boolean', {paused: 'x'}, '.spec.paused: expected boolean, got &{x}'],
		['a list for an object', {template: []}, '.spec.template: expected map, got &{[]}'],
		['an object for a list', {template: {spec: {containers: {}}}}, '.spec.template.spec.containers: expected list, got &{map[]}'],
		[
			'a number for a text',
			{template: {spec: {containers: [{name: 7}]}}},
			'.spec.template.spec.containers[name=7].name: expected string, got &value.valueUnstructured{Value:7}',
		],
	])('%s is refused', async (_, spec, why) => {
		const {ask, path} = await open();
		const config = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web'}, spec};
		expect(await ask(apply(one(path('deployments', 'web')), config))).toMatchObject(
			refusal(500, '', `failed to create typed patch object (/web; apps/v1, Kind=Deployment): ${why}`),
		);
	});

	test('what is no YAML is refused', async () => {
		const {ask, path} = await open();
		const reply = await ask(apply(one(path('configmaps', 'one')), 'a: ['));
		expect(reply).toMatchObject({status: 400, body: {reason: 'BadRequest', message: expect.stringMatching(/^error decoding YAML: /)}});
	});

	test('YAML is applied as well as JSON', async () => {
		const {ask, path} = await open();
		const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata:\n  color: blue\n  # a comment\n  size: "7"\n';
		expect(await ask(apply(one(path('configmaps', 'one')), yaml))).toMatchObject({
			status: 201,
			body: {data: {color: 'blue', size: '7'}},
		});
	});

	test('an invalid object is refused as in a creation', async () => {
		const {ask, path} = await open();
		const wrong = service('web', {ports: [{port: 99_999}]});
		const created = await ask(post(path('services'), wrong));
		expect(created.status).toBe(422);
		expect(await ask(apply(one(path('services', 'web')), wrong))).toMatchObject({status: 422, body: created.body});
	});

	test('in a namespace that does not exist nothing is applied', async () => {
		const {ask, namespace} = await open();
		const nowhere = `${namespace}-nowhere`;
		expect(await ask(apply(one(`/api/v1/namespaces/${nowhere}/configmaps/one`), configMap('one')))).toMatchObject(
			refusal(404, 'NotFound', `namespaces "${nowhere}" not found`, {name: nowhere, kind: 'namespaces'}),
		);
	});

	test('force is for applies', async () => {
		const {ask, path} = await open();
		const message = 'Forbidden: may not be specified for non-apply patch';
		await ask(post(path('configmaps'), configMap('one')));
		const patch = {method: 'PATCH', path: one(path('configmaps', 'one'), 'force=true'), body: {}};
		expect(await ask({...patch, headers: {'content-type': 'application/merge-patch+json'}})).toMatchObject(
			refusal(422, 'Invalid', `PatchOptions.meta.k8s.io "" is invalid: force: ${message}`, {
				causes: [cause('FieldValueForbidden', 'force', message)],
			}),
		);
	});

	test('field owners that a client sends along are kept, and wiped by an empty entry', async () => {
		const {ask, path} = await open();
		await ask(apply(one(path('configmaps', 'one')), configMap('one', {color: 'blue'})));
		const wiped = await ask(put(path('configmaps', 'one'), configMap('one', {color: 'blue'}, {managedFields: [{}]})));
		expect(wiped.status).toBe(200);
		expect(at(wiped.body, 'metadata', 'managedFields')).toBeUndefined();
		// An object that nobody's fields are known of belongs to whoever wrote it before the first apply.
		const applied = await ask(apply(one(path('configmaps', 'one')), configMap('one', {color: 'red'})));
		expect(applied).toMatchObject({
			status: 409,
			body: {message: expect.stringContaining('conflict with "before-first-apply" using v1')},
		});
	});
};
