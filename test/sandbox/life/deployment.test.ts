import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {Deployment} from '../../../src/sandbox/life/shapes.ts';
import {deployment} from '../../../src/sandbox/scenarios/workloads.ts';
import {readyImages, type SandboxWorld, sandboxWorld} from '../../support/sandbox-world.ts';

const web = (tag: string, spec: JsonObject = {}, replicas = 3) =>
	deployment({namespace: 'app', name: 'web', image: `registry.example/shop/web:${tag}`, replicas, port: 8080, spec});

const withSpec = (spec: JsonObject) => (found: Deployment) => ({...found, spec: {...found.spec, ...spec}});
const setImage = (world: SandboxWorld, tag: string) =>
	world.change('Deployment', 'web', found => ({...found, spec: {...found.spec, template: templateOf(tag)}}));
const templateOf = (tag: string) => {
	const {spec} = web(tag);
	return typeof spec === 'object' && spec !== null && 'template' in spec ? (spec.template ?? null) : null;
};
const sizes = (world: SandboxWorld) =>
	Object.fromEntries(
		world.list('ReplicaSet').map(({metadata, spec}) => [metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '', spec.replicas]),
	);

async function running(spec: JsonObject = {}, replicas = 3) {
	const world = await sandboxWorld();
	await world.create(web('1.0', spec, replicas));
	await world.advance(30);
	return world;
}

