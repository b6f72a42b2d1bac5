import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {auditedRequests, writes} from './audit.ts';
import {type Answered, commandLineOn} from './command-line.ts';
import {at, deployment} from './compare/row.ts';
import {request} from './request.ts';
import {until} from './seed.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

const folder = await temporaryFolder();
const group = '/apis/apps/v1/namespaces/shop/deployments';
let plane: ControlPlane;
let mkcoa: (words: string) => Promise<Answered>;
beforeAll(async () => {
	plane = await startControlPlane();
	mkcoa = commandLineOn(plane.kubeconfig, folder);
	await create(group, deployment('web', {replicas: 4}));
	await runs('web', 'x:1', 4);
});
afterAll(() => plane.stop());

const admin = () => ({url: plane.url, ca: plane.ca, token: plane.tokens.admin});
const create = (path: string, object: {readonly metadata: object; readonly [field: string]: unknown}) =>
	request(admin(), {method: 'POST', path, body: {...object, metadata: {...object.metadata, namespace: 'shop'}}});
const status = async (path: string) => (await request(admin(), {path})).status;
const image = ['spec', 'template', 'spec', 'containers', 0, 'image'] as const;
/** Every pod is of this image, and available. */
const runs = (name: string, wanted: string, replicas: number) =>
	until(
		admin(),
		{path: `${group}/${name}`},
		({text}) => {
			const object: unknown = JSON.parse(text);
			const count = (field: string) => at(object, 'status', field) === replicas;
			const isSeen = at(object, 'status', 'observedGeneration') === at(object, 'metadata', 'generation');
			return isSeen && at(object, ...image) === wanted && count('replicas') && count('availableReplicas') && count('updatedReplicas');
		},
		AbortSignal.timeout(40_000),
	);
const writesTo = (name: string, since: number) =>
	writes(auditedRequests(plane.auditLog).slice(since)).filter(({path}) => path.split('?')[0] === `${group}/${name}`);

describe('one version after the other', () => {
	test('a rolling update ends when every pod serves the new image', async () => {
		expect(await mkcoa('deploy rolling web --image x:2 --ready-within 30s')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		await runs('web', 'x:2', 4);
	});

	test('the status tells version, pods and revision', async () => {
		expect(await mkcoa('deploy status web')).toMatchObject({
			code: 0,
			outcome: {output: {state: 'healthy', revision: 2, images: ['main=x:2'], desired: 4, ready: 4, updated: 4}},
		});
	});

	test('an update that never becomes ready fails and says why, and the old pods serve on', async () => {
		const {code, outcome} = await mkcoa('deploy rolling web --image x:3-missing --ready-within 4s');
		expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed'}});
		expect(at(outcome, 'error', 'why')).toMatch(/^\d of 4 new pods were ready when the time was over \(main: ImagePullBackOff/);
		expect(await mkcoa('deploy status web')).toMatchObject({outcome: {output: {state: 'rolling-out', ready: 3}}});
	});

	test('a rollback returns to the revision before', async () => {
		expect(await mkcoa('deploy rollback web --ready-within 30s')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		await runs('web', 'x:2', 4);
	});

	test('a rollback to a numbered revision', async () => {
		expect(await mkcoa('deploy rollback web --to 1 --ready-within 30s')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		await runs('web', 'x:1', 4);
	});
});

describe('canaries', () => {
	const canary = (name: string, wanted: string) =>
		mkcoa(`deploy canary ${name} --image ${wanted} --steps 50,100 --interval 2s --ready-within 8s`);

	test('a good one is promoted, and undo brings the version before back', async () => {
		expect(await canary('web', 'x:5')).toMatchObject({code: 0, outcome: {kind: 'done', output: {verdict: 'promoted'}}});
		await runs('web', 'x:5', 4);
		expect(await status(`${group}/web-canary`)).toBe(404);
		expect(await mkcoa('undo')).toMatchObject({code: 0, outcome: {kind: 'done', output: {objects: ['Deployment shop/web']}}});
		await runs('web', 'x:1', 4);
	});

	test('one that crashes is taken back', async () => {
		expect(await canary('web', 'x:6-crash')).toMatchObject({
			code: 1,
			outcome: {kind: 'failed', error: {code: 'canary-failed'}, output: {verdict: 'rolled-back'}},
		});
		await runs('web', 'x:1', 4);
		expect(await status(`${group}/web-canary`)).toBe(404);
	});

	test('where an autoscaler owns the pods they stay, and the canary comes on top', async () => {
		await create(group, deployment('scaled', {replicas: 1}));
		await create('/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers', {
			...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'scaled'}},
			spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled'}, minReplicas: 3, maxReplicas: 6},
		});
		await runs('scaled', 'x:1', 3);
		const since = auditedRequests(plane.auditLog).length;
		const answered = await canary('scaled', 'x:2');
		expect(answered).toMatchObject({
			code: 0,
			outcome: {
				output: {verdict: 'promoted'},
				plan: {consequences: expect.arrayContaining([expect.objectContaining({id: 'autoscaler-owns-replicas'})])},
			},
		});
		expect(writesTo('scaled', since)).toHaveLength(1);
		await runs('scaled', 'x:2', 3);
	});
});
