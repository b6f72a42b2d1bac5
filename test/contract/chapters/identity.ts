import {expect, test} from 'vitest';
import {at, post} from '../../servers/questions.ts';
import {cause, type Reply, refusal} from '../reply.ts';
import type {Asked, Chapter} from '../room.ts';
import {grant, somebody} from '../somebody.ts';

const authentication = 'authentication.k8s.io';
const authorization = 'authorization.k8s.io';
const whoAmI = post(`/apis/${authentication}/v1/selfsubjectreviews`, {apiVersion: `${authentication}/v1`, kind: 'SelfSubjectReview'});
const question = (kind: string, spec: object) =>
	post(`/apis/${authorization}/v1/${kind.toLowerCase()}s`, {apiVersion: `${authorization}/v1`, kind, spec});
const mayI = (resourceAttributes: object) => question('SelfSubjectAccessReview', {resourceAttributes});
const statusOf = ({body}: Reply) => at(body, 'status');
const userOf = ({body}: Reply) => at(body, 'status', 'userInfo');
const as = (asked: Asked, headers: Record<string, string>): Asked => ({...asked, headers});

/** Who somebody is, and what they may do, as the server sees it. */
export const identity: Chapter = open => {
	test('who am I', async () => {
		const {ask} = await open();
		expect(await ask(whoAmI)).toMatchObject({
			status: 201,
			body: {kind: 'SelfSubjectReview', status: {userInfo: {username: 'admin', groups: ['system:masters', 'system:authenticated']}}},
		});
		expect(userOf(await ask({...whoAmI, as: 'nobody'}))).toMatchObject({username: 'nobody', groups: ['system:authenticated']});
	});

	test('without a token one is anonymous, and may see next to nothing', async () => {
		const {ask} = await open();
		expect(await ask({path: '/version', as: 'anonymous'})).toMatchObject({status: 200});
		expect(await ask({path: '/healthz', as: 'anonymous'})).toMatchObject({status: 200, body: 'ok'});
		expect(await ask({path: '/apis/apps/v1', as: 'anonymous'})).toMatchObject(
			refusal(403, 'Forbidden', 'forbidden: User "system:anonymous" cannot get path "/apis/apps/v1"', {}),
		);
		expect(await ask({path: '/api/v1/nodes', as: 'anonymous'})).toMatchObject(
			refusal(
				403,
				'Forbidden',
				'nodes is forbidden: User "system:anonymous" cannot list resource "nodes" in API group "" at the cluster scope',
			),
		);
	});

	test('with a wrong token one is nobody at all', async () => {
		const {ask, path} = await open();
		for (const asked of [{path: '/version'}, {path: path('pods')}, post(path('pods'), {})]) {
			expect(await ask({...asked, as: 'wrong-token'})).toMatchObject(refusal(401, 'Unauthorized', 'Unauthorized'));
		}
	});

	test('admin acts for another user, with the groups, the uid and what else is said', async () => {
		const {ask} = await open();
		const headers = {
			'impersonate-user': 'ann',
			'impersonate-group': 'painters',
			'impersonate-uid': '7',
			'impersonate-extra-team': 'blue',
		};
		expect(userOf(await ask(as(whoAmI, headers)))).toEqual({
			username: 'ann',
			uid: '7',
			groups: ['painters', 'system:authenticated'],
			extra: {team: ['blue']},
		});
	});

	test('a service account comes with its groups', async () => {
		const {ask, namespace} = await open();
		const username = `system:serviceaccount:${namespace}:default`;
		expect(userOf(await ask(as(whoAmI, {'impersonate-user': username})))).toEqual({
			username,
			groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
		});
	});

	test('a group without a user is refused', async () => {
		const {ask} = await open();
		expect(await ask(as(whoAmI, {'impersonate-group': 'painters'}))).toMatchObject(
			refusal(
				400,
				'BadRequest',
				'requested &user.DefaultInfo{Name:"", UID:"", Groups:[]string{"painters"}, Extra:map[string][]string(nil)} without impersonating a user name',
			),
		);
	});

	test('who may not act for others is refused', async () => {
		const {ask, path, namespace} = await open();
		expect(await ask({path: path('pods'), as: 'reader', headers: {'impersonate-user': 'ann'}})).toMatchObject(
			refusal(
				403,
				'Forbidden',
				`pods is forbidden: User "reader" cannot impersonate-on:user-info:list resource "pods" in API group "" in the namespace "${namespace}"`,
			),
		);
	});

	test('may I: yes, and by which binding', async () => {
		const room = await open();
		const person = somebody(room);
		await grant(room, person, [{apiGroups: [''], resources: ['pods'], verbs: ['get']}]);
		const {namespace} = room;
		expect(await person.ask(mayI({namespace, verb: 'get', resource: 'pods'}))).toMatchObject({
			status: 201,
			body: {
				kind: 'SelfSubjectAccessReview',
				spec: {resourceAttributes: {namespace, verb: 'get', resource: 'pods'}},
				status: {allowed: true, reason: `RBAC: allowed by RoleBinding "granted/${namespace}" of Role "granted" to User "${person.name}"`},
			},
		});
		expect(statusOf(await person.ask(mayI({namespace, verb: 'get', resource: 'pods', subresource: 'log'})))).toEqual({allowed: false});
		expect(statusOf(await person.ask(mayI({namespace, verb: 'delete', resource: 'pods'})))).toEqual({allowed: false});
		expect(statusOf(await person.ask(mayI({namespace: 'default', verb: 'get', resource: 'pods'})))).toEqual({allowed: false});
	});

	test('may I: admin always, and for no reason', async () => {
		const {ask, namespace} = await open();
		expect(statusOf(await ask(mayI({namespace, verb: 'dance', resource: 'anything'})))).toEqual({allowed: true});
	});

	test('may I see a path', async () => {
		const {ask} = await open();
		const see = (path: string) => ({
			...question('SelfSubjectAccessReview', {nonResourceAttributes: {path, verb: 'get'}}),
			as: 'nobody' as const,
		});
		expect(statusOf(await ask(see('/openapi/v3')))).toMatchObject({allowed: true});
		expect(statusOf(await ask(see('/metrics')))).toEqual({allowed: false});
	});

	test('what may I', async () => {
		const room = await open();
		const person = somebody(room);
		const rule = {verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'], resourceNames: ['one']};
		await grant(room, person, [rule]);
		const reply = await person.ask(question('SelfSubjectRulesReview', {namespace: room.namespace}));
		expect(reply).toMatchObject({status: 201, body: {status: {incomplete: false}}});
		expect(at(reply.body, 'status', 'resourceRules')).toEqual(
			expect.arrayContaining([
				rule,
				{verbs: ['create'], apiGroups: [authorization], resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews']},
				{verbs: ['create'], apiGroups: [authentication], resources: ['selfsubjectreviews']},
			]),
		);
		expect(at(reply.body, 'status', 'nonResourceRules')).toContainEqual({
			verbs: ['get'],
			nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
		});
	});

	test('may somebody else: a question for those who may ask it', async () => {
		const room = await open();
		const person = somebody(room);
		await grant(room, person, [{apiGroups: [''], resources: ['pods'], verbs: ['get']}]);
		const asked = question('SubjectAccessReview', {
			user: person.name,
			resourceAttributes: {namespace: room.namespace, verb: 'get', resource: 'pods'},
		});
		expect(statusOf(await room.ask(asked))).toMatchObject({allowed: true});
		expect((await room.ask({...asked, as: 'nobody'})).status).toBe(403);
		// A user is in no group that the question does not name.
		const basic = {group: authorization, verb: 'create', resource: 'selfsubjectaccessreviews'};
		expect(statusOf(await room.ask(question('SubjectAccessReview', {user: 'ann', resourceAttributes: basic})))).toEqual({allowed: false});
		const groups = ['system:authenticated'];
		expect(statusOf(await room.ask(question('SubjectAccessReview', {user: 'ann', groups, resourceAttributes: basic})))).toMatchObject({
			allowed: true,
		});
	});

	test.each([
		[
			'SelfSubjectAccessReview',
			{},
			'spec.resourceAttributes',
			'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
		],
		[
			'SelfSubjectAccessReview',
			{resourceAttributes: {verb: 'get'}, nonResourceAttributes: {path: '/x', verb: 'get'}},
			'spec.nonResourceAttributes',
			'Invalid value: {"Path":"/x","Verb":"get"}: cannot be specified in combination with resourceAttributes',
		],
		[
			'SubjectAccessReview',
			{resourceAttributes: {verb: 'get'}},
			'spec.user',
			'Invalid value: "": at least one of user or group must be specified',
		],
	])('a %s that asks nothing that can be answered is refused (%#)', async (kind, spec, field, message) => {
		const {ask} = await open();
		expect(await ask(question(kind, spec))).toMatchObject(
			refusal(422, 'Invalid', `.${authorization} "" is invalid: ${field}: ${message}`, {
				group: authorization,
				causes: [cause('FieldValueInvalid', field, message)],
			}),
		);
	});

	test('what may I, but not where, is refused', async () => {
		const {ask} = await open();
		expect(await ask(question('SelfSubjectRulesReview', {}))).toMatchObject(refusal(400, 'BadRequest', 'no namespace on request'));
	});
};
