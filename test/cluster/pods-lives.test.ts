import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {Pod} from '../../src/sandbox/life/pod-shapes.ts';
import {at} from '../servers/questions.ts';
import {shop} from './in-shop.ts';
import {kubectlOn} from './kubectl.ts';
import {onePlane} from './one-plane.ts';
import {type PodStories, podStories} from './pod-stories.ts';

const kube = onePlane();
const kubectl = (words: string) => kubectlOn(kube.plane().kubeconfig)(words);

type Life = {readonly tag?: string; readonly container?: object; readonly spec?: object; readonly notes?: Readonly<Record<string, string>>};
const probe = {httpGet: {path: '/', port: 80}, periodSeconds: 1, failureThreshold: 2};
const podOf = ({tag = '1.0', container = {}, spec = {}, notes = {}}: Life) => ({
	metadata: {annotations: Object.fromEntries(Object.entries(notes).map(([name, value]) => [`sandbox.mkcoa.dev/${name}`, value]))},
	spec: {containers: [{name: 'main', image: `x:${tag}`, ports: [{containerPort: 80}], readinessProbe: probe, ...container}], ...spec},
});

/** By the pod's name. All begin at once. */
const lives: Readonly<Record<string, Life>> = {
	good: {},
	slow: {notes: {'start-seconds': '6'}},
	crash: {tag: '1.0-crash', notes: {'run-seconds': '1', 'back-off-seconds': '2'}},
	exits: {container: {readinessProbe: undefined}, notes: {'run-seconds': '1', 'exit-code': '3', 'back-off-seconds': '2'}},
	missing: {tag: '1.0-missing', notes: {'back-off-seconds': '2'}},
	private: {tag: '1.0-private'},
	oom: {tag: '1.0-oom', notes: {'run-seconds': '2', 'back-off-seconds': '2'}},
	unready: {tag: '1.0-unready'},
	hang: {container: {livenessProbe: probe}, notes: {'hang-seconds': '2'}},
	evicted: {tag: '1.0-evicted', notes: {'evict-seconds': '5'}},
	unconfigured: {container: {envFrom: [{configMapRef: {name: 'absent'}}]}},
	once: {container: {readinessProbe: undefined}, spec: {restartPolicy: 'Never'}, notes: {'run-seconds': '1'}},
	failed: {tag: '1.0-fail', container: {readinessProbe: undefined}, spec: {restartPolicy: 'Never'}},
	two: {
		tag: '1.0-crash',
		spec: {
			containers: [
				{name: 'main', image: 'x:1.0-crash'},
				{name: 'side', image: 'y:1.0'},
			],
		},
	},
	init: {
		spec: {
			initContainers: [
				{name: 'first', image: 'y:1.0'},
				{name: 'second', image: 'y:1.0-fail'},
			],
		},
		notes: {'back-off-seconds': '2'},
	},
};

let seen: PodStories;
/** Waits for a moment of a pod's life. */
async function until(name: string, isRight: (states: readonly string[], pod: Pod) => boolean) {
	await kube.eventually(shop.pods(name), () => seen.is(name, isRight));
	const {states, pod} = seen.of(name);
	return {states, pod, container: pod?.status?.containerStatuses?.[0]};
}
const eventsOf = async (name: string) => {
	const items = at(await kube.read(`/api/v1/namespaces/shop/events?fieldSelector=involvedObject.name%3D${name}`), 'items');
	return (Array.isArray(items) ? items : []).map(({type, reason, message}) => `${type} ${reason}: ${message}`);
};

beforeAll(async () => {
	seen = await podStories(kube.plane());
	for (const [name, life] of Object.entries(lives)) {
		const {metadata, spec} = podOf(life);
		await kube.create(shop.pods(), {apiVersion: 'v1', kind: 'Pod', metadata: {...metadata, name}, spec});
	}
});
afterAll(() => seen.close());
afterAll(() => {
	const said = readFileSync(join(kube.plane().folder, 'kubelet.log'), 'utf8').split('\n');
	// A busy server may have it send something again. What is indented belongs to the line before.
	expect(said.filter(line => /^\S/.test(line) && !line.includes(' is sent again: '))).toEqual([]);
});

