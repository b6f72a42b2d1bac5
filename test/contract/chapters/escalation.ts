import {expect, test} from 'vitest';
import {mergePatch, post, put} from '../../servers/questions.ts';
import {role, roleBinding} from '../objects.ts';
import {cause, refusal} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {grant, somebody} from '../somebody.ts';

const group = 'rbac.authorization.k8s.io';
const reading = {apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list']};
const administering = {apiGroups: [group], resources: ['roles', 'rolebindings'], verbs: ['create', 'update', 'patch', 'get']};

/** Somebody who may write roles, and read ConfigMaps. */
async function administrator(room: Room, ...rules: readonly object[]) {
	const person = somebody(room);
	await grant(room, person, [reading, administering, ...rules]);
	return person;
}
const attempt = (plural: string, name: string, user: string, ...missing: readonly string[]) =>
	refusal(
		403,
		'Forbidden',
		[
			`${plural}.${group} "${name}" is forbidden: user "${user}" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:`,
			...missing,
		].join('\n'),
		{name, group, kind: plural},
	);

/** Nobody gives what they do not have. */
export const escalation: Chapter = open => {
	test('a role within the rights of its writer is made', async () => {
		const room = await open();
		const {ask} = await administrator(room);
		expect((await ask(post(room.path('roles'), role('less', [{...reading, verbs: ['get']}])))).status).toBe(201);
	});

	test('a role beyond the rights of its writer is refused, with what is missing', async () => {
		const room = await open();
		const {ask, name} = await administrator(room);
		const rules = [{apiGroups: [''], resources: ['configmaps', 'secrets'], verbs: ['get', 'delete']}];
		expect(await ask(post(room.path('roles'), role('more', rules)))).toMatchObject(
			attempt(
				'roles',
				'more',
				name,
				'{APIGroups:[""], Resources:["configmaps"], Verbs:["delete"]}',
				'{APIGroups:[""], Resources:["secrets"], Verbs:["get" "delete"]}',
			),
		);
	});

	test('all rights are not covered by some', async () => {
		const room = await open();
		const {ask, name} = await administrator(room);
		expect(await ask(post(room.path('roles'), role('all', [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}])))).toMatchObject(
			attempt('roles', 'all', name, '{APIGroups:["*"], Resources:["*"], Verbs:["*"]}'),
		);
	});

	test('a right to one name is covered by the right to all of them', async () => {
		const room = await open();
		const {ask, name} = await administrator(room);
		const named = (resource: string) => role(resource, [{apiGroups: [''], resources: [resource], resourceNames: ['one'], verbs: ['get']}]);
		expect((await ask(post(room.path('roles'), named('configmaps')))).status).toBe(201);
		expect(await ask(post(room.path('roles'), named('secrets')))).toMatchObject(
			attempt('roles', 'secrets', name, '{APIGroups:[""], Resources:["secrets"], ResourceNames:["one"], Verbs:["get"]}'),
		);
	});

	test('whoever changes a role vouches for all of its rules', async () => {
		const room = await open();
		const {ask, name} = await administrator(room);
		await room.ask(post(room.path('roles'), role('wide', [{apiGroups: [''], resources: ['secrets'], verbs: ['get']}])));
		const wide = room.path('roles', 'wide');
		const refused = attempt('roles', 'wide', name, '{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}');
		expect(await ask(mergePatch(wide, {metadata: {labels: {a: 'b'}}}))).toMatchObject(refused);
		expect(await ask(mergePatch(wide, {metadata: {finalizers: ['example.com/a']}}))).toMatchObject({status: 200});
		expect(await ask(put(wide, role('wide', [reading])))).toMatchObject({status: 200, body: {rules: [reading]}});
	});

	test('a binding gives no more than its writer has', async () => {
		const room = await open();
		const {ask, name, headers} = await administrator(room);
		await room.ask(post(room.path('roles'), role('secret-reader', [{apiGroups: [''], resources: ['secrets'], verbs: ['get']}])));
		expect((await ask(post(room.path('rolebindings'), roleBinding('mine', 'granted', 'bob')))).status).toBe(201);
		const theirs = {...post(room.path('rolebindings'), roleBinding('theirs', 'secret-reader', 'bob')), headers};
		expect(await room.eventually(theirs, ({status}) => status !== 404)).toMatchObject(
			attempt('rolebindings', 'theirs', name, '{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}'),
		);
	});

	test('who may escalate or bind need not have the rights', async () => {
		const room = await open();
		const {ask} = await administrator(room, {apiGroups: [group], resources: ['roles'], verbs: ['escalate', 'bind']});
		const wide = role('wide', [{apiGroups: [''], resources: ['secrets'], verbs: ['*']}]);
		expect((await ask(post(room.path('roles'), wide))).status).toBe(201);
		expect((await ask(post(room.path('rolebindings'), roleBinding('theirs', 'wide', 'bob')))).status).toBe(201);
	});

	test('a binding of a role that is not there can be made only by who may do anything', async () => {
		const room = await open();
		const {ask} = await administrator(room);
		const binding = roleBinding('early', 'none', 'bob');
		expect(await ask(post(room.path('rolebindings'), binding))).toMatchObject(
			refusal(404, 'NotFound', `rolebindings.${group} "none" not found`, {name: 'none', group, kind: 'rolebindings'}),
		);
		expect((await room.ask(post(room.path('rolebindings'), binding))).status).toBe(201);
	});

	test('the role of a binding cannot be changed', async () => {
		const {ask, path} = await open();
		await ask(post(path('rolebindings'), roleBinding('one', 'first', 'bob')));
		const message = `Invalid value: {"APIGroup":"${group}","Kind":"Role","Name":"second"}: cannot change roleRef`;
		expect(await ask(mergePatch(path('rolebindings', 'one'), {roleRef: {name: 'second'}}))).toMatchObject(
			refusal(422, 'Invalid', `RoleBinding.${group} "one" is invalid: roleRef: ${message}`, {
				causes: [cause('FieldValueInvalid', 'roleRef', message)],
			}),
		);
	});

	test.each([
		['no verbs', {apiGroups: [''], resources: ['pods'], verbs: []}, 'verbs', 'Required value: verbs must contain at least one value'],
		['no group', {resources: ['pods'], verbs: ['get']}, 'apiGroups', 'Required value: resource rules must supply at least one api group'],
		['no resource', {apiGroups: [''], verbs: ['get']}, 'resources', 'Required value: resource rules must supply at least one resource'],
		[
			'paths in a namespace',
			{nonResourceURLs: ['/x'], verbs: ['get']},
			'nonResourceURLs',
			'Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs',
		],
	])('a rule with %s is refused', async (_, rule, field, message) => {
		const {ask, path} = await open();
		expect(await ask(post(path('roles'), role('odd', [rule])))).toMatchObject(
			refusal(422, 'Invalid', `Role.${group} "odd" is invalid: rules[0].${field}: ${message}`),
		);
	});
};
