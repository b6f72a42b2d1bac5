import {expect} from 'vitest';
import * as z from 'zod';
import {designSchema} from '../../../src/agents/monitoring/alerts/design/design-output.ts';
import {alertsSchema} from '../../../src/agents/monitoring/alerts/firing/alerts-output.ts';
import {dashboardSchema} from '../../../src/agents/monitoring/dashboard/dashboard-output.ts';
import {forecastSchema} from '../../../src/agents/monitoring/forecast/forecast-output.ts';
import {logsSchema} from '../../../src/agents/monitoring/logs/logs-output.ts';
import {metricsSchema} from '../../../src/agents/monitoring/metrics/metrics-output.ts';
import {performanceSchema} from '../../../src/agents/monitoring/performance/performance-schema.ts';
import {needsSchema} from '../../../src/agents/monitoring/scaling/needs-output.ts';
import {autoScaleResources} from '../../../src/agents/monitoring/tools/auto-scale-resources.ts';
import {dashboardGenerate} from '../../../src/agents/monitoring/tools/dashboard-generate.ts';
import type {MonitoredShop} from './monitored-shop.ts';
import type {SimulatedShop} from './simulated-shop.ts';

/** A command of monitoring and what must be true of its answer, or of its plan, by what is simulated. */
export type MonitoringRow = {
	readonly words: string;
	/** Without it there is no answer. Nothing if left out: what does not answer is told in the answer. */
	readonly of?: 'Prometheus' | 'Alertmanager';
	readonly isRight: (told: unknown, there: Pick<MonitoredShop, 'shop' | 'silence' | 'target'>) => Promise<void>;
};

const scalingPlan = z.object({
	input: autoScaleResources.resolved,
	steps: z.array(z.object({writes: z.array(z.looseObject({op: z.string()}))})),
});

/** What each pod of web asks for, in the embedded shop. */
const webCores = 0.2;

/** Part by which a number that was scraped and added up by a server may be off what is simulated. */
const few = 0.05;
export const near = (value: number | null | undefined, truth: number, part = few) => {
	expect(value ?? Number.NaN).toBeGreaterThan(truth * (1 - part));
	expect(value ?? Number.NaN).toBeLessThan(truth * (1 + part));
};

export const rate = async ({truth}: SimulatedShop, metric: string, prefix: string, fromMs: number, toMs: number) =>
	((await truth(metric, prefix, toMs)) - (await truth(metric, prefix, fromMs))) / ((toMs - fromMs) / 1000);

