import {expect, test} from 'vitest';
import {mergePatch, post, put} from '../../servers/questions.ts';
import {configMap, deployment, podSpec} from '../objects.ts';
import {refusal, warningsOf} from '../reply.ts';
import type {Chapter} from '../room.ts';

const misspelled = deployment('web', {replicas: 0, spec: {replica: 3}, template: podSpec('x:1', {imagePullPolice: 'Always'})});
const unknown = ['unknown field "spec.template.spec.containers[0].imagePullPolice"', 'unknown field "spec.replica"'];
const strictly = (...problems: readonly string[]) => `strict decoding error: ${problems.join(', ')}`;
const notADeployment = (why: string) => refusal(400, 'BadRequest', `Deployment in version "v1" cannot be handled as a Deployment: ${why}`);

/** Fields that a kind does not have, and values that a field cannot take. */
export const unknownFields: Chapter = open => {
	test('strictly, they are refused, all of them', async () => {
		const {ask, path} = await open();
		expect(await ask(post(`${path('deployments')}?fieldValidation=Strict`, misspelled))).toMatchObject(
			notADeployment(strictly(...unknown)),
		);
		expect((await ask({path: path('deployments', 'web')})).status).toBe(404);
	});

	test('else they are dropped, and each is a warning', async () => {
		const {ask, path} = await open();
		const reply = await ask(post(`${path('deployments')}?fieldValidation=Warn`, misspelled));
		expect(reply.status).toBe(201);
		expect(reply).not.toHaveProperty('body.spec.replica');
		expect(warningsOf(reply)).toEqual(unknown);
	});

	test('a request that does not say gets warnings', async () => {
		const {ask, path} = await open();
		expect(warningsOf(await ask(post(path('deployments'), misspelled)))).toEqual(unknown);
	});

	test('ignored, they are dropped without a word', async () => {
		const {ask, path} = await open();
		const reply = await ask(post(`${path('deployments')}?fieldValidation=Ignore`, misspelled));
		expect(reply.status).toBe(201);
		expect(warningsOf(reply)).toEqual([]);
	});

	test('an update and a patch are checked alike', async () => {
		const {ask, path} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 0})));
		expect(await ask(put(`${path('deployments', 'web')}?fieldValidation=Strict`, misspelled))).toMatchObject(
			notADeployment(strictly(...unknown)),
		);
		const patch = {spec: {replica: 3}};
		expect(await ask(mergePatch(`${path('deployments', 'web')}?fieldValidation=Strict`, patch))).toMatchObject({
			status: 422,
			body: {
				reason: 'Invalid',
				message: expect.stringMatching(/^ "" is invalid: patch: Invalid value: .*: strict decoding error: unknown field "spec\.replica"$/),
			},
		});
		const warned = await ask(mergePatch(path('deployments', 'web'), patch));
		expect(warned.status).toBe(200);
		expect(warningsOf(warned)).toEqual(['unknown field "spec.replica"']);
	});

	test('a field that is given twice is a warning, and the last one counts', async () => {
		const {ask, path} = await open();
		const twice = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"color":"blue"},"data":{"color":"red"}}';
		const reply = await ask(post(path('configmaps'), twice));
		expect(reply).toMatchObject({status: 201, body: {data: {color: 'red'}}});
		expect(warningsOf(reply)).toEqual(['duplicate field "data"']);
		expect(await ask(post(`${path('configmaps')}?fieldValidation=Strict`, twice))).toMatchObject(
			refusal(400, 'BadRequest', `ConfigMap in version "v1" cannot be handled as a ConfigMap: ${strictly('duplicate field "data"')}`),
		);
	});

	test.each([
		[
			'a text for a number',
			{replicas: 'three'},
			'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
		],
		['a number for a boolean', {paused: 1}, 'json: cannot unmarshal number into Go struct field DeploymentSpec.spec.paused of type bool'],
		[
			'a list for an object',
			{template: []},
			'json: cannot unmarshal array into Go struct field DeploymentSpec.spec.template of type v1.PodTemplateSpec',
		],
	])('%s is refused however fields are validated', async (_, spec, why) => {
		const {ask, path} = await open();
		expect(await ask(post(`${path('deployments')}?fieldValidation=Ignore`, deployment('web', {spec})))).toMatchObject(notADeployment(why));
	});

	test('a quantity that cannot be read is refused', async () => {
		const {ask, path} = await open();
		const template = podSpec('x:1', {resources: {requests: {cpu: 'much'}}});
		const reply = await ask(post(path('deployments'), deployment('web', {template})));
		expect(reply).toMatchObject({status: 400, body: {reason: 'BadRequest'}});
		expect(reply).toHaveProperty(
			'body.message',
			expect.stringContaining("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
		);
	});

	test('another mode than these is refused', async () => {
		const {ask, path} = await open();
		expect(await ask(post(`${path('configmaps')}?fieldValidation=Maybe`, configMap('one')))).toMatchObject(
			refusal(
				422,
				'Invalid',
				'CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Maybe": supported values: "", "Ignore", "Strict", "Warn"',
			),
		);
	});
};
