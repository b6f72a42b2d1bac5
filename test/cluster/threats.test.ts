import {readFileSync} from 'node:fs';
import * as https from 'node:https';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {ThreatNews} from '../../src/agents/security/watch/threat-news.ts';
import {watchThreats} from '../../src/agents/security/watch/watch-threats.ts';
import {usualSettings} from '../../src/analysis/audit-log/rule.ts';
import {systemClock} from '../../src/core/clock.ts';
import {auditFiles} from '../../src/mcp/security/audit-log/audit-files.ts';
import {at} from '../servers/questions.ts';
import {request} from '../servers/request.ts';
import {configMap, deployment} from './compare/row.ts';
import {deployed, podsOf, serves, shop} from './in-shop.ts';
import {kubectlOn} from './kubectl.ts';
import {onePlane} from './one-plane.ts';

/** As the documentation recommends: everybody's requests, no bodies of secrets, bodies of what gives rights and makes pods. */
const auditPolicy = {
	apiVersion: 'audit.k8s.io/v1',
	kind: 'Policy',
	omitStages: ['RequestReceived'],
	rules: [
		// One program plays all kubelets here, as one user: it follows all secrets, where each kubelet reads those of its own pods by name.
		{level: 'None', users: ['kubelet'], resources: [{group: '', resources: ['secrets']}]},
		{level: 'None', nonResourceURLs: ['/readyz*', '/livez*', '/healthz*']},
		{level: 'None', resources: [{group: '', resources: ['events']}, {group: 'events.k8s.io'}], verbs: ['create', 'patch', 'update']},
		{
			level: 'Metadata',
			resources: [{group: '', resources: ['secrets', 'configmaps', 'serviceaccounts/token']}, {group: 'authentication.k8s.io'}],
		},
		{
			level: 'RequestResponse',
			resources: [{group: 'rbac.authorization.k8s.io'}, {group: '', resources: ['pods']}, {group: 'apps'}, {group: 'batch'}],
		},
		{level: 'Metadata'},
	],
};

const real = onePlane({auditPolicy});

/** What was told, and how long after its line was written. */
const told: {readonly news: ThreatNews; readonly atMs: number}[] = [];
const ending = new AbortController();
let watch: Promise<unknown> | undefined;

beforeAll(async () => {
	await installOperator();
	watch = watchThreats({
		...{log: auditFiles(real.plane().auditLog, {clock: systemClock()}), settings: usualSettings, exceptions: [], sinceMs: Date.now()},
		...{least: 'medium', clock: systemClock(), signal: ending.signal},
		tell: news => told.push({news, atMs: Date.now()}),
		onMalformed: line => {
			throw new Error(`no audit event: ${line}`);
		},
	});
	// Whoever reads the outcome below sees why it failed.
	watch.catch(() => {});
});
afterAll(async () => {
	ending.abort();
	await watch;
});

type Line = {readonly auditID: string; readonly stage: string; readonly stageTimestamp: string};

/** When the server wrote each stage of a request. */
const writtenAt = (auditId: string) =>
	readFileSync(real.plane().auditLog, 'utf8')
		.split('\n')
		.filter(line => line.includes(auditId))
		.map((line): Line => JSON.parse(line))
		.map(({stageTimestamp}) => Date.parse(stageTimestamp));

/** Waits for a threat, and answers it with how long it took from its line. */
async function detected(detection: string): Promise<ThreatNews & {readonly tookMs: number}> {
	const deadline = performance.now() + 20_000;
	for (;;) {
		const found = told.find(({news}) => news.detection === detection);
		if (found !== undefined) return {...found.news, tookMs: found.atMs - Math.min(...writtenAt(found.news.auditId))};
		if (performance.now() > deadline)
			throw new Error(`${detection} was not detected; only ${told.map(({news}) => news.detection).join(', ')}`);
		await new Promise(resolve => setTimeout(resolve, 50));
	}
}

const rbac = (kind: string, name: string, rest: object) => ({apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: {name}, ...rest});
const rbacPath = '/apis/rbac.authorization.k8s.io/v1';

/** As somebody, from an address of this machine. */
function from(localAddress: string, token: string) {
	const {url, ca} = real.plane();
	const agent = new https.Agent({localAddress});
	return async (question: {readonly path: string; readonly method?: string; readonly body?: unknown}) => {
		const answer = await request({url, ca, token, agent}, question);
		agent.destroy();
		return {status: answer.status, body: JSON.parse(answer.text) as unknown};
	};
}

