import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {chain} from './chain.ts';
import {deployment} from './compare/row.ts';
import {deployed, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa} = real;
const runs = (name: string, image: string, replicas: number) => serves(real, name, image, replicas);

chain('a Deployment', () => {
	beforeAll(() => deployed(real, 'web', {replicas: 4}));

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

	test('an update that never becomes ready is taken back and says why', async () => {
		const {code, outcome} = await mkcoa('deploy rolling web --image x:3-missing --ready-within 4s');
		expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed'}});
		expect(at(outcome, 'error', 'why')).toMatch(/^\d of 4 new pods were ready when the time was over \(main: (Err)?ImagePull/);
		expect(outcome).toMatchObject({left: []});
		await runs('web', 'x:2', 4);
	});

	test('a rollback returns to the revision before', async () => {
		expect(await mkcoa('deploy rollback web --ready-within 30s')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		await runs('web', 'x:1', 4);
	});

	test('a rollback to a numbered revision', async () => {
		// The failed one was the third, and what came back the fourth.
		expect(await mkcoa('deploy rollback web --to 4 --ready-within 30s')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		await runs('web', 'x:2', 4);
	});
});

describe.concurrent('canaries', () => {
	const canary = (name: string, wanted: string) =>
		mkcoa(`deploy canary ${name} --image ${wanted} --steps 50,100 --interval 2s --ready-within 8s`);

	test('a good one is promoted, and undo brings the version before back', async () => {
		await deployed(real, 'good', {replicas: 4});
		const promoted = await canary('good', 'x:2');
		expect(promoted).toMatchObject({code: 0, outcome: {kind: 'done', output: {verdict: 'promoted'}}});
		await runs('good', 'x:2', 4);
		expect((await real.ask({path: shop.deployments('good-canary')})).status).toBe(404);
		expect(await mkcoa(`undo ${at(promoted.outcome, 'journal')}`)).toMatchObject({
			code: 0,
			outcome: {kind: 'done', output: {objects: expect.arrayContaining(['Deployment shop/good'])}},
		});
		await runs('good', 'x:1', 4);
	});

	test('one that crashes is taken back', async () => {
		await deployed(real, 'bad', {replicas: 4});
		expect(await canary('bad', 'x:2-crash')).toMatchObject({
			code: 1,
			outcome: {kind: 'failed', error: {code: 'canary-failed'}, output: {verdict: 'rolled-back'}},
		});
		await runs('bad', 'x:1', 4);
		expect((await real.ask({path: shop.deployments('bad-canary')})).status).toBe(404);
	});

	test('where an autoscaler owns the pods they stay, and the canary comes on top', async () => {
		await real.create(shop.deployments(), deployment('scaled'));
		await real.create(shop.autoscalers(), {
			...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'scaled'}},
			spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled'}, minReplicas: 3, maxReplicas: 6},
		});
		await runs('scaled', 'x:1', 3);
		const since = real.written().length;
		const answered = await canary('scaled', 'x:2');
		expect(answered).toMatchObject({
			code: 0,
			outcome: {
				output: {verdict: 'promoted'},
				plan: {consequences: expect.arrayContaining([expect.objectContaining({id: 'autoscaler-owns-replicas'})])},
			},
		});
		const toScaled = real.written(since).filter(({path}) => path.split('?')[0] === shop.deployments('scaled'));
		expect(toScaled).toHaveLength(1);
		await runs('scaled', 'x:2', 3);
	});
});
