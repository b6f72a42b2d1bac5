import {describe, expect, test} from 'vitest';
import {type Path, pathsToAdmin} from '../../../../src/analysis/access/climb/climb.ts';
import {estateOf} from '../../../../src/analysis/access/climb/estate.ts';
import {holderText} from '../../../../src/analysis/access/grants.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {account, binding, clusterAdmin, clusterBinding, clusterRole, rbacRule, role, rule} from '../../../support/access-objects.ts';
import {object} from '../../../support/kube-objects.ts';

const certificates = {apiGroups: ['certificates.k8s.io']};
const admission = {apiGroups: ['admissionregistration.k8s.io']};
const apps = {apiGroups: ['apps']};

/** An operator that is cluster-admin, and its pod; namespaces admit no pod that reaches its node. */
const cluster = [
	clusterAdmin,
	account('ops/operator'),
	account('shop/app'),
	clusterBinding('operator', 'cluster-admin', 'ServiceAccount ops/operator, User root'),
	object('v1', 'Pod', 'operator-0', {
		metadata: {namespace: 'ops'},
		spec: {serviceAccountName: 'operator', automountServiceAccountToken: true, nodeName: 'n1'},
	}),
	...['ops', 'shop'].map(name =>
		object('v1', 'Namespace', name, {metadata: {namespace: undefined, labels: {'pod-security.kubernetes.io/enforce': 'restricted'}}}),
	),
];

const steps = ({steps}: Path) => steps.map(({from, how, to}) => `${from} ${how}: ${to}`);
const pathOf = (who: string, objects: readonly KubeObject[]) =>
	pathsToAdmin(estateOf([...cluster, ...objects])).find(({holder}) => holderText(holder) === who);

/** `ada` has some rules in a namespace; everywhere where none is named. */
const ada = (rules: readonly JsonObject[], namespace?: string) => [
	clusterRole('ada', rules),
	namespace === undefined ? clusterBinding('ada', 'ada', 'User ada') : binding('ada', 'ClusterRole ada', 'User ada', namespace),
];

describe('one step', () => {
	test.each<[string, readonly JsonObject[], string | undefined, string, string]>([
		['a token', [rule('serviceaccounts/token', 'create')], 'ops', 'asks for a token of it in namespace ops', 'ServiceAccount ops/operator'],
		[
			'a token by name',
			[rule('serviceaccounts/token', 'create', {resourceNames: ['operator']})],
			undefined,
			'asks for a token of it in namespace ops',
			'ServiceAccount ops/operator',
		],
		['a pod', [rule('pods', 'create')], 'ops', 'runs it through pods in namespace ops', 'ServiceAccount ops/operator'],
		[
			'a workload that is there',
			[rule('deployments', 'patch', {...apps, resourceNames: ['web']})],
			'ops',
			'runs it through deployments in namespace ops',
			'ServiceAccount ops/operator',
		],
		[
			'an exec',
			[rule('pods/exec', 'create')],
			'ops',
			'executes a command in a pod that runs as it in namespace ops',
			'ServiceAccount ops/operator',
		],
		[
			'an ephemeral container',
			[rule('pods/ephemeralcontainers', 'patch', {resourceNames: ['operator-0']})],
			'ops',
			'adds a container to a pod that runs as it in namespace ops',
			'ServiceAccount ops/operator',
		],
		[
			'the API of kubelets',
			[rule('nodes/proxy', 'get')],
			undefined,
			"executes a command in a pod that runs as it, through the kubelet's own API",
			'ServiceAccount ops/operator',
		],
		[
			'a new token Secret',
			[rule('secrets', 'create get')],
			'ops',
			'creates a token Secret for it and reads it in namespace ops',
			'ServiceAccount ops/operator',
		],
		[
			'an account impersonated',
			[rule('serviceaccounts', 'impersonate')],
			'ops',
			'impersonates it in namespace ops',
			'ServiceAccount ops/operator',
		],
		['a user impersonated', [rule('users', 'impersonate', {resourceNames: ['root']})], undefined, 'impersonates it', 'User root'],
		[
			'the group of masters',
			[rule('groups', 'impersonate', {resourceNames: ['system:masters']}), rule('users', 'impersonate', {resourceNames: ['nobody']})],
			undefined,
			'impersonates the group system:masters',
			'cluster-admin',
		],
		[
			'bind',
			[rbacRule('clusterroles', 'bind'), rbacRule('clusterrolebindings', 'create')],
			undefined,
			'binds cluster-admin to itself in any namespace',
			'cluster-admin',
		],
		[
			'escalate',
			[rbacRule('clusterroles', 'escalate patch', {resourceNames: ['ada']})],
			undefined,
			'writes every right into its ClusterRole ada',
			'cluster-admin',
		],
		[
			'a certificate',
			[
				rule('certificatesigningrequests', 'create', certificates),
				rule('certificatesigningrequests/approval', 'update', certificates),
				rule('signers', 'approve', {...certificates, resourceNames: ['kubernetes.io/*']}),
			],
			undefined,
			'requests a client certificate in its name and approves that itself',
			'User root',
		],
		[
			'a mutating webhook',
			[rule('mutatingwebhookconfigurations', 'patch', admission)],
			undefined,
			'changes what others write, by a mutating webhook',
			'cluster-admin',
		],
	])('%s', (_, rules, namespace, how, to) => {
		const path = pathOf('User ada', ada(rules, namespace));
		expect(path?.steps[0]).toMatchObject({
			from: 'User ada',
			how,
			to,
			by: expect.arrayContaining([expect.objectContaining({binding: expect.objectContaining({name: 'ada'})})]),
		});
		expect(path?.steps).toHaveLength(1);
		expect(path?.isThere).toBe(false);
	});
});

