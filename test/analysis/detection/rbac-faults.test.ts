import {describe, expect, test} from 'vitest';
import {rbacFaults} from '../../../src/analysis/detection/analyzers/rbac/rbac-faults.ts';
import type {Snapshot} from '../../../src/analysis/detection/snapshot.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {remedies, told} from './told-in.ts';

const api = 'apiVersion: rbac.authorization.k8s.io/v1';
const job = (command: string, pod = 'serviceAccountName: bot') => `
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec: {schedule: "0 3 * * *", jobTemplate: {spec: {template: {spec: {${pod}, containers: [{name: run, image: "ops/kubectl:1", command: ${command}}]}}}}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: default}
---`;
const account = (name = 'bot', more = '') => `\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}}\n${more}\n---`;
const role = (rules: string, name = 'bot') => `\n${api}\nkind: Role\nmetadata: {name: ${name}}\nrules: ${rules}\n---`;
const binding = (subject = '{kind: ServiceAccount, name: bot, namespace: shop}', name = 'bot', kind = 'Role') =>
	`\n${api}\nkind: RoleBinding\nmetadata: {name: bot}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name}}\nsubjects: [${subject}]\n---`;
const all = (rules: string) => role(rules) + binding() + account();
const restart = '[kubectl, -n, shop, rollout, restart, deployment/web]';
const enough = '[{apiGroups: [apps], resources: [deployments], verbs: [get, patch]}]';

