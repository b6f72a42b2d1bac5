import {describe, expect, test} from 'vitest';
import {forecastSchema, forecastText} from '../../../src/agents/monitoring/forecast/forecast-output.ts';
import {capacityForecast} from '../../../src/agents/monitoring/tools/capacity-forecast.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';
import type {Ports} from '../../../src/main/ports.ts';
import type {Metrics, Range} from '../../../src/mcp/monitoring/port.ts';
import {metricsPorts} from '../../support/metrics-ports.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, ports} = await shopRoad({scenario: 'shop'});
const of = async (input: object, change: Partial<Ports> = {}) =>
	(await run(capacityForecast, {namespace: 'shop', ...input}, {ports: {...ports, ...change}})).outcome;
const told = (outcome: AnyOutcome) => forecastSchema.parse(outcome.kind === 'done' ? outcome.output : undefined);

const [hourMs, dayMs] = [3_600_000, 86_400_000];
const nowMs = 1_800_000_000_000;

/** A server that answers each range by functions of time, a series for each; NaN leaves a moment out. */
const server = (...curves: readonly ((atMs: number) => number)[]): Partial<Ports> => {
	const metrics: Metrics = {
		source: 'Prometheus of the test',
		query: async promql => (promql === 'vector(1)' ? [{labels: {}, value: 1, atMs: nowMs}] : []),
		histograms: async () => [],
		queryRange: async (_, {fromMs, toMs, stepMs}: Range) =>
			curves.map((curve, index) => {
				const moments = Array.from({length: Math.floor((toMs - fromMs) / stepMs) + 1}, (__, step) => fromMs + step * stepMs);
				const points = moments.map(atMs => ({atMs, value: curve(atMs)})).filter(({value}) => !Number.isNaN(value));
				return {labels: {pod: `web-${index}`}, points};
			}),
		series: async () => [],
	};
	return metricsPorts(ports, {metrics});
};

const daily = (atMs: number) => 10 + 5 * Math.sin((2 * Math.PI * atMs) / dayMs);