describe('no step', () => {
	test.each<[string, readonly JsonObject[], string | undefined]>([
		[
			'bindings without bind',
			[rbacRule('clusterrolebindings rolebindings', '*'), rbacRule('clusterroles roles', 'create update patch')],
			undefined,
		],
		['bind without bindings', [rbacRule('clusterroles', 'bind')], undefined],
		[
			'bind of a role that gives little',
			[rbacRule('clusterroles', 'bind', {resourceNames: ['view']}), rbacRule('clusterrolebindings', 'create')],
			undefined,
		],
		['a pod where no strong account is', [rule('pods pods/exec', '*')], 'shop'],
		['a new pod by name alone', [rule('pods', 'create', {resourceNames: ['web']})], 'ops'],
		['an exec into another pod', [rule('pods/exec', 'create', {resourceNames: ['web-0']})], 'ops'],
		['Secrets where none holds a token', [rule('secrets', 'get list')], 'ops'],
		['groups without a user', [rule('groups', 'impersonate')], undefined],
		[
			'approval without the signer of clients',
			[
				rule('certificatesigningrequests', 'create', certificates),
				rule('certificatesigningrequests/approval', 'update', certificates),
				rule('signers', 'approve', {...certificates, resourceNames: ['kubernetes.io/kubelet-serving']}),
			],
			undefined,
		],
		['nodes themselves', [rule('nodes', 'get list patch')], undefined],
		['everything in a namespace without accounts of weight', [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}], 'shop'],
	])('%s', (_, rules, namespace) => {
		const view = clusterRole('view', [rule('pods', 'get list watch')]);
		expect(pathOf('User ada', [...ada(rules, namespace), view])).toBeUndefined();
	});
});

test('takes the shortest of several chains, and names what allows each step', () => {
	const objects = [
		role('deployer', [rule('deployments', 'create', apps)]),
		binding('dev', 'Role deployer', 'User ada'),
		role('impersonator', [rule('serviceaccounts', 'impersonate')], 'ops'),
		binding('app', 'Role impersonator', 'ServiceAccount shop/app', 'ops'),
	];
	const path = pathOf('User ada', objects);
	expect(path === undefined ? [] : steps(path)).toEqual([
		'User ada runs it through deployments in namespace shop: ServiceAccount shop/app',
		'ServiceAccount shop/app impersonates it in namespace ops: ServiceAccount ops/operator',
	]);
	expect(path?.steps.map(({by}) => by.map(grant => grant.binding.name))).toEqual([['dev'], ['app']]);
	const nearer = [
		...objects,
		role('tokens', [rule('serviceaccounts/token', 'create')], 'ops'),
		binding('nearer', 'Role tokens', 'User ada', 'ops'),
	];
	expect(pathOf('User ada', nearer)?.steps).toHaveLength(1);
});

test('goes through all rights in a namespace, and through a role that it may only bind by name', () => {
	const inOps = ada([rbacRule('roles clusterroles', 'bind'), rbacRule('rolebindings', 'create')], 'ops');
	expect(pathOf('User ada', inOps)?.steps.map(({to}) => to)).toEqual(['every right in namespace ops', 'ServiceAccount ops/operator']);
	const named = [
		...ada([rbacRule('clusterroles', 'bind', {resourceNames: ['edit']}), rbacRule('rolebindings', 'create')], 'ops'),
		clusterRole('edit', [rule('pods', 'create')]),
	];
	expect(pathOf('User ada', named)?.steps.map(({how, to}) => `${how}: ${to}`)).toEqual([
		'binds ClusterRole edit to itself: ClusterRole edit in namespace ops',
		'runs it through pods in namespace ops: ServiceAccount ops/operator',
	]);
});

