import {describe, expect, test} from 'vitest';
import {nextRun} from '../../../src/core/cron-schedule.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {inDeletionOrder} from '../../../src/sandbox/life/controllers/pod-deletion-order.ts';
import type {Pod} from '../../../src/sandbox/life/pod-shapes.ts';
import {cronJob, daemonSet, job, statefulSet} from '../../../src/sandbox/scenarios/workloads.ts';
import {sandboxWorld} from '../../support/sandbox-world.ts';

const image = (tag: string) => `registry.example/team/app:${tag}`;
const names = (pods: readonly KubeObject[]) => pods.map(({metadata}) => metadata.name).sort();

describe('ReplicaSet', () => {
	const pod = (
		name: string,
		{
			node = 'n1',
			ready = true,
			phase = 'Running',
			readyAt = '2026-01-01T00:00:00Z',
			restarts = 0,
			cost = '',
			created = '2026-01-01T00:00:00Z',
		} = {},
	): Pod => ({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name,
			creationTimestamp: created,
			...(cost === '' ? {} : {annotations: {'controller.kubernetes.io/pod-deletion-cost': cost}}),
		},
		spec: {containers: [], ...(node === '' ? {} : {nodeName: node})},
		status: {
			phase,
			conditions: [{type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: readyAt}],
			containerStatuses: [{name: 'a', image: '', imageID: '', ready, restartCount: restarts, state: {}, lastState: {}}],
		},
	});
	const rows: readonly (readonly [string, Pod, Pod])[] = [
		['without a node', pod('first', {node: ''}), pod('second')],
		['pending', pod('first', {phase: 'Pending', node: 'n2'}), pod('second')],
		['not ready', pod('first', {ready: false, node: 'n2'}), pod('second')],
		['cheaper to delete', pod('first', {cost: '-5', node: 'n2'}), pod('second', {cost: '10'})],
		['ready for less time', pod('first', {readyAt: '2026-01-02T00:00:00Z', node: 'n2'}), pod('second')],
		['restarted more often', pod('first', {restarts: 4, node: 'n2'}), pod('second')],
		['younger', pod('first', {created: '2026-01-02T00:00:00Z', node: 'n2'}), pod('second')],
	];
	test.each(rows)('gives up first the pod that is %s', (_, first, second) => {
		expect(names(inDeletionOrder([second, first]).slice(0, 1))).toEqual(['first']);
	});

	test('gives up first a pod that shares its node with another', () => {
		const order = inDeletionOrder([pod('alone', {node: 'n2'}), pod('one'), pod('two')]);
		expect(order.at(-1)?.metadata.name).toBe('alone');
	});
});

