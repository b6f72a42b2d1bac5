import {expect, test} from 'vitest';
import {faultsOf, object} from './look.ts';

const group = 'rbac.authorization.k8s.io';
const user = (name: string) => ({kind: 'User', name, apiGroup: group});
const account = (name: string, namespace?: string) => ({kind: 'ServiceAccount', name, ...(namespace === undefined ? {} : {namespace})});
const role = (rules: readonly unknown[], metadata = {}) => object(`${group}/v1 ClusterRole wide`, {rules}, metadata);
const binding = (subjects: readonly unknown[], name = 'wide', metadata = {}) =>
	object(`${group}/v1 ClusterRoleBinding given`, {subjects, roleRef: {kind: 'ClusterRole', name}}, metadata);
const local = (subjects: readonly unknown[]) =>
	object(`${group}/v1 RoleBinding shop/given`, {subjects, roleRef: {kind: 'ClusterRole', name: 'wide'}});
const rule = (apiGroups: readonly string[], resources: readonly string[], verbs: readonly string[], more = {}) => ({
	apiGroups,
	resources,
	verbs,
	...more,
});

test.each<[string, unknown, string]>([
	['may-read-secrets', rule([''], ['pods', 'secrets'], ['create', 'list']), 'resources[1] verbs[1] apiGroups[0]'],
	['may-read-secrets', rule(['*'], ['*'], ['*']), 'resources[0] verbs[0] apiGroups[0]'],
	['may-exec-into-pods', rule([''], ['*/exec'], ['create']), 'resources[0] verbs[0] apiGroups[0]'],
	['may-create-workloads', rule(['batch', 'apps'], ['deployments'], ['create']), 'resources[0] verbs[0] apiGroups[1]'],
	['may-impersonate', rule(['', 'authentication.k8s.io'], ['uids'], ['impersonate']), 'resources[0] verbs[0] apiGroups[1]'],
	['may-change-cluster-dns', rule([''], ['configmaps'], ['patch'], {resourceNames: ['coredns']}), 'resources[0] verbs[0] apiGroups[0]'],
	['cluster-administrator', rule(['*'], ['pods', '*'], ['get', '*']), 'resources[1] verbs[1] apiGroups[0]'],
])('%s names the words of the role that give it', (id, given, words) => {
	const paths = words
		.split(' ')
		.map(word => `ClusterRole:rules[1].${word}`)
		.join(' ');
	const harmless = rule([''], ['nodes'], ['get']);
	expect(faultsOf(id, [role([harmless, given]), binding([user('jo')])])).toEqual([
		`User jo ClusterRoleBinding:subjects[0] ClusterRoleBinding:roleRef.name ${paths}`,
	]);
});

test.each<[string, unknown]>([
	// Verbs, resources and groups of a rule belong together.
	['may-create-workloads', rule([''], ['deployments'], ['create'])],
	['may-read-secrets', rule([''], ['secrets'], ['create'])],
	['may-read-secrets', rule([''], ['secrets'], ['get'], {resourceNames: ['tls']})],
	['may-change-cluster-dns', rule([''], ['configmaps'], ['patch'], {resourceNames: ['settings']})],
	['may-exec-into-pods', rule([''], ['pods'], ['create'])],
	['cluster-administrator', rule(['apps'], ['*'], ['*'])],
	['cluster-administrator', {nonResourceURLs: ['*'], verbs: ['*']}],
])('%s takes a rule that does not give it', (id, given) => {
	expect(faultsOf(id, [role([given]), binding([user('jo')])])).toEqual([]);
});

test('each rule, each subject and each binding is a fault of its own', () => {
	const secrets = rule([''], ['secrets'], ['get']);
	const found = faultsOf('may-read-secrets', [role([secrets, secrets]), binding([user('jo'), user('kim')]), local([user('jo')])]);
	expect(found.map(line => line.split(' ').slice(0, 3).join(' '))).toEqual([
		...['User jo RoleBinding:subjects[0]', 'User jo RoleBinding:subjects[0]'],
		...['User jo ClusterRoleBinding:subjects[0]', 'User jo ClusterRoleBinding:subjects[0]'],
		...['User kim ClusterRoleBinding:subjects[1]', 'User kim ClusterRoleBinding:subjects[1]'],
	]);
});

