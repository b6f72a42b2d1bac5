import {describe, expect, test} from 'vitest';
import {parseAllDocuments} from 'yaml';
import {accessFindings} from '../../../src/agents/security/access/access-output.ts';
import {accessText} from '../../../src/agents/security/access/access-text.ts';
import type {UsedLog} from '../../../src/agents/security/access/used-requests.ts';
import {accessControl} from '../../../src/agents/security/tools/access-control.ts';
import {MkcoaError} from '../../../src/core/error.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {account, binding, clusterAdmin, clusterBinding, clusterRole, rbacKinds, role, rule} from '../../support/access-objects.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {object} from '../../support/kube-objects.ts';
import {securityPorts} from '../../support/security-ports.ts';
import {toolContext} from '../../support/tool-context.ts';

const objects = [
	clusterAdmin,
	clusterRole('view', [rule('pods', 'get list')]),
	role('dev', [rule('pods', 'create get'), rule('secrets', 'get', {resourceNames: ['db']})]),
	binding('dev', 'Role dev', 'User ada'),
	binding('lost', 'Role gone', 'ServiceAccount shop/missing'),
	clusterBinding('view', 'view', 'Group ops, ServiceAccount kube-system/metrics'),
	clusterBinding('operator', 'cluster-admin', 'ServiceAccount shop/operator'),
	account('shop/operator', {'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/x'}),
	account('kube-system/metrics'),
	object('v1', 'Namespace', 'shop', {metadata: {namespace: undefined}}),
];

type Around = {readonly denied?: readonly string[]; readonly log?: UsedLog; readonly rules?: JsonObject};

async function ask(words: string, more: JsonObject = {}, {denied = [], log, rules = {}}: Around = {}) {
	const {cluster} = fakeCluster({objects, kinds: rbacKinds, denied, rules});
	const [question, ...about] = words.split(' ');
	const {context} = toolContext(cluster);
	const ports = securityPorts(cluster, {usedRequests: async () => log});
	return accessControl.run(accessControl.input.parse({question, about, ...more}), {...context, ports});
}

const view = {width: 80, terminal: true, nowMs: 0};

describe('who', () => {
	test.each<[string, JsonObject, readonly string[]]>([
		['who create pods', {namespace: 'shop'}, ['User ada', 'ServiceAccount shop/operator']],
		['who get pods', {}, ['User ada', 'Group ops', 'ServiceAccount shop/operator']],
		[
			'who get pods',
			{system: true, namespace: 'other'},
			['Group ops', 'ServiceAccount kube-system/metrics', 'ServiceAccount shop/operator'],
		],
		['who get secrets', {namespace: 'shop'}, ['User ada', 'ServiceAccount shop/operator']],
		['who get /metrics', {}, ['ServiceAccount shop/operator']],
		['who impersonate users', {}, ['ServiceAccount shop/operator']],
	])('%s %j', async (words, more, expected) => {
		expect((await ask(words, more)).grants.map(({holder}) => holder)).toEqual(expected);
	});

	test('tells names, the control plane apart, and what RBAC does not show', async () => {
		const answer = await ask('who get secrets', {namespace: 'shop'});
		expect(answer.grants[0]?.names).toEqual(['db']);
		expect(answer.notChecked.map(({what}) => what)).toContain('authorizers beside RBAC');
		expect((await ask('who get pods')).answer).toBe('3 subjects may get pods in some namespace, beside 1 grant of Kubernetes itself');
	});
});