describe('capacity_forecast', () => {
	test('repeats what goes by the day, with bounds that hold it', async () => {
		const answer = told(await of({query: 'load', since: '14d', ahead: '24h'}, server(daily)));
		expect(answer.seasonsSeconds).toContain(86_400);
		expect(answer.steps).toHaveLength(Math.ceil(86_400 / answer.stepSeconds));
		for (const [index, {median, low95, high95}] of answer.steps.entries()) {
			const truth = daily(Date.parse(answer.at) + (index + 1) * answer.stepSeconds * 1000);
			expect(Math.abs(median - truth)).toBeLessThan(1);
			expect(low95).toBeLessThanOrEqual(median);
			expect(high95).toBeGreaterThanOrEqual(median);
		}
	});

	test('says when a limit is reached, as early and as late as it may be', async () => {
		const filling = (atMs: number) => 200 + (10 * (atMs - nowMs)) / dayMs + Math.sin(atMs / hourMs);
		const {limit, ...answer} = told(await of({query: 'used', since: '20d', ahead: '5d', limit: 230}, server(filling)));
		const [low, mid] = [limit?.lowSeconds ?? 0, limit?.midSeconds ?? 0].map(seconds => (seconds * 1000) / dayMs);
		expect(mid).toBeGreaterThan(2.5);
		expect(mid).toBeLessThan(3.5);
		expect(low).toBeLessThanOrEqual(mid ?? 0);
		const text = forecastText({...answer, limit}, {width: 80, terminal: true, nowMs});
		expect(text).toMatch(/The limit of 230 is reached in (\d+h|3d): in \d+[hd] at the earliest, /);
		expect(
			forecastText(told(await of({query: 'used', since: '20d', ahead: '24h', limit: 230}, server(filling))), {
				width: 80,
				terminal: true,
				nowMs,
			}),
		).toContain('The limit of 230 is not reached within 24h');
	});

	test('adds the pods of a workload up', async () => {
		const answer = told(await of({target: 'web', metric: 'memory', since: '14d', ahead: '6h'}, server(daily, daily, daily)));
		expect(answer.past.at(-1)).toBeCloseTo(3 * daily(Date.parse(answer.at)), 6);
		expect(answer).toMatchObject({target: {kind: 'Deployment', name: 'web'}, metric: 'memory', unit: 'bytes'});
	});

	test('says so where repeating what was is as good, and where the past is short', async () => {
		let seed = 1;
		const noise = new Map<number, number>();
		const walk = (atMs: number) => {
			seed = (seed * 16_807) % 2_147_483_647;
			const value = noise.get(atMs) ?? 100 + (seed % 1000) / 100;
			noise.set(atMs, value);
			return atMs < nowMs - 5 * dayMs ? Number.NaN : value;
		};
		const answer = told(await of({query: 'noise', since: '14d', ahead: '6h'}, server(walk)));
		expect(answer.reasons.join('\n')).toContain('has samples of a part of the last 14d only');
		const text = forecastText({...answer, beatsNaive: false}, {width: 200, terminal: true, nowMs});
		expect(text).toMatch(/No better than repeating /);
	});

	test('fits terminals of 80 and 40 columns, and is lines of tabs in a pipe', async () => {
		const answer = told(await of({target: 'web', metric: 'requests', since: '1h', ahead: '10m'}));
		for (const width of [80, 40])
			for (const line of forecastText(answer, {width, terminal: true, nowMs}).split('\n'))
				expect(textWidth(line)).toBeLessThanOrEqual(width);
		const lines = forecastText(answer, {width: 80, terminal: false, nowMs}).split('\n');
		expect(lines).toContain('TIME\tMEDIAN\tLOW 80\tHIGH 80\tLOW 95\tHIGH 95');
		expect(lines.filter(line => /^\d{4}-\d\d-\d\dT[\d:.]+Z(\t[\d.]+){5}$/.test(line))).toHaveLength(answer.steps.length);
	});

	test('a limit that is passed already is told as that', async () => {
		const emptying = (atMs: number) => 260 - (10 * (atMs - nowMs)) / dayMs + Math.sin(atMs / hourMs);
		const read = async (ahead: string) => {
			const answer = told(await of({query: 'free', since: '20d', ahead, limit: 230}, server(emptying)));
			return forecastText(answer, {width: 200, terminal: true, nowMs});
		};
		expect(await read('5d')).toMatch(/It is above the limit of 230 now, and falls to it in \dd: /);
		expect(await read('24h')).toContain('It is above the limit of 230 now, and does not fall to it within 24h');
	});

	test('a counter that is given instead of its rate is told', async () => {
		const counting = (atMs: number) => (atMs - nowMs) / 1000 + 1e8;
		const reasons = async (query: string) =>
			told(await of({target: 'web', query, since: '14d', ahead: '6h'}, server(counting))).reasons.join();
		expect(await reasons('sum(http_requests_total)')).toContain('http_requests_total is a counter');
		expect(await reasons('sum(rate(http_requests_total[5m]))')).not.toContain('is a counter');
		expect(await reasons('node_load1')).not.toContain('is a counter');
	});

	test('a query is of whatever it selects, and not of the target beside it', async () => {
		expect(told(await of({target: 'web', query: 'load', since: '14d', ahead: '6h'}, server(daily))).target).toBeUndefined();
	});

	test.each([
		[{query: 'load'}, server(daily, daily), 'several-series'],
		[{query: 'load'}, server(), 'nothing-measured'],
		[{query: 'load', since: '1h', ahead: '1h'}, server(daily), 'not-enough-data'],
		[{target: 'web', metric: 'cpus'}, server(daily), 'unknown-metric'],
		[{target: 'web', metric: 'cpu'}, server(), 'nothing-measured'],
		[{target: 'web', ahead: 'soon'}, server(daily), 'not-a-time'],
		[{target: 'nobody'}, server(daily), 'not-found'],
		[{target: 'web'}, metricsPorts(ports, {why: 'no Prometheus is in the cluster'}), 'no-metrics-server'],
	])('refuses %o', async (input, change, code) => {
		expect(await of(input, change)).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
	});
});
