import {expect, test} from 'vitest';
import type {Request} from '../../src/analysis/access/access-rule.ts';
import {type Grant, grantsOf, type Identity} from '../../src/analysis/access/grants.ts';
import {leastRules, provenLeast} from '../../src/analysis/access/least-rules.ts';
import {allowedBy} from '../../src/analysis/access/who-may.ts';
import type {JsonObject} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {at} from '../servers/questions.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const group = 'rbac.authorization.k8s.io';
const rbac = `/apis/${group}/v1`;
const questionsOfAll = 2400;
const questionsOfLeast = 600;

/** The same numbers in each run (mulberry32). */
function dice(seed: number) {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const one = <Value>(list: readonly Value[]): Value => {
		const value = list[Math.floor(next() * list.length)];
		if (value === undefined) throw new Error('nothing to choose from');
		return value;
	};
	const some = <Value>(list: readonly Value[], most: number): readonly Value[] => [
		...new Set(Array.from({length: 1 + Math.floor(next() * most)}, () => one(list))),
	];
	return {next, one, some};
}
const {next, one, some} = dice(20261128);

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'impersonate', 'bind', 'approve', '*'];
const groups = ['', 'apps', 'batch', 'example.com', group, '*'];
const resources = [
	'pods',
	'pods/log',
	'pods/exec',
	'deployments',
	'deployments/scale',
	'widgets',
	'widgets/scale',
	'secrets',
	'configmaps',
	'users',
	'*',
];
const patterns = ['*/scale', '*/log', 'pods/*', '*/*', '*'];
const names = ['web', 'db', 'alice', 'x.y:z'];
const paths = ['/metrics', '/healthz', '/healthz/etcd', '/logs', '/logs/kubelet', '/x'];
const pathPatterns = ['/metrics', '/healthz*', '/healthz/*', '/logs/*', '/x', '*', '/'];
const spaces = ['alpha', 'beta'];
const people = ['ada', 'eve', 'bob@example.com', 'system:serviceaccount:alpha:app', 'system:serviceaccount:beta:job'];
const teams = ['dev', 'ops', 'system:serviceaccounts', 'system:serviceaccounts:alpha', 'system:authenticated'];

function resourceRule(): JsonObject {
	const rule = {apiGroups: some(groups, 2), resources: some([...resources, ...patterns], 3), verbs: some(verbs, 3)};
	return next() < 0.3 ? {...rule, resourceNames: some(names, 2)} : rule;
}
const pathRule = (): JsonObject => ({nonResourceURLs: some(pathPatterns, 2), verbs: some(['get', 'head', 'post', '*'], 2)});
const rules = (isWide: boolean): readonly JsonObject[] =>
	Array.from({length: 1 + Math.floor(next() * 3)}, () => (isWide && next() < 0.3 ? pathRule() : resourceRule()));

const metadataIn = (name: string, namespace: string | undefined, labels: {readonly [key: string]: string} = {}) => ({
	name,
	labels: {generated: 'yes', ...labels},
	...(namespace === undefined ? {} : {namespace}),
});
const made = (kind: string, name: string, namespace: string | undefined, rest: JsonObject, labels = {}): KubeObject => ({
	apiVersion: `${group}/v1`,
	kind,
	metadata: metadataIn(name, namespace, labels),
	...rest,
});

function subjectOf(): JsonObject {
	const kind = one(['User', 'Group', 'ServiceAccount', 'ServiceAccount', 'AccountAsUser']);
	if (kind === 'Group') return {kind, name: one(teams), apiGroup: group};
	if (kind === 'ServiceAccount')
		return {
			kind,
			...one([
				{name: 'app', namespace: 'alpha'},
				{name: 'job', namespace: 'beta'},
			]),
		};
	return {kind: 'User', name: one(kind === 'User' ? people.slice(0, 3) : people), apiGroup: group};
}