test('finds a label that makes a bound role take up new rights', () => {
	const objects = [
		clusterRole('sum', [rbacRule('clusterroles', 'create escalate')], {
			aggregationRule: {clusterRoleSelectors: [{matchLabels: {sum: 'yes'}}]},
		}),
		clusterBinding('sum', 'sum', 'User ada'),
	];
	expect(pathOf('User ada', objects)?.steps[0]?.how).toBe(
		'creates a ClusterRole with every right and the label that ClusterRole sum takes up',
	);
});

test('reads Secrets only to the accounts whose token they hold', () => {
	const token = object('v1', 'Secret', 'old', {
		metadata: {namespace: 'ops', annotations: {'kubernetes.io/service-account.name': 'operator'}},
	});
	expect(pathOf('User ada', [...ada([rule('secrets', 'get', {resourceNames: ['old']})], 'ops'), token])?.steps).toHaveLength(1);
	expect(pathOf('User ada', [...ada([rule('secrets', 'get', {resourceNames: ['other']})], 'ops'), token])).toBeUndefined();
});

test('takes the way over a node where Pod Security lets it, and a way that assumes nothing before it', () => {
	const lax = object('v1', 'Namespace', 'lab', {metadata: {namespace: undefined}});
	const path = pathOf('User ada', [...ada([rule('pods', 'create')], 'lab'), lax]);
	expect(path?.steps[0]).toMatchObject({
		how: 'runs a pod with the files in namespace lab and takes its token from the node',
		to: 'ServiceAccount ops/operator',
	});
	expect(path?.steps[0]?.assumes).toContain('admission policy');
	const both = pathOf('User ada', [
		...ada([rule('pods', 'create')], 'lab'),
		lax,
		role('exec', [rule('pods/exec', 'create')], 'ops'),
		binding('exec', 'Role exec', 'User ada', 'ops'),
	]);
	expect(both?.steps[0]?.assumes).toBeUndefined();
});

test('reaches through aws-auth where there is one', () => {
	const rules = [rule('configmaps', 'patch', {resourceNames: ['aws-auth']})];
	const map = object('v1', 'ConfigMap', 'aws-auth', {metadata: {namespace: 'kube-system'}});
	expect(pathOf('User ada', [...ada(rules, 'kube-system'), map])?.steps[0]?.to).toBe('cluster-admin');
	expect(pathOf('User ada', ada(rules, 'kube-system'))).toBeUndefined();
});

test('tells who is cluster-admin already, and nobody who has no way', () => {
	expect(pathOf('User root', [])).toMatchObject({isThere: true, steps: [{how: 'may do everything everywhere'}]});
	expect(pathOf('ServiceAccount shop/app', [])).toBeUndefined();
	expect(pathOf('Group system:masters', [clusterBinding('m', 'cluster-admin', 'Group system:masters')])?.isThere).toBe(true);
});

test('an account that is not there can be nobody', () => {
	const objects = [
		...ada([rule('serviceaccounts/token', 'create')], 'lost'),
		clusterBinding('lost', 'cluster-admin', 'ServiceAccount lost/gone'),
	];
	expect(pathOf('User ada', objects)).toBeUndefined();
});

test('takes a second at most on 1,000 bindings that lead on to each other', () => {
	const many = Array.from({length: 1000}, (_, index) => [
		account(`ns-${index}/app`),
		role(
			'next',
			[rule('serviceaccounts/token', 'create'), ...Array.from({length: 20}, (_, at) => rule(`things-${at}`, 'get'))],
			`ns-${(index + 1) % 1000}`,
		),
		binding(`b-${index}`, 'Role next', `ServiceAccount ns-${index}/app`, `ns-${(index + 1) % 1000}`),
	]).flat();
	const end = [clusterBinding('end', 'cluster-admin', 'ServiceAccount ns-999/app')];
	const begin = process.cpuUsage();
	const paths = pathsToAdmin(estateOf([...cluster, ...many, ...end]));
	const {user, system} = process.cpuUsage(begin);
	expect(Math.max(...paths.map(({steps}) => steps.length))).toBe(999);
	expect((user + system) / 1e6).toBeLessThan(3);
});