const server = (more = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {serviceAccountName: bot, containers: [{name: web, image: "web:1"}]}}}
---${account()}${more}`;
const nodes = "[{apiGroups: [''], resources: [nodes, pods], verbs: [get, list]}]";
const locks = (verbs: string) => `[{apiGroups: [''], resources: [configmaps], resourceNames: [lock], verbs: [${verbs}]}]`;
const lock = '\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: lock}\n---';
const wideBinding = `\n${api}\nkind: ClusterRole\nmetadata: {name: bot}\nrules: ${nodes}\n---\n${api}\nkind: ClusterRoleBinding\nmetadata: {name: bot}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bot}\nsubjects: [{kind: ServiceAccount, name: bot, namespace: shop}]\n---`;

const rows: readonly (readonly [string, string, readonly string[]])[] = [
	['a job that may', job(restart) + all(enough), []],
	['a job that may by name', job(restart) + all(enough.replace('verbs', 'resourceNames: [web], verbs')), []],
	['nodes in a Role', server(role(nodes) + binding()), ['rule-needs-cluster Role/bot rules[0].resources (medium)']],
	['nodes in a Role beside a ClusterRole', server(role(nodes) + binding() + wideBinding), []],
	['its own namespace in a Role', server(role("[{apiGroups: [''], resources: [namespaces], verbs: [get]}]") + binding()), []],
	[
		'what is to be made, by name',
		server(role(locks('create, update')) + binding() + lock),
		['rule-names-what-is-made Role/bot rules[0].resourceNames'],
	],
	['what is there, by name', server(role(locks('get, update')) + binding() + lock), []],
	[
		'what is to be made, by another rule',
		server(
			role(`${locks('create, update').slice(0, -1)}, {apiGroups: [''], resources: [configmaps], verbs: [create]}]`) + binding() + lock,
		),
		[],
	],
	[
		'an account that is bound as a user',
		server(role(nodes.replace('nodes, ', '')) + binding('{kind: User, name: bot, apiGroup: rbac.authorization.k8s.io}')),
		['subject-not-there RoleBinding/bot subjects[bot].kind (medium)'],
	],
	[
		'a user that no account is called like',
		server(role(nodes.replace('nodes, ', '')) + binding('{kind: User, name: dana, apiGroup: rbac.authorization.k8s.io}')),
		[],
	],
	[
		'a verb that is missing',
		job(restart) + all('[{apiGroups: [apps], resources: [deployments], verbs: [get, list]}]'),
		['right-missing Role/bot rules[0].verbs'],
	],
	[
		'a group that is wrong',
		job(restart) + all("[{apiGroups: [''], resources: [deployments], verbs: [get, patch]}]"),
		['right-missing Role/bot rules[0].apiGroups'],
	],
	[
		'a resource in the singular',
		job(restart) + all('[{apiGroups: [apps], resources: [deployment], verbs: [get, patch]}]'),
		['right-missing Role/bot rules[0].resources'],
	],
	[
		'the name of another object',
		job(restart) + all('[{apiGroups: [apps], resources: [deployments], resourceNames: [api], verbs: [get, patch]}]'),
		['right-missing Role/bot rules[0].resourceNames'],
	],
	[
		'a part of a resource',
		job('[sh, -c, "kubectl get pods -l app=web && kubectl logs web-0"]') +
			all("[{apiGroups: [''], resources: [pods], verbs: [get, list]}]"),
		['right-missing Role/bot rules[0].resources'],
	],
	['scaling', job('[kubectl, scale, deploy/web, --replicas=2]') + all(enough), ['right-missing Role/bot rules[0].resources']],
	['everything', job(restart) + all("[{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]"), []],
	['who signs in as somebody else', job('[kubectl, --kubeconfig=/x, get, pods]') + all('[]'), []],
	['a file that says what is done', job('[kubectl, apply, -f, /x]') + all('[]'), []],
	[
		'another namespace',
		job('[kubectl, -n, prod, get, pods]') + all("[{apiGroups: [''], resources: [pods], verbs: [list]}]"),
		['right-missing ServiceAccount/bot'],
	],
	['a role that is bound to nobody', job(restart) + role(enough) + account(), ['binding-not-there RoleBinding/bot']],
	[
		'an account in another namespace',
		job(restart) + role(enough) + account() + binding('{kind: ServiceAccount, name: bot, namespace: shpo}'),
		['subject-not-there RoleBinding/bot subjects[bot].namespace (medium)'],
	],
	[
		'an account that is spelled otherwise',
		job(restart) + role(enough) + account() + binding('{kind: ServiceAccount, name: bott, namespace: shop}'),
		['subject-not-there RoleBinding/bot subjects[bott].name (medium)'],
	],
	[
		'an account named as the user that it is',
		job(restart) + role(enough) + account() + binding("{kind: User, name: 'system:serviceaccount:shop:bot'}"),
		[],
	],
	[
		'a role that is called otherwise',
		job(restart) + role(enough) + account() + binding(undefined, 'bott'),
		['role-not-there RoleBinding/bot roleRef.name (medium)'],
	],
	[
		'a role of the other kind',
		job(restart) + role(enough) + account() + binding(undefined, 'bot', 'ClusterRole'),
		['role-not-there RoleBinding/bot roleRef.kind (medium)'],
	],
	[
		'a role that is called quite otherwise',
		job(restart) + role(enough) + account() + binding(undefined, 'deployer'),
		['role-not-there RoleBinding/bot roleRef.name (medium)'],
	],
	[
		'a binding of somebody else',
		job(restart) + role(enough) + account() + account('builder') + binding('{kind: ServiceAccount, name: builder, namespace: shop}'),
		['binding-of-other-account RoleBinding/bot subjects[builder].name'],
	],
	[
		'a binding that was turned to somebody else, of a program that nobody knows',
		job('[bot]') +
			role(enough) +
			account() +
			binding('{kind: ServiceAccount, name: default, namespace: shop}').replace('metadata', 'changed: "09:40"\nmetadata'),
		['binding-of-other-account RoleBinding/bot subjects[default].name (low)'],
	],
	[
		'a binding that was always of somebody else, of a program that nobody knows',
		job('[bot]') + role(enough) + account() + binding('{kind: ServiceAccount, name: default, namespace: shop}'),
		[],
	],
	[
		'a binding that was turned to the namesake of another namespace',
		server('\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bot, namespace: stage}\n---') +
			'\n{apiVersion: v1, kind: Namespace, metadata: {name: stage}}\n---' +
			role('[]') +
			binding('{kind: ServiceAccount, name: bot, namespace: stage}').replace('metadata', 'changed: "09:40"\nmetadata'),
		['binding-of-other-account RoleBinding/bot subjects[bot].namespace (low)'],
	],
	[
		'a binding that was always of the namesake of another namespace',
		server('\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bot, namespace: stage}\n---') +
			role('[]') +
			binding('{kind: ServiceAccount, name: bot, namespace: stage}'),
		[],
	],
	['left-over bindings of nobody', role('[]') + binding('{kind: ServiceAccount, name: gone, namespace: shop}'), []],
	[
		'an account that the pods do not use',
		job(restart, 'restartPolicy: Never') + all(enough),
		['account-fell-back CronJob/nightly spec.jobTemplate.spec.template.spec.serviceAccountName'],
	],
	[
		'no token',
		job(restart, 'serviceAccountName: bot, automountServiceAccountToken: false') + all(enough),
		['token-not-mounted CronJob/nightly spec.jobTemplate.spec.template.spec.automountServiceAccountToken'],
	],
	[
		'no token by the account',
		job(restart) + role(enough) + binding() + account('bot', 'automountServiceAccountToken: false'),
		['token-not-mounted ServiceAccount/bot automountServiceAccountToken'],
	],
	[
		'an old group beside the new one',
		role(
			'[{apiGroups: [extensions], resources: [ingresses], verbs: [get]}, {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [get]}]',
		),
		[],
	],
	[
		'a rule that nobody needs, in the wrong group',
		role("[{apiGroups: [''], resources: [deployments, pods], verbs: [get]}]"),
		['rule-group-wrong Role/bot rules[0].apiGroups (low)'],
	],
	[
		'a verb that does not exist',
		role("[{apiGroups: [''], resources: [pods], verbs: [gett, list]}]"),
		['rule-verb-unknown Role/bot rules[0].verbs (low)'],
	],
	['resources of somebody else', role('[{apiGroups: [example.com], resources: [widget], verbs: [own]}]'), []],
	[
		'what an event quotes',
		all("[{apiGroups: [''], resources: [pods], verbs: [get]}]") +
			`\napiVersion: v1\nkind: Event\nmetadata: {name: e}\nmessage: 'pods is forbidden: User "system:serviceaccount:shop:bot" cannot list resource "pods" in API group "" in the namespace "shop"'\n---`,
		['right-missing Role/bot rules[0].verbs'],
	],
];

test.each(rows)('%s', (_, text, expected) => {
	expect(told(rbacFaults, text)).toEqual(expected);
});

test('a binding whose role is gone takes the one that nothing binds, where that is called like it', () => {
	const lost = (name: string) => job(restart) + role(enough, name) + account() + binding(undefined, 'deployer');
	expect(remedies(rbacFaults, lost('bot'))).toEqual([expect.stringMatching(/^sure delete RoleBinding\/bot.*"name":"bot"/)]);
	expect(remedies(rbacFaults, lost('rollouts'))).toEqual([expect.stringMatching(/^choice delete RoleBinding\/bot.*"name":"rollouts"/)]);
	expect(remedies(rbacFaults, lost('bot') + role('[]', 'rollouts'))).toEqual([expect.stringMatching(/^sure delete/)]);
	expect(remedies(rbacFaults, lost('one') + role('[]', 'two'))).toEqual([]);
});

test('a role of the cluster takes the place of one that is gone only where it is called like the binding', () => {
	const wide = (name: string) => role(enough, name).replace('kind: Role', 'kind: ClusterRole');
	const lost = (name: string) => job(restart) + wide(name) + account() + binding(undefined, 'deployer', 'ClusterRole');
	expect(remedies(rbacFaults, lost('bot'))).toEqual([
		expect.stringMatching(/^sure delete RoleBinding\/bot.*"kind":"ClusterRole","name":"bot"/),
	]);
	expect(remedies(rbacFaults, lost('rollouts'))).toEqual([]);
});

test('who has the rights of another account keeps them while it uses them', () => {
	const others = job(restart).replace('name: nightly', 'name: weekly').replace('serviceAccountName: bot', 'serviceAccountName: builder');
	const text = job(restart) + role(enough) + account() + binding('{kind: ServiceAccount, name: builder, namespace: shop}');
	expect(remedies(rbacFaults, text)).toEqual([
		'sure [{"op":"test","path":"/subjects/0/name","value":"builder"},{"op":"replace","path":"/subjects/0/name","value":"bot"}]',
	]);
	expect(remedies(rbacFaults, text + account('builder') + others)).toEqual([
		expect.stringMatching(/^sure .*"value":\[\{.*"name":"builder".*"name":"bot"/),
	]);
});

test('a role is given exactly what is missing', () => {
	expect(remedies(rbacFaults, job(restart) + all('[{apiGroups: [apps], resources: [deployments], verbs: [list]}]'))).toEqual([
		'sure [{"op":"test","path":"/rules/0/verbs","value":["list"]},{"op":"replace","path":"/rules/0/verbs","value":["get","patch","list"]}]',
	]);
	expect(remedies(rbacFaults, job(restart) + account())).toEqual([
		expect.stringMatching(
			/^choice create Role\/bot .*"rules":\[\{"apiGroups":\["apps"\],"resources":\["deployments"\],"verbs":\["get","patch"\]\}\].*; create RoleBinding\/bot /,
		),
	]);
});

test('the role of a binding never changes: the binding is made anew', () => {
	expect(remedies(rbacFaults, job(restart) + role(enough) + account() + binding(undefined, 'bott'))).toEqual([
		expect.stringMatching(/^sure delete RoleBinding\/bot; create RoleBinding\/bot .*"roleRef":\{[^}]*"name":"bot"/),
	]);
});

test('a role that every cluster has is not widened', () => {
	const view = `\n${api}\nkind: ClusterRole\nmetadata: {name: view}\nrules: [{apiGroups: [apps], resources: [deployments], verbs: [get]}]\n---`;
	expect(told(rbacFaults, job(restart) + view + account() + binding(undefined, 'view', 'ClusterRole'))).toEqual([
		'right-missing ServiceAccount/bot',
	]);
});

test('of roles that may not be read nothing is told', () => {
	expect(told(rbacFaults, job(restart) + account(), [{kind: 'RoleBinding', why: 'may not be listed'}])).toEqual([]);
});

test('a workload that lost the account whose rights nobody else uses gets it back', () => {
	const revision = (number: number, pod: string) => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-${number}, annotations: {deployment.kubernetes.io/revision: '${number}'}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}]}
spec: {template: {spec: {${pod}containers: [{name: web, image: 'web:1'}]}}}
---`;
	const web = (pod: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 1, template: {spec: {${pod}containers: [{name: web, image: 'web:1'}]}}}
