import {expect, test} from 'vitest';
import {accessCauses} from '../../../src/analysis/diagnosis/access-causes.ts';
import {caseOf} from '../../../src/analysis/diagnosis/case.ts';
import {causesOf} from '../../../src/analysis/diagnosis/causes-of.ts';
import {exchangesBetween} from '../../../src/analysis/diagnosis/exchanges-between.ts';
import {nodeCauses} from '../../../src/analysis/diagnosis/node-causes.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {remedyLines} from './scene.ts';

const server = deployment({container: {ports: [{containerPort: 5432}]}}, 'db');
const client = deployment({}, 'web');
const policy = (from: readonly JsonObject[], port = 5432) =>
	object('networking.k8s.io/v1', 'NetworkPolicy', 'db', {
		spec: {podSelector: {matchLabels: {app: 'db'}}, policyTypes: ['Ingress'], ingress: [{from, ports: [{port}]}]},
	});
const reaching = (rule: KubeObject) =>
	causesOf(caseOf(server, {namespace: 'shop', objects: [server, client, rule]}), 'unreachable', {
		workload: client,
		labels: {app: 'web'},
		namespaceLabels: {team: 'shop'},
	});

test.each([
	['its label is wanted', policy([{podSelector: {matchLabels: {app: 'web'}}}]), []],
	['its namespace is wanted', policy([{namespaceSelector: {matchLabels: {team: 'shop'}}}]), []],
	['another label is wanted', policy([{podSelector: {matchLabels: {client: 'yes'}}}]), ['policy-keeps-out']],
	['another port is open', policy([{podSelector: {}}], 9999), ['policy-keeps-out']],
])('a client reaches a server behind a policy or not: %s', (_, rule, ids) => {
	expect(reaching(rule).map(({id}) => id)).toEqual(ids);
});

test('offers the label that a policy wants', () => {
	expect(remedyLines(reaching(policy([{podSelector: {matchLabels: {client: 'yes'}}}])))).toEqual([
		'sure resource_patch {"spec":{"template":{"metadata":{"labels":{"client":"yes"}}}}}',
	]);
});

const rbac = 'rbac.authorization.k8s.io/v1';
const rights = (rules: readonly JsonObject[]) => [
	object(rbac, 'Role', 'reader', {rules}),
	object(rbac, 'RoleBinding', 'reader', {
		roleRef: {kind: 'Role', name: 'reader'},
		subjects: [{kind: 'ServiceAccount', name: 'bot', namespace: 'ci'}],
	}),
];
const bot = {kind: 'ServiceAccount', namespace: 'ci', name: 'bot'} as const;
const refused = (rules: readonly JsonObject[]) =>
	remedyLines(accessCauses({holder: bot, action: {verb: 'get', group: 'apps', resource: 'deployments'}, namespace: 'shop'}, rights(rules)));

test.each([
	['nothing where it is allowed', [{apiGroups: ['apps'], resources: ['deployments'], verbs: ['get']}], []],
	[
		'the verb that is missing',
		[{apiGroups: ['apps'], resources: ['deployments'], verbs: ['list']}],
		[
			'sure resource_patch [{"op":"test","path":"/rules/0/verbs","value":["list"]},{"op":"replace","path":"/rules/0/verbs","value":["get","list"]}]',
		],
	],
	[
		'the group that is missing',
		[{apiGroups: [''], resources: ['deployments'], verbs: ['get']}],
		[
			'sure resource_patch [{"op":"test","path":"/rules/0/apiGroups","value":[""]},{"op":"replace","path":"/rules/0/apiGroups","value":["","apps"]}]',
		],
	],
	[
		'a rule where none speaks of it',
		[],
		[
			'sure resource_patch [{"op":"test","path":"/rules","value":[]},{"op":"replace","path":"/rules","value":[{"apiGroups":["apps"],"resources":["deployments"],"verbs":["get"]}]}]',
		],
	],
] as [string, JsonObject[], string[]][])('adds to a role %s', (_, rules, remedies) => {
	expect(refused(rules)).toEqual(remedies);
});

test('tells why a node takes no pods', () => {
	const node = object('v1', 'Node', 'n1', {
		metadata: {namespace: undefined},
		spec: {unschedulable: true, taints: [{key: 'gpu', value: 'yes', effect: 'NoSchedule'}]},
		status: {conditions: [{type: 'Ready', status: 'False'}]},
	});
	expect(nodeCauses(node).map(({id}) => id)).toEqual(['node-cordoned', 'node-not-ready', 'node-tainted']);
});

test('tells two templates apart as deep as it can', () => {
	const from = {a: {b: 1, gone: true}, list: [{image: 'x:1'}], grown: [1]};
	const to = {a: {b: 2}, list: [{image: 'x:2'}], grown: [1, 2], added: 'y'};
	expect(exchangesBetween(from, to, ['spec'])).toEqual([
		{path: ['spec', 'a', 'b'], from: 1, to: 2},
		{path: ['spec', 'a', 'gone'], from: true, to: undefined},
		{path: ['spec', 'list', 0, 'image'], from: 'x:1', to: 'x:2'},
		{path: ['spec', 'grown'], from: [1], to: [1, 2]},
		{path: ['spec', 'added'], from: undefined, to: 'y'},
	]);
});
