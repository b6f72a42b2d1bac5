import {afterAll, beforeAll, expect, test} from 'vitest';
import {systemClock} from '../../../../src/core/clock.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {ConflictError} from '../../../../src/core/tool.ts';
import {parseKubeconfig} from '../../../../src/mcp/kubernetes/kubeconfig/parse-kubeconfig.ts';
import {type SandboxApi, startSandboxApi} from '../../../../src/sandbox/api/start-sandbox-api.ts';
import {clientOf, troubleFrom} from '../../../support/client-world.ts';

let api: SandboxApi;
beforeAll(async () => {
	api = await startSandboxApi({clock: systemClock({background: true})});
});
afterAll(() => api.stop());

const {signal} = new AbortController();
const refOf = (name: string) => ({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name});
const settings = (name: string, data: {readonly [key: string]: string}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name},
	data,
});
const open = () => {
	const [user] = parseKubeconfig(api.kubeconfig, '/config').users;
	return clientOf(api.url, {user: user ?? {}});
};

test('an object lives from create to delete, bound to its version at every step', async () => {
	const {cluster, effector} = await open();
	const ref = refOf('life');
	await effector.send({op: 'create', ref, manifest: settings('life', {a: '1'})}, undefined, signal);
	const first = await effector.read(ref, signal);
	await effector.send({op: 'patch', ref, type: 'merge', patch: {data: {b: '2'}}}, first, signal);
	await expect(
		effector.send({op: 'patch', ref, type: 'json', patch: [{op: 'add', path: '/data/c', value: '3'}]}, first, signal),
	).rejects.toThrow(ConflictError);
	await expect(effector.send({op: 'delete', ref}, first, signal)).rejects.toThrow(ConflictError);
	const second = await cluster.get(ref);
	expect(second?.data).toEqual({a: '1', b: '2'});
	await effector.send({op: 'delete', ref}, second, signal);
	expect(await cluster.get(ref)).toBeUndefined();
});

test('an apply that creates owns its fields as Apply, so that the next one is no conflict', async () => {
	const {effector} = await open();
	const ref = refOf('owned');
	const stored = await effector.send({op: 'apply', ref, manifest: settings('owned', {a: '1'})}, undefined, signal);
	expect(stored).toMatchObject({metadata: {managedFields: [{manager: 'mkcoa', operation: 'Apply'}]}});
	const live = await effector.read(ref, signal);
	expect(await effector.send({op: 'apply', ref, manifest: settings('owned', {a: '2'})}, live, signal)).toMatchObject({data: {a: '2'}});
});

test('an apply to an object that was deleted meanwhile is drift, and does not bring it back', async () => {
	const {cluster, effector} = await open();
	const ref = refOf('gone');
	await effector.send({op: 'apply', ref, manifest: settings('gone', {a: '1'})}, undefined, signal);
	const live = await effector.read(ref, signal);
	await effector.send({op: 'delete', ref}, live, signal);
	await expect(effector.send({op: 'apply', ref, manifest: settings('gone', {a: '2'})}, live, signal)).rejects.toThrow(ConflictError);
	expect(await cluster.get(ref)).toBeUndefined();
});

test('an apply that must create refuses what exists, and changes nothing', async () => {
	const {cluster, effector} = await open();
	const ref = refOf('taken');
	await effector.send({op: 'apply', ref, manifest: settings('taken', {a: '1'})}, undefined, signal);
	await expect(effector.send({op: 'apply', ref, manifest: settings('taken', {a: '2'})}, undefined, signal)).rejects.toThrow(ConflictError);
	expect((await cluster.get(ref))?.data).toEqual({a: '1'});
});

test('a dry run shows what would be stored and stores nothing', async () => {
	const {cluster} = await open();
	const ref = refOf('tried');
	expect(await cluster.dryRun({op: 'apply', ref, manifest: settings('tried', {a: '1'})})).toMatchObject({
		computed: 'server',
		after: {data: {a: '1'}},
	});
	expect(await cluster.get(ref)).toBeUndefined();
	expect(await troubleFrom(cluster.dryRun({op: 'apply', ref, manifest: {...settings('tried', {}), dataz: {}}}))).toMatchObject({
		code: 'invalid',
		why: 'dataz: unknown field',
	});
});

test('a watch outlives a reset and the loss of its history', async () => {
	const {cluster, effector} = await open();
	const type = await cluster.typeOf('cm');
	const stop = new AbortController();
	const seen: string[] = [];
	for await (const event of cluster.watch({type, namespace: 'default'}, stop.signal)) {
		seen.push(event.type === 'synced' ? 'synced' : `${event.type} ${event.object.metadata.name}`);
		if (event.type !== 'synced') {
			if (seen.includes('synced')) stop.abort();
			continue;
		}
		// The list is told and the watch not open yet: its first try is reset, and its version is forgotten meanwhile.
		api.fault({match: ({query}) => query.has('watch'), answer: 'reset', times: 1});
		await effector.send({op: 'create', ref: refOf('late'), manifest: settings('late', {})}, undefined, signal);
		api.compact();
	}
	expect(seen.slice(-2)).toEqual(['synced', 'added late']);
});
