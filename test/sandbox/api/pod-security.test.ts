import {expect, test} from 'vitest';
import {type ApiUnderTest, deployment, deployments, pod, startApi} from './support/api-client.ts';

const namespace = '/api/v1/namespaces/default';
const pods = `${namespace}/pods`;
const label = (name: string) => `pod-security.kubernetes.io/${name}`;
const mark = ({call}: ApiUnderTest, labels: object) =>
	call('PATCH', namespace, {type: 'application/merge-patch+json', body: {metadata: {labels}}});
const safe = {
	...{allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: ['ALL']}},
	seccompProfile: {type: 'RuntimeDefault'},
};
const podWith = (spec: object, security: object = {}, more: object = {}) => ({
	...pod('p'),
	spec: {containers: [{name: 'main', image: 'x:1', securityContext: security, ...more}], ...spec},
});

// Expected words are those of kube-apiserver 1.36.3.
const unsafe =
	'allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false), ' +
	'unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]), ' +
	'runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true), ' +
	'seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

test.each<[string, object, string | undefined]>([
	['privileged', podWith({hostNetwork: true}, {privileged: true}), undefined],
	['baseline', podWith({}), undefined],
	['baseline', podWith({hostNetwork: true, hostPID: true}), 'host namespaces (hostNetwork=true, hostPID=true)'],
	['baseline', podWith({}, {privileged: true}), 'privileged (container "main" must not set securityContext.privileged=true)'],
	['baseline', podWith({volumes: [{name: 'root', hostPath: {path: '/'}}]}), 'hostPath volumes (volume "root")'],
	['baseline', podWith({}, {}, {ports: [{containerPort: 80, hostPort: 80}]}), 'hostPort (container "main" uses hostPort 80)'],
	[
		'baseline',
		podWith({}, {capabilities: {add: ['SYS_ADMIN', 'CHOWN', 'NET_ADMIN']}}),
		'non-default capabilities (container "main" must not include "NET_ADMIN", "SYS_ADMIN" in securityContext.capabilities.add)',
	],
	[
		'baseline',
		podWith({securityContext: {seccompProfile: {type: 'Unconfined'}}}),
		'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
	],
	['restricted', podWith({}, safe), undefined],
	['restricted', podWith({hostUsers: false}, {...safe, runAsNonRoot: false, runAsUser: 0}), undefined],
	['restricted', podWith({volumes: [{name: 'tmp', emptyDir: {}}]}, safe), undefined],
	['restricted', podWith({}), unsafe],
	['restricted', podWith({hostIPC: true}), `host namespaces (hostIPC=true), ${unsafe}`],
	[
		'restricted',
		podWith({volumes: [{name: 'root', hostPath: {path: '/'}}]}, safe),
		'restricted volume types (volume "root" uses restricted volume type "hostPath")',
	],
	[
		'restricted',
		podWith({}, {...safe, runAsNonRoot: false, runAsUser: 0}),
		'runAsNonRoot != true (container "main" must not set securityContext.runAsNonRoot=false), ' +
			'runAsUser=0 (container "main" must not set runAsUser=0)',
	],
	[
		'restricted',
		podWith({}, {...safe, capabilities: {drop: ['ALL'], add: ['CHOWN', 'NET_BIND_SERVICE']}}),
		'unrestricted capabilities (container "main" must not include "CHOWN" in securityContext.capabilities.add)',
	],
])('a namespace of level %s judges %j', async (level, body, violations) => {
	const world = await startApi();
	await mark(world, {[label('enforce')]: level});
	const answer = await world.call('POST', pods, {body});
	if (violations === undefined) expect(answer.status).toBe(201);
	else
		expect([answer.status, answer.body]).toMatchObject([
			403,
			{
				reason: 'Forbidden',
				message: `pods "p" is forbidden: violates PodSecurity "${level}:latest": ${violations}`,
				details: {kind: 'pods'},
			},
		]);
});

test('a workload is stored, with a warning of what becomes of its pods', async () => {
	const world = await startApi();
	await mark(world, {[label('enforce')]: 'baseline', [label('enforce-version')]: 'v1.30'});
	const made = await world.call('POST', deployments, {body: deployment('web')});
	expect([made.status, made.headers.get('warning')]).toEqual([201, null]);
	const patch = {type: 'application/merge-patch+json', body: {spec: {template: {spec: {hostNetwork: true}}}}};
	const changed = await world.call('PATCH', `${deployments}/web?dryRun=All`, patch);
	expect([changed.status, changed.headers.get('warning')]).toEqual([
		200,
		'299 - "would violate PodSecurity \\"baseline:v1.30\\": host namespaces (hostNetwork=true)"',
	]);
});

test('a namespace that only warns refuses nothing', async () => {
	const world = await startApi();
	await mark(world, {[label('warn')]: 'restricted'});
	const {status, headers} = await world.call('POST', pods, {body: podWith({})});
	expect(status).toBe(201);
	expect(headers.get('warning')).toContain('would violate PodSecurity \\"restricted:latest\\": allowPrivilegeEscalation != false');
});

test('a stricter namespace tells which of its pods it would not take any more, and a looser one nothing', async () => {
	const world = await startApi();
	for (const name of ['b', 'a']) await world.call('POST', pods, {body: {...podWith({}), metadata: {name}}});
	const stricter = await mark(world, {[label('enforce')]: 'restricted'});
	expect(stricter.headers.get('warning')).toBe(
		'299 - "existing pods in namespace \\"default\\" violate the new PodSecurity enforce level \\"restricted:latest\\"", ' +
			'299 - "a (and 1 other pod): allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile"',
	);
	expect((await mark(world, {[label('enforce')]: 'baseline'})).headers.get('warning')).toBeNull();
});

test('levels and versions that do not exist are refused', async () => {
	const world = await startApi();
	const {status, body} = await mark(world, {[label('enforce')]: 'strict', [label('warn-version')]: 'x'});
	expect([status, body.message]).toEqual([
		422,
		'Namespace "default" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted, metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "x": must be "latest" or "v1.x"]',
	]);
});

test('a namespace is held to the standard of the version that it names, and none is later than the server', async () => {
	const api = await startApi();
	const create = async (version: string, spec: object) => {
		await mark(api, {[label('enforce')]: 'baseline', [label('enforce-version')]: version});
		return (await api.call('POST', `${pods}?dryRun=All`, {body: podWith(spec)})).status;
	};
	const keepalive = {securityContext: {sysctls: [{name: 'net.ipv4.tcp_keepalive_time', value: '60'}]}};
	const idle = {securityContext: {sysctls: [{name: 'net.ipv4.tcp_slow_start_after_idle', value: '0'}]}};
	expect([await create('v1.28', keepalive), await create('v1.29', keepalive)]).toEqual([403, 201]);
	expect([await create('v1.36', idle), await create('v1.40', idle), await create('latest', idle)]).toEqual([403, 403, 403]);
});