const wideNames = Array.from({length: 16}, (_, index) => `gen-${index}`);
const clusterRoles = wideNames.map((name, index) =>
	// The last ones take up others: one of them another that does so itself.
	index < 13
		? made('ClusterRole', name, undefined, {rules: rules(true)}, {part: `p${index % 3}`})
		: made(
				'ClusterRole',
				name,
				undefined,
				{rules: [], aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: `p${index % 3}`}}]}},
				index === 13 ? {part: 'p2'} : {},
			),
);
const roles = spaces.flatMap(space => wideNames.slice(0, 8).map(name => made('Role', name, space, {rules: rules(false)})));
const bindings = Array.from({length: 44}, (_, index): KubeObject => {
	const isWide = index % 4 === 0;
	const kind = isWide || next() < 0.4 ? 'ClusterRole' : 'Role';
	const name = kind === 'Role' ? one(wideNames.slice(0, 9)) : one(wideNames);
	const rest = {roleRef: {apiGroup: group, kind, name}, subjects: Array.from({length: 1 + Math.floor(next() * 2)}, subjectOf)};
	return made(isWide ? 'ClusterRoleBinding' : 'RoleBinding', `gen-${index}`, isWide ? undefined : one(spaces), rest);
});

type Asked = {readonly identity: Identity; readonly request: Request; readonly namespace: string | undefined};

