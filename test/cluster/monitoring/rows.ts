import {expect} from 'vitest';
import {forecastSchema} from '../../../src/agents/monitoring/forecast/forecast-output.ts';
import {logsSchema} from '../../../src/agents/monitoring/logs/logs-output.ts';
import {metricsSchema} from '../../../src/agents/monitoring/metrics/metrics-output.ts';
import type {SimulatedShop} from './simulated-shop.ts';

/** A command of monitoring and what must be true of its answer, by what is simulated. */
type MonitoringRow = {readonly words: string; readonly isRight: (output: unknown, shop: SimulatedShop) => Promise<void>};

/** Part by which a number that was scraped and added up by a server may be off what is simulated. */
const few = 0.05;
const near = (value: number | null | undefined, truth: number, part = few) => {
	expect(value ?? Number.NaN).toBeGreaterThan(truth * (1 - part));
	expect(value ?? Number.NaN).toBeLessThan(truth * (1 + part));
};

const rate = async ({truth}: SimulatedShop, metric: string, prefix: string, fromMs: number, toMs: number) =>
	((await truth(metric, prefix, toMs)) - (await truth(metric, prefix, fromMs))) / ((toMs - fromMs) / 1000);

/** Each tool that asks a metrics server, or what the pods say, end to end. A new tool is one row more. */
export const monitoringRows: readonly MonitoringRow[] = [
	{
		words: 'monitor metrics web --since 1h',
		async isRight(output, shop) {
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
		async isRight(output, shop) {
			const {metrics, from, to} = metricsSchema.parse(output);
			near(metrics[0]?.series[0]?.mean, await rate(shop, 'http_requests_total', 'web-', Date.parse(from), Date.parse(to)), 0.1);
		},
	},
	{
		words: 'monitor forecast web --metric memory --since 24h --ahead 2h',
		async isRight(output, shop) {
			const {at, past, steps, stepSeconds} = forecastSchema.parse(output);
			const memoryAt = (index: number) =>
				shop.truth('container_memory_working_set_bytes', 'web-', Date.parse(at) + index * stepSeconds * 1000);
			near(past[0], await memoryAt(1 - past.length));
			// The simulated future is known.
			const last = steps.at(-1);
			near(last?.median, await memoryAt(steps.length), 0.2);
			expect(last?.low95).toBeLessThan(last?.median ?? 0);
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