---`;
	const before = revision(1, 'serviceAccountName: bot, ');
	const lost = web('serviceAccountName: default, ') + before + all(enough);
	expect(told(rbacFaults, lost)).toEqual(['account-fell-back Deployment/web spec.template.spec.serviceAccountName']);
	expect(remedies(rbacFaults, lost).join()).toContain('"value":"bot"');
	// Somebody else signs in as it, or it never had rights: nobody can tell that it was meant.
	expect(told(rbacFaults, `${lost}${job('[sleep, "1"]')}`)).toEqual([]);
	expect(told(rbacFaults, web('') + before + account())).toEqual([]);
});

const home = (name: string) => `\napiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n---`;
const group = (name: string, kind = 'Group') => role('[]') + binding(`{kind: ${kind}, name: "${name}"}`);

test.each([
	[
		'all accounts of a misspelt namespace',
		group('system:serviceaccounts:warehuose'),
		['subject-namespace-not-there RoleBinding/bot subjects[0].name'],
	],
	[
		'one account of it, as a user',
		group('system:serviceaccount:warehuose:picker', 'User'),
		['subject-namespace-not-there RoleBinding/bot subjects[0].name'],
	],
	['all accounts of a namespace', group('system:serviceaccounts:warehouse'), []],
	['those of a namespace that is still to come', group('system:serviceaccounts:team-b'), []],
	['all accounts of the cluster', group('system:serviceaccounts'), []],
	['people', group('oidc:warehuose'), []],
])('a binding of %s', (_, text, expected) => {
	expect(told(rbacFaults, home('warehouse') + home('team-a') + text)).toEqual(expected);
});

test('a binding of a misspelt namespace is given the one that is there', () => {
	expect(remedies(rbacFaults, home('warehouse') + group('system:serviceaccount:warehuose:picker', 'User'))).toEqual([
		expect.stringMatching(/^choice .*"value":"system:serviceaccount:warehouse:picker"/),
	]);
});

const elector = (env: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ledger}
spec: {replicas: 2, template: {spec: {serviceAccountName: bot, containers: [{name: ledger, image: "ledger:1", ${env}}]}}}
---`;
const lease = (name: string) => `[{apiGroups: [coordination.k8s.io], resources: [leases], resourceNames: [${name}], verbs: [get, update]}]`;
const settings = (name: string) => `\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n---`;
const reads = (names: string) => `[{apiGroups: [''], resources: [configmaps], resourceNames: [${names}], verbs: [get]}]`;
const named = 'env: [{name: LOCK_NAME, value: ledger-lock}]';