describe('StatefulSet', () => {
	const set = (tag: string, replicas = 3, spec: JsonObject = {}) => {
		const made = statefulSet({namespace: 'app', name: 'db', image: image(tag), replicas, port: 8080, storage: '1Gi'});
		return {...made, spec: {...Object(made.spec), ...spec}};
	};
	const standard = {
		apiVersion: 'storage.k8s.io/v1',
		kind: 'StorageClass',
		metadata: {name: 'standard', annotations: {'storageclass.kubernetes.io/is-default-class': 'true'}},
		provisioner: 'embedded',
		volumeBindingMode: 'WaitForFirstConsumer',
	};
	const world = (spec: JsonObject = {}) => sandboxWorld({objects: [standard, set('1.0', 3, spec)]});
	const images = (pods: readonly Pod[]) =>
		Object.fromEntries(pods.map(({metadata, spec}) => [metadata.name, spec.containers[0]?.image?.slice(-3)]));
	const update =
		(tag: string, spec: JsonObject = {}) =>
		(found: KubeObject) => ({...found, spec: {...Object(found.spec), ...spec, template: Object(set(tag).spec).template}});

	test('starts its pods one after the other', async () => {
		const running = await world();
		await running.advance(3);
		expect(names(running.list('Pod'))).toEqual(['db-0']);
		await running.advance(30);
		expect(names(running.list('Pod'))).toEqual(['db-0', 'db-1', 'db-2']);
		expect(running.get('StatefulSet', 'db').status).toMatchObject({
			replicas: 3,
			readyReplicas: 3,
			currentReplicas: 3,
			updatedReplicas: 3,
			availableReplicas: 3,
		});
	});

	test('starts all at once when it may', async () => {
		const running = await world({podManagementPolicy: 'Parallel'});
		await running.advance(1);
		expect(names(running.list('Pod'))).toEqual(['db-0', 'db-1', 'db-2']);
	});

	test('gives each pod a bound claim that outlives it', async () => {
		const running = await world();
		await running.advance(60);
		await running.change('StatefulSet', 'db', found => ({...found, spec: {...found.spec, replicas: 1}}));
		await running.advance(30);
		expect(names(running.list('Pod'))).toEqual(['db-0']);
		expect(running.list('PersistentVolumeClaim').map(({metadata, status}) => `${metadata.name} ${status?.phase}`)).toEqual([
			'data-db-0 Bound',
			'data-db-1 Bound',
			'data-db-2 Bound',
		]);
	});

	test('updates from the highest number down', async () => {
		const running = await world();
		await running.advance(60);
		await running.change('StatefulSet', 'db', update('2.0'));
		await running.advance(4);
		expect(images(running.list('Pod'))).toEqual({'db-0': '1.0', 'db-1': '1.0', 'db-2': '2.0'});
		await running.advance(60);
		expect(images(running.list('Pod'))).toEqual({'db-0': '2.0', 'db-1': '2.0', 'db-2': '2.0'});
	});

	test('updates only down to the partition', async () => {
		const running = await world();
		await running.advance(60);
		await running.change('StatefulSet', 'db', update('2.0', {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 2}}}));
		await running.advance(60);
		expect(images(running.list('Pod'))).toEqual({'db-0': '1.0', 'db-1': '1.0', 'db-2': '2.0'});
		const {status} = running.get('StatefulSet', 'db');
		expect(status).toMatchObject({currentReplicas: 2, updatedReplicas: 1});
		expect(status?.currentRevision).not.toBe(status?.updateRevision);
	});

	test('a broken update stops at the first pod', async () => {
		const running = await world();
		await running.advance(60);
		await running.change('StatefulSet', 'db', update('2.0-crash'));
		await running.advance(120);
		expect(running.get('StatefulSet', 'db').status).toMatchObject({readyReplicas: 2, updatedReplicas: 1});
	});
});

describe('DaemonSet', () => {
	const agent = (tag: string) => daemonSet({namespace: 'app', name: 'agent', image: image(tag)});
	const placed = (pods: readonly Pod[]) => pods.map(({spec}) => `${spec.nodeName} ${spec.containers[0]?.image?.slice(-3)}`).sort();

	test('runs on each node that admits it, and on a new one', async () => {
		const running = await sandboxWorld({nodes: [{}, {taints: [{key: 'gpu', effect: 'NoSchedule'}]}], objects: [agent('1.0')]});
		await running.advance(10);
		expect(placed(running.list('Pod'))).toEqual(['node-1 1.0']);
		expect(running.get('DaemonSet', 'agent').status).toMatchObject({
			desiredNumberScheduled: 1,
			currentNumberScheduled: 1,
			numberReady: 1,
			numberAvailable: 1,
			updatedNumberScheduled: 1,
			numberMisscheduled: 0,
		});
	});

	test('runs on a cordoned node too', async () => {
		const running = await sandboxWorld({nodes: [{}]});
		running.machine.update({...running.node('node-1'), spec: {unschedulable: true}});
		await running.create(agent('1.0'));
		await running.advance(10);
		expect(placed(running.list('Pod'))).toEqual(['node-1 1.0']);
	});

	test('an update replaces one pod at a time', async () => {
		const running = await sandboxWorld({objects: [agent('1.0')]});
		await running.advance(10);
		await running.change('DaemonSet', 'agent', found => ({...found, spec: {...found.spec, template: Object(agent('2.0').spec).template}}));
		let least = 3;
		for (let second = 0; second < 40; second++) {
			least = Math.min(least, Number(running.get('DaemonSet', 'agent').status?.numberAvailable ?? 0));
			await running.advance(1);
		}
		expect(least).toBe(2);
		expect(placed(running.list('Pod'))).toEqual(['node-1 2.0', 'node-2 2.0', 'node-3 2.0']);
	});
});

