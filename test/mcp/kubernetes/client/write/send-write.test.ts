import {expect, test} from 'vitest';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../../../src/core/plan.ts';
import {ConflictError} from '../../../../../src/core/tool.ts';
import {clientOf, troubleFrom, withDiscovery} from '../../../../support/client-world.ts';
import {refuse, respond, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings'};
const stored = (data: object, resourceVersion = '7'): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name: 'settings', namespace: 'shop', uid: 'u', resourceVersion},
	data: {...data},
});
const manifest: KubeObject = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings'}, data: {a: '1'}};
const {signal} = new AbortController();

async function send(write: Write, live: KubeObject | undefined, script: Script) {
	const server = await scriptedServer(withDiscovery(script));
	const {effector} = await clientOf(server.url);
	return {sent: effector.send(write, live, signal), writes: () => server.seen.filter(({method}) => method !== 'GET')};
}

test('a write answers the object as it is stored', async () => {
	const {sent, writes} = await send({op: 'apply', ref, manifest}, stored({}), (_seen, response) =>
		respond(response, stored({a: '1'}, '8')),
	);
	expect(await sent).toEqual(stored({a: '1'}, '8'));
	expect(writes()).toMatchObject([
		{
			method: 'PATCH',
			headers: {'content-type': 'application/apply-patch+yaml'},
			query: {fieldManager: 'mkcoa', force: 'false', fieldValidation: 'Strict'},
		},
	]);
});

test.each([
	['a status', {kind: 'Status', status: 'Success', metadata: {}}],
	['nothing', {}],
])('a delete that is answered with %s answers null', async (_name, answer) => {
	const {sent} = await send({op: 'delete', ref}, stored({}), (_seen, response) => respond(response, answer));
	expect(await sent).toBeNull();
});

test.each<[string, Write, KubeObject | undefined, number, string, RegExp]>([
	['apply to another version', {op: 'apply', ref, manifest}, stored({}), 409, 'Conflict', /is not at version 7 any more/],
	['apply to what should not exist', {op: 'apply', ref, manifest}, undefined, 409, 'Conflict', /exists already/],
	['create of what exists', {op: 'create', ref, manifest}, undefined, 409, 'AlreadyExists', /exists already/],
	['replace of what is gone', {op: 'replace', ref, manifest}, stored({}), 404, 'NotFound', /is not at version 7 any more/],
	['patch of another version', {op: 'patch', ref, type: 'json', patch: []}, stored({}), 409, 'Conflict', /is not at version 7 any more/],
	['delete of another version', {op: 'delete', ref}, stored({}), 409, 'Conflict', /is not at version 7 any more/],
	['delete of what is gone', {op: 'delete', ref}, stored({}), 404, 'NotFound', /is not at version 7 any more/],
])('%s is drift', async (_name, write, live, status, reason, message) => {
	const {sent} = await send(write, live, (_seen, response) => refuse(response, status, reason));
	await expect(sent).rejects.toThrow(ConflictError);
	await expect(sent).rejects.toThrow(message);
});

test.each<[string, Write, KubeObject | undefined]>([
	['replace', {op: 'replace', ref, manifest}, undefined],
	['patch', {op: 'patch', ref, type: 'merge', patch: {}}, undefined],
	['delete', {op: 'delete', ref}, undefined],
	['evict', {op: 'evict', ref: {...ref, kind: 'Pod'}}, undefined],
	['exec', {op: 'exec', ref: {...ref, kind: 'Pod'}, command: ['ls']}, undefined],
	['create', {op: 'create', ref, manifest}, stored({})],
])('%s that cannot be bound is drift, and nothing is sent', async (_name, write, live) => {
	const {sent, writes} = await send(write, live, (_seen, response) => respond(response, {}));
	await expect(sent).rejects.toThrow(ConflictError);
	expect(writes()).toEqual([]);
});

test('a server that wants no version on what it creates is asked by POST, which is as safe', async () => {
	const {sent, writes} = await send({op: 'apply', ref, manifest}, undefined, ({method}, response) =>
		method === 'PATCH'
			? refuse(response, 400, 'BadRequest', 'resourceVersion should not be set on objects to be created')
			: respond(response, stored({a: '1'}, '8'), 201),
	);
	expect(await sent).toEqual(stored({a: '1'}, '8'));
	expect(writes()).toMatchObject([{method: 'PATCH'}, {method: 'POST', query: {fieldManager: 'mkcoa'}, body: JSON.stringify(manifest)}]);
});

