import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {auditedRequests, writes} from './audit.ts';
import {at, deployment} from './compare/row.ts';
import {type Connected, connected} from './connected.ts';
import {request} from './request.ts';
import {until} from './seed.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let plane: ControlPlane;
let admin: Connected;
let reader: Connected;
const asAdmin = () => ({url: plane.url, ca: plane.ca, token: plane.tokens.admin});
const path = '/apis/apps/v1/namespaces/shop/deployments/web';
const web = async (): Promise<unknown> => JSON.parse((await request(asAdmin(), {path})).text);
const inShop = (object: ReturnType<typeof deployment>) => ({...object, metadata: {...object.metadata, namespace: 'shop'}});
const rolledOut = (replicas: number) =>
	until(
		asAdmin(),
		{path},
		({text}) => {
			const object: unknown = JSON.parse(text);
			const isSeen = at(object, 'status', 'observedGeneration') === at(object, 'metadata', 'generation');
			return isSeen && at(object, 'status', 'availableReplicas') === replicas && at(object, 'status', 'replicas') === replicas;
		},
		AbortSignal.timeout(25_000),
	);
/** Waits until every pod of the shop runs and none is on its way out: a pod that comes or goes changes the plan of a drain. */
const quiet = () =>
	until(
		asAdmin(),
		{path: '/api/v1/namespaces/shop/pods'},
		({text}) => {
			const items = at(JSON.parse(text), 'items');
			const isStill = (pod: unknown) => at(pod, 'metadata', 'deletionTimestamp') === undefined && at(pod, 'status', 'phase') === 'Running';
			return Array.isArray(items) && items.every(isStill);
		},
		AbortSignal.timeout(25_000),
	);
const writesSoFar = () => writes(auditedRequests(plane.auditLog)).length;

beforeAll(async () => {
	plane = await startControlPlane();
	admin = await connected(plane.kubeconfig, 'admin');
	reader = await connected(plane.kubeconfig, 'reader');
	await request(asAdmin(), {
		method: 'POST',
		path: '/apis/apps/v1/namespaces/shop/deployments',
		body: inShop(deployment('web', {replicas: 3})),
	});
	await rolledOut(3);
});
afterAll(async () => {
	await admin.close();
	await reader.close();
	await plane.stop();
});

describe('reading', () => {
	test.each([
		['resource_list', {kind: 'deploy'}],
		['resource_list', {kind: 'pods', allNamespaces: true, limit: 1}],
		['resource_list', {kind: 'pods', labelSelector: 'app=web', columns: ['.spec.nodeName']}],
		['resource_get', {kind: 'deployment', name: 'web'}],
		['resource_describe', {kind: 'deployment', name: 'web'}],
		['events_list', {object: 'web'}],
		['rollout_history', {workload: 'web'}],
		['namespaces_list', {}],
		['api_resources_list', {}],
		['permissions_check', {verb: 'delete', kind: 'pods'}],
		['permissions_check', {}],
	])('%s %j answers a reader and writes nothing', async (tool, input) => {
		const before = writesSoFar();
		const outcome = await reader.run(tool, input);
		expect(outcome).toMatchObject({kind: 'done', tool});
		expect(writesSoFar()).toBe(before);
	});

	test('what a reader may not see is told as such', async () => {
		const outcome = await reader.run('resource_list', {kind: 'secrets'});
		expect(outcome).toMatchObject({kind: 'failed', error: {kind: 'auth', code: 'not-allowed'}});
	});
});

const changes: readonly (readonly [string, object])[] = [
	['workload_scale', {workload: 'web', replicas: 5}],
	['workload_restart', {workload: 'web'}],
	['resource_patch', {kind: 'deployment', name: 'web', patch: '{"metadata":{"labels":{"tier":"front"}}}'}],
	['resource_apply', {manifest: JSON.stringify(inShop(deployment('other')))}],
	['resource_delete', {kind: 'deployment', name: 'web'}],
	['node_cordon', {node: 'node-a'}],
	['node_drain', {node: 'node-a'}],
];

test('a watch tells what is there, that this is all, and what comes', async () => {
	const type = await reader.cluster.typeOf('configmaps');
	const enough = new AbortController();
	const seen: string[] = [];
	for await (const event of reader.cluster.watch({type, namespace: 'shop'}, enough.signal)) {
		seen.push('object' in event ? `${event.type} ${event.object.metadata.name}` : event.type);
		const body = {metadata: {name: 'watched'}};
		if (event.type === 'synced') await request(asAdmin(), {method: 'POST', path: '/api/v1/namespaces/shop/configmaps', body});
		if (seen.includes('added watched')) break;
	}
	enough.abort();
	expect(seen).toEqual(['added kube-root-ca.crt', 'synced', 'added watched']);
});

