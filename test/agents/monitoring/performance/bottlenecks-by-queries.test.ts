import {describe, expect, test} from 'vitest';
import {compactPerformance} from '../../../../src/agents/monitoring/performance/performance-compact.ts';
import {performanceSchema} from '../../../../src/agents/monitoring/performance/performance-schema.ts';
import {performanceAnalyze} from '../../../../src/agents/monitoring/tools/performance-analyze.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {Monitoring} from '../../../../src/mcp/monitoring/port.ts';
import {randomNumbers, series} from '../../../analysis/anomalies/random-series.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {metricsOverTime, type SeriesOverTime} from '../../../support/metrics-over-time.ts';
import {metricsPorts} from '../../../support/metrics-ports.ts';
import {toolContext} from '../../../support/tool-context.ts';

const minute = 60_000;
const nowMs = Date.UTC(2026, 0, 1);
const changedMs = nowMs - 60 * minute;
const iso = (ms: number) => new Date(ms).toISOString();

const made = (kind: string, name: string, more: JsonObject = {}, owner?: string): KubeObject =>
	({
		apiVersion: kind === 'Pod' || kind === 'Node' || kind === 'ConfigMap' ? 'v1' : 'apps/v1',
		kind,
		metadata: {
			name,
			...(kind === 'Node' ? {} : {namespace: name.startsWith('crunch') ? 'batch' : 'shop'}),
			creationTimestamp: iso(nowMs - 30 * 86_400_000),
			...(owner === undefined
				? {}
				: {
						ownerReferences: [
							{
								apiVersion: 'apps/v1',
								kind: owner.startsWith('web-') ? 'ReplicaSet' : 'Deployment',
								name: owner,
								uid: owner,
								controller: true,
							},
						],
					}),
			...(kind === 'Pod' || kind === 'ReplicaSet' ? {labels: {app: 'web'}} : {}),
		},
		...more,
	}) as KubeObject;

const container = {
	...{name: 'web', image: 'web:1', resources: {limits: {cpu: '500m', memory: '256Mi'}}},
	envFrom: [{configMapRef: {name: 'web-settings'}}],
};
const podSpec = {containers: [container]};
const template = {metadata: {labels: {app: 'web'}}, spec: podSpec};
const selector = {matchLabels: {app: 'web'}};
const settings = (writtenMs: number): KubeObject => {
	const object = made('ConfigMap', 'web-settings', {data: {POOL: '2'}});
	const managedFields = [
		{manager: 'kubectl-edit', operation: 'Update', time: iso(writtenMs), fieldsType: 'FieldsV1', fieldsV1: {'f:data': {'f:POOL': {}}}},
	];
	return {...object, metadata: {...object.metadata, managedFields}} as KubeObject;
};
const objects = (settingsWrittenMs: number) => [
	made('Deployment', 'web', {spec: {selector, template, replicas: 1}}),
	made('ReplicaSet', 'web-1', {spec: {selector, template}}, 'web'),
	made('Pod', 'web-1-a', {spec: {...podSpec, nodeName: 'node-a'}, status: {phase: 'Running'}}, 'web-1'),
	made('Pod', 'crunch-1', {spec: {containers: [], nodeName: 'node-a'}, status: {phase: 'Running'}}),
	made('Node', 'node-a', {status: {allocatable: {cpu: '4', memory: '8Gi'}, addresses: [{type: 'InternalIP', address: '10.0.0.1'}]}}),
	settings(settingsWrittenMs),
];

const {normal} = randomNumbers(9);
const noise = series(400, normal);
/** A rate that is one before the change and another afterwards, with noise of a twentieth, as the counter of it. */
function counter(before: number, after = before, seed = 0): (ms: number) => number {
	const fromMs = nowMs - 300 * minute;
	const sums = noise.slice(0, 301).reduce<number[]>((all, _, row) => {
		const rate = (fromMs + row * minute >= changedMs ? after : before) * (1 + 0.05 * (noise[(row + seed * 37) % noise.length] ?? 0));
		all.push((all.at(-1) ?? 0) + 60 * rate);
		return all;
	}, []);
	return ms => {
		const at = Math.max(0, Math.min(299, (ms - fromMs) / minute));
		const [low, high] = [sums[Math.floor(at)] ?? 0, sums[Math.floor(at) + 1] ?? 0];
		return low + (high - low) * (at - Math.floor(at));
	};
}
const gauge =
	(before: number, after = before) =>
	(ms: number) =>
		(ms >= changedMs ? after : before) * (1 + 0.02 * (noise[Math.floor(ms / minute) % noise.length] ?? 0));

const web = {namespace: 'shop', pod: 'web-1-a', container: 'web'};
const one = (name: string, labels: {readonly [label: string]: string}, at: (ms: number) => number): SeriesOverTime => ({
	labels: {__name__: name, ...labels},
	at,
});

/** Answers in 40 ms, and from the change on in 400 ms where it is slow. */
const latency = (name: string, labels: {readonly [label: string]: string}, isSlow: boolean) => [
	one(`${name}_bucket`, {...labels, le: '0.05'}, counter(50, isSlow ? 2 : 50)),
	one(`${name}_bucket`, {...labels, le: '0.5'}, counter(50)),
	one(`${name}_bucket`, {...labels, le: '+Inf'}, counter(50)),
];

