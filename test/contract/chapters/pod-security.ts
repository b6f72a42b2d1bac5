import {expect, test} from 'vitest';
import {mergePatch, post} from '../../servers/questions.ts';
import {deployment, pod, podSpec} from '../objects.ts';
import {refusal, warningsOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

const inNode = {...podSpec(), hostNetwork: true, hostPID: true};

/** The room under a policy of the Pod Security Standards, once the server has heard of it. */
async function under(room: Room, policies: {readonly [mode: string]: string}) {
	const labels = Object.fromEntries(Object.entries(policies).map(([mode, level]) => [`pod-security.kubernetes.io/${mode}`, level]));
	await room.ask(mergePatch(`/api/v1/namespaces/${room.namespace}`, {metadata: {labels}}));
	const tried = post(`${room.path('pods')}?dryRun=All`, pod('tried', inNode));
	await room.eventually(tried, reply => reply.status === 403 || warningsOf(reply).length > 0);
	return room;
}

const hardened = podSpec('x:1', {
	securityContext: {
		allowPrivilegeEscalation: false,
		capabilities: {drop: ['ALL']},
		runAsNonRoot: true,
		seccompProfile: {type: 'RuntimeDefault'},
	},
});
const careless =
	'allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

/** What a namespace lets pods do. */
export const podSecurity: Chapter = open => {
	test('a pod in the network and among the processes of its node is refused by the baseline', async () => {
		const {ask, path} = await under(await open(), {enforce: 'baseline'});
		expect(await ask(post(path('pods'), pod('web', inNode)))).toMatchObject(
			refusal(
				403,
				'Forbidden',
				'pods "web" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true, hostPID=true)',
				{name: 'web', kind: 'pods'},
			),
		);
		expect((await ask(post(path('pods'), pod('web')))).status).toBe(201);
	});

	test('a careless pod is refused by the restricted level, with all that it lacks', async () => {
		const {ask, path} = await under(await open(), {enforce: 'restricted'});
		expect(await ask(post(path('pods'), pod('web')))).toMatchObject(
			refusal(403, 'Forbidden', `pods "web" is forbidden: violates PodSecurity "restricted:latest": ${careless}`),
		);
		expect((await ask(post(path('pods'), pod('web', hardened)))).status).toBe(201);
	});

	test('where it is only to be warned of, it is made with a warning', async () => {
		const {ask, path} = await under(await open(), {warn: 'restricted'});
		const reply = await ask(post(path('pods'), pod('web')));
		expect(reply.status).toBe(201);
		expect(warningsOf(reply)).toEqual([`would violate PodSecurity "restricted:latest": ${careless}`]);
	});

	test('a deployment is made with a warning, for its pods will be refused', async () => {
		const {ask, path} = await under(await open(), {enforce: 'restricted', warn: 'restricted'});
		const reply = await ask(post(path('deployments'), deployment('web', {replicas: 0})));
		expect(reply.status).toBe(201);
		expect(warningsOf(reply)).toEqual([`would violate PodSecurity "restricted:latest": ${careless}`]);
	});

	test('a level that there is not is refused', async () => {
		const {ask, namespace} = await open();
		const key = 'pod-security.kubernetes.io/enforce';
		const reply = await ask(mergePatch(`/api/v1/namespaces/${namespace}`, {metadata: {labels: {[key]: 'strict'}}}));
		expect(reply).toMatchObject({
			status: 422,
			body: {
				details: {
					causes: [
						{
							reason: 'FieldValueInvalid',
							field: `metadata.labels[${key}]`,
							message: 'Invalid value: "strict": must be one of privileged, baseline, restricted',
						},
					],
				},
			},
		});
	});
};