/** That a life took this course. A status that is replaced before it could be sent is not seen, except for the last one. */
function expectCourse(states: readonly string[], course: readonly string[]) {
	const ahead = [...course];
	const seenOf = states.map(state => ahead.splice(0, ahead.indexOf(state) + 1).at(-1));
	expect(seenOf, `${states} on the course ${course}`).toEqual(states);
	expect(states.at(-1)).toBe(course.at(-1));
}

describe('a pod alone', () => {
	test('is pulled, started and ready', async () => {
		const {states} = await until('good', all => all.at(-1) === 'Running 0+');
		expectCourse(states, ['ContainerCreating 0', 'Running 0', 'Running 0+']);
		const reasons = (await eventsOf('good')).map(text => text.split(':')[0]);
		expect(reasons.toSorted()).toEqual(['Created', 'Pulled', 'Pulling', 'Scheduled', 'Started'].map(reason => `Normal ${reason}`));
	});

	test('starts slowly when it is told to', async () => {
		const {pod, container} = await until('slow', all => all.at(-1) === 'Running 0+');
		const readyAt = pod?.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime ?? '';
		const tookMs = Date.parse(readyAt) - Date.parse(container?.state.running?.startedAt ?? '');
		expect(tookMs).toBeGreaterThanOrEqual(5000);
	});

	test('crashes again and again, at once and then after growing pauses', async () => {
		const {states, container} = await until('crash', all => /^CrashLoopBackOff [2-9]/.test(all.at(-1) ?? ''));
		const later = [2, 3, 4, 5].flatMap(run => [`Running ${run}`, `Running ${run}+`, `Error ${run}`, `CrashLoopBackOff ${run}`]);
		const course = [
			'ContainerCreating 0',
			'Running 0',
			'Running 0+',
			'Error 0',
			'Running 1',
			'Running 1+',
			'Error 1',
			'CrashLoopBackOff 1',
			...later,
		];
		expectCourse(states, course.slice(0, course.indexOf(states.at(-1) ?? '') + 1));
		expect(container?.lastState.terminated).toMatchObject({exitCode: 1, reason: 'Error', startedAt: expect.any(String)});
		expect(container?.state.waiting?.message).toMatch(/^back-off (4|8|16|32)s restarting failed container=main pod=crash_shop\(/);
		expect(await eventsOf('crash')).toContainEqual(
			expect.stringMatching(/^Warning BackOff: Back-off restarting failed container main in pod crash_shop\(/),
		);
		expect((await kubectl('logs crash --previous')).out).toContain('panic: runtime error');
		const listed = async () => (await kubectl('get pod crash --no-headers')).out;
		await expect.poll(listed, {timeout: 40_000, interval: 500}).toMatch(/^crash\s+0\/1\s+CrashLoopBackOff\s+[2-9] \(\d+s ago\)/);
	});

	test.each([
		{name: 'exits', exitCode: 3, reason: 'Error', log: 'error: exit status 3'},
		{name: 'oom', exitCode: 137, reason: 'OOMKilled', log: 'cache warm-up'},
	])('$name ends with code $exitCode', async ({name, exitCode, reason, log}) => {
		const {container} = await until(name, all => all.some(state => state.startsWith('CrashLoopBackOff')));
		expect(container?.lastState.terminated).toMatchObject({exitCode, reason});
		expect((await kubectl(`logs ${name} --previous`)).out).toContain(log);
	});

	test('is not pulled, tried again, and told so', async () => {
		const {states, container} = await until('missing', all => all.filter(state => state === 'ImagePullBackOff 0').length >= 2);
		expect(states).toContain('ErrImagePull 0');
		expect(states.filter(state => !['ContainerCreating 0', 'ErrImagePull 0', 'ImagePullBackOff 0'].includes(state))).toEqual([]);
		expect(container).toMatchObject({imageID: '', started: false});
		const events = await eventsOf('missing');
		expect(events).toContainEqual(
			expect.stringMatching(/^Warning Failed: Failed to pull image "x:1\.0-missing": rpc error: code = NotFound/),
		);
		expect(events).toContain('Warning Failed: Error: ErrImagePull');
		expect(events).toContain('Normal BackOff: Back-off pulling image "x:1.0-missing"');
		expect(events).toContain('Warning Failed: Error: ImagePullBackOff');
	});

	test('needs a password for its image', async () => {
		const {container} = await until('private', all => all.includes('ImagePullBackOff 0'));
		expect(container?.state.waiting?.message).toContain('401 Unauthorized');
	});

	test('fails its readiness probe and is not restarted', async () => {
		await kube.eventually(
			'/api/v1/namespaces/shop/events?fieldSelector=involvedObject.name%3Dunready,reason%3DUnhealthy',
			list => at(list, 'items', 0) !== undefined,
		);
		const {states, pod} = await until('unready', all => all.at(-1) === 'Running 0');
		expectCourse(states, ['ContainerCreating 0', 'Running 0']);
		expect(pod?.status?.conditions).toContainEqual(
			expect.objectContaining({
				type: 'Ready',
				status: 'False',
				reason: 'ContainersNotReady',
				message: 'containers with unready status: [main]',
			}),
		);
		expect(await eventsOf('unready')).toContain('Warning Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503');
	});

	test('hangs, and its liveness probe has it restarted', async () => {
		const {container} = await until('hang', all => all.some(state => state.startsWith('Running 1')));
		expect(container?.lastState.terminated).toMatchObject({exitCode: 137, reason: 'Error'});
		const events = await eventsOf('hang');
		expect(events).toContainEqual(expect.stringMatching(/^Warning Unhealthy: Liveness probe failed: .*context deadline exceeded/));
		expect(events).toContain('Normal Killing: Container main failed liveness probe, will be restarted');
	});

	test('is evicted from a node without room', async () => {
		const {pod} = await until('evicted', (_, {status}) => status?.phase === 'Failed');
		const message = expect.stringMatching(/^The node was low on resource: ephemeral-storage\./);
		expect(pod?.status).toMatchObject({reason: 'Evicted', message});
		expect(pod?.status?.conditions).toContainEqual(
			expect.objectContaining({type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message}),
		);
		expect(await eventsOf('evicted')).toContainEqual(expect.stringMatching(/^Warning Evicted: The node was low on resource/));
		expect((await kubectl('get pod evicted --no-headers')).out).toMatch(/^evicted\s+0\/1\s+Error/);
	});

	test('waits for the ConfigMap that it needs', async () => {
		const {states} = await until('unconfigured', all => all.includes('CreateContainerConfigError 0'));
		expect(states).not.toContain('Running 0');
		expect(await eventsOf('unconfigured')).toContain('Warning Failed: Error: configmap "absent" not found');
	});

	test.each([
		{name: 'once', phase: 'Succeeded', reason: 'PodCompleted', exitCode: 0},
		{name: 'failed', phase: 'Failed', reason: 'PodFailed', exitCode: 1},
	])('$name ends as $phase', async ({name, phase, reason, exitCode}) => {
		const {pod, container} = await until(name, (_, {status}) => status?.phase === phase);
		expect(container?.state.terminated?.exitCode).toBe(exitCode);
		expect(pod?.status?.conditions).toContainEqual(expect.objectContaining({type: 'Ready', status: 'False', reason}));
	});

	test('with two containers has one of them crash', async () => {
		const {pod} = await until('two', all => all.includes('CrashLoopBackOff 1'));
		expect(pod?.status?.containerStatuses?.map(({name, ready, restartCount}) => ({name, ready, restarts: restartCount > 0}))).toEqual([
			{name: 'main', ready: false, restarts: true},
			{name: 'side', ready: true, restarts: false},
		]);
		expect(pod?.status?.phase).toBe('Running');
	});

	test('stays behind an init container that fails', async () => {
		const {pod} = await until('init', (_, {status}) => status?.initContainerStatuses?.[1]?.state.waiting?.reason === 'CrashLoopBackOff');
		expect(pod?.status?.initContainerStatuses).toMatchObject([
			{name: 'first', ready: true, state: {terminated: {exitCode: 0, reason: 'Completed'}}},
			{name: 'second', ready: false, lastState: {terminated: {exitCode: 1}}},
		]);
		expect(pod?.status).toMatchObject({phase: 'Pending', containerStatuses: [{state: {waiting: {reason: 'PodInitializing'}}}]});
		// It may have been tried again meanwhile.
		await vi.waitFor(async () => expect((await kubectl('get pod init --no-headers')).out).toContain('Init:CrashLoopBackOff'), 30_000);
	});
});

describe('a Deployment', () => {
	const deployment = (name: string, life: Life, replicas = 2) => {
		const {metadata, spec} = podOf(life);
		return {
			...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name}},
			spec: {replicas, selector: {matchLabels: {app: name}}, template: {metadata: {...metadata, labels: {app: name}}, spec}},
		};
	};
	const isServing = (count: number) => (object: unknown) =>
		at(object, 'status', 'observedGeneration') === at(object, 'metadata', 'generation') &&
		['replicas', 'updatedReplicas', 'availableReplicas'].every(field => at(object, 'status', field) === count);

	test.concurrent.each([
		{what: 'by the same image and an annotation', bad: {notes: {ready: 'never'}}},
		{what: 'by its image', bad: {tag: '2.0-missing'}},
	])('has a bad version $what, which stalls until it is undone', async ({bad}) => {
		const name = bad.tag === undefined ? 'noted' : 'tagged';
		await kube.create(shop.deployments(), deployment(name, {}));
		await kube.eventually(shop.deployments(name), isServing(2));
		await kube.merge(shop.deployments(name), {spec: {template: deployment(name, bad).spec.template}});
		await kube.eventually(
			shop.deployments(name),
			object => at(object, 'status', 'unavailableReplicas') === 1 && at(object, 'status', 'updatedReplicas') === 1,
		);
		const {code, err} = await kubectl(`rollout status deployment/${name} --timeout=4s`);
		expect({code, err}).toEqual({code: 1, err: expect.stringContaining('timed out waiting for the condition')});
		expect(at(await kube.read(shop.deployments(name)), 'status', 'availableReplicas')).toBe(2);
		await kubectl(`rollout undo deployment/${name}`);
		await kube.eventually(shop.deployments(name), isServing(2));
	});

	test('leaves a node that is not ready, and the node comes back', async () => {
		const away = ['not-ready', 'unreachable'].map(key => ({
			...{key: `node.kubernetes.io/${key}`, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 1},
		}));
		await kube.create(shop.deployments(), deployment('moved', {spec: {tolerations: away}}, 1));
		await kube.eventually(shop.deployments('moved'), isServing(1));
		const first = await kube.read(`${shop.pods()}?labelSelector=app%3Dmoved`);
		const [pod, node] = [at(first, 'items', 0, 'metadata', 'name'), String(at(first, 'items', 0, 'spec', 'nodeName'))];
		const mark = (value: string | null) =>
			kube.merge(`/api/v1/nodes/${node}`, {metadata: {annotations: {'sandbox.mkcoa.dev/not-ready': value}}});
		await mark('true');
		await kube.eventually(`/api/v1/nodes/${node}`, object => JSON.stringify(object).includes('"reason":"KubeletNotReady"'));
		expect((await kubectl('get nodes --no-headers')).out).toMatch(new RegExp(`^${node}\\s+NotReady`, 'm'));
		await kube.gone(shop.pods(String(pod)));
		expect(await eventsOf(String(pod))).toContainEqual(expect.stringMatching(/^Normal TaintManagerEviction: /));
		await kube.eventually(shop.deployments('moved'), isServing(1));
		const second = await kube.read(`${shop.pods()}?labelSelector=app%3Dmoved`);
		expect(at(second, 'items', 0, 'spec', 'nodeName')).not.toBe(node);
		await mark(null);
		await kube.eventually(`/api/v1/nodes/${node}`, object => at(object, 'spec', 'taints') === undefined);
		expect((await kubectl('get nodes --no-headers')).out).not.toContain('NotReady');
	});
});
