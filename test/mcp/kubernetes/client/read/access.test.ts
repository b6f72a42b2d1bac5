import {expect, test} from 'vitest';
import {clientOf, troubleFrom} from '../../../../support/client-world.ts';
import {refuse, respond, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

const open = async (script: Script, world: Parameters<typeof clientOf>[1] = {}) => {
	const server = await scriptedServer(script);
	return {...(await clientOf(server.url, world)), server};
};

test('asks for every right and answers in the order of the questions', async () => {
	const {cluster, server} = await open(({body}, response) => {
		const {verb} = JSON.parse(body).spec.resourceAttributes;
		return respond(response, {status: verb === 'get' ? {allowed: true, reason: 'RBAC: allowed'} : {allowed: false}});
	});
	const questions = Array.from({length: 20}, (_, index) => ({
		verb: index % 2 === 0 ? 'get' : 'delete',
		group: 'apps',
		resource: 'deployments',
		namespace: 'shop',
	}));
	const answers = await cluster.canI(questions);
	expect(answers).toHaveLength(20);
	expect(answers.slice(0, 2)).toEqual([
		{allowed: true, refused: false, reason: 'RBAC: allowed'},
		{allowed: false, refused: true, reason: ''},
	]);
	expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: {resourceAttributes: {verb: 'get', group: 'apps', resource: 'deployments', namespace: 'shop'}},
	});
});

test('an authorizer that is down is the reason where the server names no other', async () => {
	const {cluster} = await open((_seen, response) => respond(response, {status: {allowed: false, evaluationError: 'webhook down'}}));
	expect(await cluster.canI([{verb: 'get', group: '', resource: 'pods'}])).toEqual([
		{allowed: false, refused: false, reason: 'webhook down'},
	]);
});

test('rules of a namespace come as the server writes them', async () => {
	const answer = {kind: 'SelfSubjectRulesReview', status: {resourceRules: [{verbs: ['*']}], incomplete: false}};
	const {cluster, server} = await open((_seen, response) => respond(response, answer, 201));
	expect(await cluster.rules('shop')).toEqual(answer);
	expect(server.seen[0]).toMatchObject({method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'});
});

const whereabouts: Script = ({path}, response) =>
	path.endsWith('selfsubjectreviews')
		? respond(response, {status: {userInfo: {username: 'system:serviceaccount:shop:ci'}}}, 201)
		: respond(response, {metadata: {name: 'kube-system', uid: 'cluster-uid'}});

test('the target is the cluster itself and the name the server knows the caller by, asked once', async () => {
	const {cluster, server} = await open(whereabouts, {namespace: 'shop'});
	expect(cluster.namespace).toBe('shop');
	expect(await cluster.target('shop')).toEqual({
		context: 'test',
		cluster: server.url,
		clusterId: 'cluster-uid',
		namespace: 'shop',
		identity: 'system:serviceaccount:shop:ci',
	});
	expect(await cluster.target(undefined)).not.toHaveProperty('namespace');
	expect(server.seen).toHaveLength(2);
});

test.each([403, 404])('a target that may not be read (%i) falls back to the address and the name of the kubeconfig', async status => {
	const {cluster, server} = await open((_seen, response) => refuse(response, status, 'No'), {
		user: {impersonation: {user: 'eve', groups: [], extra: {}}},
	});
	expect(await cluster.target('a')).toMatchObject({clusterId: server.url, identity: 'eve (impersonated by jane)'});
});

test('a target that could not be asked for is asked for again', async () => {
	let down = true;
	const {cluster} = await open((seen, response) => (down ? refuse(response, 401, 'Unauthorized') : whereabouts(seen, response)));
	expect(await troubleFrom(cluster.target('a'))).toMatchObject({code: 'signed-out'});
	down = false;
	expect(await cluster.target('a')).toMatchObject({clusterId: 'cluster-uid'});
});

test.each([
	['api.example:6443', 'https://api.example:6443'],
	['https://jane:planted@api.example:6443/base/', 'https://api.example:6443/base'],
	['jane:planted@api.example:6443', 'https://api.example:6443'],
])('the server %s is shown as %s', async (server, shown) => {
	const {cluster} = await clientOf(server);
	expect(cluster.contexts()[0]?.server.replace(/^api/, 'https://api')).toBe(shown);
});

test('a server that is no address is refused when connecting', async () => {
	expect(await troubleFrom(clientOf('ftp://x'))).toMatchObject({kind: 'usage', code: 'bad-kubeconfig', why: 'it reads "ftp://x"'});
});