test.each([
	[
		'the Lease that a variable names',
		elector(named) + all(lease('leger-lock')),
		['rule-name-not-there Role/bot rules[0].resourceNames (medium)'],
	],
	[
		'the Lease that a flag names',
		elector('args: ["--lease-name=ledger-lock"]') + all(lease('leger-lock')),
		['rule-name-not-there Role/bot rules[0].resourceNames (medium)'],
	],
	['a Lease that it has', elector(named) + all(lease('ledger-lock')), []],
	['a Lease beside the one that it has', elector(named) + all(lease('leger-lock, ledger-lock')), []],
	[
		'a Lease that another rule allows',
		elector(named) +
			all(lease('leger-lock').replace(']}]', ']}, {apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, update]}]')),
		[],
	],
	['another Lease', elector(named) + all(lease('nightly-backup')), []],
	['a name that is of nothing locked', elector('env: [{name: MODE, value: ledger-lock}]') + all(lease('leger-lock')), []],
	[
		'a ConfigMap that is spelled otherwise',
		elector('args: []') + settings('tariffs') + all(reads('tarifs')),
		['rule-name-not-there Role/bot rules[0].resourceNames (medium)'],
	],
	['a ConfigMap of the next version', elector('args: []') + settings('tariffs-v1') + all(reads('tariffs-v2')), []],
	['a ConfigMap that may be there', elector('args: []') + settings('tariffs') + all(reads('tariffs, tarifs')), []],
	['a ConfigMap that is there', elector('args: []') + settings('tariffs') + settings('tarifs') + all(reads('tarifs')), []],
])('a rule that names %s', (_, text, expected) => {
	expect(told(rbacFaults, text)).toEqual(expected);
});

