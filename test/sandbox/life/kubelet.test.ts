import {describe, expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {sandboxWorld} from '../../support/sandbox-world.ts';

const image = (tag: string) => `registry.example/team/app:${tag}`;
const pod = (
	tag: string,
	{container = {}, spec = {}, annotations = {}}: {container?: JsonObject; spec?: JsonObject; annotations?: JsonObject} = {},
): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'one', namespace: 'app', annotations: {...(annotations as Record<string, string>)}},
	spec: {
		containers: [
			{
				name: 'app',
				image: image(tag),
				ports: [{name: 'http', containerPort: 8080}],
				readinessProbe: {httpGet: {path: '/', port: 'http'}},
				...container,
			},
		],
		...spec,
	},
});

async function lived(object: KubeObject, seconds: number, others: readonly KubeObject[] = []) {
	const world = await sandboxWorld();
	await world.create(...others, object);
	await world.advance(seconds);
	const {status} = world.get('Pod', 'one');
	return {world, status, container: status?.containerStatuses?.[0], events: world.events('one')};
}

test('an ordinary pod is scheduled, pulled, started and ready, in that order', async () => {
	const {status, container, events} = await lived(pod('1.0'), 10);
	expect(status?.phase).toBe('Running');
	expect(status?.podIP).toMatch(/^10\.244\./);
	expect(status?.conditions?.map(({type, status}) => `${type}=${status}`)).toEqual([
		'PodScheduled=True',
		'PodReadyToStartContainers=True',
		'Initialized=True',
		'Ready=True',
		'ContainersReady=True',
	]);
	expect(container).toMatchObject({ready: true, started: true, restartCount: 0, image: image('1.0'), lastState: {}});
	expect(container?.imageID).toMatch(/^registry\.example\/team\/app@sha256:[0-9a-f]{64}$/);
	expect(events.map(text => text.split(' ')[1])).toEqual(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);
});

test('a pod is not ready before its probe could have succeeded', async () => {
	const {world, status} = await lived(pod('1.0-slow'), 30);
	expect(status?.conditions).toContainEqual(
		expect.objectContaining({
			type: 'Ready',
			status: 'False',
			reason: 'ContainersNotReady',
			message: 'containers with unready status: [app]',
		}),
	);
	await world.advance(40);
	expect(world.get('Pod', 'one').status?.containerStatuses?.[0]?.ready).toBe(true);
});

