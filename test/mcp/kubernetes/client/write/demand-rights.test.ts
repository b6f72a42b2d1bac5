import {expect, test} from 'vitest';
import type {Ref} from '../../../../../src/core/kube/kube-object.ts';
import type {Change, Write} from '../../../../../src/core/plan.ts';
import {preconditionOf} from '../../../../../src/core/road/precondition.ts';
import {clientOf, hastyClock, troubleFrom, withDiscovery} from '../../../../support/client-world.ts';
import {refuse, respond, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

type Attributes = {
	readonly verb: string;
	readonly group: string;
	readonly resource: string;
	readonly subresource?: string;
	readonly namespace?: string;
	readonly name?: string;
};
/** The namespace is told where it is another than shop, in which all objects are. */
const asText = ({verb, group, resource, subresource, namespace, name}: Attributes) =>
	[
		verb,
		[resource, group].filter(Boolean).join('.') + (subresource === undefined ? '' : `/${subresource}`),
		name,
		namespace === undefined || namespace === 'shop' ? '' : `in ${namespace}`,
	]
		.filter(Boolean)
		.join(' ');

const web = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const settings = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings'};
const pod = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'};
const manifest = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings'}};
const team = {apiVersion: 'v1', kind: 'Namespace', name: 'team'};
const teamManifest = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'team'}};
const inTeam = {...settings, namespace: 'team'};
const role = {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', namespace: 'shop', name: 'writers'};
const roleManifest = {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: {name: 'writers'}};

/** A server that grants what `grants` says, by the words of `asText`. */
async function demand(writes: readonly Write[], grants: (right: string) => boolean, shown: readonly Ref[] = []) {
	const asked: string[] = [];
	const server = await scriptedServer(
		withDiscovery(({body}, response) => {
			const review: {readonly spec: {readonly resourceAttributes: Attributes}} = JSON.parse(body);
			const {resourceAttributes} = review.spec;
			asked.push(asText(resourceAttributes));
			return respond(response, {status: {allowed: grants(asText(resourceAttributes))}}, 201);
		}),
	);
	const {effector} = await clientOf(server.url);
	// Of what is to be made the plan says that it is absent; the rest is there.
	const absent = writes.filter(({op}) => op === 'create' || op === 'apply');
	const changes = shown.map((ref): Change => ({ref, operation: 'update', fields: [], computed: 'server'}));
	const plan = {steps: [{title: 'all', writes}], changes, preconditions: absent.map(({ref}) => preconditionOf(undefined, ref))};
	return {demanded: effector.demandRights(plan), asked};
}

test.each<[string, Write, readonly string[]]>([
	['an apply that creates', {op: 'apply', ref: settings, manifest}, ['patch configmaps', 'create configmaps', 'get configmaps']],
	['a creation', {op: 'create', ref: settings, manifest}, ['create configmaps', 'get configmaps']],
	['a replacement', {op: 'replace', ref: settings, manifest}, ['update configmaps']],
	['a deletion', {op: 'delete', ref: web}, ['delete deployments.apps']],
	['a scaling', {op: 'patch', ref: web, type: 'merge', patch: {}, subresource: 'scale'}, ['patch deployments.apps/scale']],
	['an eviction', {op: 'evict', ref: pod}, ['create pods/eviction']],
	['a program', {op: 'exec', ref: pod, command: ['ls']}, ['get pods/exec']],
])('%s needs its own rights', async (_name, write, rights) => {
	const {demanded, asked} = await demand([write], () => true);
	await demanded;
	expect(asked).toEqual(rights);
});

test('a right is asked for once, whatever number of objects needs it', async () => {
	const writes = ['a', 'b', 'c'].map((name): Write => ({op: 'delete', ref: {...settings, name}}));
	const {demanded, asked} = await demand(writes, () => true);
	await demanded;
	expect(asked).toEqual(['delete configmaps']);
});

test('a right to one object alone is enough for that object', async () => {
	const {demanded, asked} = await demand([{op: 'delete', ref: web}], right => right === 'delete deployments.apps web');
	await demanded;
	expect(asked).toEqual(['delete deployments.apps', 'delete deployments.apps web']);
});

test.each<[string, Write, readonly string[]]>([
	[
		'an apply that creates, by its name',
		{op: 'apply', ref: settings, manifest},
		[
			...['patch configmaps', 'create configmaps', 'get configmaps'],
			...['patch configmaps settings', 'create configmaps settings', 'get configmaps settings'],
		],
	],
	[
		'a creation, which has no name to the server',
		{op: 'create', ref: settings, manifest},
		['create configmaps', 'get configmaps', 'create configmaps', 'get configmaps settings'],
	],
	['a deletion of a namespace, in itself', {op: 'delete', ref: team}, ['delete namespaces in team', 'delete namespaces team in team']],
	[
		'a change of a namespace, in itself',
		{op: 'patch', ref: team, type: 'merge', patch: {}},
		['patch namespaces in team', 'patch namespaces team in team'],
	],
	[
		'an apply that creates a namespace, in none',
		{op: 'apply', ref: team, manifest: teamManifest},
		[
			...['patch namespaces in team', 'create namespaces', 'get namespaces in team'],
			...['patch namespaces team in team', 'create namespaces team', 'get namespaces team in team'],
		],
	],
	[
		'a creation of a namespace, in none',
		{op: 'create', ref: team, manifest: teamManifest},
		['create namespaces', 'get namespaces in team', 'create namespaces', 'get namespaces team in team'],
	],
])('without a general right the server is asked about %s', async (_name, write, rights) => {
	const {demanded, asked} = await demand([write], () => false);
	expect(await troubleFrom(demanded)).toMatchObject({code: 'not-allowed'});
	expect(asked).toEqual(rights);
});

test('a role for the name alone is enough to apply an object that is not there', async () => {
	const {demanded} = await demand([{op: 'apply', ref: settings, manifest}], right => right.endsWith(' settings'));
	await expect(demanded).resolves.toBeUndefined();
});

test.each<[string, readonly Write[], readonly string[]]>([
	[
		'a namespace that it creates',
		[
			{op: 'create', ref: team, manifest: teamManifest},
			{op: 'create', ref: inTeam, manifest},
			{op: 'delete', ref: web},
		],
		['create namespaces', 'delete deployments.apps', 'get namespaces in team'],
	],
	[
		'a namespace that it applies',
		[
			{op: 'apply', ref: team, manifest: teamManifest},
			{op: 'apply', ref: inTeam, manifest},
		],
		['patch namespaces in team', 'create namespaces', 'get namespaces in team'],
	],
	[
		'what comes after a role that it writes',
		[
			{op: 'delete', ref: web},
			{op: 'create', ref: role, manifest: roleManifest},
			{op: 'create', ref: settings, manifest},
		],
		['delete deployments.apps', 'create roles.rbac.authorization.k8s.io', 'get roles.rbac.authorization.k8s.io'],
	],
])('rights that a plan may bring about itself are not demanded before: %s', async (_name, writes, rights) => {
	const {demanded, asked} = await demand(writes, () => true);
	await demanded;
	expect(asked).toEqual(rights);
});

test.each([
	['an account that the plan makes', 'guard', ['delete deployments.apps']],
	['an account that may be the one who asks', 'deployer', []],
])('a new role that is bound to %s', async (_name, account, after) => {
	const group = 'rbac.authorization.k8s.io';
	const binding = {...role, kind: 'RoleBinding'};
	const guard = {apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'shop', name: 'guard'};
	const bindingManifest = {
		...roleManifest,
		kind: 'RoleBinding',
		roleRef: {apiGroup: group, kind: 'Role', name: 'writers'},
		subjects: [{kind: 'ServiceAccount', namespace: 'shop', name: account}],
	};
	const {demanded, asked} = await demand(
		[
			{op: 'create', ref: guard, manifest: {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'guard'}}},
			{op: 'create', ref: role, manifest: roleManifest},
			{op: 'create', ref: binding, manifest: bindingManifest},
			{op: 'delete', ref: web},
		],
		() => true,
	);
	await demanded;
	expect(asked.filter(right => right.startsWith('delete'))).toEqual(after);
});