const wide = (name: string, label: string, body = "rules: [{apiGroups: [''], resources: [pods], verbs: [list]}]", changed = '09:00') =>
	`\n${api}\nkind: ClusterRole\nchanged: "${changed}"\nmetadata: {name: ${name}${label === '' ? '' : `, labels: {${label}}`}}\n${body}\n---`;
const gathers = (label: string) => wide('watcher', '', `aggregationRule: {clusterRoleSelectors: [{matchLabels: {${label}}}]}`);
const wanted = 'x.io/aggregate-to-watcher: "true"';
const slipped = 'x.io/agregate-to-watcher: "true"';

test.each([
	[
		'a slip in its key',
		gathers(wanted) + wide('pods', wanted) + wide('more', slipped, undefined, '09:30'),
		['aggregation-label-slip ClusterRole/more metadata.labels[x.io/agregate-to-watcher] (medium)'],
	],
	[
		'a slip in its value',
		gathers(wanted) + wide('pods', wanted) + wide('more', 'x.io/aggregate-to-watcher: "True"'),
		['aggregation-label-slip ClusterRole/more metadata.labels[x.io/aggregate-to-watcher] (low)'],
	],
	[
		'none, and a slip in what gathers',
		gathers(slipped) + wide('pods', wanted) + wide('more', wanted),
		['aggregation-label-slip ClusterRole/watcher aggregationRule.clusterRoleSelectors[0] (low)'],
	],
	['no slip', gathers(wanted) + wide('pods', wanted) + wide('more', wanted), []],
	['another aim', gathers(wanted) + wide('pods', wanted) + wide('more', 'x.io/aggregate-to-auditor: "true"'), []],
	['the value false', gathers(wanted) + wide('pods', wanted) + wide('more', 'x.io/aggregate-to-watcher: "false"'), []],
])('a ClusterRole whose label for another has %s', (_, text, expected) => {
	expect(told(rbacFaults, text)).toEqual(expected);
});

test('rights for the whole cluster, and to make things, are given by nobody but a person', () => {
	expect(remedies(rbacFaults, server(role(nodes) + binding()))).toEqual([
		'choice create ClusterRole/shop-bot {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"shop-bot"},"rules":[{"apiGroups":[""],"resources":["nodes"],"verbs":["get","list"]}]}; create ClusterRoleBinding/shop-bot {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"shop-bot"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"shop-bot"},"subjects":[{"kind":"ServiceAccount","name":"bot","namespace":"shop"}]}',
	]);
	expect(remedies(rbacFaults, server(role(locks('create')) + binding() + lock))).toEqual([
		expect.stringMatching(/^choice .*"verbs":\["create"\]\}\]\}\]$/),
	]);
	expect(remedies(rbacFaults, server(role(locks('get')) + binding('{kind: User, name: bot}') + lock))).toEqual([
		expect.stringContaining('"value":{"kind":"ServiceAccount","name":"bot","namespace":"shop"}'),
	]);
});

