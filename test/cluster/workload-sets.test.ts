import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {chain} from './chain.ts';
import {commandLineOn, type Words} from './command-line.ts';
import {isRolledOut, shop} from './in-shop.ts';
import {kubectlOn} from './kubectl.ts';
import {onePlane} from './one-plane.ts';

const kube = onePlane();
const {mkcoa, printed} = kube;
const kubectl = (words: string) => kubectlOn(kube.plane().kubeconfig)(words);
const namespace = '/api/v1/namespaces/shop';
/** Answers of all kinds: each set must be one that the server takes as it is. */
const answers = [
	'',
	'--port none --replicas 1 --max-replicas 1',
	'--port 8080 --port metrics=9090 --health /healthz --cpu-limit 1 --env MODE=fast --allow-from monitoring --allow-to data,10.0.0.0/8:5432',
	'--volume data:/var/data:1Gi --writable /tmp,/var/cache',
	'--volume data:/var/data:1Gi:shared --allow-from *',
];

chain('in a namespace that enforces the level restricted', () => {
	const strict = (path: string) => path.replace('/shop', '/strict');
	const mkcoa = (words: Words) => commandLineOn(kube.plane().kubeconfig, kube.folder(), 'strict')(words);
	beforeAll(() => {
		const labels = {'pod-security.kubernetes.io/enforce': 'restricted'};
		return kube.create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'strict', labels}});
	});

	test.each(answers)('the manifests for “%s” pass the server as they are printed', async more => {
		const {code, out} = await printed(`deploy config registry.example/gift:1.0 -n strict ${more}`.trim());
		expect(code).toBe(0);
		const file = join(kube.folder(), 'set.yaml');
		await writeFile(file, out);
		const applied = await kubectl(`apply --namespace=strict --dry-run=server --warnings-as-errors -f ${file}`);
		expect(applied).toMatchObject({code: 0, err: ''});
		expect(applied.out.trim().split('\n')).toHaveLength(out.split('\n---\n').length);
	});

	test('a workload is created with all that belongs to it, serves, and undo leaves nothing of it', async () => {
		const created = await mkcoa('deploy create registry.example/gift:1.0 --replicas 3 --health /healthz --ready-within 60s');
		expect(created).toMatchObject({
			code: 0,
			outcome: {kind: 'done', output: {ready: [{object: 'Deployment strict/gift', pods: 3}]}},
		});
		expect(isRolledOut(await kube.read(strict(shop.deployments('gift'))), 3)).toBe(true);
		expect(await mkcoa(`undo ${at(created.outcome, 'journal')}`)).toMatchObject({code: 0, outcome: {kind: 'done'}});
		for (const path of [
			shop.deployments('gift'),
			shop.budgets('gift'),
			shop.autoscalers('gift'),
			`${namespace}/services/gift`,
			`${namespace}/serviceaccounts/gift`,
		])
			await kube.gone(strict(path));
	});

	test('pods that the namespace refuses are told before, and again when they do not come', async () => {
		const file = join(kube.folder(), 'bare.yaml');
		const pod = 'metadata: {labels: {app: bare}}, spec: {containers: [{name: main, image: "x:1"}]}';
		await writeFile(
			file,
			`apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: bare}\nspec: {selector: {matchLabels: {app: bare}}, template: {${pod}}}\n`,
		);
		const {outcome} = await mkcoa(['deploy', 'create', '-f', file, '--dry-run']);
		expect(JSON.stringify(at(outcome, 'plan', 'consequences'))).toContain('Namespace strict enforces restricted and refuses its pods');
		const refused = await mkcoa(['deploy', 'create', '-f', file, '--ready-within', '20s']);
		expect(refused).toMatchObject({
			code: 1,
			outcome: {error: {code: 'not-ready', why: expect.stringMatching(/PodSecurity/)}},
		});
		expect(await mkcoa(`undo ${at(refused.outcome, 'journal')}`)).toMatchObject({code: 0});
	});
});

describe.concurrent('settings', () => {
	const clear = (object: unknown, key: string) => Buffer.from(String(at(object, 'data', key)), 'base64').toString();

	test('a ConfigMap and a Secret are made and changed, and their user rolls', async () => {
		expect(await mkcoa('deploy configmap gift-config MODE=slow')).toMatchObject({code: 0, outcome: {output: {operation: 'created'}}});
		expect(await mkcoa('deploy secret gift-keys word', 'Violet-otter-seven\n')).toMatchObject({
			code: 0,
			outcome: {output: {operation: 'created'}},
		});
		expect(
			await mkcoa('deploy create registry.example/gift:1.0 --env-from configmap/gift-config,secret/gift-keys --ready-within 60s'),
		).toMatchObject({code: 0});
		expect(await mkcoa('deploy configmap gift-config MODE=fast --restart --ready-within 60s')).toMatchObject({
			code: 0,
			outcome: {output: {rolled: [{object: 'Deployment shop/gift', pods: 2}]}},
		});
		const {code, outcome} = await mkcoa('deploy secret gift-keys word --restart --ready-within 60s', 'Amber-heron-three');
		expect({code, outcome}).toMatchObject({code: 0, outcome: {output: {rolled: [{pods: 2}]}}});
		expect(JSON.stringify(outcome)).not.toMatch(/heron|QW1iZXItaGVyb24/);
		expect(clear(await kube.read(`${namespace}/secrets/gift-keys`), 'word')).toBe('Amber-heron-three');
		expect(at(await kube.read(shop.configMaps('gift-config')), 'data')).toEqual({MODE: 'fast'});
	});
});

describe.concurrent('what a deployment meets', () => {
	test('versions, room, classes, and what the API server counted of deprecated APIs', async () => {
		await kube.ask({path: '/api/v1/componentstatuses'});
		const {code, outcome} = await mkcoa('deploy analyze');
		expect({code, outcome}).toMatchObject({
			code: 0,
			outcome: {output: {version: 'v1.36.3', capacity: {nodes: 3, largest: [{node: expect.any(String)}]}, notChecked: []}},
		});
		expect(JSON.stringify(at(outcome, 'output', 'remarks'))).toContain('v1 componentstatuses');
	});
});
