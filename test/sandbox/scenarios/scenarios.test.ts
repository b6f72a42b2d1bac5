import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {isReady} from '../../../src/sandbox/life/pod-state.ts';
import type {Kinds} from '../../../src/sandbox/life/shapes.ts';
import {brokenThings} from '../../../src/sandbox/scenarios/broken/broken.ts';
import {startSandbox} from '../../../src/sandbox/start.ts';
import {manualClock} from '../../support/manual-clock.ts';

type Start = {readonly seed?: string; readonly at?: number; readonly whenOver?: (stop: () => Promise<void>) => void};

async function started(scenario: string, {seed = 'test', at = Date.UTC(2026, 0, 15, 12), whenOver = onTestFinished}: Start = {}) {
	const errors: unknown[] = [];
	const clock = manualClock(at);
	const sandbox = await startSandbox({scenario, clock, seed, onError: error => errors.push(error)});
	whenOver(async () => {
		await sandbox.stop();
		if (errors.length > 0) throw errors[0];
	});
	// The kinds are those that the scenario made.
	const list = <Kind extends keyof Kinds>(kind: Kind, namespace?: string) =>
		sandbox.machine.list(kind, namespace) as readonly Kinds[Kind][];
	return {...sandbox, clock, list};
}

/** One for all tests of a group, which look at it; the last of them may change it. */
function shared(scenario: string) {
	let world: Awaited<ReturnType<typeof started>>;
	beforeAll(async () => {
		let stop = async () => {};
		world = await started(scenario, {
			whenOver: over => {
				stop = over;
			},
		});
		return () => stop();
	}, 60_000);
	return () => world;
}

test('a scenario that does not exist is refused with the names of those that do', async () => {
	await expect(startSandbox({scenario: 'moon', clock: manualClock()})).rejects.toThrow(
		'there is no scenario "moon"; there are shop, broken, large, empty',
	);
});

describe('shop', () => {
	const world = shared('shop');

	test('is well: everything is ready, available and up to date', async () => {
		const {list} = world();
		const notReady = list('Pod').filter(pod => pod.status?.phase !== 'Succeeded' && !isReady(pod));
		expect(notReady.map(({metadata}) => metadata.name)).toEqual([]);
		for (const {metadata, spec, status} of list('Deployment')) {
			expect({name: metadata.name, ...status}).toMatchObject({
				availableReplicas: spec.replicas,
				updatedReplicas: spec.replicas,
				readyReplicas: spec.replicas,
			});
		}
		expect(list('Event').filter(({type}) => type === 'Warning')).toEqual([]);
	});

	test('has a past: ages, revisions with their causes, and the image of today', async () => {
		const {list} = world();
		const revisions = list('ReplicaSet', 'shop')
			.filter(({metadata}) => metadata.labels?.app === 'web')
			.map(
				({metadata, spec}) =>
					`${metadata.annotations?.['deployment.kubernetes.io/revision']} ${spec.template.spec.containers[0]?.image} ${metadata.annotations?.['kubernetes.io/change-cause']}`,
			);
		expect(revisions.sort()).toEqual([
			'1 registry.example/shop/web:1.4.0 first release',
			'2 registry.example/shop/web:1.4.1 round prices to cents',
			'3 registry.example/shop/web:1.4.2 faster product page',
		]);
		expect(list('Deployment', 'shop')[0]?.metadata.creationTimestamp).toBe('2026-01-06T13:00:00Z');
	});

	test('has what protects and limits it', async () => {
		const {list, machine} = world();
		expect(list('PodDisruptionBudget', 'shop').map(({metadata, status}) => `${metadata.name} ${status?.disruptionsAllowed}`)).toEqual([
			'checkout 1',
			'redis 1',
			'web 1',
		]);
		expect(list('HorizontalPodAutoscaler', 'shop').map(({spec}) => spec.scaleTargetRef.name)).toEqual(['search']);
		for (const kind of [
			'NetworkPolicy',
			'Ingress',
			'LimitRange',
			'ResourceQuota',
			'CronJob',
			'DaemonSet',
			'StatefulSet',
			'Secret',
			'ConfigMap',
		]) {
			expect([kind, machine.list(kind, 'shop').length > 0]).toEqual([kind, true]);
		}
	});

	test('the same seed gives the same names and uids, whenever it starts; another seed gives others', async () => {
		const identity = async (seed: string, hour: number) => {
			const {list} = await started('shop', {seed, at: Date.UTC(2026, 0, 15, hour)});
			return list('Pod', 'shop')
				.filter(({metadata}) => metadata.labels?.app === 'web')
				.map(({metadata}) => `${metadata.name} ${metadata.uid}`);
		};
		const first = await identity('one', 12);
		expect(await identity('one', 20)).toEqual(first);
		expect(await identity('two', 12)).not.toEqual(first);
	});

	test('a reader may look and not touch', async () => {
		const {url} = world();
		const ask = (path: string, method = 'GET') => fetch(`${url}${path}`, {method, headers: {authorization: 'Bearer reader'}});
		expect((await ask('/api/v1/namespaces/shop/pods')).status).toBe(200);
		expect((await ask('/apis/apps/v1/namespaces/shop/deployments/web', 'DELETE')).status).toBe(403);
		expect((await ask('/api/v1/namespaces/shop/secrets')).status).toBe(403);
		expect((await ask('/apis/metrics.k8s.io/v1beta1/nodes')).status).toBe(200);
		const proxy = '/api/v1/namespaces/monitoring/services/prometheus:9090/proxy/api/v1/query?query=up';
		expect((await ask(proxy)).status).toBe(200);
		expect((await ask(proxy.replace('prometheus:', 'other:'))).status).toBe(403);
	});

	test('lives on: a release rolls out on the clock of the test', async () => {
		const {machine, list, clock} = await started('shop');
		const web = list('Deployment', 'shop').find(({metadata}) => metadata.name === 'web');
		const [container] = web?.spec.template.spec.containers ?? [];
		if (web === undefined || container === undefined) throw new Error('the shop has no web');
		const spec = {...web.spec.template.spec, containers: [{...container, image: 'registry.example/shop/web:1.5.0'}]};
		machine.update({...web, spec: {...web.spec, template: {...web.spec.template, spec}}}, 'test');
		await clock.advance(60_000);
		const images = list('Pod', 'shop')
			.filter(({metadata}) => metadata.labels?.app === 'web')
			.map(pod => pod.spec.containers[0]?.image);
		expect(images).toEqual(Array(3).fill('registry.example/shop/web:1.5.0'));
	});
});