test('what an aggregated role gathers counts before its controller copied it', () => {
	const view = role([rule([''], ['secrets'], ['get'])], {name: 'view-secrets', labels: {into: 'all'}});
	const gathering = object(`${group}/v1 ClusterRole wide`, {aggregationRule: {clusterRoleSelectors: [{matchLabels: {into: 'all'}}]}});
	expect(faultsOf('may-read-secrets', [view, gathering, binding([user('jo')])])).toHaveLength(1);
});

test('what Kubernetes binds itself is passed over, a label alone does not make it so', () => {
	const own = {labels: {'kubernetes.io/bootstrapping': 'rbac-defaults'}};
	const everything = role([rule(['*'], ['*'], ['*'])]);
	expect(faultsOf('cluster-administrator', [everything, binding([user('root')], 'wide', {...own, name: 'wide'})])).toEqual([]);
	expect(faultsOf('cluster-administrator', [everything, binding([user('root')], 'wide', own)])).toHaveLength(1);
});

test('a coredns right of another namespace is none', () => {
	expect(faultsOf('may-change-cluster-dns', [role([rule([''], ['configmaps'], ['update'])]), local([user('jo')])])).toEqual([]);
});

test('cluster-admin is told by its name where the role itself was not read', () => {
	expect(faultsOf('cluster-admin-role-bound', [binding([user('jo')], 'cluster-admin')])).toEqual([
		'User jo ClusterRoleBinding:subjects[0] ClusterRoleBinding:roleRef.name',
	]);
	expect(faultsOf('cluster-admin-role-bound', [binding([user('jo')], 'admin')])).toEqual([]);
});

test.each([
	['anonymous-holder', {kind: 'Group', name: 'system:unauthenticated'}, ['ClusterRoleBinding given subjects[0]']],
	['anonymous-holder', user('system:anonymous'), ['ClusterRoleBinding given subjects[0]']],
	['anonymous-holder', account('system:anonymous', 'shop'), []],
	['default-account-bound', account('default', 'shop'), ['ClusterRoleBinding given subjects[0]']],
	['default-account-bound', user('default'), []],
	['default-account-bound', account('web', 'shop'), []],
])('%s of a binding', (id, subject, expected) => {
	expect(faultsOf(id, [binding([subject])])).toEqual(expected);
});

test('what takes over the cluster is told of the group of everybody', () => {
	const everybody = binding([{kind: 'Group', name: 'system:authenticated'}]);
	expect(faultsOf('everybody-may-take-over', [role([rule([''], ['pods/exec'], ['create'])]), everybody])).toHaveLength(1);
	expect(faultsOf('everybody-may-take-over', [role([rule([''], ['pods'], ['get'])]), everybody])).toEqual([]);
});

test.each([
	[{}, ['ServiceAccount shop/default automountServiceAccountToken']],
	[{automountServiceAccountToken: true}, ['ServiceAccount shop/default automountServiceAccountToken']],
	[{automountServiceAccountToken: false}, []],
])('default-account-mounts-token of %j', (fields, expected) => {
	expect(faultsOf('default-account-mounts-token', [object('v1 ServiceAccount shop/default', fields)])).toEqual(expected);
});

test('a workload is an administrator only where its token is in it', () => {
	const objects = (spec: object, fields = {}) => [
		...[role([rule(['*'], ['*'], ['*'])]), binding([account('web', 'shop')]), object('v1 ServiceAccount shop/web', fields)],
		object('v1 Pod shop/web', {spec: {serviceAccountName: 'web', containers: [], ...spec}}),
	];
	expect(faultsOf('workload-is-administrator', objects({}))).toHaveLength(1);
	expect(faultsOf('workload-is-administrator', objects({automountServiceAccountToken: false}))).toEqual([]);
	expect(faultsOf('workload-is-administrator', objects({}, {automountServiceAccountToken: false}))).toEqual([]);
	expect(
		faultsOf('workload-is-administrator', objects({automountServiceAccountToken: true}, {automountServiceAccountToken: false})),
	).toHaveLength(1);
});

test('an identity of AWS that is a master is told by its key', () => {
	const config = (roles: string) => object('v1 ConfigMap kube-system/aws-auth', {data: {mapRoles: roles}});
	expect(faultsOf('cloud-identity-is-master', [config('- rolearn: a\n  groups:\n  - system:masters\n')])).toEqual([
		'ConfigMap kube-system/aws-auth data.mapRoles',
	]);
	expect(faultsOf('cloud-identity-is-master', [config('- rolearn: a\n  groups:\n  - system:nodes\n')])).toEqual([]);
});
