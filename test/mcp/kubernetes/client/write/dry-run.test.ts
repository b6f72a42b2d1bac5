import {expect, test} from 'vitest';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../../../src/core/plan.ts';
import {clientOf, hastyClock, troubleFrom, withDiscovery} from '../../../../support/client-world.ts';
import {refuse, respond, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings'};
const manifest: KubeObject = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings'}, data: {a: '1'}};
const apply: Write = {op: 'apply', ref, manifest};

async function tryOut(write: Write, script: Script) {
	const server = await scriptedServer(withDiscovery(script));
	const {cluster, warned} = await clientOf(server.url, {clock: hastyClock()});
	const before = warned.length;
	return {answer: cluster.dryRun(write), server, warnedBy: () => warned.slice(before).filter(text => !text.startsWith('These API groups'))};
}

test('gives what the server would store, with its warnings', async () => {
	const {answer, server, warnedBy} = await tryOut(apply, (_seen, response) =>
		respond(response, {...manifest, data: {a: '1', defaulted: 'x'}}, 200, {warning: '299 - "old field"'}),
	);
	expect(await answer).toEqual({computed: 'server', after: {...manifest, data: {a: '1', defaulted: 'x'}}, warnings: ['old field']});
	expect(server.seen.at(-1)?.query).toMatchObject({dryRun: 'All', force: 'false'});
	expect(warnedBy()).toEqual([]);
});

test('a delete leaves nothing', async () => {
	const {answer} = await tryOut({op: 'delete', ref}, (_seen, response) => respond(response, manifest));
	expect(await answer).toEqual({computed: 'server', after: null, warnings: []});
});

test('fields of others are named, and nothing is forced', async () => {
	const causes = [
		{
			reason: 'FieldManagerConflict',
			message: 'conflict with "kube-controller-manager" with subresource "scale" using apps/v1',
			field: '.spec.replicas',
		},
		{reason: 'FieldManagerConflict', message: 'conflict with "argocd"', field: '.data.a'},
	];
	const {answer, server} = await tryOut(apply, (_seen, response) => refuse(response, 409, 'Conflict', 'Apply failed', {details: {causes}}));
	expect(await answer).toEqual({
		computed: 'conflict',
		conflicts: [
			{field: '.spec.replicas', manager: 'kube-controller-manager'},
			{field: '.data.a', manager: 'argocd'},
		],
		message: 'ConfigMap shop/settings has fields that belong to kube-controller-manager, argocd; nothing is taken from them',
	});
	expect(server.seen.filter(({method}) => method === 'PATCH')).toHaveLength(1);
});

const conflictWith = (...managers: string[]) => ({
	details: {
		causes: managers.map((manager, index) => ({
			reason: 'FieldManagerConflict',
			message: `conflict with "${manager}" using v1`,
			field: `.data.f${index}`,
		})),
	},
});

test("mkcoa's own fields are taken over at the version that was read, with the warnings of the last answer", async () => {
	const live = {...manifest, metadata: {name: 'settings', uid: 'u', resourceVersion: '7'}};
	const {answer, server} = await tryOut(apply, ({method, query}, response) => {
		const warning = {warning: '299 - "old field"'};
		if (method === 'GET') return respond(response, live);
		if (query.force === 'true') return respond(response, {...manifest, data: {a: '2'}}, 200, warning);
		return refuse(response, 409, 'Conflict', 'Apply failed', conflictWith('mkcoa'));
	});
	expect(await answer).toMatchObject({computed: 'server', after: {data: {a: '2'}}, warnings: ['old field']});
	const patches = server.seen.filter(({method}) => method === 'PATCH');
	expect(patches.map(({query, body}) => [query.force, query.dryRun, JSON.parse(body).metadata])).toEqual([
		['false', 'All', {name: 'settings'}],
		['false', 'All', {name: 'settings', uid: 'u', resourceVersion: '7'}],
		['true', 'All', {name: 'settings', uid: 'u', resourceVersion: '7'}],
	]);
});

test("others are named, and mkcoa's own fields beside theirs are not", async () => {
	const {answer} = await tryOut(apply, (_seen, response) =>
		refuse(response, 409, 'Conflict', 'Apply failed', conflictWith('mkcoa', 'argocd')),
	);
	expect(await answer).toMatchObject({computed: 'conflict', conflicts: [{field: '.data.f1', manager: 'argocd'}]});
});

test.each([
	[3, {computed: 'server'}],
	[100, undefined],
])("mkcoa's own fields are looked at again when the object moves %i times meanwhile, within reason", async (moves, expected) => {
	let version = 0;
	const {answer, server} = await tryOut(apply, ({method, query, body}, response) => {
		if (method === 'GET') return respond(response, {...manifest, metadata: {name: 'settings', resourceVersion: `${++version}`}});
		if (query.force === 'false') return refuse(response, 409, 'Conflict', 'Apply failed', conflictWith('mkcoa'));
		return JSON.parse(body).metadata.resourceVersion === `${moves}` ? respond(response, manifest) : refuse(response, 409, 'Conflict');
	});
	if (expected === undefined) expect(await troubleFrom(answer)).toMatchObject({code: 'conflict'});
	else expect(await answer).toMatchObject(expected);
	expect(server.seen.filter(({query}) => query.force === 'true')).toHaveLength(Math.min(moves, 8));
});

test("what somebody else takes while mkcoa's own fields are looked at stays theirs", async () => {
	let asked = 0;
	const {answer, server} = await tryOut(apply, ({method}, response) => {
		if (method === 'GET') return respond(response, {...manifest, metadata: {name: 'settings', uid: 'u', resourceVersion: '7'}});
		asked++;
		return refuse(response, 409, 'Conflict', 'Apply failed', conflictWith(...(asked === 1 ? ['mkcoa'] : ['mkcoa', 'argocd'])));
	});
	expect(await answer).toMatchObject({computed: 'conflict', conflicts: [{manager: 'argocd'}]});
	expect(server.seen.filter(({query}) => query.force === 'true')).toEqual([]);
});

test.each([
	[
		403,
		'configmaps "settings" is forbidden: User "jane" cannot patch resource "configmaps" in API group ""',
		{
			computed: 'refused',
			reason: 'you may not patch configmaps "settings" in namespace shop',
		},
	],
	[
		400,
		'admission webhook "policy.example.org" does not support dry run',
		{
			computed: 'refused',
			reason: 'the admission webhook policy.example.org does not support dry runs',
		},
	],
])('a refusal with %i is an answer: %s', async (status, message, expected) => {
	const {answer} = await tryOut(apply, (_seen, response) => refuse(response, status, status === 403 ? 'Forbidden' : 'BadRequest', message));
	expect(await answer).toEqual(expected);
});

test.each([
	[422, 'Invalid', 'invalid', 'invalid'],
	[403, 'Forbidden', 'pods "x" is forbidden: exceeded quota: small', 'denied-by-policy'],
	[404, 'NotFound', 'not found', 'not-found'],
	[400, 'BadRequest', 'admission webhook "policy.example.org" denied the request: no', 'denied-by-policy'],
])('what the write itself would meet (%i %s) is an error', async (status, reason, message, code) => {
	const {answer} = await tryOut(apply, (_seen, response) => refuse(response, status, reason, message));
	expect(await troubleFrom(answer)).toMatchObject({code});
});

test('a dry run is tried again like any read', async () => {
	let tries = 0;
	const {answer} = await tryOut(apply, (_seen, response) => {
		tries++;
		return tries < 3 ? refuse(response, 503, 'ServiceUnavailable') : respond(response, manifest);
	});
	expect(await answer).toMatchObject({computed: 'server'});
	expect(tries).toBe(3);
});

test('a command in a pod cannot be tried out, and is not sent', async () => {
	const {answer, server} = await tryOut({op: 'exec', ref: {...ref, kind: 'Pod'}, command: ['rm']}, (_seen, response) =>
		respond(response, {}),
	);
	expect(await troubleFrom(answer)).toMatchObject({code: 'unsupported'});
	expect(server.seen.filter(({path}) => path.includes('exec'))).toEqual([]);
});
