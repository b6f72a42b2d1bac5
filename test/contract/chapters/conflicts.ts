import {expect, test} from 'vitest';
import {erase, mergePatch, post, put} from '../../servers/questions.ts';
import {configMap, deployment} from '../objects.ts';
import {cause, refusal, uidOf, versionOf} from '../reply.ts';
import type {Chapter} from '../room.ts';

const details = {name: 'one', kind: 'configmaps'};
const modified = refusal(
	409,
	'Conflict',
	'Operation cannot be fulfilled on configmaps "one": the object has been modified; please apply your changes to the latest version and try again',
	details,
);

/** Two people write the same object. */
export const conflicts: Chapter = open => {
	test('a second object of the same name is refused', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('one')));
		expect(await ask(post(path('configmaps'), configMap('one')))).toMatchObject(
			refusal(409, 'AlreadyExists', 'configmaps "one" already exists', details),
		);
	});

	test('an update of a version that is no longer the last is refused, and changes nothing', async () => {
		const {ask, path} = await open();
		const resourceVersion = versionOf(await ask(post(path('configmaps'), configMap('one', {color: 'blue'}))));
		const write = (color: string) => ask(put(path('configmaps', 'one'), configMap('one', {color}, {resourceVersion})));
		expect(await write('red')).toMatchObject({status: 200, body: {data: {color: 'red'}}});
		expect(await write('green')).toMatchObject(modified);
		expect(await ask({path: path('configmaps', 'one')})).toMatchObject({body: {data: {color: 'red'}}});
	});

	test('an update that names no version overwrites whatever is there', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('one', {color: 'blue', size: 'big'})));
		expect(await ask(put(path('configmaps', 'one'), configMap('one', {color: 'red'})))).toMatchObject({status: 200});
		expect(await ask({path: path('configmaps', 'one')})).toHaveProperty('body.data', {color: 'red'});
	});

	test('an update that changes nothing keeps the version', async () => {
		const {ask, path} = await open();
		const first = await ask(post(path('configmaps'), configMap('one', {color: 'blue'})));
		const second = await ask(put(path('configmaps', 'one'), configMap('one', {color: 'blue'})));
		expect(second.status).toBe(200);
		expect(versionOf(second)).toBe(versionOf(first));
	});

	test('an update of what does not exist is not a way to create it', async () => {
		const {ask, path} = await open();
		expect(await ask(put(path('configmaps', 'one'), configMap('one')))).toMatchObject(
			refusal(404, 'NotFound', 'configmaps "one" not found', details),
		);
	});

	test('an update under another name is refused', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('one')));
		expect(await ask(put(path('configmaps', 'one'), configMap('two')))).toMatchObject(
			refusal(400, 'BadRequest', 'the name of the object (two) does not match the name on the URL (one)'),
		);
	});

	test('an update that names another uid is refused', async () => {
		const {ask, path} = await open();
		const uid = uidOf(await ask(post(path('configmaps'), configMap('one'))));
		const reply = await ask(put(path('configmaps', 'one'), configMap('one', {}, {uid: 'other'})));
		expect(reply).toMatchObject({status: 409, body: {reason: 'Conflict', details}});
		expect(reply).toHaveProperty(
			'body.message',
			expect.stringContaining(`Precondition failed: UID in precondition: other, UID in object meta: ${uid}`),
		);
	});

	test('a patch that names an old version is refused', async () => {
		const {ask, path} = await open();
		const resourceVersion = versionOf(await ask(post(path('configmaps'), configMap('one', {color: 'blue'}))));
		const write = (color: string) => ask(mergePatch(path('configmaps', 'one'), {metadata: {resourceVersion}, data: {color}}));
		expect(await write('red')).toMatchObject({status: 200, body: {data: {color: 'red'}}});
		expect(await write('green')).toMatchObject(modified);
	});

	test('a patch cannot give an object another uid', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('one')));
		const message = 'Invalid value: "other": field is immutable';
		// The metadata of a ConfigMap is looked at twice.
		const why = cause('FieldValueInvalid', 'metadata.uid', message);
		expect(await ask(mergePatch(path('configmaps', 'one'), {metadata: {uid: 'other'}}))).toMatchObject(
			refusal(422, 'Invalid', `ConfigMap "one" is invalid: metadata.uid: ${message}`, {
				name: 'one',
				kind: 'ConfigMap',
				causes: [why, why],
			}),
		);
	});

	test('a deletion holds only for the uid and the version that it names', async () => {
		const {ask, path} = await open();
		const made = await ask(post(path('configmaps'), configMap('one')));
		const [uid, resourceVersion] = [uidOf(made), versionOf(made)];
		const refused = (why: string) =>
			refusal(409, 'Conflict', `Operation cannot be fulfilled on ConfigMap "one": ${why}`, {name: 'one', kind: 'ConfigMap'});
		const erased = (preconditions: object) => ask(erase(path('configmaps', 'one'), {preconditions}));
		expect(await erased({uid: 'other'})).toMatchObject(
			refused(
				`the UID in the precondition (other) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
			),
		);
		expect(await erased({resourceVersion: '1'})).toMatchObject(
			refused(
				`the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
			),
		);
		expect(await erased({uid, resourceVersion})).toMatchObject({
			status: 200,
			body: {kind: 'Status', status: 'Success', details: {...details, uid}},
		});
		expect(await ask({path: path('configmaps', 'one')})).toMatchObject({status: 404});
	});

	test('an object that is to be created may name no version', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('configmaps'), configMap('one', {}, {resourceVersion: '1'})))).toMatchObject(
			refusal(500, '', 'resourceVersion should not be set on objects to be created'),
		);
	});

	test('the selector of a deployment is immutable', async () => {
		const {ask, path} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 0})));
		const labels = {app: 'other'};
		const changed = deployment('web', {replicas: 0, labels, spec: {selector: {matchLabels: labels}}});
		const message = 'Invalid value: {"matchLabels":{"app":"other"}}: field is immutable';
		expect(await ask(put(path('deployments', 'web'), changed))).toMatchObject(
			refusal(422, 'Invalid', `Deployment.apps "web" is invalid: spec.selector: ${message}`, {
				name: 'web',
				group: 'apps',
				kind: 'Deployment',
				causes: [cause('FieldValueInvalid', 'spec.selector', message)],
			}),
		);
	});
};