describe('what', () => {
	test.each<[string, JsonObject, string, string | undefined]>([
		[
			'what ada create pods',
			{namespace: 'shop'},
			'Yes: User ada may create pods in namespace shop: Role shop/dev by RoleBinding shop/dev',
			'yes',
		],
		['what ada create pods', {namespace: 'other'}, 'No: no grant lets User ada create pods in namespace other', 'no'],
		['what ada get secrets', {namespace: 'shop'}, 'Only db: User ada may get secrets in namespace shop by name alone', 'some'],
		[
			'what ada get secrets db',
			{namespace: 'shop'},
			'Yes: User ada may get secrets db in namespace shop: Role shop/dev by RoleBinding shop/dev',
			'yes',
		],
		[
			'what ada list pods',
			{namespace: 'shop', groups: ['ops']},
			'Yes: User ada may list pods in namespace shop: ClusterRole view by ClusterRoleBinding view',
			'yes',
		],
		['what user/x delete nodes', {groups: ['system:masters']}, 'Yes: User x may delete nodes: it is in system:masters', 'yes'],
		[
			'what system:serviceaccount:shop:operator get /x',
			{},
			'Yes: ServiceAccount shop/operator may get /x: ClusterRole cluster-admin by ClusterRoleBinding operator',
			'yes',
		],
		['what nobody', {}, 'No binding reaches User nobody', undefined],
		['what group/ops', {}, 'Group ops has 1 grant', undefined],
		['what me list pods', {}, 'Yes: you may list pods in namespace shop: as the test says', 'yes'],
	])('%s %j', async (words, more, answer, verdict) => {
		expect(await ask(words, more)).toMatchObject({answer, ...(verdict === undefined ? {} : {verdict})});
	});

	test('asks the server for one’s own rights, which need no right to read RBAC', async () => {
		const rules = {
			status: {incomplete: true, resourceRules: [rule('pods', 'get')], nonResourceRules: [{nonResourceURLs: ['/x'], verbs: ['get']}]},
		};
		const answer = await ask('what', {}, {rules, denied: ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings']});
		expect(answer.grants.flatMap(grant => grant.rules)).toEqual(['get on pods', 'get on /x']);
		expect(answer.notChecked).toHaveLength(1);
	});

	test('says no of nobody whose bindings may not be read', async () => {
		const denied = ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'];
		await expect(ask('what ada create pods', {}, {denied})).rejects.toThrow(MkcoaError);
		const partly = await ask('who get pods', {}, {denied: denied.slice(2)});
		expect(partly.notChecked.map(({what}) => what)).toEqual(
			expect.arrayContaining(['what ClusterRoles allow', 'what bindings of the whole cluster give']),
		);
	});
});

test('tells what one side lacks of the other', async () => {
	expect(await ask('covers clusterrole/cluster-admin role/dev', {namespace: 'shop'})).toMatchObject({verdict: 'yes', missing: []});
	expect(await ask('covers ada group/ops', {namespace: 'shop'})).toMatchObject({verdict: 'no', missing: ['list pods']});
	await expect(ask('covers role/none ada', {namespace: 'shop'})).rejects.toThrow('There is no role/none in namespace shop');
	await expect(ask('covers ada')).rejects.toThrow('The question is not complete');
});

test('tells ways to cluster-admin as findings, and that somebody has none', async () => {
	const answer = await ask('paths');
	expect(answer.paths.map(({holder, steps}) => [holder, ...steps.map(({how, by}) => `${how}: ${by.join()}`)])).toEqual([
		['ServiceAccount shop/operator', 'may do everything everywhere: ClusterRoleBinding operator (ClusterRole cluster-admin)'],
		['User ada', 'runs it through pods in namespace shop: RoleBinding shop/dev (Role shop/dev)'],
	]);
	expect(accessFindings(answer).map(({id, severity}) => `${id} ${severity}`)).toEqual([
		...['is-cluster-admin medium', 'path-to-cluster-admin high', 'not-looked-at low'],
	]);
	expect(await ask('paths ops')).toMatchObject({verdict: 'no', answer: 'No way was found from Group ops to cluster-admin'});
	const unseen = await ask('paths', {}, {denied: ['pods', 'secrets']});
	expect(unseen.notChecked.map(({what}) => what)).toEqual([
		'steps through running pods',
		'steps through Secrets of tokens',
		'authorizers beside RBAC',
	]);
});

const used = (texts: readonly string[]): UsedLog => ({
	source: 'audit.log',
	from: '2026-11-01T00:00:00Z',
	to: '2026-11-28T00:00:00Z',
	requests: texts.map(text => {
		const [verb = '', resource = '', name] = text.split(' ');
		return {user: 'ada', groups: [], verb, apiGroup: '', resource, name, namespace: 'shop'};
	}),
});

test('tells what nobody used, over which time', async () => {
	const answer = await ask('unused', {}, {log: used(['get pods web'])});
	expect(answer.answer).toBe(
		'Of 4 grants, 2 were not used at all and 1 in part, by audit.log, from 2026-11-01T00:00:00Z to 2026-11-28T00:00:00Z',
	);
	expect(answer.grants.find(({holder}) => holder === 'User ada')?.unused).toEqual(['create pods', 'get secrets db']);
	await expect(ask('unused')).rejects.toThrow('no audit log was named');
});

test('makes a least role of what was used or named, with its proof and a plan', async () => {
	const {role: made} = await ask('role ada', {byName: true}, {log: used(['get pods web', 'create pods web', 'get secrets db'])});
	expect(made).toMatchObject({refused: [], beyond: [], plan: {tool: 'resource_apply', input: {manifest: made?.manifest}}});
	const documents = parseAllDocuments(made?.manifest ?? '').map(each => each.toJS());
	expect(documents.map(({kind, metadata}) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
		'Role shop/ada-least',
		'RoleBinding shop/ada-least',
	]);
	expect(documents[1]).toMatchObject({subjects: [{kind: 'User', name: 'ada', apiGroup: 'rbac.authorization.k8s.io'}]});
	const named = await ask('role sa/shop/app', {allow: ['get pods web', 'list nodes', 'get /metrics']});
	expect(named.role?.rules).toEqual(['get on pods in shop', 'list on nodes', 'get on /metrics']);
	expect(named.role?.beyond).toEqual(['get pods in shop']);
	await expect(ask('role sa/shop/app', {allow: ['get unicorns']})).rejects.toThrow('unicorns');
});

test('tells links with a cloud and bindings that name nothing', async () => {
	const answer = await ask('links');
	expect(answer.identities).toMatchObject([{cloud: 'AWS', direction: 'out', holders: ['ServiceAccount shop/operator']}]);
	expect(answer.dangling.map(({id}) => id)).toEqual(['binding-without-role', 'binding-without-account']);
	expect(answer.notChecked.map(({why}) => why).join()).toContain('access entries of EKS');
});

test.each([80, 40])('prints every answer within %i columns', async width => {
	for (const words of ['who get pods', 'what ada', 'paths', 'links', 'covers ada group/ops'])
		for (const line of accessText(await ask(words), {...view, width}).split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
});