test('a new deployment becomes available and says so with all its counters', async () => {
	const world = await running();
	const {status, metadata} = world.get('Deployment', 'web');
	expect(status).toMatchObject({observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3});
	expect(status).not.toHaveProperty('unavailableReplicas');
	expect(world.conditions(world.get('Deployment', 'web'))).toEqual([
		'Available=True MinimumReplicasAvailable',
		'Progressing=True NewReplicaSetAvailable',
	]);
	expect(metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('1');
});

test('before its pods are ready it is unavailable and progressing', async () => {
	const world = await sandboxWorld();
	await world.create(web('1.0'));
	expect(world.get('Deployment', 'web').status).toMatchObject({replicas: 3, unavailableReplicas: 3, updatedReplicas: 3});
	expect(world.conditions(world.get('Deployment', 'web'))).toEqual([
		'Available=False MinimumReplicasUnavailable',
		'Progressing=True ReplicaSetUpdated',
	]);
});

test('the name of a pod is its replica set, whose name ends in the hash that the pods carry', async () => {
	const world = await running();
	const [set] = world.list('ReplicaSet');
	const hash = set?.metadata.labels?.['pod-template-hash'];
	expect(set?.metadata.name).toBe(`web-${hash}`);
	for (const pod of world.list('Pod')) {
		expect(pod.metadata.name).toMatch(new RegExp(`^web-${hash}-[b-z2-9]{5}$`));
		expect(pod.metadata.labels?.['pod-template-hash']).toBe(hash);
	}
});

const bounds: readonly (readonly [string, number, JsonObject, number, number])[] = [
	['surge rounds up and unavailability down', 3, {maxSurge: '25%', maxUnavailable: '25%'}, 4, 3],
	['of four, a quarter each', 4, {maxSurge: '25%', maxUnavailable: '25%'}, 5, 3],
	['of ten, a quarter each', 10, {maxSurge: '25%', maxUnavailable: '25%'}, 13, 8],
	['never fewer with maxUnavailable 0', 3, {maxSurge: 1, maxUnavailable: 0}, 4, 3],
	['never more with maxSurge 0', 3, {maxSurge: 0, maxUnavailable: 1}, 3, 2],
	['all at once', 3, {maxSurge: '100%', maxUnavailable: '100%'}, 6, 0],
];
test.each(bounds)('a rolling update keeps its bounds: %s', async (_, replicas, rollingUpdate, most, least) => {
	const world = await running({strategy: {type: 'RollingUpdate', rollingUpdate}}, replicas);
	await setImage(world, '1.1');
	let [seenMost, seenLeast] = [0, replicas];
	for (let second = 0; second < 90; second++) {
		const sum = world.list('ReplicaSet').reduce((total, {spec}) => total + (spec.replicas ?? 0), 0);
		seenMost = Math.max(seenMost, sum);
		seenLeast = Math.min(seenLeast, world.get('Deployment', 'web').status?.availableReplicas ?? 0);
		await world.advance(1);
	}
	expect(seenMost).toBeLessThanOrEqual(most);
	expect(seenLeast).toBeGreaterThanOrEqual(least);
	expect(readyImages(world)).toEqual({'registry.example/shop/web:1.1': replicas});
});

test('Recreate starts the new pods only when the old ones are gone', async () => {
	const world = await running({strategy: {type: 'Recreate'}});
	await setImage(world, '1.1');
	expect(sizes(world)).toEqual({1: 0});
	await world.advance(3);
	expect(sizes(world)).toEqual({1: 0, 2: 3});
	await world.advance(20);
	expect(readyImages(world)).toEqual({'registry.example/shop/web:1.1': 3});
});

test('going back to an earlier template reuses its replica set under a new revision number', async () => {
	const world = await running();
	await setImage(world, '1.1');
	await world.advance(60);
	await setImage(world, '1.0');
	await world.advance(60);
	expect(sizes(world)).toEqual({2: 0, 3: 3});
	const reused = world.list('ReplicaSet').find(({spec}) => spec.replicas === 3);
	expect(reused?.metadata.annotations?.['deployment.kubernetes.io/revision-history']).toBe('1');
	expect(world.get('Deployment', 'web').metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
});

test('only as many old replica sets stay as the history limit says', async () => {
	const world = await running({revisionHistoryLimit: 2});
	for (const tag of ['1.1', '1.2', '1.3', '1.4']) {
		await setImage(world, tag);
		await world.advance(60);
	}
	expect(Object.keys(sizes(world))).toEqual(['3', '4', '5']);
});

test('a paused deployment does not roll, and rolls when it is resumed', async () => {
	const world = await running({paused: true});
	await world.change('Deployment', 'web', withSpec({paused: false}));
	await world.advance(30);
	await world.change('Deployment', 'web', withSpec({paused: true}));
	await setImage(world, '1.1');
	await world.advance(60);
	expect(readyImages(world)).toEqual({'registry.example/shop/web:1.0': 3});
	expect(world.conditions(world.get('Deployment', 'web'))).toContain('Progressing=Unknown DeploymentPaused');
	await world.change('Deployment', 'web', withSpec({paused: false}));
	await world.advance(60);
	expect(readyImages(world)).toEqual({'registry.example/shop/web:1.1': 3});
});

test('a rollout that stands still for its deadline says that it has timed out, and keeps the old pods', async () => {
	const world = await running({progressDeadlineSeconds: 60});
	await setImage(world, '1.1-unready');
	await world.advance(50);
	expect(world.conditions(world.get('Deployment', 'web'))).toContain('Progressing=True ReplicaSetUpdated');
	await world.advance(20);
	expect(world.conditions(world.get('Deployment', 'web'))).toEqual(
		expect.arrayContaining(['Progressing=False ProgressDeadlineExceeded', 'Available=True MinimumReplicasAvailable']),
	);
	expect(readyImages(world)).toEqual({'registry.example/shop/web:1.0': 3});
});

test('scaling changes the current replica set and is told in an event', async () => {
	const world = await running();
	await world.change('Deployment', 'web', withSpec({replicas: 5}));
	await world.advance(20);
	expect(sizes(world)).toEqual({1: 5});
	await world.change('Deployment', 'web', withSpec({replicas: 2}));
	await world.advance(20);
	expect(readyImages(world)).toEqual({'registry.example/shop/web:1.0': 2});
	const [set] = world.list('ReplicaSet');
	expect(world.events('web').map(text => text.replace(set?.metadata.name ?? '', 'SET'))).toEqual([
		'Normal ScalingReplicaSet Scaled up replica set SET from 0 to 3',
		'Normal ScalingReplicaSet Scaled up replica set SET from 3 to 5',
		'Normal ScalingReplicaSet Scaled down replica set SET from 5 to 2',
	]);
});

test('scaling in the middle of a rollout is shared between old and new in proportion', async () => {
	const world = await running({strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}}, 10);
	await setImage(world, '1.1-unready');
	await world.advance(20);
	expect(sizes(world)).toEqual({1: 8, 2: 5});
	await world.change('Deployment', 'web', withSpec({replicas: 15}));
	expect(sizes(world)).toEqual({1: 11, 2: 7});
});

test('minReadySeconds delays availability', async () => {
	const world = await sandboxWorld();
	await world.create(web('1.0', {minReadySeconds: 30}));
	await world.advance(10);
	expect(world.get('Deployment', 'web').status).toMatchObject({readyReplicas: 3, unavailableReplicas: 3});
	await world.advance(30);
	expect(world.get('Deployment', 'web').status?.availableReplicas).toBe(3);
});

test('a deleted deployment takes its replica sets and pods with it', async () => {
	const world = await running();
	world.machine.remove('Deployment', 'app', 'web', {propagation: 'Background'});
	await world.advance(5);
	expect([...world.list('ReplicaSet'), ...world.list('Pod')]).toEqual([]);
});

test('a pod that is deleted is replaced', async () => {
	const world = await running();
	const [first] = world.list('Pod');
	world.machine.remove('Pod', 'app', first?.metadata.name ?? '');
	await world.advance(20);
	expect(readyImages(world)).toEqual({'registry.example/shop/web:1.0': 3});
	expect(world.list('Pod').map(({metadata}) => metadata.name)).not.toContain(first?.metadata.name);
});
