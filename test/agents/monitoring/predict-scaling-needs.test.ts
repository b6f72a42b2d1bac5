import {describe, expect, test} from 'vitest';
import {compactNeeds, needsSchema, needsText} from '../../../src/agents/monitoring/scaling/needs-output.ts';
import {predictScalingNeeds} from '../../../src/agents/monitoring/tools/predict-scaling-needs.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';
import type {Ports} from '../../../src/main/ports.ts';
import type {Metrics} from '../../../src/mcp/monitoring/port.ts';
import {loadNowMs, loadServer} from '../../support/load-server.ts';
import {metricsPorts} from '../../support/metrics-ports.ts';
import {shopRoad} from '../../support/shop-road.ts';

// At eight the shop has its usual load; in the afternoon its own autoscaler would have more pods.
const {run, ports, sandbox} = await shopRoad({scenario: 'shop', startMs: Date.UTC(2026, 0, 1, 8)});
const of = async (input: object, metrics?: Metrics, change: Partial<Ports> = {}) => {
	const seen = metrics === undefined ? ports : metricsPorts(ports, {metrics});
	return (await run(predictScalingNeeds, {namespace: 'shop', ...input}, {ports: {...seen, ...change}})).outcome;
};
const told = (outcome: AnyOutcome) => needsSchema.parse(outcome.kind === 'done' ? outcome.output : outcome);

const dayMs = 86_400_000;
/** Busiest at six in the morning and quiet at six in the evening, in cores of all pods. */
const daily = (mean: number) => (atMs: number) => mean * (1 + 0.8 * Math.sin((2 * Math.PI * atMs) / dayMs));
const search = (mean: number, pods = 3) => loadServer({cores: {search: daily(mean)}, bytes: {search: () => 3 * 2 ** 26}, pods: () => pods});

