import {describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {deployment} from './compare/row.ts';
import {deployed, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa} = real;
const sets = (name?: string) => shop.deployments(name).replace('deployments', 'statefulsets');
const services = (name?: string) => shop.configMaps(name).replace('configmaps', 'services');
/** What mkcoa keeps in the cluster while a rollout lasts. */
const kept = async (name: string) =>
	Promise.all(
		[shop.configMaps(`mkcoa-rollout-${name}`), shop.deployments(`${name}-preview`), services(`${name}-preview`)].map(
			async path => (await real.ask({path})).status,
		),
	);

// Workloads of their own, and most of their time is waiting.
describe.concurrent('a StatefulSet', () => {
	// Two rollouts pod by pod, with eight seconds of waiting between: half a minute, and more where the machine is busy.
	test('whose new version never gets ready is taken back, past the pod that blocks it', {timeout: 180_000}, async () => {
		const {spec, ...rest} = deployment('db', {replicas: 3});
		const {strategy: _, progressDeadlineSeconds: __, revisionHistoryLimit: ___, ...own} = spec as {readonly [field: string]: unknown};
		await real.create(sets(), {...rest, kind: 'StatefulSet', spec: {...own, serviceName: 'db'}});
		await real.eventually(sets('db'), object => at(object, 'status', 'availableReplicas') === 3);
		const {code, outcome} = await mkcoa('deploy rolling statefulset/db --image x:2-unready --ready-within 8s');
		expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed', error: {code: 'rolling-failed'}, left: []}});
		const set = await real.eventually(sets('db'), object => at(object, 'status', 'availableReplicas') === 3);
		expect([at(set, 'spec', 'template', 'spec', 'containers', 0, 'image'), at(set, 'status', 'updatedReplicas')]).toEqual(['x:1', 3]);
		expect(await mkcoa('deploy rolling statefulset/db --image x:2 --ready-within 30s')).toMatchObject({
			code: 0,
			outcome: {output: {ready: 3}},
		});
	});
});

describe.concurrent('a Deployment', () => {
	test('is held by Kubernetes at its first batch while that is judged, and then rolls to its end', async () => {
		await deployed(real, 'held', {replicas: 4});
		const seen: unknown[] = [];
		const watching = setInterval(async () => {
			const live = await real.read(shop.deployments('held'));
			// Until the controller has seen the new template, its numbers are of the old one.
			const isSeen = at(live, 'status', 'observedGeneration') === at(live, 'metadata', 'generation');
			if (isSeen && at(live, 'spec', 'minReadySeconds') === 86400) seen.push(at(live, 'status', 'updatedReplicas'));
		}, 300);
		const {code, outcome} = await mkcoa('deploy rolling held --image x:2 --interval 4s --ready-within 30s');
		clearInterval(watching);
		expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(Math.max(...seen.map(Number))).toBeLessThan(4);
		const live = await serves(real, 'held', 'x:2', 4);
		expect([at(live, 'spec', 'minReadySeconds'), at(live, 'spec', 'progressDeadlineSeconds')]).toEqual([undefined, 600]);
	});

	test('is switched by its Service to a preview and comes back to itself', async () => {
		await deployed(real, 'blue', {replicas: 2});
		await real.create(services(), {
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: 'blue'},
			spec: {selector: {app: 'blue'}, ports: [{port: 80}]},
		});
		expect(await mkcoa('deploy blue-green blue --image x:2 --keep 2s --ready-within 30s')).toMatchObject({
			code: 0,
			outcome: {kind: 'done'},
		});
		await serves(real, 'blue', 'x:2', 2);
		expect(at(await real.read(services('blue')), 'spec', 'selector')).toEqual({app: 'blue'});
		expect(await kept('blue')).toEqual([404, 404, 404]);
	});

	test('gets the ConfigMap of its earlier version back with its template', async () => {
		const name = 'configured';
		await real.create(shop.configMaps(), {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name}, data: {LEVEL: 'info'}});
		const {spec, ...rest} = deployment(name, {replicas: 2});
		const template = at(spec, 'template') as {readonly spec: {readonly containers: readonly object[]}};
		const containers = template.spec.containers.map(each => ({...each, envFrom: [{configMapRef: {name}}]}));
		await real.create(shop.deployments(), {
			...rest,
			spec: {...(spec as object), template: {...template, spec: {...template.spec, containers}}},
		});
		await serves(real, name, 'x:1', 2);
		expect(await mkcoa(`deploy rolling ${name} --image x:2 --ready-within 30s`)).toMatchObject({code: 0});
		await real.merge(shop.configMaps(name), {data: {LEVEL: 'debug', NEW: 'yes'}});
		expect(await mkcoa(`deploy rollback ${name} --ready-within 30s`)).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(at(await real.read(shop.configMaps(name)), 'data')).toEqual({LEVEL: 'info'});
		await serves(real, name, 'x:1', 2);
	});
});
