import {describe, expect, test} from 'vitest';
import {performanceFindings} from '../../../src/agents/monitoring/performance/performance-findings.ts';
import {performanceSchema, type ToldPerformance} from '../../../src/agents/monitoring/performance/performance-schema.ts';
import {performanceText} from '../../../src/agents/monitoring/performance/performance-text.ts';
import {performanceAnalyze} from '../../../src/agents/monitoring/tools/performance-analyze.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';
import type {Ports} from '../../../src/main/ports.ts';
import {resourcePatch} from '../../../src/mcp/kubernetes/tools/resource-patch.ts';
import {metricsPorts} from '../../support/metrics-ports.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, ports, clock} = await shopRoad({speed: 20});
const of = async (input: object, change: Partial<Ports> = {}) =>
	(await run(performanceAnalyze, {namespace: 'shop', ...input}, {ports: {...ports, ...change}})).outcome;
const told = (outcome: AnyOutcome) => performanceSchema.parse(outcome.kind === 'done' ? outcome.output : undefined);

async function rollOut(name: string, tag: string) {
	const image = `registry.example/shop/${name}:${tag}`;
	const patch = JSON.stringify({spec: {template: {spec: {containers: [{name, image}]}}}});
	const {outcome} = await run(resourcePatch, {kind: 'deployment', name, namespace: 'shop', patch, type: 'strategic'});
	expect(outcome.kind).toBe('done');
}

function fits(answer: ToldPerformance): string {
	for (const width of [80, 40])
		for (const line of performanceText(answer, {width, terminal: true, nowMs: Date.parse(answer.to)}).split('\n'))
			expect(textWidth(line)).toBeLessThanOrEqual(width);
	return performanceText(answer, {width: 80, terminal: true, nowMs: Date.parse(answer.to)});
}

describe('performance_analyze', {timeout: 120_000}, () => {
	test('says that a workload has room, and how much', async () => {
		const answer = told(await of({target: 'web', since: '1h'}));
		expect(answer.workloads).toMatchObject([{resource: {kind: 'Deployment', name: 'web'}, bottlenecks: []}]);
		const [web] = answer.workloads;
		expect(web?.within.join()).toMatch(/CPU of its limit at most .*memory of its limit at most/);
		for (const {query, level, least, most} of web?.measures ?? []) {
			expect(query).not.toBe('');
			expect(level).toBeGreaterThanOrEqual(least);
			expect(level).toBeLessThanOrEqual(most);
		}
		expect(answer.notChecked.map(({what}) => what)).toContain('throttled');
		expect(fits(answer)).toMatch(/✓ No bottleneck: within: errors at most/);
		expect(performanceFindings(answer)).toContainEqual(
			expect.objectContaining({status: 'pass', cause: 'Deployment shop/web has no bottleneck'}),
		);
	});

	test('names the rollout after which a version answers slowly, and the one after which another fails', async () => {
		await Promise.all([rollOut('cart', '9.0.0-latency'), rollOut('catalog', '9.0.0-bad')]);
		// A change is placed best where there is as much after it as before.
		await clock.skip(25 * 60_000);
		const slow = told(await of({target: 'cart', since: '1h'}));
		expect(slow.workloads[0]?.bottlenecks[0]).toMatchObject({
			kind: 'rollout',
			sure: 'likely',
			severity: 'high',
			cause: expect.stringMatching(/^answers in p95 .* before: it began .*: rolled out as revision \d+: .*9\.0\.0-latency/),
		});
		const latency = slow.workloads[0]?.measures.find(({name}) => name === 'latency-p95');
		expect(latency?.shifts.at(-1)).toMatchObject({kind: 'step', after: {text: expect.stringContaining('9.0.0-latency')}});
		expect(fits(slow)).toMatch(/✗ Bottleneck\n/);
		const failing = told(await of({target: 'catalog', since: '1h'}));
		expect(failing.workloads[0]?.bottlenecks[0]).toMatchObject({
			kind: 'rollout',
			severity: 'high',
			cause: expect.stringMatching(/^fails 1\d(\.\d)? %/),
		});
		expect(performanceFindings(failing)).toContainEqual(
			expect.objectContaining({
				id: 'performance-rollout',
				status: 'fail',
				severity: 'high',
				resource: expect.objectContaining({name: 'catalog'}),
			}),
		);
	});

	test('tells of one moment where there is no metrics server', async () => {
		const answer = told(await of({target: 'web'}, metricsPorts(ports, {why: 'no Prometheus is in the cluster'})));
		const [web] = answer.workloads;
		expect(web?.measures.map(({name}) => name)).toEqual(['cpu', 'memory', 'cpu-of-limit', 'memory-of-limit']);
		expect(answer.notChecked).toContainEqual({
			what: 'latency-p95',
			why: 'no Prometheus is in the cluster: name a Prometheus with --prometheus URL or in monitoring.yaml',
		});
		expect(fits(answer)).toContain('by the cluster itself');
	});

	test.each([
		[{target: 'nobody'}, 'not-found'],
		[{target: 'node/node-a'}, 'not-found'],
		[{target: 'web', since: 'yesterday'}, 'not-a-time'],
	])('refuses %o', async (input, code) => {
		expect(await of(input)).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
	});
});