test('a role that a plan deletes gives no right', async () => {
	const {demanded} = await demand(
		[
			{op: 'delete', ref: role},
			{op: 'delete', ref: web},
		],
		right => right === 'delete roles.rbac.authorization.k8s.io',
	);
	expect(await troubleFrom(demanded)).toMatchObject({code: 'not-allowed', what: expect.stringContaining('delete deployments.apps "web"')});
});

test('every right that is missing is named, and the role to ask for', async () => {
	const writes: readonly Write[] = [
		{op: 'delete', ref: settings},
		{op: 'patch', ref: web, type: 'merge', patch: {}, subresource: 'scale'},
		{op: 'patch', ref: web, type: 'merge', patch: {}},
	];
	const {demanded} = await demand(writes, right => right.startsWith('patch deployments.apps') && !right.includes('/'));
	expect(await troubleFrom(demanded)).toEqual({
		kind: 'auth',
		code: 'not-allowed',
		what: 'jane may not delete configmaps "settings" in namespace shop, nor patch deployments.apps/scale "web" in namespace shop',
		why: 'the cluster grants no such right, so nobody was asked and nothing was changed',
		next: 'Ask for a role that allows delete on configmaps, patch on deployments.apps/scale; what you may do shows mkcoa k8s permissions -n shop',
	});
});