const usual = ({isSlow = true, throttled = 0.01, crunch = 0.1} = {}) => [
	one('up', {job: 'kubelet', instance: '10.0.0.1:10250'}, () => 1),
	...['200', '500'].map(code => one('http_requests_total', {namespace: 'shop', pod: 'web-1-a', code}, counter(code === '200' ? 50 : 0.01))),
	...latency('http_request_duration_seconds', {namespace: 'shop', pod: 'web-1-a'}, isSlow),
	one('container_cpu_usage_seconds_total', web, counter(0.2)),
	one('container_memory_working_set_bytes', web, gauge(1e8)),
	one('container_cpu_cfs_periods_total', web, counter(10)),
	one('container_cpu_cfs_throttled_periods_total', web, counter(0.1, 10 * throttled, 1)),
	one('kube_pod_container_resource_limits', {...web, resource: 'cpu'}, () => 0.5),
	one('kube_pod_container_resource_limits', {...web, resource: 'memory'}, () => 2 ** 28),
	one('container_cpu_usage_seconds_total', {namespace: 'batch', pod: 'crunch-1', container: 'crunch'}, counter(0.1, crunch, 2)),
	one('node_cpu_seconds_total', {instance: '10.0.0.1:9100', mode: 'idle', cpu: '0'}, counter(0.9, crunch > 1 ? 0.04 : 0.9, 3)),
];

async function analyze(all: readonly SeriesOverTime[], settingsWrittenMs = nowMs - 20 * 86_400_000) {
	const {cluster} = fakeCluster({objects: objects(settingsWrittenMs)});
	const {metrics, queries} = metricsOverTime(all, {now: () => nowMs});
	const {context} = toolContext(cluster);
	const none = async () => ({why: 'none here'});
	const use = {pods: async () => undefined, nodes: async () => undefined, summaries: async () => ({nodes: [], failed: []})};
	const monitoring: Monitoring = {metrics: none, alertmanager: none, grafana: none, logs: none, vendor: none, use};
	const ports = metricsPorts({cluster, monitoring}, {metrics});
	const input = performanceAnalyze.input.parse({target: 'web', namespace: 'shop'});
	const told = performanceSchema.parse(
		await performanceAnalyze.run(input, {...context, clock: {...context.clock, now: () => nowMs}, ports}),
	);
	const [workload] = told.workloads;
	if (workload === undefined) throw new Error('nothing was told');
	return {told, workload, queries};
}

describe('names by its own queries', {timeout: 120_000}, () => {
	test('the CPU limit that stops a workload', async () => {
		const {workload} = await analyze(usual({throttled: 0.6}));
		expect(workload.bottlenecks[0]).toMatchObject({
			kind: 'cpu-limit',
			sure: 'likely',
			severity: 'high',
			since: expect.stringContaining(iso(changedMs).slice(0, 14)),
		});
		expect(workload.bottlenecks[0]?.evidence.map(({source}) => source)).toEqual(['throttled', 'cpu-of-limit', 'latency-p95']);
		expect(workload.measures.find(({name}) => name === 'throttled')).toMatchObject({
			level: expect.closeTo(0.6, 1),
			query: expect.stringContaining('cfs_throttled'),
		});
	});

	test('the neighbour that took the CPU of the node', async () => {
		const {workload} = await analyze(usual({crunch: 3}));
		expect(workload.bottlenecks[0]).toMatchObject({
			...{kind: 'noisy-neighbour', sure: 'likely'},
			cause: 'pod batch/crunch-1 took the CPU of node node-a',
		});
		expect(workload.queries.join()).toContain('crunch-1');
		expect(workload.nodes).toMatchObject([{name: 'node-a', cpu: {level: expect.closeTo(0.96, 1)}}]);
	});

	test('the dependency that became slow, as the workload measures it', async () => {
		const peer = {namespace: 'shop', pod: 'web-1-a', reporter: 'source', destination_service_name: 'db'};
		const inMs = latency('istio_request_duration_milliseconds', peer, true).map(({labels, at}) => ({
			labels: {...labels, le: labels.le === '+Inf' ? '+Inf' : String(Number(labels.le) * 1000)},
			at,
		}));
		const {workload} = await analyze([...usual(), ...inMs]);
		expect(workload.bottlenecks[0]).toMatchObject({
			kind: 'slow-dependency',
			sure: 'likely',
			cause: expect.stringMatching(/^db, which it asks, answers in 4\d\d ms, 4\d(\.\d)? ms before$/),
		});
		expect(workload.dependencies).toMatchObject([{name: 'db', seenBy: 'caller', latency: {level: expect.closeTo(0.47, 1)}}]);
	});

	test('the settings that were written shortly before', async () => {
		const {workload} = await analyze(usual(), changedMs - 3 * minute);
		expect(workload.bottlenecks[0]).toMatchObject({
			...{kind: 'settings', sure: 'likely'},
			cause: expect.stringMatching(/ConfigMap web-settings: kubectl-edit wrote data\.POOL$/),
		});
		const changed = workload.measures.find(({name}) => name === 'latency-p95');
		expect(changed?.shifts.at(-1)?.after).toMatchObject({
			text: expect.stringContaining('ConfigMap web-settings'),
			lagSeconds: expect.any(Number),
		});
	});

	test('nothing where nothing explains it, and says so', async () => {
		const {workload, told} = await analyze(usual());
		expect(workload.bottlenecks).toMatchObject([
			{kind: 'unexplained', cause: expect.stringMatching(/^answers in p95 .* before: nothing that was measured explains it$/)},
		]);
		expect(told.notChecked).toContainEqual(expect.objectContaining({what: 'dependencies'}));
	});

	test('nothing where all is as it was', async () => {
		const {workload, told} = await analyze(usual({isSlow: false}));
		expect(workload.bottlenecks).toEqual([]);
		const [compact] = performanceSchema.parse(compactPerformance.of(told)).workloads;
		expect(compact?.measures.map(({name, query}) => [name, query])).toEqual(workload.measures.map(({name, query}) => [name, query]));
		expect(compact?.measures.flatMap(({values}) => values)).toEqual([]);
		expect(workload.within.join()).toMatch(/throttled at most/);
	});
});