const making = '[kubectl, create, job, prints, --from=cronjob/template]';
const prints =
	'[{apiGroups: [batch], resources: [cronjobs], verbs: [get]}, {apiGroups: [batch], resources: [jobs], resourceNames: [prints], verbs: [create]}]';

test('what a command makes a person allows, by a rule without names and nothing more', () => {
	const yaml = job(making) + all(prints);
	expect(told(rbacFaults, yaml)).toEqual(['rule-names-what-is-made Role/bot rules[1].resourceNames']);
	expect(remedies(rbacFaults, yaml)[0]).toMatch(
		/^choice .*"value":\[.*,\{"apiGroups":\["batch"\],"resources":\["jobs"\],"verbs":\["create"\]\}\]\}\]$/,
	);
});

test('what a command lists beyond some names a person allows', () => {
	const yaml = job('[kubectl, get, configmaps]') + all(locks('get, list'));
	expect(told(rbacFaults, yaml)).toEqual(['right-missing Role/bot rules[0].resourceNames']);
	expect(remedies(rbacFaults, yaml)).toEqual([expect.stringMatching(/^choice /)]);
});

test('what belongs to no namespace comes to the ClusterRole that the account alone has everywhere', () => {
	const volumes = wideBinding.replace(nodes, "[{apiGroups: [''], resources: [persistentvolumes], verbs: [get, list]}]");
	const yaml = job('[kubectl, get, nodes]') + all("[{apiGroups: [''], resources: [nodes], verbs: [get, list]}]") + volumes;
	expect(told(rbacFaults, yaml)).toEqual(['rule-needs-cluster Role/bot rules[0].resources (medium)']);
	expect(remedies(rbacFaults, yaml)).toEqual([
		expect.stringMatching(/^sure .*"resources":\["persistentvolumes"\].*"resources":\["nodes"\]/),
		expect.stringMatching(/^choice create ClusterRole\/shop-bot/),
	]);
	const shared = volumes.replace(/subjects: \[/, 'subjects: [{kind: Group, name: auditors}, ');
	expect(remedies(rbacFaults, yaml.replace(volumes, shared))).toEqual([expect.stringMatching(/^choice create ClusterRole\/shop-bot/)]);
});

const controller = (now: string, before: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, uid: d}
spec: {replicas: 1, template: {spec: {serviceAccountName: bot, ${now} containers: [{name: web, image: "web:2"}]}}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-1, annotations: {deployment.kubernetes.io/revision: '1'}, ownerReferences: [{kind: Deployment, name: web, uid: d, controller: true}]}
spec: {template: {spec: {serviceAccountName: bot, ${before} containers: [{name: web, image: "web:1"}]}}}
---`;
const off = 'automountServiceAccountToken: false,';
const mounts = `${off} volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token}}]}}],`;
const tokenPath = 'spec.template.spec.automountServiceAccountToken';

test.each([
	['that it had', controller(off, ''), [`token-not-mounted Deployment/web ${tokenPath}`]],
	['that it had by its word', controller(off, 'automountServiceAccountToken: true,'), [`token-not-mounted Deployment/web ${tokenPath}`]],
	['that it never had', controller(off, off), []],
	['that it mounts itself', controller(mounts, ''), []],
	['that another one has', controller(off, '') + job('[run]'), []],
])('a program whose account has rights of its own and that loses the token %s', (_, yaml, lines) => {
	expect(told(rbacFaults, yaml + all(locks('get, update')) + lock)).toEqual(lines);
});

test('a token that is taken from an account without rights is not missed', () => {
	expect(told(rbacFaults, controller(off, '') + account())).toEqual([]);
});

const elects = (yaml: string) => yaml.replaceAll('image: "web:', 'image: "registry.example/external-dns:');
const servedFor = (made: string) => `
apiVersion: v1
kind: Pod
metadata: {name: web-2-x, creationTimestamp: "${made}", ownerReferences: [{kind: Deployment, name: web, uid: d, controller: true}]}
spec: {containers: [{name: web, image: "web:2"}]}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---`;

test('the token comes back unasked where the program is known to ask, and a release took it', () => {
	expect(remedies(rbacFaults, elects(controller(off, '')) + all(locks('get, update')) + lock)[0]).toMatch(/^sure /);
});

test('a token that pods have long been ready without is not missed', () => {
	const yaml = controller(off, '') + all(locks('get, update')) + lock;
	expect(told(rbacFaults, yaml + servedFor('2026-11-20T09:00:00Z'))).toEqual([]);
	// Nor are the rights that the program would have needed.
	expect(told(rbacFaults, elects(yaml) + servedFor('2026-11-20T09:00:00Z'))).toEqual([]);
	expect(told(rbacFaults, yaml + servedFor('2026-11-27T09:50:00Z'))).toEqual([`token-not-mounted Deployment/web ${tokenPath}`]);
});

test('the token comes back as the revision before had it, by the word of a person', () => {
	expect(remedies(rbacFaults, controller(off, '') + all(locks('get, update')) + lock)).toEqual([
		'choice [{"op":"test","path":"/spec/template/spec/automountServiceAccountToken","value":false},{"op":"remove","path":"/spec/template/spec/automountServiceAccountToken"}]',
	]);
});

test('an account that was told later to give no token is named, where it has rights', () => {
	const late = "automountServiceAccountToken: false\nchanged: '09:50'";
	const yaml = (rights: string) => controller('', '') + account('bot', late) + rights;
	expect(told(rbacFaults, yaml(role(locks('get, update')) + binding() + lock))).toEqual([
		'token-not-mounted ServiceAccount/bot automountServiceAccountToken',
	]);
	expect(told(rbacFaults, yaml(''))).toEqual([]);
});

describe('an account of another namespace than the one that is looked at', () => {
	const bot = (namespace: string): KubeObject => ({apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'bot', namespace}});
	const spaces = ['shop', 'default'].map(name => `\n{apiVersion: v1, kind: Namespace, metadata: {name: ${name}}}\n---`).join('');
	const found = (namespace: string, snapshot: Partial<Snapshot>) =>
		rbacFaults(
			surveyIn(spaces + server() + role('[]') + binding(`{kind: ServiceAccount, name: bot, namespace: ${namespace}}`), {
				namespace: 'shop',
				...snapshot,
			}),
		).flatMap(({id, path, remedies: ways}) => ways.map(({sure, text}) => `${id} ${path}: ${sure ? 'sure' : 'choice'} ${text.en}`));
	const wrong = ['subject-not-there subjects[bot].namespace: sure Make RoleBinding shop/bot name shop'];

	test('is named as the user that it would sign in as', () => {
		const user = "{kind: User, name: 'system:serviceaccount:default:bot'}";
		const snapshot = {namespace: 'shop', peersRead: [{kind: 'ServiceAccount', namespace: 'default'}]};
		const [cause] = rbacFaults(surveyIn(spaces + server() + role('[]') + binding(user), snapshot));
		expect([cause?.id, cause?.path, cause?.remedies[0]?.text.en]).toEqual([
			'subject-not-there',
			'subjects[system:serviceaccount:default:bot].name',
			'Make RoleBinding shop/bot name system:serviceaccount:shop:bot',
		]);
	});

	test.each<[string, string, Partial<Snapshot>, readonly string[]]>([
		['is not there', 'default', {peersRead: [{kind: 'ServiceAccount', namespace: 'default'}]}, wrong],
		['is there', 'default', {peersRead: [{kind: 'ServiceAccount', namespace: 'default'}], peers: [bot('default')]}, []],
		['is somewhere else', 'default', {peersRead: [{kind: 'ServiceAccount', namespace: 'default'}], peers: [bot('stage')]}, wrong],
		['was not looked for', 'default', {}, []],
		['is in a namespace that is not there', 'defualt', {}, wrong],
		['is in one that may not be there', 'defualt', {unread: [{kind: 'Namespace', why: 'may not be listed'}]}, []],
	])('%s', (_, namespace, snapshot, expected) => {
		expect(found(namespace, snapshot)).toEqual(expected);
	});
});
