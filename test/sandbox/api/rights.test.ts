import {expect, test} from 'vitest';
import {configMaps, startApi} from './support/api-client.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const tokens = {admin: {name: 'admin', groups: ['system:masters']}, dev: {name: 'dev', groups: ['shop']}};

async function withRole(rules: readonly object[]) {
	const world = await startApi({tokens});
	await world.call('POST', `${rbac}/namespaces/default/roles`, {
		body: {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: {name: 'r'}, rules},
	});
	await world.call('POST', `${rbac}/namespaces/default/rolebindings`, {
		body: {
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'RoleBinding',
			metadata: {name: 'b'},
			roleRef: {kind: 'Role', name: 'r'},
			subjects: [{kind: 'Group', name: 'shop'}],
		},
	});
	return world;
}

test.each([
	['GET', configMaps, 200],
	['GET', `${configMaps}/a`, 403],
	['GET', '/api/v1/namespaces/kube-system/configmaps', 403],
	['GET', '/api/v1/configmaps', 403],
	['GET', '/api/v1/namespaces/default/pods', 403],
	['GET', '/version', 200],
	['GET', '/apis/apps/v1', 200],
	['GET', '/metrics', 403],
] as const)('somebody who may list config maps of one namespace: %s %s is %i', async (method, path, status) => {
	const {call} = await withRole([{apiGroups: [''], resources: ['configmaps'], verbs: ['list']}]);
	expect((await call(method, path, {token: 'dev'})).status).toBe(status);
});

test('a question about rights tells who asked', async () => {
	const {call} = await startApi({tokens: {...tokens, uid: {name: 'a', uid: 'u-1', groups: []}}});
	const review = (kind: string, rest: object = {}, group = 'authorization') =>
		call('POST', `/apis/${group}.k8s.io/v1/${kind.toLowerCase()}s`, {
			body: {apiVersion: `${group}.k8s.io/v1`, kind, ...rest},
			token: 'uid',
		});
	const {body} = await review('SelfSubjectAccessReview', {spec: {resourceAttributes: {verb: 'get', resource: 'pods'}}});
	expect(body.metadata).toMatchObject({
		managedFields: [{manager: 'test', fieldsV1: {'f:spec': {'f:resourceAttributes': {'.': {}, 'f:resource': {}, 'f:verb': {}}}}}],
	});
	expect((await review('SelfSubjectReview', {}, 'authentication')).body.status).toEqual({
		userInfo: {username: 'a', uid: 'u-1', groups: ['system:authenticated']},
	});
});

test('a rule can name its objects', async () => {
	const {call} = await withRole([{apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'], verbs: ['get', 'create']}]);
	expect((await call('GET', `${configMaps}/a`, {token: 'dev'})).status).toBe(404);
	expect((await call('GET', `${configMaps}/b`, {token: 'dev'})).status).toBe(403);
});

test('a refusal names the verb, the resource and the place', async () => {
	const {call} = await withRole([]);
	expect((await call('GET', '/apis/apps/v1/deployments', {token: 'dev'})).body.message).toBe(
		'deployments.apps is forbidden: User "dev" cannot list resource "deployments" in API group "apps" at the cluster scope',
	);
	expect((await call('GET', '/metrics', {token: 'dev'})).body.message).toBe('forbidden: User "dev" cannot get path "/metrics"');
	expect((await call('GET', '/api/v1/namespaces/default/pods/a/log', {token: 'dev'})).body.message).toBe(
		'pods "a" is forbidden: User "dev" cannot get resource "pods/log" in API group "" in the namespace "default"',
	);
});

const ask = (resourceAttributes: object) => ({
	body: {apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: {resourceAttributes}},
	token: 'dev',
});

test.each([
	[{verb: 'list', resource: 'configmaps', namespace: 'default'}, true],
	[{verb: 'delete', resource: 'configmaps', namespace: 'default'}, false],
	[{verb: 'list', resource: 'configmaps'}, false],
])('asking whether one may: %j', async (attributes, allowed) => {
	const {call} = await withRole([{apiGroups: [''], resources: ['configmaps'], verbs: ['list']}]);
	const {status, body} = await call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', ask(attributes));
	expect([status, body]).toMatchObject([201, {status: {allowed}}]);
});

test('the rules of a namespace are listed', async () => {
	const {call} = await withRole([{apiGroups: [''], resources: ['configmaps'], verbs: ['list']}]);
	const {body} = await call('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
		token: 'dev',
		body: {spec: {namespace: 'default'}},
	});
	expect(body).toMatchObject({
		status: {resourceRules: expect.arrayContaining([{verbs: ['list'], apiGroups: [''], resources: ['configmaps']}]), incomplete: false},
	});
});

test('who am I', async () => {
	const {call} = await startApi({tokens});
	const {body} = await call('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {token: 'dev', body: {}});
	expect(body).toMatchObject({status: {userInfo: {username: 'dev', groups: ['shop', 'system:authenticated']}}});
});

test('an administrator may act as somebody else, and is then judged as that person', async () => {
	const {call} = await withRole([{apiGroups: [''], resources: ['configmaps'], verbs: ['list']}]);
	const headers = {'impersonate-user': 'other', 'impersonate-group': 'shop'};
	expect((await call('GET', configMaps, {headers})).status).toBe(200);
	expect((await call('DELETE', `${configMaps}/a`, {headers})).body.message).toContain('User "other" cannot delete');
	expect((await call('GET', configMaps, {token: 'dev', headers})).body.message).toBe(
		'configmaps is forbidden: User "dev" cannot impersonate-on:user-info:list resource "configmaps" in API group "" in the namespace "default"',
	);
});

test.each([
	['/version', 200],
	['/readyz', 200],
	['/api', 403],
	['/api/v1/namespaces/default/pods', 403],
] as const)('somebody without a token asks for %s', async (path, status) => {
	const {api} = await startApi();
	expect((await fetch(`${api.url}${path}`)).status).toBe(status);
});

test('the token may stand in front of the path, for clients that send none without TLS', async () => {
	const {api} = await startApi();
	expect((await fetch(`${api.url}/as/admin${configMaps}`)).status).toBe(200);
	expect((await fetch(`${api.url}/as/stranger${configMaps}`)).status).toBe(401);
	expect(api.kubectlConfig).toContain(`server: ${api.url}/as/admin`);
	expect(api.kubeconfig).not.toContain('/as/');
	expect(api.requests.all().map(({path, user}) => `${user} ${path}`)).toEqual([`admin ${configMaps}`, ` ${configMaps}`]);
});
