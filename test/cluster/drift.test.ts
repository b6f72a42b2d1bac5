import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {configMap} from './compare/row.ts';
import {deployed, imageOf, inShop, isRolledOut, podsOf, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa, printed} = real;
beforeAll(() => deployed(real, 'web', {replicas: 2}));

/** A plan of yesterday: made now, and kept in a file. */
async function saved(words: string, input?: string): Promise<string> {
	const file = `${real.folder()}/${words.replace(/\W+/g, '-')}.json`;
	const {code, err} = await printed(`${words} -n shop --plan-out ${file}`, input);
	expect({code, err}).toMatchObject({code: 0, err: expect.stringContaining(`mkcoa apply ${file}`)});
	return file;
}

/** Applied after the change: 9, nothing written, and these sentences. */
async function drifts(file: string, moved: readonly unknown[]) {
	const before = real.written().length;
	expect(await mkcoa(`apply ${file}`)).toMatchObject({code: 9, outcome: {kind: 'drifted', moved}});
	expect(real.written(before)).toEqual([]);
}

describe('a plan from a file', () => {
	test('is applied exactly, once', async () => {
		const file = await saved('k8s scale web 3');
		expect(await mkcoa(`apply ${file}`)).toMatchObject({code: 0, outcome: {kind: 'done', output: {replicas: 3, before: 2}}});
		await real.eventually(shop.deployments('web'), object => isRolledOut(object, 3));
		await drifts(file, [expect.stringContaining('Deployment shop/web moved from generation')]);
	});

	test('is refused after somebody changed the object, and says who did', async () => {
		const file = await saved('k8s scale web 4');
		await real.merge(`${shop.deployments('web')}?fieldManager=kubectl-edit`, {spec: {template: {metadata: {annotations: {by: 'hand'}}}}});
		const {code, err} = await printed(`apply ${file} --yes`);
		expect(code).toBe(9);
		expect(err).toMatch(
			/The world moved since the plan was made\. Nothing was changed\.\n {2}- Deployment shop\/web moved from generation \d+ to \d+; (mkcoa or )?kubectl-edit wrote it last/,
		);
		expect(err).toContain('Make a new plan by running its command again.');
	});

	test('is not disturbed by what only the status tells', async () => {
		await real.eventually(shop.deployments('web'), object => isRolledOut(object, 3));
		const file = await saved('k8s patch deployment web -p {"metadata":{"labels":{"tier":"front"}}}');
		const before = at(await real.read(shop.deployments('web')), 'metadata', 'resourceVersion');
		const pods = await real.read(podsOf('web'));
		await real.remove(shop.pods(String(at(pods, 'items', 0, 'metadata', 'name'))));
		await real.eventually(shop.deployments('web'), object => at(object, 'metadata', 'resourceVersion') !== before);
		expect(await mkcoa(`apply ${file}`)).toMatchObject({code: 0, outcome: {kind: 'done'}});
	});

	test('is refused after the object went, and after another came under its name', async () => {
		await real.create(shop.configMaps(), configMap('settings'));
		const file = await saved('k8s patch configmap settings -p {"data":{"color":"red"}}');
		await real.remove(shop.configMaps('settings'));
		await drifts(file, ['ConfigMap shop/settings was deleted']);
		await real.create(shop.configMaps(), configMap('settings'));
		await drifts(file, ['ConfigMap shop/settings was deleted and made again']);
	});

	test('that creates is refused after somebody else created', async () => {
		const fresh = inShop(configMap('fresh'));
		const file = await saved('k8s apply -f -', JSON.stringify(fresh));
		await real.create(shop.configMaps(), fresh);
		await drifts(file, ['ConfigMap shop/fresh was created by somebody else']);
	});

	test('of another machine of the same cluster is taken, and of another cluster is not', async () => {
		const file = await saved('k8s patch configmap settings -p {"data":{"size":"big"}}');
		expect(await mkcoa(`apply ${file} --context shop-dev`)).toMatchObject({code: 0, outcome: {kind: 'done'}});
		const {code, err} = await printed(`apply ${file} --sandbox shop --yes`);
		expect(code).toBe(1);
		expect(err).toContain('The plan was made for another cluster and was not applied: it is for admin (https://127.0.0.1:');
	});
});

describe('an autoscaler that works meanwhile', () => {
	beforeAll(async () => {
		await deployed(real, 'scaled', {replicas: 1});
		await real.create(shop.autoscalers(), {
			...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'scaled'}},
			spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled'}, minReplicas: 2, maxReplicas: 6},
		});
		await real.eventually(shop.deployments('scaled'), object => isRolledOut(object, 2));
	});
	const scaleTo = async (minReplicas: number) => {
		await real.merge(shop.autoscalers('scaled'), {spec: {minReplicas}});
		await real.eventually(shop.deployments('scaled'), object => isRolledOut(object, minReplicas));
	};

	test('does not spoil a plan that leaves the number of pods to it', async () => {
		const file = await saved('deploy rolling scaled --image x:2 --ready-within 30s');
		await scaleTo(3);
		expect(await mkcoa(`apply ${file}`)).toMatchObject({code: 0, outcome: {kind: 'done'}});
		await serves(real, 'scaled', 'x:2', 3);
	});

	test('spoils one that sets the number of pods', async () => {
		const file = await saved('k8s scale scaled 5');
		await scaleTo(4);
		await drifts(file, [expect.stringMatching(/^Deployment shop\/scaled moved from generation \d+ to \d+/)]);
	});
});

test('a plan file that was edited is no plan any more', async () => {
	const file = await saved('k8s scale web 6');
	const {readFileSync, writeFileSync} = await import('node:fs');
	writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"replicas":6', '"replicas":60').replaceAll('"replicas": 6', '"replicas": 60'));
	const {code, outcome} = await mkcoa(`apply ${file}`);
	expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed'}});
	expect(imageOf(await real.read(shop.deployments('web')))).toBe('x:1');
	expect(at(await real.read(shop.deployments('web')), 'spec', 'replicas')).toBe(3);
});