test('a crashing container backs off longer each time, up to five minutes', async () => {
	const {world, container, events} = await lived(pod('1.0-crash'), 60);
	expect(container).toMatchObject({
		ready: false,
		state: {
			waiting: {reason: 'CrashLoopBackOff', message: expect.stringMatching(/^back-off 40s restarting failed container=app pod=one_app\(/)},
		},
		lastState: {terminated: {exitCode: 1, reason: 'Error'}},
		restartCount: 3,
	});
	expect(events).toContainEqual(
		expect.stringMatching(/^Warning BackOff Back-off restarting failed container app in pod one_app\(.*\) \(x3\)$/),
	);
	await world.advance(3600);
	expect(world.get('Pod', 'one').status?.containerStatuses?.[0]?.state.waiting?.message).toMatch(/^back-off 5m0s /);
});

const pulls: readonly (readonly [string, JsonObject, string])[] = [
	[
		'a tag that is not there',
		{image: image('2.0-missing')},
		`rpc error: code = NotFound desc = failed to pull and unpack image "${image('2.0-missing')}"`,
	],
	[
		'a registry without an address',
		{image: 'registry.nowhere.invalid/app:1'},
		'dial tcp: lookup registry.nowhere.invalid on 10.96.0.10:53: no such host',
	],
	['a registry that wants a password', {image: image('1.0-private')}, '401 Unauthorized'],
];
test.each(pulls)('the pull of %s fails with its message, then backs off', async (_, container, message) => {
	const {world, container: first, events} = await lived(pod('', {container}), 3);
	expect(first?.state.waiting?.reason).toBe('ErrImagePull');
	expect(first?.state.waiting?.message).toContain(message);
	expect(events).toContainEqual(expect.stringContaining('Warning Failed Failed to pull image'));
	await world.advance(10);
	expect(world.get('Pod', 'one').status?.containerStatuses?.[0]?.state.waiting?.reason).toBe('ImagePullBackOff');
	expect(world.get('Pod', 'one').status?.phase).toBe('Pending');
});

const config = (from: JsonObject) => pod('1.0', {container: {env: [{name: 'X', valueFrom: from}]}});
const map = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings', namespace: 'app'}, data: {a: '1'}};
const missing: readonly (readonly [string, JsonObject])[] = [
	['configmap "absent" not found', {configMapKeyRef: {name: 'absent', key: 'a'}}],
	["couldn't find key b in ConfigMap app/settings", {configMapKeyRef: {name: 'settings', key: 'b'}}],
	['secret "absent" not found', {secretKeyRef: {name: 'absent', key: 'a'}}],
];
test.each(missing)('a container waits with the words: %s', async (message, from) => {
	const {container, events} = await lived(config(from), 5, [map]);
	expect(container?.state.waiting).toEqual({reason: 'CreateContainerConfigError', message});
	expect(events).toContain(`Warning Failed Error: ${message}`);
});

test('what was missing and comes later lets the container start', async () => {
	const {world} = await lived(config({configMapKeyRef: {name: 'late', key: 'a'}}), 5);
	await world.create({...map, metadata: {name: 'late', namespace: 'app'}});
	await world.advance(60);
	expect(world.get('Pod', 'one').status?.containerStatuses?.[0]?.ready).toBe(true);
});

test('an optional reference is not missed', async () => {
	const {container} = await lived(config({configMapKeyRef: {name: 'absent', key: 'a', optional: true}}), 10);
	expect(container?.ready).toBe(true);
});

test('a volume of an absent ConfigMap keeps the pod in ContainerCreating', async () => {
	const {container, events} = await lived(pod('1.0', {spec: {volumes: [{name: 'files', configMap: {name: 'absent'}}]}}), 5);
	expect(container?.state.waiting?.reason).toBe('ContainerCreating');
	expect(events).toContain('Warning FailedMount MountVolume.SetUp failed for volume "files" : configmap "absent" not found');
});

test('out of memory is exit code 137 with its reason', async () => {
	const {container} = await lived(pod('1.0-oom'), 25);
	expect(container?.lastState.terminated).toMatchObject({exitCode: 137, reason: 'OOMKilled'});
});

test('a failing readiness probe is told in events and nothing restarts', async () => {
	const {container, events} = await lived(pod('1.0-unready'), 130);
	expect(container).toMatchObject({ready: false, restartCount: 0});
	expect(events).toContain('Warning Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 503 (x7)');
});

test('an evicted pod has failed, says why, and keeps how its containers ended', async () => {
	const {status, container, events} = await lived(pod('1.0-evicted'), 30);
	const message = expect.stringMatching(/^The node was low on resource: ephemeral-storage\. .* Container app was using 12Gi/);
	expect(status).toMatchObject({phase: 'Failed', reason: 'Evicted', message});
	expect(status?.conditions).toContainEqual(
		expect.objectContaining({type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message}),
	);
	expect(status?.conditions).toContainEqual(expect.objectContaining({type: 'Ready', status: 'False', reason: 'PodFailed'}));
	expect(container).toMatchObject({ready: false, restartCount: 0, state: {terminated: {exitCode: 137}}});
	expect(events.slice(-2).map(text => text.split(' ')[1])).toEqual(['Evicted', 'Killing']);
});

test('a container that crashed is seen as ended before it is started again', async () => {
	const world = await sandboxWorld();
	await world.create(pod('1.0-crash', {container: {readinessProbe: undefined}}));
	const states: string[] = [];
	for (let second = 0; second < 24; second += 0.5) {
		await world.advance(0.5);
		const status = world.get('Pod', 'one').status?.containerStatuses?.[0];
		const {waiting, terminated} = status?.state ?? {};
		const last = status?.lastState.terminated === undefined ? '' : ' after another';
		const state = `${waiting?.reason ?? terminated?.reason ?? 'Running'} ${status?.restartCount}${last}`;
		if (status !== undefined && states.at(-1) !== state) states.push(state);
	}
	expect(states).toEqual([
		...['ContainerCreating 0', 'Running 0', 'Error 0', 'Running 1 after another', 'Error 1 after another'],
		...['CrashLoopBackOff 1 after another', 'Running 2 after another', 'Error 2 after another', 'CrashLoopBackOff 2 after another'],
	]);
});

test('pauses between restarts begin with what the annotation says', async () => {
	const annotations = {'sandbox.mkcoa.dev/back-off-seconds': '1', 'sandbox.mkcoa.dev/run-seconds': '1'};
	const {container} = await lived(pod('1.0-oom', {annotations}), 20);
	expect(container?.restartCount).toBeGreaterThanOrEqual(4);
	expect(container?.lastState.terminated).toMatchObject({exitCode: 137, reason: 'OOMKilled'});
});

test('a container that hangs is killed by its liveness probe after its time and its failures', async () => {
	const livenessProbe = {httpGet: {path: '/', port: 'http'}, periodSeconds: 1, failureThreshold: 2};
	const annotations = {'sandbox.mkcoa.dev/hang-seconds': '5'};
	const {container, events} = await lived(pod('1.0', {annotations, container: {livenessProbe}}), 12);
	expect(container).toMatchObject({restartCount: 1, lastState: {terminated: {exitCode: 137, reason: 'Error'}}});
	expect(events).toContain('Normal Killing Container app failed liveness probe, will be restarted');
});

test('an init container is ready when it has ended', async () => {
	const init = {name: 'init', image: image('1.0')};
	const spec = {initContainers: [init]};
	const annotations = {'sandbox.mkcoa.dev/run-seconds': '20'};
	const running = await lived(pod('1.0', {spec, annotations}), 10);
	expect(running.status?.initContainerStatuses).toMatchObject([{ready: false, state: {running: {}}}]);
	expect(running.status?.conditions).toContainEqual(
		expect.objectContaining({type: 'Initialized', status: 'False', message: 'containers with incomplete status: [init]'}),
	);
	const done = await lived(pod('1.0', {spec}), 10);
	expect(done.status?.initContainerStatuses).toMatchObject([{ready: true, state: {terminated: {reason: 'Completed'}}}]);
});

test('a readiness probe on a port that is not open is refused there', async () => {
	const {status, events} = await lived(pod('1.0', {container: {readinessProbe: {httpGet: {path: '/', port: 9999}}}}), 70);
	expect(events.at(-1)).toContain(`dial tcp ${status?.podIP}:9999: connect: connection refused`);
});

test('a failing liveness probe restarts the container', async () => {
	const {container, events} = await lived(pod('1.0-hang', {container: {livenessProbe: {httpGet: {path: '/', port: 'http'}}}}), 90);
	expect(container).toMatchObject({restartCount: 1, lastState: {terminated: {exitCode: 137}}});
	expect(events).toContain('Normal Killing Container app failed liveness probe, will be restarted');
});

test('init containers go first, and a failing one holds the others', async () => {
	const init = [{name: 'migrate', image: image('1.0-fail')}];
	const {status} = await lived(pod('1.0', {spec: {initContainers: init}}), 30);
	expect(status?.phase).toBe('Pending');
	expect(status?.initContainerStatuses?.[0]?.state.waiting?.reason).toBe('CrashLoopBackOff');
	expect(status?.containerStatuses?.[0]?.state.waiting?.reason).toBe('PodInitializing');
	expect(status?.conditions).toContainEqual(
		expect.objectContaining({type: 'Initialized', status: 'False', message: 'containers with incomplete status: [migrate]'}),
	);
});

test('after its init container has succeeded a pod runs', async () => {
	const {status} = await lived(pod('1.0', {spec: {initContainers: [{name: 'migrate', image: image('1.0')}]}}), 30);
	expect(status?.initContainerStatuses?.[0]?.state.terminated).toMatchObject({exitCode: 0, reason: 'Completed'});
	expect(status?.phase).toBe('Running');
});

test.each([
	['Never', '1.0', 'Succeeded', 0],
	['Never', '1.0-fail', 'Failed', 0],
	['OnFailure', '1.0', 'Succeeded', 0],
	['OnFailure', '1.0-fail', 'Running', 3],
])('with restart policy %s an image %s ends as %s', async (restartPolicy, tag, phase, restarts) => {
	const {status, container} = await lived(pod(tag, {spec: {restartPolicy}}), 60);
	expect(status?.phase).toBe(phase);
	expect(container?.restartCount).toBe(restarts);
});

test('annotations of a pod win over its image', async () => {
	const {container} = await lived(
		pod('1.0-crash', {
			annotations: {'sandbox.mkcoa.dev/run-seconds': '7', 'sandbox.mkcoa.dev/exit-code': '3'},
			spec: {restartPolicy: 'Never'},
		}),
		20,
	);
	expect(container?.state.terminated).toMatchObject({exitCode: 3, reason: 'Error'});
});

test('a deleted pod stops gracefully and then is gone', async () => {
	const {world} = await lived(pod('1.0'), 10);
	world.machine.remove('Pod', 'app', 'one');
	await world.advance(1);
	expect(world.get('Pod', 'one').metadata.deletionTimestamp).toBeDefined();
	expect(world.events('one')).toContain('Normal Killing Stopping container app');
	await world.advance(2);
	expect(world.list('Pod')).toEqual([]);
});

test('an image that the node has is not pulled again', async () => {
	const {world} = await lived(pod('1.0', {spec: {nodeName: 'node-1'}}), 10);
	const {metadata, ...rest} = pod('1.0', {spec: {nodeName: 'node-1'}});
	await world.create({...rest, apiVersion: 'v1', kind: 'Pod', metadata: {...metadata, name: 'two'}});
	await world.advance(5);
	expect(world.events('two')[0]).toBe(`Normal Pulled Container image "${image('1.0')}" already present on machine`);
});

describe('logs', () => {
	const logs = async (tag: string, seconds: number, query: string) => {
		const {world} = await lived(pod(tag), seconds);
		const response = await fetch(`${world.url}/api/v1/namespaces/app/pods/one/log?${query}`, {headers: {authorization: 'Bearer admin'}});
		return {code: response.status, text: await response.text()};
	};
	test('a serving container logs its start and each access', async () => {
		const {text} = await logs('1.0', 30, '');
		const lines = text.trimEnd().split('\n');
		expect(lines.slice(0, 2)).toEqual(['INFO starting app version=1.0 pid=1', 'INFO listening on :8080']);
		expect(lines[2]).toMatch(/^10\.244\.\d+\.\d+ - - \[2026-01-01T12:00:\d\d\.\d+Z\] "GET \S+ HTTP\/1\.1" (200|404) \d+ \d+ms$/);
		expect(lines).toHaveLength(2 + 27);
	});

	test('the tail is as long as asked, and can carry times', async () => {
		const {text} = await logs('1.0', 30, 'tailLines=2&timestamps=true');
		expect(
			text
				.trimEnd()
				.split('\n')
				.map(line => line.slice(0, 20)),
		).toEqual(['2026-01-01T12:00:28.', '2026-01-01T12:00:29.']);
	});

	test('lines are bounded, however long a container has run', async () => {
		const {text} = await logs('1.0', 86_400, '');
		expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(2000);
	});

	test('a bad version logs errors with their stack', async () => {
		const {text} = await logs('1.0-bad', 200, '');
		expect(text).toContain(
			"ERROR request failed: TypeError: Cannot read properties of undefined (reading 'currency')\n    at priceOf (/app/src/price.js:41:23)",
		);
		expect(text).toMatch(/HTTP\/1\.1" 500 21/);
	});

	test('the previous run of a crashed container ends with its panic', async () => {
		const {text} = await logs('1.0-crash', 60, 'previous=true');
		expect(text.trimEnd().split('\n').at(-1)).toBe('\t/src/main.go:31 +0x1d9');
	});

	test('a container that never started has no logs, and the refusal says why', async () => {
		expect(await logs('2.0-missing', 20, '')).toMatchObject({
			code: 400,
			text: expect.stringContaining('is waiting to start: trying and failing to pull image'),
		});
	});

	test('a container that never ended has no previous logs', async () => {
		expect(await logs('1.0', 20, 'previous=true')).toMatchObject({
			code: 400,
			text: expect.stringContaining('previous terminated container \\"app\\" in pod \\"one\\" not found'),
		});
	});
});