describe('changing', () => {
	test.each(changes)('%s %j plans with dry runs alone', async (tool, input) => {
		const before = writesSoFar();
		const outcome = await admin.run(tool, input, {mode: 'plan'});
		expect(outcome).toMatchObject({kind: 'planned', tool});
		expect(writesSoFar()).toBe(before);
	});

	test('a no changes nothing', async () => {
		const before = writesSoFar();
		const outcome = await admin.run(
			'workload_scale',
			{workload: 'web', replicas: 5},
			{confirm: async () => ({kind: 'reject', feedback: 'not today'})},
		);
		expect(outcome).toMatchObject({kind: 'rejected'});
		expect(writesSoFar()).toBe(before);
	});

	test('a yes scales, with exactly one write', async () => {
		const before = writesSoFar();
		const outcome = await admin.run('workload_scale', {workload: 'web', replicas: 4});
		expect(outcome).toMatchObject({kind: 'done', output: {replicas: 4, before: 3}});
		expect(writesSoFar()).toBe(before + 1);
		await rolledOut(4);
	});

	test('a cluster that moved while the person read is left alone', async () => {
		const patch = {method: 'PATCH', path, headers: {'content-type': 'application/merge-patch+json'}, body: {spec: {replicas: 3}}};
		const outcome = await admin.run(
			'workload_scale',
			{workload: 'web', replicas: 6},
			{
				async confirm() {
					await request(asAdmin(), patch);
					return {kind: 'approve'};
				},
			},
		);
		expect(outcome).toMatchObject({kind: 'drifted'});
		expect(at(await web(), 'spec', 'replicas')).toBe(3);
	});

	test('a restart replaces every pod', async () => {
		expect(await admin.run('workload_restart', {workload: 'web'})).toMatchObject({kind: 'done'});
		await rolledOut(3);
	});

	test('a reader is refused before anything is written', async () => {
		const before = at(await web(), 'metadata', 'generation');
		const outcome = await reader.run('workload_scale', {workload: 'web', replicas: 9});
		expect(outcome.kind).toBe('failed');
		expect(at(await web(), 'metadata', 'generation')).toBe(before);
	});

	test('a field that another manager applied is not taken', async () => {
		const replicas = {...inShop(deployment('owned')), spec: {...deployment('owned').spec, replicas: 2}};
		const owned = '/apis/apps/v1/namespaces/shop/deployments/owned';
		const headers = {'content-type': 'application/apply-patch+yaml'};
		await request(asAdmin(), {method: 'PATCH', path: `${owned}?fieldManager=argocd`, headers, body: replicas});
		const before = writesSoFar();
		const manifest = JSON.stringify({...replicas, spec: {...replicas.spec, replicas: 5}});
		const outcome = await admin.run('resource_apply', {manifest});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'field-conflict', why: 'argocd owns .spec.replicas'}});
		expect(writesSoFar()).toBe(before);
	});

	test("what mkcoa scaled may be applied with another number, and stays others' where it is theirs", async () => {
		const apply = (name: string, replicas: number) =>
			admin.run('resource_apply', {manifest: JSON.stringify(inShop(deployment(name, {replicas})))});
		expect(await apply('mine', 1)).toMatchObject({kind: 'done', plan: {changes: [{operation: 'create', computed: 'server'}]}});
		expect(await admin.run('workload_scale', {workload: 'mine', replicas: 2})).toMatchObject({kind: 'done'});
		const outcome = await apply('mine', 3);
		expect(outcome).toMatchObject({kind: 'done', plan: {changes: [{computed: 'server', fields: [{before: 2, after: 3}]}]}});
		const mine = await request(asAdmin(), {path: '/apis/apps/v1/namespaces/shop/deployments/mine'});
		const managers = at(JSON.parse(mine.text), 'metadata', 'managedFields');
		const names = Array.isArray(managers) ? managers.map(entry => `${at(entry, 'manager')} ${at(entry, 'operation')}`) : [];
		expect(names.filter(name => name.startsWith('mkcoa'))).toEqual(['mkcoa Apply']);
		const patch = {method: 'PATCH', headers: {'content-type': 'application/merge-patch+json'}, body: {spec: {replicas: 5}}};
		await request(asAdmin(), {...patch, path: '/apis/apps/v1/namespaces/shop/deployments/mine?fieldManager=kubectl-edit'});
		expect(await apply('mine', 4)).toMatchObject({kind: 'failed', error: {why: 'kubectl-edit owns .spec.replicas'}});
	});

	test('a drained node is closed and empty, and the deployment recovers', async () => {
		await rolledOut(3);
		await quiet();
		const pods = await request(asAdmin(), {path: '/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb'});
		const node = String(at(JSON.parse(pods.text), 'items', 0, 'spec', 'nodeName'));
		expect(await admin.run('node_drain', {node})).toMatchObject({kind: 'done'});
		const left = await request(asAdmin(), {path: `/api/v1/namespaces/shop/pods?fieldSelector=spec.nodeName%3D${node}`});
		expect(at(JSON.parse(left.text), 'items')).toEqual([]);
		expect(await admin.run('node_cordon', {node, uncordon: true})).toMatchObject({kind: 'done'});
		await rolledOut(3);
	});

	test('a deleted deployment is gone with its pods', async () => {
		expect(await admin.run('resource_delete', {kind: 'deployment', name: 'web'})).toMatchObject({kind: 'done'});
		const pods = {path: '/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb'};
		await until(asAdmin(), pods, ({text}) => at(JSON.parse(text), 'items', 'length') === 0, AbortSignal.timeout(25_000));
	});
});