/** Waits until the server gives somebody a right: what it answers follows its bindings after a moment. */
const mayOf = (user: string, right: object) =>
	real.answered(
		{
			...{method: 'POST', path: '/apis/authorization.k8s.io/v1/subjectaccessreviews'},
			body: {
				apiVersion: 'authorization.k8s.io/v1',
				kind: 'SubjectAccessReview',
				spec: {user, resourceAttributes: {namespace: 'shop', ...right}},
			},
		},
		answer => at(JSON.parse(answer.text), 'status', 'allowed') === true,
	);

/** An operator that follows secrets everywhere, with an account and a role of its own: installed before the day begins. */
async function installOperator() {
	await real.create('/api/v1/namespaces/shop/serviceaccounts', {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'certs'}});
	await real.create(`${rbacPath}/clusterroles`, {
		...rbac('ClusterRole', 'certs', {}),
		rules: [{apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch']}],
	});
	await real.create(`${rbacPath}/clusterrolebindings`, {
		...rbac('ClusterRoleBinding', 'certs', {}),
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'certs'},
		subjects: [{kind: 'ServiceAccount', name: 'certs', namespace: 'shop'}],
	});
	await real.create('/api/v1/namespaces/shop/secrets', {
		...{apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token'},
		metadata: {name: 'certs', annotations: {'kubernetes.io/service-account.name': 'certs'}},
	});
	await real.eventually('/api/v1/namespaces/shop/secrets/certs', secret => at(secret, 'data', 'token') !== undefined);
	await mayOf('system:serviceaccount:shop:certs', {resource: 'secrets', verb: 'list'});
}

test('a normal day is silent: rollouts, kubectl, an operator, controllers, kubelets', {timeout: 120_000}, async () => {
	const kubectl = kubectlOn(real.plane().kubeconfig);
	await deployed(real, 'web', {replicas: 3});
	await real.create(shop.configMaps(), configMap('settings'));
	for (let index = 0; index < 12; index += 1)
		await real.create('/api/v1/namespaces/shop/secrets', {
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: {name: `key-${index}`},
			stringData: {key: 'x'},
		});
	const manifest = JSON.stringify({...deployment('api', {replicas: 2}), metadata: {name: 'api', namespace: 'shop'}});
	expect(await kubectl('apply -f -', {input: manifest})).toMatchObject({code: 0});
	expect(await kubectl('set image deployment/web *=x:2')).toMatchObject({code: 0});
	await serves(real, 'web', 'x:2', 3);
	for (const words of [
		'get all',
		'describe deployment web',
		'scale deployment api --replicas=4',
		'rollout restart deployment api',
		'get nodes',
		'auth can-i create pods',
	])
		expect(await kubectl(words)).toMatchObject({code: 0});
	await real.create('/apis/batch/v1/namespaces/shop/cronjobs', {
		...{apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'nightly'}},
		spec: {
			schedule: '0 3 * * *',
			jobTemplate: {spec: {template: {spec: {restartPolicy: 'Never', containers: [{name: 'x', image: 'x:1'}]}}}},
		},
	});

	// An operator follows secrets everywhere, as those of certificates do.
	const kept = await real.read('/api/v1/namespaces/shop/secrets/certs');
	const token = Buffer.from(String(at(kept, 'data', 'token')), 'base64').toString();
	for (let index = 0; index < 12; index += 1)
		expect(await from('127.0.0.20', token)({path: '/api/v1/secrets?limit=500&resourceVersion=0'})).toMatchObject({status: 200});
	expect(await kubectl('delete deployment api')).toMatchObject({code: 0});
	await real.gone(shop.deployments('api'));
	// What came last is in the log when its answer is here; a look takes a fifth of a second.
	await new Promise(resolve => setTimeout(resolve, 1000));
	expect(told.map(({news}) => `${news.detection}: ${news.actor} ${news.verb} ${news.target}: ${news.detail}`)).toEqual([]);
});