describe('Job', () => {
	const work = (tag: string, spec: JsonObject = {}) => job({namespace: 'app', name: 'work', image: image(tag), spec});

	test('runs as many pods at once as its parallelism until enough have succeeded', async () => {
		const running = await sandboxWorld({objects: [work('1.0', {completions: 5, parallelism: 2})]});
		await running.advance(2);
		expect(running.get('Job', 'work').status).toMatchObject({active: 2});
		await running.advance(60);
		expect(running.get('Job', 'work').status).toMatchObject({succeeded: 5, ready: 0});
		expect(running.conditions(running.get('Job', 'work'))).toEqual([
			'SuccessCriteriaMet=True CompletionsReached',
			'Complete=True CompletionsReached',
		]);
		expect(running.list('Pod')).toHaveLength(5);
	});

	test('fails after its backoff limit, with pauses between the tries', async () => {
		const running = await sandboxWorld({objects: [work('1.0-fail', {backoffLimit: 2})]});
		await running.advance(12);
		expect(running.get('Job', 'work').status).toMatchObject({failed: 1});
		await running.advance(120);
		expect(running.get('Job', 'work').status).toMatchObject({failed: 3});
		expect(running.conditions(running.get('Job', 'work'))).toContain('Failed=True BackoffLimitExceeded');
		expect(running.events('work').at(-1)).toBe('Warning BackoffLimitExceeded Job has reached the specified backoff limit');
	});

	test('fails at its deadline', async () => {
		const running = await sandboxWorld({objects: [work('1.0-slow', {activeDeadlineSeconds: 3})]});
		await running.advance(10);
		expect(running.conditions(running.get('Job', 'work'))).toContain('Failed=True DeadlineExceeded');
	});

	test('a suspended job has no pods', async () => {
		const running = await sandboxWorld({objects: [work('1.0', {suspend: true})]});
		await running.advance(10);
		expect(running.list('Pod')).toEqual([]);
	});

	test('goes away after its time to live', async () => {
		const running = await sandboxWorld({objects: [work('1.0', {ttlSecondsAfterFinished: 60})]});
		await running.advance(30);
		expect(running.list('Job')).toHaveLength(1);
		await running.advance(60);
		expect([...running.list('Job'), ...running.list('Pod')]).toEqual([]);
	});
});

describe('CronJob', () => {
	test.each([
		['*/15 * * * *', '2026-01-01T12:15:00Z'],
		['0 3 * * *', '2026-01-02T03:00:00Z'],
		['30 12 1 * *', '2026-01-01T12:30:00Z'],
		['0 9-17/4 * * 1-5', '2026-01-01T13:00:00Z'],
		['0 0 * * 7', '2026-01-04T00:00:00Z'],
		['@hourly', '2026-01-01T13:00:00Z'],
		['0 0 13 * 5', '2026-01-02T00:00:00Z'],
	])('%s after noon of the first of January is %s', (schedule, expected) => {
		expect(nextRun(schedule, Date.UTC(2026, 0, 1, 12))).toBe(Date.parse(expected));
	});

	test.each(['', '* * *', '61 * * * *x', 'often'])('%j is no schedule', schedule => {
		expect(nextRun(schedule, 0)).toBeUndefined();
	});

	test('starts a job at each moment and keeps the last three', async () => {
		const running = await sandboxWorld({objects: [cronJob({namespace: 'app', name: 'report', image: image('1.0')}, '*/10 * * * *')]});
		await running.advance(3660);
		expect(running.list('Job')).toHaveLength(3);
		expect(running.get('CronJob', 'report').status).toMatchObject({
			lastScheduleTime: '2026-01-01T13:00:00Z',
			lastSuccessfulTime: expect.any(String),
		});
	});

	test('does not overlap when it must not', async () => {
		const slow = cronJob(
			{namespace: 'app', name: 'report', image: image('1.0'), annotations: {'sandbox.mkcoa.dev/run-seconds': '900'}},
			'*/10 * * * *',
		);
		const running = await sandboxWorld({objects: [slow]});
		await running.advance(22 * 60);
		expect(running.list('Job')).toHaveLength(1);
	});
});
