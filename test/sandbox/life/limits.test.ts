import {describe, expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {autoscaler, disruptionBudget, limitRange, quota, service} from '../../../src/sandbox/scenarios/objects.ts';
import {deployment} from '../../../src/sandbox/scenarios/workloads.ts';
import {type SandboxWorld, sandboxWorld} from '../../support/sandbox-world.ts';

const web = (more: JsonObject = {}) =>
	deployment({
		namespace: 'app',
		name: 'web',
		image: 'registry.example/team/web:1.0',
		replicas: 3,
		port: 8080,
		cpu: '100m/1',
		memory: '128Mi/256Mi',
		...more,
	});

const evict = (world: SandboxWorld, name: string, deleteOptions: JsonObject = {}) =>
	fetch(`${world.url}/api/v1/namespaces/app/pods/${name}/eviction`, {
		method: 'POST',
		headers: {authorization: 'Bearer admin', 'content-type': 'application/json'},
		body: JSON.stringify({apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name, namespace: 'app'}, deleteOptions}),
	});

describe('PodDisruptionBudget', () => {
	const budgets: readonly (readonly [JsonObject, number, number])[] = [
		[{minAvailable: 2}, 2, 1],
		[{minAvailable: '50%'}, 2, 1],
		[{maxUnavailable: 1}, 2, 1],
		[{maxUnavailable: '34%'}, 1, 2],
		[{maxUnavailable: 0}, 3, 0],
		[{minAvailable: 3}, 3, 0],
	];
	test.each(budgets)('%j of three pods wants %i healthy and allows %i to go', async (limit, desiredHealthy, disruptionsAllowed) => {
		const world = await sandboxWorld({objects: [web(), disruptionBudget('app', 'web', limit)]});
		await world.advance(20);
		expect(world.get('PodDisruptionBudget', 'web').status).toMatchObject({
			expectedPods: 3,
			currentHealthy: 3,
			desiredHealthy,
			disruptionsAllowed,
		});
	});

	test('refuses an eviction beyond the budget in the words of the API server', async () => {
		const world = await sandboxWorld({objects: [web(), disruptionBudget('app', 'web', {minAvailable: 2})]});
		await world.advance(20);
		const [first, second] = world.list('Pod').map(({metadata}) => metadata.name);
		expect((await evict(world, first ?? '')).status).toBe(201);
		const refused = await evict(world, second ?? '');
		expect(refused.status).toBe(429);
		expect(await refused.json()).toMatchObject({
			reason: 'TooManyRequests',
			message: "Cannot evict pod as it would violate the pod's disruption budget.",
			details: {causes: [{reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 2 currently'}]},
		});
		await world.advance(20);
		expect((await evict(world, second ?? '')).status).toBe(201);
	});

	test('a dry run takes nothing from the budget', async () => {
		const world = await sandboxWorld({objects: [web(), disruptionBudget('app', 'web', {minAvailable: 2})]});
		await world.advance(20);
		const [first] = world.list('Pod').map(({metadata}) => metadata.name);
		expect((await evict(world, first ?? '', {dryRun: ['All']})).status).toBe(201);
		expect(world.get('PodDisruptionBudget', 'web').status?.disruptionsAllowed).toBe(1);
		expect((await evict(world, first ?? '')).status).toBe(201);
	});

	test('a pod without a budget may be evicted', async () => {
		const world = await sandboxWorld({objects: [web()]});
		await world.advance(20);
		expect((await evict(world, world.list('Pod')[0]?.metadata.name ?? '')).status).toBe(201);
	});
});

describe('ResourceQuota', () => {
	test('says what is used', async () => {
		const world = await sandboxWorld({
			objects: [quota('app', 'all', {pods: '10', 'requests.cpu': '2', 'limits.memory': '4Gi', configmaps: '5'}), web()],
		});
		await world.advance(20);
		expect(world.get('ResourceQuota', 'all').status).toEqual({
			hard: {pods: '10', 'requests.cpu': '2', 'limits.memory': '4Gi', configmaps: '5'},
			used: {pods: '3', 'requests.cpu': '300m', 'limits.memory': '768Mi', configmaps: '1'},
		});
	});

	test('refuses what is over it, and the deployment says why', async () => {
		const world = await sandboxWorld({objects: [quota('app', 'all', {'requests.cpu': '200m'}), web()]});
		await world.advance(5);
		expect(world.list('Pod')).toHaveLength(2);
		const failure = world.get('Deployment', 'web').status?.conditions?.find(({type}) => type === 'ReplicaFailure');
		expect(failure).toMatchObject({status: 'True', reason: 'FailedCreate'});
		expect(failure?.message).toMatch(
			/^pods "web-\w+-\w+" is forbidden: exceeded quota: all, requested: requests\.cpu=100m, used: requests\.cpu=200m, limited: requests\.cpu=200m$/,
		);
		expect(world.events(world.list('ReplicaSet')[0]?.metadata.name ?? '')).toContainEqual(
			expect.stringMatching(/^Warning FailedCreate Error creating: pods /),
		);
	});

	test('a larger quota lets the waiting pods in at once', async () => {
		const world = await sandboxWorld({objects: [quota('app', 'all', {pods: '1'}), web()]});
		await world.advance(200);
		await world.change('ResourceQuota', 'all', found => ({...found, spec: {hard: {pods: '5'}}}));
		await world.advance(20);
		expect(world.get('Deployment', 'web').status?.readyReplicas).toBe(3);
		expect(world.conditions(world.get('Deployment', 'web'))).not.toContain('ReplicaFailure=True FailedCreate');
	});

	test('wants requests declared when it limits them', async () => {
		const world = await sandboxWorld({objects: [quota('app', 'all', {'requests.cpu': '2'})]});
		const bare = {
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: 'bare', namespace: 'app'},
			spec: {containers: [{name: 'a', image: 'a:1'}]},
		};
		expect(() => world.machine.create(bare)).toThrow('pods "bare" is forbidden: failed quota: all: must specify requests.cpu');
	});
});

describe('LimitRange', () => {
	const range = limitRange('app', 'sizes', {default: {cpu: '500m', memory: '256Mi'}, defaultRequest: {cpu: '50m'}, max: {memory: '1Gi'}});
	const pod = (resources: JsonObject) => ({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'one', namespace: 'app'},
		spec: {containers: [{name: 'a', image: 'a:1', resources}]},
	});

	test('fills in what a container leaves out', async () => {
		const world = await sandboxWorld({objects: [range]});
		await world.create(pod({}));
		expect(world.get('Pod', 'one').spec.containers[0]?.resources).toMatchObject({
			limits: {cpu: '500m', memory: '256Mi'},
			requests: {cpu: '50m'},
		});
	});

	test('refuses what is too large', async () => {
		const world = await sandboxWorld({objects: [range]});
		expect(() => world.machine.create(pod({limits: {memory: '2Gi'}}))).toThrow(
			'pods "one" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi',
		);
	});
});

describe('HorizontalPodAutoscaler', () => {
	const busy = (requestsPerSecond: number) => service({namespace: 'app', name: 'web', requestsPerSecond, cpuSecondsPerRequest: 0.01});

	test('grows with the load and writes the scale', async () => {
		const world = await sandboxWorld({objects: [web({replicas: 2}), busy(60), autoscaler('app', 'web', 'web', [2, 10], 70)]});
		await world.advance(300);
		const {replicas = 0} = world.get('Deployment', 'web').spec;
		expect(replicas).toBeGreaterThanOrEqual(8);
		expect(world.get('HorizontalPodAutoscaler', 'web').status).toMatchObject({
			currentReplicas: replicas,
			desiredReplicas: replicas,
			lastScaleTime: expect.any(String),
		});
		expect(world.conditions(world.get('HorizontalPodAutoscaler', 'web'))).toEqual(
			expect.arrayContaining(['AbleToScale=True ReadyForNewScale', 'ScalingActive=True ValidMetricFound']),
		);
		expect(world.events('web')).toContainEqual(
			expect.stringMatching(
				/^Normal SuccessfulRescale New size: 4; reason: cpu resource utilization \(percentage of request\) above target$/,
			),
		);
	});

	test('shrinks only after five quiet minutes', async () => {
		const world = await sandboxWorld({objects: [web({replicas: 6}), busy(6), autoscaler('app', 'web', 'web', [2, 10], 70)]});
		await world.advance(240);
		const before = world.get('Deployment', 'web').spec.replicas;
		await world.advance(600);
		expect([before, world.get('Deployment', 'web').spec.replicas]).toEqual([6, 2]);
	});

	test('says that its maximum holds it', async () => {
		const world = await sandboxWorld({objects: [web({replicas: 2}), busy(60), autoscaler('app', 'web', 'web', [2, 3], 70)]});
		await world.advance(300);
		expect(world.get('Deployment', 'web').spec.replicas).toBe(3);
		expect(world.conditions(world.get('HorizontalPodAutoscaler', 'web'))).toContain('ScalingLimited=True TooManyReplicas');
	});

	test('without requests there is no percentage', async () => {
		const world = await sandboxWorld({objects: [web({cpu: undefined}), autoscaler('app', 'web', 'web', [2, 10], 70)]});
		await world.advance(60);
		expect(world.conditions(world.get('HorizontalPodAutoscaler', 'web'))).toContain('ScalingActive=False FailedGetResourceMetric');
	});

	test('without a target it cannot scale', async () => {
		const world = await sandboxWorld({objects: [autoscaler('app', 'web', 'absent', [2, 10], 70)]});
		await world.advance(20);
		expect(world.conditions(world.get('HorizontalPodAutoscaler', 'web'))).toEqual(['AbleToScale=False FailedGetScale']);
	});
});