test('what a person is shown first comes first, and the rights to another kind are told together', async () => {
	const writes: readonly Write[] = [
		{op: 'create', ref: settings, manifest},
		{op: 'patch', ref: web, type: 'merge', patch: {}},
		{op: 'delete', ref: {...web, name: 'web-canary'}},
		{op: 'delete', ref: settings},
	];
	const {demanded} = await demand(writes, () => false, [web, settings]);
	expect(await troubleFrom(demanded)).toMatchObject({
		what: `jane may not ${[
			'patch deployments.apps "web" in namespace shop',
			'delete deployments.apps "web-canary" in namespace shop',
			'create, get or delete configmaps in namespace shop',
		].join(', nor ')}`,
		next: 'Ask for a role that allows patch/delete on deployments.apps, create/get/delete on configmaps; what you may do shows mkcoa k8s permissions -n shop',
	});
});

test('what the plan takes for absent has to be looked at again, so the right to read it is demanded', async () => {
	const {demanded} = await demand([{op: 'create', ref: settings, manifest}], right => right === 'create configmaps');
	expect(await troubleFrom(demanded)).toMatchObject({what: 'jane may not get configmaps "settings" in namespace shop'});
});

test('a kind that the plan itself defines is not asked for', async () => {
	const gadget = {apiVersion: 'example.org/v1', kind: 'Gadget', namespace: 'shop', name: 'g'};
	const {demanded, asked} = await demand([{op: 'delete', ref: gadget}], () => false);
	await demanded;
	expect(asked).toEqual([]);
});

/** Demands the right to delete `web` from a server that answers its review as told. */
async function demandFrom(script: Script) {
	const server = await scriptedServer(withDiscovery(script));
	const clock = hastyClock();
	const {effector} = await clientOf(server.url, {clock});
	const demanded = effector.demandRights({steps: [{title: 'one', writes: [{op: 'delete', ref: web}]}], changes: [], preconditions: []});
	return {demanded, clock, reviews: () => server.seen.filter(({path}) => path.includes('selfsubjectaccessreviews')).length};
}

test.each<[string, Script]>([
	['403', (_seen, response) => refuse(response, 403, 'Forbidden')],
	['404', (_seen, response) => refuse(response, 404, 'NotFound')],
	['500', (_seen, response) => refuse(response, 500, 'InternalError')],
	['429 with a wait', (_seen, response) => refuse(response, 429, 'Busy', 'Busy', {headers: {'retry-after': '30'}})],
	['a connection that breaks', (_seen, response) => response.destroy()],
])('a server that does not tell (%s) lets it pass at once', async (_name, script) => {
	const {demanded, clock, reviews} = await demandFrom(script);
	await demanded;
	expect(reviews()).toBe(1);
	expect(clock.waits).not.toContain(250);
	expect(clock.waits).not.toContain(30_000);
});

const down = 'webhook "authz" failed: connection refused';
test.each([
	['not allowed', {allowed: false}, false],
	['denied', {allowed: false, denied: true}, false],
	['denied by one authorizer while another is down', {allowed: false, denied: true, evaluationError: down}, false],
	['not allowed while an authorizer is down', {allowed: false, evaluationError: down}, true],
	['allowed while an authorizer is down', {allowed: true, evaluationError: down}, true],
])('a review that says: %s', async (_name, status, passes) => {
	const {demanded} = await demandFrom((_seen, response) => respond(response, {status}, 201));
	await (passes ? expect(demanded).resolves.toBeUndefined() : expect(demanded).rejects.toMatchObject({trouble: {code: 'not-allowed'}}));
});