/** Each tool of the specialist, end to end. A new tool is one row more. */
export const specialistRows: readonly MonitoringRow[] = [
	{
		words: 'monitor metrics web --since 1h',
		of: 'Prometheus',
		async isRight(output, {shop}) {
			const {metrics, from, to, stepSeconds} = metricsSchema.parse(output);
			const named = new Map(metrics.map(({name, series}) => [name, series]));
			const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
			near(named.get('requests')?.[0]?.mean, await rate(shop, 'http_requests_total', 'web-', fromMs, toMs));
			const cpu = named.get('cpu') ?? [];
			expect(cpu).toHaveLength(3);
			near(
				cpu.reduce((sum, {mean}) => sum + mean, 0),
				await rate(shop, 'container_cpu_usage_seconds_total', 'web-', fromMs, toMs),
			);
			// Point by point, where there is one.
			const memory = named.get('memory') ?? [];
			const moments = memory[0]?.values.length ?? 0;
			for (const index of [0, 0.25, 0.5, 0.75].map(part => Math.floor(part * moments)))
				near(
					memory.reduce((sum, {values}) => sum + (values[index] ?? Number.NaN), 0),
					await shop.truth('container_memory_working_set_bytes', 'web-', fromMs + index * stepSeconds * 1000),
				);
		},
	},
	{
		words: 'monitor metrics --query sum(rate(http_requests_total{namespace="shop",pod=~"web-.*"}[2m])) --since 30m',
		of: 'Prometheus',
		async isRight(output, {shop}) {
			const {metrics, from, to} = metricsSchema.parse(output);
			near(metrics[0]?.series[0]?.mean, await rate(shop, 'http_requests_total', 'web-', Date.parse(from), Date.parse(to)), 0.1);
		},
	},
	{
		words: 'monitor forecast web --metric memory --since 24h --ahead 2h',
		of: 'Prometheus',
		async isRight(output, {shop}) {
			const {at, past, steps, stepSeconds} = forecastSchema.parse(output);
			const memoryAt = (index: number) =>
				shop.truth('container_memory_working_set_bytes', 'web-', Date.parse(at) + index * stepSeconds * 1000);
			near(past[0], await memoryAt(1 - past.length));
			// The simulated future is known.
			const last = steps.at(-1);
			near(last?.median, await memoryAt(steps.length), 0.2);
			// What is simulated has next to no noise: all errors of the back-test may be on one side of the median.
			const [low, median, high] = [last?.low95 ?? 0, last?.median ?? 0, last?.high95 ?? 0];
			expect([low, median, high]).toEqual([low, median, high].toSorted((a, b) => a - b));
			expect(low).toBeLessThan(high);
		},
	},
	{
		words: 'monitor performance web --since 1h',
		of: 'Prometheus',
		async isRight(output, {shop}) {
			const {workloads, from, to} = performanceSchema.parse(output);
			const measures = new Map(workloads[0]?.measures.map(each => [each.name, each]));
			near(measures.get('requests')?.level, await rate(shop, 'http_requests_total', 'web-', Date.parse(from), Date.parse(to)), 0.1);
			// Nothing is wrong with it.
			expect(workloads[0]?.bottlenecks).toEqual([]);
			expect(workloads[0]?.measures.flatMap(({shifts}) => shifts)).toEqual([]);
		},
	},
	{
		words: 'monitor dashboard web --since 30m',
		of: 'Prometheus',
		async isRight(output, {shop}) {
			const {panels, from, to} = dashboardSchema.parse(output);
			for (const {title, series} of panels)
				expect([title, series.some(({values}) => values.some(value => value !== null))]).toEqual([title, true]);
			const requests = panels.find(({name}) => name === 'requests')?.series.filter(({isBound}) => !isBound) ?? [];
			near(
				requests.reduce((sum, {mean}) => sum + mean, 0),
				await rate(shop, 'http_requests_total', 'web-', Date.parse(from), Date.parse(to)),
				0.1,
			);
		},
	},
	{
		words: 'monitor grafana web --since 30m',
		of: 'Prometheus',
		async isRight(output) {
			const {dashboard, leftOut} = dashboardGenerate.output.parse(output);
			expect(dashboard.title).toBe('Deployment shop/web');
			expect(JSON.stringify(dashboard)).toContain('http_requests_total');
			// Nobody tells the limits of nodes or volumes here: what is not measured is no panel.
			for (const {why} of leftOut) expect(why).not.toBe('');
		},
	},
	{
		words: 'monitor predict web --since 24h --ahead 2h',
		of: 'Prometheus',
		async isRight(output, {shop}) {
			const {past, replicas, steps, at, stepSeconds} = needsSchema.parse(output);
			const toMs = Date.parse(at);
			// The busiest moment of a step is at least what it is on average.
			const mean = await rate(shop, 'container_cpu_usage_seconds_total', 'web-', toMs - 6 * 3_600_000, toMs);
			const known = past.slice(-Math.floor((6 * 3600) / stepSeconds)).filter(value => value !== null);
			near(known.reduce((sum, value) => sum + value, 0) / known.length, mean, 0.25);
			expect(replicas).toBe(3);
			for (const step of steps) expect(step.replicas.low).toBeLessThanOrEqual(step.replicas.high);
		},
	},
	{
		words: 'monitor rules errors web --since 1h',
		of: 'Prometheus',
		async isRight(output) {
			const {rules, tests, noise, notChecked} = designSchema.parse(output);
			expect(rules).toMatchObject([{name: 'WebErrors', expr: expect.stringContaining('http_requests_total{namespace="shop"')}]);
			expect([tests.fire.length, tests.stayQuiet.length]).toEqual([1, 1]);
			// A thousandth of the requests fails: it would have been silent.
			expect(noise).toMatchObject([{alert: 'WebErrors', firings: 0}]);
			expect(notChecked).toEqual([]);
		},
	},
	{
		words: 'monitor alerts --since 1d',
		async isRight(output) {
			const {alerts, sources, notChecked} = alertsSchema.parse(output);
			const labels = {namespace: 'shop', severity: 'warning'};
			expect(alerts).toMatchObject([
				{
					...{name: 'ShopServes', state: 'firing', summary: 'Somebody asks the shop', labels, times: 1},
					...{silences: [], inhibited: false, receivers: ['nobody']},
				},
				// Alertmanager is not told of it yet.
				{name: 'ShopWaits', state: 'pending', labels, receivers: []},
			]);
			for (const {since} of alerts) expect(Date.parse(since ?? '')).toBeGreaterThan(Date.now() - 600_000);
			expect(sources).toEqual([expect.stringMatching(/^Prometheus http/), expect.stringMatching(/^Alertmanager http/)]);
			expect(notChecked).toEqual([]);
		},
	},
	{
		words: 'monitor scale web --since 25h --ahead 2h --dry-run',
		of: 'Prometheus',
		async isRight(plan, {shop}) {
			const {input, steps} = scalingPlan.parse(plan);
			const {minReplicas, maxReplicas, targetPercent} = input;
			const now = Date.now();
			const hours = Array.from({length: 23}, (_, hour) => now - (hour + 1) * 3_600_000);
			const used = await Promise.all(
				hours.map(fromMs => rate(shop, 'container_cpu_usage_seconds_total', 'web-', fromMs, fromMs + 3_600_000)),
			);
			const pods = used.map(cores => Math.ceil(cores / ((webCores * targetPercent) / 100)));
			expect(minReplicas).toBeGreaterThanOrEqual(Math.min(...pods));
			expect(maxReplicas).toBeGreaterThanOrEqual(Math.max(...pods));
			// Nothing is recommended that would do for a shop of another size.
			expect(maxReplicas).toBeLessThanOrEqual(2 * Math.max(...pods));
			expect(steps[0]?.writes).toMatchObject([
				{op: 'create', manifest: {kind: 'HorizontalPodAutoscaler', spec: {minReplicas, maxReplicas, scaleTargetRef: {name: 'web'}}}},
			]);
		},
	},
	{
		words: 'monitor logs web --since 1h',
		async isRight(output) {
			const {containers, lines, templates} = logsSchema.parse(output);
			expect(containers).toBe(3);
			expect(lines).toBeGreaterThan(0);
			expect(templates.length).toBeGreaterThan(0);
		},
	},
];