test('a planted incident is told within a second of its line: who, what, from where', {timeout: 120_000}, async () => {
	const kubectl = kubectlOn(real.plane().kubeconfig);
	const {tokens} = real.plane();
	// A way up that somebody left open: nobody may bind roles in the shop.
	await real.create(`${rbacPath}/namespaces/shop/roles`, {
		...rbac('Role', 'team-lead', {}),
		rules: [
			{apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'], verbs: ['create']},
			{apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['bind']},
		],
	});
	await real.create(`${rbacPath}/namespaces/shop/rolebindings`, {
		...rbac('RoleBinding', 'team-lead', {}),
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'team-lead'},
		subjects: [{kind: 'User', name: 'nobody', apiGroup: 'rbac.authorization.k8s.io'}],
	});
	await mayOf('nobody', {group: 'rbac.authorization.k8s.io', resource: 'rolebindings', verb: 'create'});

	// Escalation through a RoleBinding.
	const binding = {
		...rbac('RoleBinding', 'mine', {}),
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin'},
		subjects: [{kind: 'User', name: 'nobody', apiGroup: 'rbac.authorization.k8s.io'}],
	};
	const asked = {method: 'POST', path: `${rbacPath}/namespaces/shop/rolebindings`, body: binding};
	expect(await from('127.0.0.66', tokens.nobody)(asked)).toMatchObject({status: 201});
	const climbed = await detected('bound-to-self');
	expect(climbed).toMatchObject({
		...{actor: 'nobody', source: '127.0.0.66', verb: 'create', target: 'rolebindings shop/mine', severity: 'high', outcome: 'done'},
		detail: 'cluster-admin to User nobody',
	});
	expect(await detected('cluster-admin-bound')).toMatchObject({actor: 'nobody'});
	await mayOf('nobody', {resource: 'pods', subresource: 'exec', verb: 'create'});

	// A command in a pod.
	const pod = String(at(await real.read(podsOf('web')), 'items', 0, 'metadata', 'name'));
	await kubectl(`exec ${pod} --context nobody -- hostname`);
	const ran = await detected('exec-in-pod');
	expect(ran).toMatchObject({
		actor: 'nobody',
		source: '127.0.0.1',
		target: `pods/exec shop/${pod}`,
		detail: expect.stringContaining('command hostname'),
	});

	// A token that is made of a pod's account, and carried elsewhere.
	const uid = String(at(await real.read(shop.pods(pod)), 'metadata', 'uid'));
	const tokenRequest = {
		...{apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest'},
		spec: {boundObjectRef: {apiVersion: 'v1', kind: 'Pod', name: pod, uid}},
	};
	const made = await from(
		'127.0.0.66',
		tokens.nobody,
	)({method: 'POST', path: '/api/v1/namespaces/shop/serviceaccounts/default/token', body: tokenRequest});
	expect(made).toMatchObject({status: 201});
	expect(await detected('token-made')).toMatchObject({actor: 'nobody', source: '127.0.0.66', detail: 'of shop/default'});
	const token = String(at(made.body, 'status', 'token'));
	await from('127.0.0.10', token)({path: '/api/v1/namespaces/shop/pods'});
	const used = await detected('made-token-used');
	expect(used).toMatchObject({
		actor: 'system:serviceaccount:shop:default',
		source: '127.0.0.10',
		detail: expect.stringContaining('made by nobody at 127.0.0.66'),
	});
	await from('127.0.0.77', token)({path: '/api/v1/namespaces/shop/secrets'});
	const carried = await detected('token-elsewhere');
	expect(carried).toMatchObject({
		...{actor: 'system:serviceaccount:shop:default', source: '127.0.0.77', severity: 'critical'},
		detail: expect.stringContaining(`token of pod ${pod}, until now from 127.0.0.10`),
	});

	// A pod that is root on its node.
	const rootPod = {
		...{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'root', namespace: 'shop'}},
		spec: {hostPID: true, containers: [{name: 'x', image: 'x:1', securityContext: {privileged: true}}]},
	};
	expect(await from('127.0.0.66', tokens.nobody)({method: 'POST', path: shop.pods(), body: rootPod})).toMatchObject({status: 201});
	const root = await detected('privileged-container');
	expect(root).toMatchObject({actor: 'nobody', source: '127.0.0.66', target: 'pods shop/root', detail: 'privileged: x', severity: 'high'});
	expect(await detected('host-pid')).toMatchObject({actor: 'nobody'});

	// All secrets, one after the other.
	for (let index = 0; index < 12; index += 1)
		await from('127.0.0.66', tokens.nobody)({path: `/api/v1/namespaces/shop/secrets/key-${index}`});
	const sweep = await detected('secret-sweep');
	expect(sweep).toMatchObject({
		actor: 'nobody',
		source: '127.0.0.66',
		severity: 'high',
		detail: expect.stringMatching(/^10 secrets in 1 namespace within 5m/),
	});

	const late = [climbed, ran, used, carried, root, sweep].filter(({tookMs}) => tookMs >= 1000);
	expect(late).toEqual([]);
});