describe('broken', () => {
	const world = shared('broken');

	test('has at least thirty faults, each with a cause and a name of its own', () => {
		expect(brokenThings.length).toBeGreaterThanOrEqual(30);
		expect(new Set(brokenThings.map(({name}) => name)).size).toBe(brokenThings.length);
	});

	test('shows each fault of a pod under its name', async () => {
		const {list} = world();
		const shown = (name: string) => {
			const pods = list('Pod', 'broken').filter(({metadata}) => metadata.name === name || metadata.name.startsWith(`${name}-`));
			return pods.flatMap(({status}) => [
				status?.reason,
				...(status?.conditions ?? []).map(({reason}) => reason),
				...[...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].flatMap(({state, lastState}) => [
					state.waiting?.reason,
					lastState.terminated?.reason,
				]),
			]);
		};
		const expected: readonly (readonly [string, string])[] = [
			['crash-loop', 'CrashLoopBackOff'],
			['crash-loop-dependency', 'CrashLoopBackOff'],
			['image-not-found', 'ImagePullBackOff'],
			['image-registry-unknown', 'ImagePullBackOff'],
			['image-private', 'ImagePullBackOff'],
			['out-of-memory', 'OOMKilled'],
			['memory-leak', 'OOMKilled'],
			['wrong-architecture', 'CrashLoopBackOff'],
			['missing-configmap', 'CreateContainerConfigError'],
			['missing-configmap-key', 'CreateContainerConfigError'],
			['missing-secret', 'CreateContainerConfigError'],
			['missing-secret-key', 'CreateContainerConfigError'],
			['missing-volume-configmap', 'ContainerCreating'],
			['init-crash', 'CrashLoopBackOff'],
			['readiness-failing', 'ContainersNotReady'],
			['liveness-kills', 'Error'],
			['probe-port-wrong', 'ContainersNotReady'],
			['rbac-denied', 'CrashLoopBackOff'],
			['pending-cpu', 'Unschedulable'],
			['pending-memory', 'Unschedulable'],
			['pending-taint', 'Unschedulable'],
			['pending-selector', 'Unschedulable'],
			['pending-volume', 'Unschedulable'],
			['node-not-ready', 'Unschedulable'],
			['evicted', 'Evicted'],
			['rollout-stuck', 'ContainersNotReady'],
			['stateful-update-stuck', 'CrashLoopBackOff'],
			['job-failed', 'PodFailed'],
			['cron-job-failing', 'PodFailed'],
		];
		for (const [name, reason] of expected) expect([name, shown(name).includes(reason)]).toEqual([name, true]);
	});

	test('shows the faults that are not of pods', async () => {
		const {list, machine} = world();
		const conditions = (kind: 'Deployment' | 'HorizontalPodAutoscaler', namespace: string, name: string) =>
			(list(kind, namespace).find(({metadata}) => metadata.name === name)?.status?.conditions ?? []).map(
				({type, status, reason}) => `${type}=${status} ${reason}`,
			);
		expect(conditions('Deployment', 'broken-quota', 'quota-exceeded')).toContain('ReplicaFailure=True FailedCreate');
		expect(conditions('Deployment', 'broken-limits', 'limit-exceeded')).toContain('ReplicaFailure=True FailedCreate');
		expect(conditions('Deployment', 'broken', 'rollout-stuck')).toContain('Progressing=False ProgressDeadlineExceeded');
		expect(conditions('Deployment', 'broken', 'rollout-paused')).toContain('Progressing=Unknown DeploymentPaused');
		expect(conditions('HorizontalPodAutoscaler', 'broken', 'autoscaler-target-missing')).toEqual(['AbleToScale=False FailedGetScale']);
		expect(conditions('HorizontalPodAutoscaler', 'broken', 'autoscaler-no-requests')).toContain(
			'ScalingActive=False FailedGetResourceMetric',
		);
		expect(list('PodDisruptionBudget', 'broken').map(({status}) => status?.disruptionsAllowed)).toEqual([0]);
		expect(machine.get('Namespace', undefined, 'stuck-terminating')?.status).toMatchObject({phase: 'Terminating'});
		expect(machine.get('Endpoints', 'broken', 'service-selector-wrong')?.subsets).toBeUndefined();
		expect(machine.get('Endpoints', 'broken', 'target-port-unnamed')?.subsets).toBeUndefined();
		expect(machine.get('Secret', 'broken', 'absent-tls')).toBeUndefined();
		const ready = list('Node').map(
			({metadata, status}) => `${metadata.name} ${status?.conditions?.find(({type}) => type === 'Ready')?.status}`,
		);
		expect(ready).toContain('node-5 Unknown');
	});
});

