import {describe, expect, test} from 'vitest';
import {slaFinding, slaSchema, slaText} from '../../../src/agents/incident/sla/sla-output.ts';
import {type Slo, sloFileSchema} from '../../../src/agents/incident/sla/slo-file.ts';
import {slaMonitor} from '../../../src/agents/incident/tools/sla-monitor.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import type {Ports} from '../../../src/main/ports.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, ports} = await shopRoad({scenario: 'broken'});
const of = async (input: object, change: Partial<Ports> = {}) =>
	(await run(slaMonitor, {...input}, {ports: {...ports, ...change}})).outcome;
const told = (outcome: AnyOutcome) => slaSchema.parse(outcome.kind === 'done' ? outcome.output : undefined);
const slos = (all: readonly Slo[]) => ({slos: async () => all});

describe('sla_monitor', () => {
	test('pages for a Service of which an eighth fails, and tells what was not judged', async () => {
		const answer = told(await of({names: ['error-rate'], namespace: 'broken'}));
		const [row] = answer.objectives;
		expect(row).toMatchObject({
			name: 'broken/error-rate',
			resource: {kind: 'Service', name: 'error-rate'},
			alert: {asks: 'page', severity: 'critical', longWindow: '1h', shortWindow: '5m'},
			secondsToEmpty: 0,
		});
		expect(row?.availabilityPercent).toBeCloseTo(88, 0);
		expect(row?.burnRates['1h']).toBeGreaterThan(100);
		expect(answer.objectives.map(slaFinding)).toMatchObject([{id: 'error-budget-burning', status: 'fail', severity: 'critical'}]);
		expect(slaText(answer, {width: 100, terminal: false, nowMs: 0})).toContain('broken/error-rate burns its error budget');
	});

	test('keeps to the objective that somebody wrote down', async () => {
		const answer = told(
			await of({names: ['error-rate']}, slos([{service: 'error-rate', namespace: 'broken', objective: 80, window: '7d'}])),
		);
		expect(answer.objectives).toMatchObject([{objectivePercent: 80, windowSeconds: 604_800}]);
		expect(answer.objectives[0]?.budgetLeftPercent).toBeGreaterThan(0);
		expect(answer.objectives.map(slaFinding)).toMatchObject([{status: 'pass'}]);
	});

	test('asks the queries of a person', async () => {
		const [good, total] = ['{code!~"5..",namespace="broken"}', '{namespace="broken"}'].map(
			labels => `sum(increase(http_requests_total${labels}[$window]))`,
		);
		const [row] = told(await of({names: ['all'], good, total})).objectives;
		expect(row).toMatchObject({name: 'all'});
		expect(row?.failedRequests).toBeGreaterThan(0);
	});

	test('says why there is nothing to judge', async () => {
		const without = told(await of({}, {metrics: async () => ({why: 'no Prometheus is in the cluster'})}));
		expect(without).toMatchObject({objectives: [], notChecked: [{what: 'every objective', why: 'no Prometheus is in the cluster'}]});
		const quiet = told(await of({names: ['service-selector-wrong'], namespace: 'broken'}));
		expect(quiet.notChecked[0]?.why).toMatch(/counts no requests of it$|no requests within 30d/);
	});

	test.each([
		[{names: ['nobody']}, 'no-such-objective'],
		[{good: 'sum(increase(a[$window]))'}, 'half-an-objective'],
	])('refuses %o', async (input, code) => {
		expect(await of(input)).toMatchObject({kind: 'failed', error: {code}});
	});
});

describe('slo.yaml', () => {
	const [good, total] = ['sum(increase(a[$window]))', 'sum(increase(b[$window]))'];
	test.each([
		[{service: 'web', objective: 99.9}, true],
		[{name: 'orders', objective: 99, window: '7d', good, total}, true],
		[{objective: 99, good, total}, false],
		[{service: 'web', objective: 100}, false],
		[{service: 'web', objective: 99, window: '30'}, false],
		[{service: 'web', objective: 99, good, total}, false],
		[{name: 'orders', objective: 99, good}, false],
		[{name: 'orders', objective: 99, good: 'a', total: 'b'}, false],
		[{service: 'web', objective: 99, windw: '7d'}, false],
	])('%o is taken: %s', (slo, isTaken) => {
		expect(sloFileSchema.safeParse({slos: [slo]}).success).toBe(isTaken);
	});
});
