import {describe, expect, test} from 'vitest';
import {compactMetrics, metricsSchema, metricsText} from '../../../src/agents/monitoring/metrics/metrics-output.ts';
import {metricsCollect} from '../../../src/agents/monitoring/tools/metrics-collect.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';
import type {Ports} from '../../../src/main/ports.ts';
import type {Metrics} from '../../../src/mcp/monitoring/port.ts';
import {metricsPorts} from '../../support/metrics-ports.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, ports} = await shopRoad({scenario: 'shop'});
const of = async (input: object, change: Partial<Ports> = {}) =>
	(await run(metricsCollect, {namespace: 'shop', ...input}, {ports: {...ports, ...change}})).outcome;
const told = (outcome: AnyOutcome) => metricsSchema.parse(outcome.kind === 'done' ? outcome.output : undefined);

describe('metrics_collect', () => {
	test('measures requests and use of a workload, and says what nobody measures', async () => {
		const answer = told(await of({target: 'web'}));
		expect(answer.target).toMatchObject({kind: 'Deployment', name: 'web'});
		const byName = new Map(answer.metrics.map(each => [each.name, each]));
		expect([...byName.keys()]).toEqual(['requests', 'errors', 'latency-p50', 'latency-p95', 'latency-p99', 'cpu', 'memory', 'restarts']);
		expect(byName.get('requests')?.series[0]?.mean).toBeGreaterThan(1);
		const quantiles = ['latency-p50', 'latency-p95', 'latency-p99'].map(name => byName.get(name)?.series[0]?.mean ?? 0);
		expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
		expect(byName.get('cpu')?.series).toHaveLength(3);
		expect(answer.notChecked.map(({what}) => what)).toEqual(['throttled', 'received', 'sent']);
		// Every series has a value for each moment.
		const moments = (Date.parse(answer.to) - Date.parse(answer.from)) / 1000 / answer.stepSeconds + 1;
		for (const {values} of answer.metrics.flatMap(({series}) => series)) expect(values).toHaveLength(moments);
	});

	test('draws one series, and puts several in rows', async () => {
		const answer = told(await of({target: 'web', metrics: ['requests', 'cpu', 'restarts']}));
		for (const width of [80, 40]) {
			const text = metricsText(answer, {width, terminal: true, nowMs: Date.parse(answer.to)});
			expect(text).toMatch(/requests: \d/);
			expect(text).toContain('└─');
			expect(text).toMatch(/restarts: none in 60m, in all 3 series/);
			for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width);
		}
		const plain = metricsText(answer, {width: 40, terminal: true, nowMs: Date.parse(answer.to), isPlain: true});
		expect(plain).toMatch(/^0 is 0\/s, 9 is \d+\/s\n\d{40}\n60m ago/m);
		expect(plain).not.toMatch(/[\u2500-\u28FF]/);
		expect(metricsText(answer, {width: 80, terminal: false, nowMs: 0}).split('\n')).toContainEqual(
			expect.stringMatching(/^requests\tall\tperSecond\t[\d.]+\t[\d.]+\t[\d.]+\t[\d.]+\t\d{4}-\d\d-\d\dT.*Z\t\d+$/),
		);
	});

	test('measures a pod and a Service', async () => {
		const [pod] = told(await of({target: 'service/web', metrics: ['cpu']})).metrics[0]?.series.map(({labels}) => labels.pod) ?? [];
		expect(pod).toMatch(/^web-/);
		expect(told(await of({target: `pod/${pod}`, metrics: ['memory']})).metrics[0]?.series).toHaveLength(1);
	});

	test('asks PromQL of the person, the largest series first, and counts what it leaves out', async () => {
		const query = 'sum by (pod) (container_memory_working_set_bytes{namespace="shop"})';
		const [metric] = told(await of({query, series: 2, since: '10m', step: '1m'})).metrics;
		expect(metric?.series).toHaveLength(2);
		expect(metric?.series[0]?.mean).toBeGreaterThanOrEqual(metric?.series[1]?.mean ?? Number.POSITIVE_INFINITY);
		expect(metric?.leftOut).toBeGreaterThan(0);
		expect(metric?.series[0]?.values).toHaveLength(11);
		expect(told(await of({query: 'nothing_of_that_name'}))).toMatchObject({
			metrics: [],
			notChecked: [{what: 'nothing_of_that_name', why: 'it answers no series in this time'}],
		});
	});

	test('says of series without a number that they may be histograms', async () => {
		const metrics: Metrics = {
			...{source: 'Prometheus of the test', histograms: async () => [], series: async () => []},
			query: async promql => (promql === 'vector(1)' ? [{labels: {}, value: 1, atMs: 1_800_000_000_000}] : []),
			queryRange: async () => [{labels: {job: 'web'}, points: []}],
		};
		const answer = told(await of({query: 'native_histogram'}, metricsPorts(ports, {metrics})));
		expect(answer.notChecked).toEqual([{what: 'native_histogram', why: expect.stringContaining('put histogram_quantile(0.99, …)')}]);
	});

	test('counts what a pipe leaves out, and a query is of whatever it selects', async () => {
		const answer = told(await of({target: 'web', query: 'sum by (pod) (container_memory_working_set_bytes{namespace="shop"})', series: 2}));
		expect(answer.target).toBeUndefined();
		expect(metricsText(answer, {width: 80, terminal: false, nowMs: 0})).toMatch(/^\d+ more series of query: --series shows more$/m);
	});

	test('a last point that lies back is not called now', async () => {
		const answer = told(await of({target: 'web', metrics: ['requests', 'cpu'], since: '4d', step: '12h'}));
		const at = (nowMs: number) => metricsText(answer, {width: 80, terminal: true, nowMs});
		expect(at(Date.parse(answer.to) + 60_000)).toMatch(/^requests: [\d.]+\/s now,/m);
		const later = at(Date.parse(answer.to) + 5 * 3_600_000);
		expect(later).toMatch(/^requests: [\d.]+\/s 5h ago,/m);
		expect(later).toMatch(/^CPU +5H AGO /m);
		expect(later).not.toMatch(/\bnow\b/i);
	});

	test('says a series in a few numbers where an answer is told compactly', async () => {
		const answer = told(await of({target: 'web', metrics: ['requests']}));
		const compact = metricsSchema.parse(compactMetrics.of(answer));
		expect(compact.metrics[0]?.series[0]?.values).toHaveLength(24);
		expect(compact.metrics[0]?.series[0]?.mean).toBe(answer.metrics[0]?.series[0]?.mean);
	});

	test.each([
		[{target: 'nobody'}, 'not-found'],
		[{target: 'configmap/web-settings'}, 'not-found'],
		[{target: 'web', metrics: ['cpus']}, 'unknown-metric'],
		[{target: 'web', since: 'yesterday'}, 'not-a-time'],
		[{target: 'web', since: '0d'}, 'not-a-time'],
		[{target: 'web', since: '5m', step: '10m'}, 'bad-step'],
		[{query: 'sum('}, 'bad-query'],
	])('refuses %o', async (input, code) => {
		expect(await of(input)).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
	});

	test('marks what is unusual, and says how seldom chance does the like', () => {
		const [from, to] = ['2026-01-01T00:00:00.000Z', '2026-01-01T01:00:00.000Z'];
		const anomaly = {
			from: '2026-01-01T00:40:00.000Z',
			to: '2026-01-01T00:45:00.000Z',
			severity: 3.8,
			falseAlarmsPerWeek: 1.6,
			text: 'jumps to 900 ms',
		};
		const figures = {now: 1, mean: 1, least: 1, most: 2, mostAt: from, samples: 61, values: Array.from({length: 61}, () => 1)};
		const metric = {
			name: 'latency-p95',
			unit: 'seconds' as const,
			query: 'q',
			leftOut: 0,
			series: [{labels: {}, ...figures, anomalies: [anomaly]}],
		};
		const answer = {context: 'here', source: 'Prometheus', from, to, stepSeconds: 60, metrics: [metric], notChecked: []};
		for (const width of [80, 40]) {
			const text = metricsText(answer, {width, terminal: true, nowMs: Date.parse(to)});
			expect(text).toMatch(/└─+▲+─+/);
			expect(text.replaceAll(/\s+/g, ' ')).toContain(
				'▲ 20m ago for 5m, latency-p95: jumps to 900 ms (severity 3.8: by chance 1.6 a week in a series like it)',
			);
			for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width);
		}
	});

	test('tells of one moment where there is no server, and what would tell the rest', async () => {
		const answer = told(await of({target: 'web'}, metricsPorts(ports, {why: 'no Prometheus is in the cluster'})));
		expect(answer.metrics.map(({name}) => name)).toEqual(['cpu', 'memory', 'cpu-of-limit', 'memory-of-limit', 'restarts']);
		expect(answer.from).toBe(answer.to);
		expect(answer.metrics[0]?.query).toBe('GET /apis/metrics.k8s.io/v1beta1/pods');
		expect(answer.notChecked).toContainEqual({
			what: 'requests',
			why: 'no Prometheus is in the cluster: name a Prometheus with --prometheus URL or in monitoring.yaml',
		});
		expect(metricsText(answer, {width: 80, terminal: true, nowMs: 0})).toMatch(/cpu-of-limit\s+web-\S+\s+[\d.]+ %/);
		const nodes = told(await of({}, metricsPorts(ports, {why: 'no Prometheus is in the cluster'})));
		expect(nodes.metrics.map(({name}) => name).slice(0, 2)).toEqual(['cpu', 'memory']);
	});

	test('refuses PromQL where nobody can answer it', async () => {
		expect(await of({query: 'up'}, metricsPorts(ports, {why: 'no Prometheus is in the cluster'}))).toMatchObject({
			kind: 'failed',
			error: {code: 'no-metrics-server', why: 'no Prometheus is in the cluster', next: expect.stringContaining('mkcoa k8s top')},
		});
	});
});