const takenByArgo = {details: {causes: [{reason: 'FieldManagerConflict', message: 'conflict with "argocd" using v1', field: '.data.a'}]}};
const conflicting =
	(now: string): Script =>
	({method}, response) =>
		method === 'GET' ? respond(response, stored({}, now)) : refuse(response, 409, 'Conflict', 'Apply failed', takenByArgo);

test('fields of others stop an apply and are never taken', async () => {
	const {sent, writes} = await send({op: 'apply', ref, manifest}, stored({}), conflicting('7'));
	expect(await troubleFrom(sent)).toMatchObject({code: 'field-conflict', why: '.data.a to argocd'});
	expect(writes()).toHaveLength(1);
});

const causes = (...managers: string[]) =>
	managers.map((manager, index) => ({
		reason: 'FieldManagerConflict',
		message: `conflict with ${JSON.stringify(manager)} using v1`,
		field: `.data.f${index}`,
	}));
const refusing =
	(...managers: string[]): Script =>
	({query}, response) =>
		query.force === 'true'
			? respond(response, stored({a: '1'}, '8'))
			: refuse(response, 409, 'Conflict', 'Apply failed', {details: {causes: causes(...managers)}});

test("fields of mkcoa's own patch are taken over, at the version that the plan saw", async () => {
	const {sent, writes} = await send({op: 'apply', ref, manifest}, stored({}), refusing('mkcoa', 'mkcoa'));
	expect(await sent).toEqual(stored({a: '1'}, '8'));
	const body = JSON.stringify({...manifest, metadata: {...manifest.metadata, uid: 'u', resourceVersion: '7'}});
	expect(writes()).toMatchObject([
		{query: {force: 'false'}, body},
		{query: {force: 'true', fieldManager: 'mkcoa', fieldValidation: 'Strict'}, body},
	]);
});

test.each(['argocd', 'mkcoa"', 'mkcoa2', 'Mkcoa'])('one field of %s stops an apply, and is the only one told', async manager => {
	const {sent, writes} = await send({op: 'apply', ref, manifest}, stored({}), (seen, response) =>
		seen.method === 'GET' ? respond(response, stored({}, '7')) : refusing('mkcoa', manager)(seen, response),
	);
	expect(await troubleFrom(sent)).toMatchObject({code: 'field-conflict', why: expect.stringMatching(/^\.data\.f1 to [^,]+$/)});
	expect(writes()).toHaveLength(1);
});

test("an object that moved is drift, though only mkcoa's own fields stood in the way", async () => {
	const {sent, writes} = await send({op: 'apply', ref, manifest}, stored({}), ({query}, response) =>
		refuse(response, 409, 'Conflict', 'moved', query.force === 'true' ? {} : {details: {causes: causes('mkcoa')}}),
	);
	await expect(sent).rejects.toThrow(ConflictError);
	expect(writes()).toHaveLength(2);
});

test("an apply that creates never takes mkcoa's own fields of what is there already", async () => {
	const {sent, writes} = await send({op: 'apply', ref, manifest}, undefined, refusing('mkcoa'));
	await expect(sent).rejects.toThrow(ConflictError);
	expect(writes()).toHaveLength(1);
});

test.each([
	['since the plan', stored({}), /is not at version 7 any more/],
	['with an object that should not exist', undefined, /exists already/],
])('fields that others took %s are drift', async (_name, live, message) => {
	const {sent} = await send({op: 'apply', ref, manifest}, live, conflicting('8'));
	await expect(sent).rejects.toThrow(ConflictError);
	await expect(sent).rejects.toThrow(message);
});

test('applying into a namespace that does not exist is told, and is no drift', async () => {
	const {sent} = await send({op: 'apply', ref, manifest}, undefined, (_seen, response) =>
		refuse(response, 404, 'NotFound', 'namespaces "shop" not found'),
	);
	expect(await troubleFrom(sent)).toMatchObject({code: 'not-found', what: 'There is no namespace "shop"'});
});

test('an aborted write rejects with the reason', async () => {
	const stop = new AbortController();
	const server = await scriptedServer(withDiscovery(() => stop.abort(new Error('the person left'))));
	const {effector} = await clientOf(server.url);
	await expect(effector.send({op: 'delete', ref}, stored({}), stop.signal)).rejects.toThrow('the person left');
});

test('what is read carries its kind, and is undefined where there is none', async () => {
	const server = await scriptedServer(
		withDiscovery(({path}, response) =>
			path.endsWith('/settings') ? respond(response, {metadata: {name: 'settings'}, brandNew: 1}) : refuse(response, 404, 'NotFound'),
		),
	);
	const {effector} = await clientOf(server.url);
	expect(await effector.read(ref, signal)).toEqual({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings'}, brandNew: 1});
	expect(await effector.read({...ref, name: 'other'}, signal)).toBeUndefined();
});
