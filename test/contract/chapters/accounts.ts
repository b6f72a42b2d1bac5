import {expect, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {refusal, uidOf} from '../reply.ts';
import type {Chapter} from '../room.ts';
import {isGone} from '../shows.ts';
import {pod} from '../workloads.ts';

const account = (name: string, more: object = {}) => ({apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name}, ...more});
const tokenRequest = (spec: object = {}) => ({apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec});
const whoami = {apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview'};

/** What a namespace begins with, and whom its pods act as. */
export const accounts: Chapter = open => {
	test('the account default comes with the namespace, and comes back', async () => {
		const {ask, path, eventually} = await open();
		const first = uidOf(await ask({path: path('serviceaccounts', 'default')}));
		await ask(erase(path('serviceaccounts', 'default')));
		await eventually({path: path('serviceaccounts', 'default')}, reply => reply.status === 200 && uidOf(reply) !== first);
	});

	test('the certificate of the server lies in every namespace, and is put right when somebody changes it', async () => {
		const {ask, path, eventually} = await open();
		const target = path('configmaps', 'kube-root-ca.crt');
		const isRight = ({body}: {body: unknown}) => String(at(body, 'data', 'ca.crt')).startsWith('-----BEGIN CERTIFICATE-----');
		const {body} = await eventually({path: target}, isRight);
		expect(at(body, 'metadata', 'annotations', 'kubernetes.io/description')).toContain('Contains a CA bundle');
		await ask(mergePatch(target, {data: {'ca.crt': 'nonsense'}}));
		await eventually({path: target}, isRight);
		await ask(erase(target));
		await eventually({path: target}, isRight);
	});

	test('a namespace is labelled with its name', async () => {
		const {ask, namespace} = await open();
		expect(await ask({path: `/api/v1/namespaces/${namespace}`})).toMatchObject({
			body: {
				metadata: {labels: {'kubernetes.io/metadata.name': namespace}},
				spec: {finalizers: ['kubernetes']},
				status: {phase: 'Active'},
			},
		});
	});

	test('a pod runs as the account default and finds its token in a volume', async () => {
		const {ask, path} = await open();
		const {body} = await ask(post(path('pods'), pod('a', {schedulerName: 'nobody'})));
		expect(body).toMatchObject({
			spec: {
				...{serviceAccountName: 'default', serviceAccount: 'default'},
				containers: [{volumeMounts: [{readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount'}]}],
				volumes: [
					{
						name: expect.stringMatching(/^kube-api-access-[a-z0-9]{5}$/),
						projected: {
							sources: [
								{serviceAccountToken: {expirationSeconds: 3607, path: 'token'}},
								{configMap: {name: 'kube-root-ca.crt'}},
								{downwardAPI: {items: [{path: 'namespace'}]}},
							],
						},
					},
				],
			},
		});
	});

	test('a pod, or its account, may do without the token; the pod has the last word', async () => {
		const {ask, path} = await open();
		await ask(post(path('serviceaccounts'), account('shy', {automountServiceAccountToken: false})));
		const volumes = async (name: string, spec: object) =>
			at((await ask(post(path('pods'), pod(name, {schedulerName: 'nobody', ...spec})))).body, 'spec', 'volumes');
		expect(await volumes('a', {automountServiceAccountToken: false})).toBeUndefined();
		expect(await volumes('b', {serviceAccountName: 'shy'})).toBeUndefined();
		expect(await volumes('c', {serviceAccountName: 'shy', automountServiceAccountToken: true})).toHaveLength(1);
	});

	test('a pod of an account that does not exist is refused', async () => {
		const {ask, path, namespace} = await open();
		expect(await ask(post(path('pods'), pod('a', {serviceAccountName: 'nobody'})))).toMatchObject(
			refusal(
				403,
				'Forbidden',
				`pods "a" is forbidden: error looking up service account ${namespace}/nobody: serviceaccount "nobody" not found`,
				{name: 'a', kind: 'pods'},
			),
		);
	});

	test('the secrets for pulling images are taken over from the account', async () => {
		const {ask, path} = await open();
		await ask(post(path('serviceaccounts'), account('puller', {imagePullSecrets: [{name: 'registry'}]})));
		const made = await ask(post(path('pods'), pod('a', {serviceAccountName: 'puller', schedulerName: 'nobody'})));
		expect(made).toHaveProperty('body.spec.imagePullSecrets', [{name: 'registry'}]);
	});

	test('a token speaks for its account until the account goes', async () => {
		const {ask, path, namespace, eventually} = await open();
		await ask(post(path('serviceaccounts'), account('robot')));
		const reply = await ask(post(path('serviceaccounts', 'robot', 'token'), tokenRequest({expirationSeconds: 600})));
		expect(reply).toMatchObject({
			status: 201,
			body: {kind: 'TokenRequest', spec: {expirationSeconds: 600}, status: {expirationTimestamp: expect.stringMatching(/Z$/)}},
		});
		const headers = {authorization: `Bearer ${at(reply.body, 'status', 'token')}`};
		const self = {...post('/apis/authentication.k8s.io/v1/selfsubjectreviews', whoami), headers};
		expect(await ask(self)).toMatchObject({
			status: 201,
			body: {
				status: {
					userInfo: {
						username: `system:serviceaccount:${namespace}:robot`,
						groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
					},
				},
			},
		});
		expect(await ask({path: path('pods'), headers})).toMatchObject({
			status: 403,
			body: {message: expect.stringContaining(`User "system:serviceaccount:${namespace}:robot" cannot list resource "pods"`)},
		});
		await ask(erase(path('serviceaccounts', 'robot')));
		await eventually({path: path('serviceaccounts', 'robot')}, isGone);
		await eventually({path: path('pods'), headers}, ({status}) => status === 401);
	});

	test('a token is a signed statement of who, for whom, and until when', async () => {
		const {ask, path, namespace} = await open();
		const uid = uidOf(await ask(post(path('serviceaccounts'), account('robot'))));
		const {body} = await ask(
			post(path('serviceaccounts', 'robot', 'token'), tokenRequest({audiences: ['vault'], expirationSeconds: 3600})),
		);
		expect(at(body, 'spec', 'audiences')).toEqual(['vault']);
		const [, claims = '', signature] = String(at(body, 'status', 'token')).split('.');
		expect(signature).not.toBe('');
		const told: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
		expect(told).toMatchObject({
			...{aud: ['vault'], sub: `system:serviceaccount:${namespace}:robot`},
			'kubernetes.io': {namespace, serviceaccount: {name: 'robot', uid}},
		});
		expect(Number(at(told, 'exp')) - Number(at(told, 'iat'))).toBe(3600);
	});

	test('a token for less than ten minutes, or of nobody, is refused', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('serviceaccounts', 'default', 'token'), tokenRequest({expirationSeconds: 60})))).toMatchObject({
			status: 422,
			body: {
				reason: 'Invalid',
				details: {
					causes: [
						{
							reason: 'FieldValueInvalid',
							field: 'spec.expirationSeconds',
							message: 'Invalid value: 60: may not specify a duration less than 10 minutes',
						},
					],
				},
			},
		});
		expect(await ask(post(path('serviceaccounts', 'robot', 'token'), tokenRequest()))).toMatchObject(
			refusal(404, 'NotFound', 'serviceaccounts "robot" not found', {name: 'robot', kind: 'serviceaccounts'}),
		);
	});
};