describe('predict_scaling_needs', () => {
	test('tells the pods of a peak by the mathematics of the autoscaler, with the range, and when to start them', async () => {
		const answer = told(await of({target: 'search', ahead: '24h'}, search(0.27)));
		expect(answer).toMatchObject({
			target: {kind: 'Deployment', name: 'search'},
			autoscaler: {name: 'search', minReplicas: 3, maxReplicas: 8, others: []},
			counted: {targetPercent: 70, requestCores: 0.1},
			replicas: 3,
		});
		// 0.486 cores at 70 % of 100m are 6.9 pods; the peak comes six hours after midnight.
		expect(answer.peak.replicas.median).toBe(7);
		expect(Math.abs(Date.parse(answer.peak.at) - (loadNowMs + dayMs / 4))).toBeLessThan(dayMs / 24);
		for (const {replicas, median} of answer.steps) {
			expect(replicas.low).toBeLessThanOrEqual(replicas.median);
			expect(replicas.high).toBeGreaterThanOrEqual(replicas.median);
			// Within its tolerance of a tenth it keeps what there is, and it counts whole per cent.
			expect(replicas.median * 0.078).toBeGreaterThanOrEqual(median);
		}
		const first = answer.starts[0];
		expect(first?.replicas).toBeGreaterThan(3);
		expect(Date.parse(first?.from ?? '')).toBeLessThan(Date.parse(answer.peak.at));
		expect(answer.ceiling).toEqual({maxReplicas: 8, likelyAt: null, earliestAt: null});
		expect(answer.room?.pods).toBeGreaterThan(5);
		expect(answer.notChecked.map(({what}) => what)).toContain('requests');
	});

	test('says when the ceiling is too low, and the nodes too full', async () => {
		const answer = told(await of({target: 'search', ahead: '12h'}, search(10)));
		expect(answer.peak.replicas.median).toBeGreaterThan(200);
		expect(answer.ceiling?.likelyAt).not.toBeNull();
		expect(answer.room).toMatchObject({scarce: expect.stringMatching(/cpu|memory|pods/), earliestAt: expect.any(String)});
		const text = needsText(answer, {width: 200, terminal: true, nowMs: loadNowMs});
		expect(text).toMatch(/maxReplicas 8 is too low: more pods are needed (now|in \d+[smh])/);
		expect(text).toMatch(/That is too little, (now|in \d+[smh]) at the earliest/);
	});

	test('counts without an autoscaler at what is usual, and takes what pods used where they have no request', async () => {
		const server = loadServer({cores: {catalog: daily(0.2)}, pods: () => 3});
		const answer = told(await of({target: 'catalog', ahead: '6h'}, server));
		expect(answer.autoscaler).toBeUndefined();
		expect(answer.counted.targetPercent).toBe(70);
		expect(answer.ceiling).toBeUndefined();
		expect(answer.notChecked.map(({what}) => what)).toContain('memory');
		expect(needsText(answer, {width: 200, terminal: true, nowMs: loadNowMs})).toContain('no autoscaler sets its pods');
	});

	test('says so where repeating what was is as good', async () => {
		const answer = told(await of({target: 'search', ahead: '6h'}, search(0.2)));
		const text = needsText({...answer, beatsNaive: false}, {width: 200, terminal: true, nowMs: loadNowMs});
		expect(text).toMatch(/No better than repeating what was 24h before for sure: tried on its own past from \d+ moments/);
	});

	test('tells what else an autoscaler goes by, and that its past is not known', async () => {
		const external = {type: 'External', external: {metric: {name: 'queue'}, target: {type: 'AverageValue', averageValue: '30'}}};
		sandbox.machine.create(
			{
				...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'cart', namespace: 'shop'}},
				spec: {
					scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart'},
					minReplicas: 2,
					maxReplicas: 4,
					metrics: [external],
				},
			},
			'test',
		);
		const answer = told(await of({target: 'cart', ahead: '6h'}, loadServer({cores: {cart: daily(0.1)}, pods: () => 2})));
		expect(answer.autoscaler?.others).toEqual(['queue from outside']);
		expect(answer.reasons.join('\n')).toContain('It scales by queue from outside, of which nobody here knows the past');
	});

	test('works on the traffic of the shop, with its requests', async () => {
		const answer = told(await of({target: 'search', since: '30h', ahead: '2h'}));
		expect(answer.requests?.last).toBeGreaterThan(5);
		expect(answer.requests?.coresEach).toBeCloseTo(0.0055, 3);
		expect(answer.ready).toMatchObject({pods: 3});
	}, 60_000);

	test('fits terminals of 80 and 40 columns, and is lines of tabs in a pipe', async () => {
		const answer = told(await of({target: 'search', ahead: '12h'}, search(0.3)));
		for (const width of [80, 40])
			for (const line of needsText(answer, {width, terminal: true, nowMs: loadNowMs}).split('\n'))
				expect(textWidth(line)).toBeLessThanOrEqual(width);
		const lines = needsText(answer, {width: 40, terminal: false, nowMs: loadNowMs}).split('\n');
		expect(lines).toContain('TIME\tCORES\tLOW 80\tHIGH 80\tPODS\tPODS LOW\tPODS HIGH');
		expect(lines.filter(line => /^\d{4}-\d\d-\d\dT[\d:.]+Z(\t[\d.]+){6}$/.test(line))).toHaveLength(answer.steps.length);
	});

	test('is short for models, and keeps the peak', async () => {
		const answer = told(await of({target: 'search', ahead: '24h'}, search(0.27)));
		const short = needsSchema.parse(compactNeeds.of(answer));
		expect(short.steps).toHaveLength(24);
		expect(short.stepSeconds).toBe(3600);
		expect(Math.max(...short.steps.map(({median}) => median))).toBeCloseTo(answer.peak.cores, 2);
		expect(JSON.stringify(short).length).toBeLessThan(8000);
	});

	test.each([
		[{target: 'search', ahead: '24h', since: '1h'}, search(0.2), 'not-enough-data'],
		[{target: 'search'}, loadServer({cores: {}, pods: () => 0}), 'nothing-measured'],
		[{target: 'search', ahead: 'soon'}, search(0.2), 'not-a-time'],
		[{target: 'nobody'}, search(0.2), 'not-found'],
		[{target: 'daemonset/log-agent'}, search(0.2), 'not-scalable'],
	])('refuses %o', async (input, server, code) => {
		expect(await of(input, server)).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
	});

	test('without a metrics server it says so', async () => {
		const missing = metricsPorts(ports, {why: 'no Prometheus is in the cluster'});
		expect(await of({target: 'search'}, undefined, missing)).toMatchObject({kind: 'failed', error: {code: 'no-metrics-server'}});
	});
});