function identity(): Identity {
	const user = one(people);
	const [, space] = /^system:serviceaccount:([^:]+):/.exec(user) ?? [];
	const own = space === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${space}`];
	return {user, groups: [...own, ...(next() < 0.5 ? ['system:authenticated'] : []), ...(next() < 0.3 ? [one(['dev', 'ops'])] : [])]};
}

/** Questions near what is granted, so that as many are allowed as refused. */
function question(): Asked {
	if (next() < 0.12) return {identity: identity(), request: {verb: one(['get', 'head', 'post']), url: one(paths)}, namespace: undefined};
	const name = next() < 0.4 ? {name: one(names)} : {};
	const request = {verb: one(verbs), group: one(groups), resource: one(resources), ...name};
	return {identity: identity(), request, namespace: next() < 0.2 ? undefined : one([...spaces, 'gamma'])};
}

function specOf({identity: {user, groups: own}, request, namespace}: Asked): JsonObject {
	if ('url' in request) return {user, groups: own, nonResourceAttributes: {verb: request.verb, path: request.url}};
	const [resource = '', subresource] = request.resource.split('/');
	return {
		user,
		groups: own,
		resourceAttributes: {
			...{verb: request.verb, group: request.group, resource},
			...(subresource === undefined ? {} : {subresource}),
			...(request.name === undefined ? {} : {name: request.name}),
			...(namespace === undefined ? {} : {namespace}),
		},
	};
}

async function serverSays(asked: Asked): Promise<boolean> {
	const body = {apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec: specOf(asked)};
	const {status, text} = await real.ask({method: 'POST', path: '/apis/authorization.k8s.io/v1/subjectaccessreviews', body});
	if (status !== 201) throw new Error(`${status} ${text}`);
	return at(JSON.parse(text), 'status', 'allowed') === true;
}

const pathOf = ({kind, metadata: {namespace}}: KubeObject) =>
	`${rbac}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${kind.toLowerCase()}s`;

async function createAll(objects: readonly KubeObject[]) {
	for (const object of objects) await real.create(pathOf(object), object);
}

/** Every RBAC object of the server, its own among them. */
async function liveObjects(): Promise<readonly KubeObject[]> {
	const kinds = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];
	const lists = await Promise.all(kinds.map(async kind => ({kind, list: await real.read(`${rbac}/${kind.toLowerCase()}s`)})));
	return lists.flatMap(({kind, list}) =>
		(at(list, 'items') as readonly KubeObject[]).map(item => ({...item, apiVersion: `${group}/v1`, kind})),
	);
}

/** Asks the server and us; answers come in the order of the questions. */
async function compared(questions: readonly Asked[], grants: readonly Grant[]) {
	const answers: {readonly asked: Asked; readonly ours: boolean; readonly theirs: boolean}[] = [];
	for (let start = 0; start < questions.length; start += 16)
		answers.push(
			...(await Promise.all(
				questions.slice(start, start + 16).map(async asked => ({
					asked,
					ours: allowedBy(asked.request, asked.namespace, asked.identity, grants) !== undefined,
					theirs: await serverSays(asked),
				})),
			)),
		);
	return {answers, allowed: answers.filter(({theirs}) => theirs).length, apart: answers.filter(({ours, theirs}) => ours !== theirs)};
}

test(`SubjectAccessReview agrees on ${questionsOfAll} questions about generated roles and bindings`, async () => {
	for (const name of spaces) await real.create('/api/v1/namespaces', {metadata: {name}});
	await createAll([...clusterRoles, ...roles, ...bindings]);
	// What is written down, and not what the controller copied: its own aggregation is asked about too.
	const others = (await liveObjects()).filter(({metadata}) => metadata.labels?.generated === undefined);
	const grants = grantsOf([...others, ...clusterRoles, ...roles, ...bindings]);
	const probe = {identity: {user: 'late', groups: []}, request: {verb: 'get', group: '', resource: 'late'}, namespace: 'alpha'};
	await createAll([
		made('ClusterRole', 'late-part', undefined, {rules: [{apiGroups: [''], resources: ['late'], verbs: ['get']}]}, {late: 'yes'}),
		made('ClusterRole', 'late', undefined, {rules: [], aggregationRule: {clusterRoleSelectors: [{matchLabels: {late: 'yes'}}]}}),
		made('RoleBinding', 'late', 'alpha', {
			roleRef: {apiGroup: group, kind: 'ClusterRole', name: 'late'},
			subjects: [{kind: 'User', name: 'late'}],
		}),
	]);
	// The last that was written holds: the server and its controller have seen all before it.
	await real.answered(
		{
			method: 'POST',
			path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
			body: {apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec: specOf(probe)},
		},
		({text}) => at(JSON.parse(text), 'status', 'allowed') === true,
	);
	const questions = Array.from({length: questionsOfAll}, question);
	const {answers, allowed, apart} = await compared(questions, grants);
	process.stdout.write(
		`access: ${answers.length} questions, ${allowed} allowed, ${answers.length - allowed} refused, ${apart.length} apart\n`,
	);
	expect(apart).toEqual([]);
	expect(answers).toHaveLength(questionsOfAll);
	expect(Math.min(allowed, answers.length - allowed)).toBeGreaterThan(questionsOfAll / 10);
}, 240_000);

test(`least roles allow each request and nothing else, by ${questionsOfLeast} questions`, async () => {
	const plain = verbs.filter(verb => verb !== '*');
	const wanted = (): Request => {
		const resource = one(resources.filter(each => each !== '*'));
		const request = {verb: one(plain), group: one(groups.filter(each => each !== '*')), resource};
		return next() < 0.5 && (request.verb !== 'create' || resource.includes('/')) ? {...request, name: one(names)} : request;
	};
	const sets = Array.from({length: 20}, (_, index) => ({
		user: `least-${index}`,
		requests: Array.from({length: 1 + Math.floor(next() * 12)}, wanted),
	}));
	const objects = sets.flatMap(({user, requests}) => {
		const least = leastRules(requests, true);
		expect(provenLeast(least, requests)).toEqual({refused: [], beyond: []});
		return [
			made('Role', user, 'beta', {rules: least}),
			made('RoleBinding', user, 'beta', {
				roleRef: {apiGroup: group, kind: 'Role', name: user},
				subjects: [{kind: 'User', name: user, apiGroup: group}],
			}),
		];
	});
	await createAll(objects);
	const own = (user: string, request: Request, namespace = 'beta'): Asked => ({identity: {user, groups: []}, request, namespace});
	const asked = sets.flatMap(({user, requests}) => requests.map(request => own(user, request)));
	const last = asked.at(-1);
	if (last === undefined) throw new Error('no role was made');
	await real.answered(
		{
			method: 'POST',
			path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
			body: {apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec: specOf(last)},
		},
		({text}) => at(JSON.parse(text), 'status', 'allowed') === true,
	);
	const grants = grantsOf(objects);
	const used = await compared(asked, grants);
	expect(used.apart).toEqual([]);
	expect(used.allowed).toBe(asked.length);
	const others = Array.from({length: questionsOfLeast - asked.length}, () => {
		const {user, requests} = one(sets);
		const like = one(requests);
		// Near misses: one word of a used request is another.
		if ('url' in like) return own(user, like);
		const changed = one([{verb: one(plain)}, {group: one(groups)}, {resource: one(resources)}, {name: one(names)}, {name: undefined}]);
		return own(user, {...like, ...changed}, one(['beta', 'beta', 'alpha']));
	});
	const rest = await compared(others, grants);
	const beyond = rest.answers.filter(
		({
			asked: {
				request,
				identity: {user},
				namespace,
			},
			theirs,
		}) => {
			const requests = sets.find(each => each.user === user)?.requests ?? [];
			const isUsed = namespace === 'beta' && provenLeast(leastRules(requests, true), [request]).refused.length === 0;
			return theirs !== isUsed;
		},
	);
	process.stdout.write(
		`least roles: ${sets.length} roles, ${asked.length} of ${asked.length} used requests allowed; ${others.length} others: ${rest.allowed} allowed, ${rest.apart.length} apart\n`,
	);
	expect([...rest.apart, ...beyond]).toEqual([]);
	expect(rest.allowed).toBeLessThan(others.length);
}, 120_000);

test('the command tells of the same cluster what the server does, and a role that it made is applied and holds', async () => {
	const {outcome} = await real.mkcoa('security access what system:serviceaccount:alpha:app get pods --json');
	const verdict = at(outcome, 'output', 'verdict');
	const identity = {
		user: 'system:serviceaccount:alpha:app',
		groups: ['system:serviceaccounts', 'system:serviceaccounts:alpha', 'system:authenticated'],
	};
	const request = {verb: 'get', group: '', resource: 'pods'};
	expect(verdict === 'yes').toBe(await serverSays({identity, request, namespace: 'shop'}));
	const made = await real.mkcoa([
		'security',
		'access',
		'role',
		'sa/beta/fresh',
		'--allow',
		'get pods web',
		'--allow',
		'patch deployments.apps/scale web',
		'--by-name',
	]);
	const manifest = String(at(made.outcome, 'output', 'role', 'manifest'));
	expect(await real.mkcoa('k8s apply -f -', manifest)).toMatchObject({code: 0});
	const fresh = (verb: string, what: {readonly group: string; readonly resource: string}, name: string): Asked => ({
		identity: {user: 'system:serviceaccount:beta:fresh', groups: []},
		request: {verb, ...what, name},
		namespace: 'shop',
	});
	const [pods, scale] = [
		{group: '', resource: 'pods'},
		{group: 'apps', resource: 'deployments/scale'},
	];
	const body = {apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec: specOf(fresh('get', pods, 'web'))};
	await real.answered(
		{method: 'POST', path: '/apis/authorization.k8s.io/v1/subjectaccessreviews', body},
		({text}) => at(JSON.parse(text), 'status', 'allowed') === true,
	);
	const asked = [fresh('patch', scale, 'web'), fresh('get', pods, 'db'), fresh('list', pods, 'web'), fresh('patch', scale, 'db')];
	expect(await Promise.all(asked.map(serverSays))).toEqual([true, false, false, false]);
	const nobody = await real.mkcoa('security access who get pods --context nobody');
	expect(at(nobody.outcome, 'output', 'notChecked')).toEqual(
		expect.arrayContaining([expect.objectContaining({what: 'what bindings of the whole cluster give'})]),
	);
}, 120_000);