describe('large', () => {
	const world = shared('large');

	test('has five thousand ready pods with plausible owners, and nothing stirs', async () => {
		const {list, clock} = world();
		const pods = list('Pod').filter(({metadata}) => !['kube-system', 'monitoring'].includes(metadata.namespace ?? ''));
		expect(pods).toHaveLength(5000);
		expect(pods.every(isReady)).toBe(true);
		expect(new Set(pods.map(({metadata}) => metadata.uid)).size).toBe(5000);
		const before = pods.map(({metadata}) => metadata.resourceVersion).join();
		await clock.advance(600_000);
		const after = list('Pod').filter(({metadata}) => !['kube-system', 'monitoring'].includes(metadata.namespace ?? ''));
		expect(after.map(({metadata}) => metadata.resourceVersion).join()).toBe(before);
	});

	test('a deleted pod of it is replaced', async () => {
		const {list, machine, clock} = world();
		const [first] = list('Pod', 'billing');
		machine.remove('Pod', 'billing', first?.metadata.name ?? '');
		await clock.advance(20_000);
		expect(list('Pod', 'billing').filter(isReady)).toHaveLength(250);
	});
});

test('the empty scenario has nodes, DNS and no namespace of yours', async () => {
	const {list, machine} = await started('empty');
	expect(list('Node')).toHaveLength(3);
	expect(machine.list('Namespace').map(({metadata}) => metadata.name)).toEqual([
		'default',
		'kube-node-lease',
		'kube-public',
		'kube-system',
		'monitoring',
	]);
});
