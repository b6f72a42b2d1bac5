import {existsSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {at, erase, post, strategicPatch} from '../servers/questions.ts';
import {type Answer, type Question, request} from '../servers/request.ts';
import {until} from '../servers/until.ts';
import {auditedRequests, writes} from './audit.ts';
import {deployment, paths, pod} from './compare/row.ts';
import {programsIn} from './programs-in.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let cluster: ControlPlane;
const as = (user: 'admin' | 'reader' | 'shop-dev' | 'nobody') => ({url: cluster.url, ca: cluster.ca, token: cluster.tokens[user]});
const ask = (question: Question) => request(as('admin'), question);
const body = ({text}: Answer): unknown => JSON.parse(text);
const eventually = (path: string, isRight: (object: unknown) => boolean) =>
	until(as('admin'), {path}, answer => answer.status === 200 && isRight(body(answer)), {limitMs: 25_000}).then(body);
const ready = (count: number) => (object: unknown) =>
	at(object, 'status', 'availableReplicas') === count &&
	at(object, 'status', 'updatedReplicas') === count &&
	at(object, 'status', 'replicas') === count;
const image = (name: string) => ({spec: {template: {spec: {containers: [{name: 'main', image: name}]}}}});

beforeAll(async () => {
	cluster = await startControlPlane();
	await ask(post('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'compare'}}));
	await eventually('/api/v1/namespaces/compare/serviceaccounts/default', () => true);
});
afterAll(() => cluster.stop());

describe('pods without containers', () => {
	test('a deployment becomes available, stalls on a bad image, and recovers', async () => {
		const path = paths.deployments('web');
		await ask(post(paths.deployments(), deployment('web', {replicas: 3})));
		await eventually(path, ready(3));
		await ask(strategicPatch(path, image('x:2-missing')));
		const stalled = await eventually(
			path,
			object => at(object, 'status', 'unavailableReplicas') === 1 && at(object, 'status', 'updatedReplicas') === 1,
		);
		expect(at(stalled, 'status', 'availableReplicas')).toBe(3);
		await ask(strategicPatch(path, image('x:1')));
		await eventually(path, ready(3));
	});

	test('a deleted pod goes away', async () => {
		await ask(post(paths.pods(), pod('short')));
		await eventually(paths.pods('short'), object => at(object, 'status', 'phase') === 'Running');
		await ask(erase(paths.pods('short')));
		await until(as('admin'), {path: paths.pods('short')}, ({status}) => status === 404, {limitMs: 25_000});
	});
});

describe('people', () => {
	test.each([
		{user: 'admin', path: '/api/v1/secrets', status: 200},
		{user: 'reader', path: '/api/v1/pods', status: 200},
		{user: 'reader', path: '/api/v1/secrets', status: 403},
		{user: 'shop-dev', path: '/api/v1/namespaces/shop/secrets', status: 200},
		{user: 'shop-dev', path: '/api/v1/namespaces/default/pods', status: 403},
		{user: 'nobody', path: '/api/v1/namespaces/shop/pods', status: 403},
	] as const)('$user is answered $status for $path', async ({user, path, status}) => {
		expect((await request(as(user), {path})).status).toBe(status);
	});

	test('the audit log tells reads and dry runs from writes', async () => {
		const configMap = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'audited'}};
		const path = '/api/v1/namespaces/shop/configmaps';
		await request(as('shop-dev'), {path});
		await request(as('shop-dev'), post(`${path}?dryRun=All`, configMap));
		expect(writes(auditedRequests(cluster.auditLog)).filter(({user}) => user === 'shop-dev')).toEqual([]);
		await request(as('shop-dev'), post(path, configMap));
		expect(writes(auditedRequests(cluster.auditLog)).filter(({user}) => user === 'shop-dev')).toMatchObject([
			{user: 'shop-dev', verb: 'create', path, code: 201},
		]);
	});
});

test('stopping leaves no program and no file', async () => {
	const second = await startControlPlane();
	expect(programsIn(second.folder)).toHaveLength(Object.keys(second.pids).length);
	await second.stop();
	expect(programsIn(second.folder)).toEqual([]);
	expect(existsSync(second.folder)).toBe(false);
});
