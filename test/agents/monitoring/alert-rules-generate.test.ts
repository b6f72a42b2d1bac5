import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {designFindings, designSchema, designText} from '../../../src/agents/monitoring/alerts/design/design-output.ts';
import {alertRulesGenerate} from '../../../src/agents/monitoring/tools/alert-rules-generate.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';
import {amtoolComplaint, amtoolPath, promtoolComplaint, promtoolPath, promtoolTests} from '../../grade/alerts/promtool.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run} = await shopRoad({scenario: 'shop'});
const of = async (input: object) => (await run(alertRulesGenerate, {namespace: 'shop', since: '10m', ...input})).outcome;
const told = (outcome: AnyOutcome) => designSchema.parse(outcome.kind === 'done' ? outcome.output : outcome);
const file = async (input: object) => parse(told(await of(input)).document?.text ?? '');
const promtool = promtoolPath();

const kinds = [
	{kind: 'errors', target: 'web', above: 2},
	{kind: 'latency', target: 'web', quantile: 0.95, above: 0.5},
	{kind: 'saturation', target: 'web'},
	{kind: 'restarts', target: 'web', for: '1h'},
	{kind: 'absence', target: 'web', severity: 'critical'},
	{kind: 'slo', target: 'web', objective: 99.5},
	{kind: 'query', query: 'sum by (namespace) (kube_pod_status_phase{namespace="shop",phase="Pending"})', above: 3, name: 'ManyPending'},
] as const;

describe('alert_rules_generate', () => {
	test.skipIf(promtool === undefined).each(kinds)(
		'promtool passes the rules for $kind and their tests of series of the cluster',
		async input => {
			const {groups} = await file({...input, runbook: 'https://wiki.example/r', format: 'rule-file'});
			const tests = await file({...input, runbook: 'https://wiki.example/r', format: 'unit-test'});
			expect(promtoolComplaint(promtool ?? '', groups)).toBeUndefined();
			expect(Object.fromEntries(promtoolTests(promtool ?? '', groups, tests))).toEqual({});
			const series = JSON.stringify(tests);
			expect(series).toContain('shop');
		},
	);

	test('tells rules, tests, lints and noise of an intent', async () => {
		const answer = told(await of({kind: 'errors', target: 'web'}));
		expect(answer).toMatchObject({
			of: 'Deployment shop/web',
			rules: [{name: 'WebErrors', for: '10m', labels: {severity: 'warning', deployment: 'web'}}],
			noise: [{alert: 'WebErrors', firings: expect.any(Number), last: expect.any(Array)}],
			lints: expect.arrayContaining([expect.objectContaining({id: 'runbook/missing'})]),
		});
		expect([answer.tests.fire.length, answer.tests.stayQuiet.length]).toEqual([1, 1]);
		expect(answer.rules[0]?.expr).toContain('code=~"5([0-9][0-9]|xx|XX)"');
		expect(designFindings(answer)).toContainEqual(expect.objectContaining({id: 'runbook/missing', severity: 'low'}));
		for (const width of [80, 40]) {
			const text = designText(answer, {width, terminal: true, nowMs: 0});
			expect(text).toContain('Would have fired');
			for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width);
		}
	});

	test('what would fire now is heard in the replay', async () => {
		const {noise} = told(await of({kind: 'query', query: 'sum(up)', above: 0, for: '1m'}));
		expect(noise[0]).toMatchObject({firings: 1, flapping: 0});
		expect(noise[0]?.firingMinutes).toBeGreaterThan(5);
	});

	test('a replay begins with what the server keeps, and what went before is no silence', async () => {
		const answer = told(await of({kind: 'absence', target: 'web', since: '60d'}));
		const [noise] = answer.noise;
		const days = (Date.parse(noise?.to ?? '') - Date.parse(noise?.from ?? '')) / 86_400_000;
		expect(days).toBeGreaterThan(1);
		expect(days).toBeLessThan(20);
	});

	test('takes the comparison that a query has already', async () => {
		const {rules} = told(await of({kind: 'query', query: 'sum(up) + 1 <= 3', name: 'Few'}));
		expect(rules).toMatchObject([{name: 'Few', expr: 'sum(up) + 1 <= 3'}]);
	});

	test('an alert that never could fire is an error: milliseconds for seconds', async () => {
		const {lints} = told(await of({kind: 'latency', target: 'web', above: 250}));
		expect(lints).toContainEqual(
			expect.objectContaining({id: 'comparison/impossible', severity: 'error', reason: expect.stringContaining('it never is > 250')}),
		);
	});

	test('an objective that cannot burn fast says which alerts there are not', async () => {
		const answer = told(await of({kind: 'slo', target: 'web', objective: 90}));
		expect(answer.notChecked).toContainEqual({
			what: 'alerts over 1h',
			why: 'of an objective of 90 % no share of failures uses the budget up so fast',
		});
		expect(JSON.stringify(told(await of({kind: 'errors', target: 'web', above: 0.07})).rules)).toContain('> 0.0007"');
	});

	test.skipIf(amtoolPath() === undefined)('amtool is content with its configuration of Alertmanager', async () => {
		expect(amtoolComplaint(amtoolPath() ?? '', await file({kind: 'restarts', target: 'web', format: 'alertmanager'}))).toBeUndefined();
	});

	test('writes for Grafana, and says that its data source is not known', async () => {
		const answer = told(await of({kind: 'restarts', target: 'web', format: 'grafana', folder: 'Shop'}));
		expect(parse(answer.document?.text ?? '')).toMatchObject({
			apiVersion: 1,
			groups: [{folder: 'Shop', interval: '60s', rules: [{title: 'WebRestarts'}]}],
		});
		expect(answer.notChecked).toContainEqual(expect.objectContaining({what: expect.stringContaining('data source')}));
	});

	test('takes alerts of the catalogue by name, in the jobs of this server', async () => {
		const {groups} = await file({kind: 'catalogue', alerts: ['KubePodCrashLooping'], format: 'rule-file'});
		expect(groups).toMatchObject([{rules: [{alert: 'KubePodCrashLooping'}]}]);
	});

	test.each([
		[{kind: 'errors'}, 'no-target'],
		[{kind: 'errors', target: 'nobody'}, 'not-found'],
		[{kind: 'errors', target: 'node/shop-1'}, 'not-found'],
		[{kind: 'errors', target: 'web', above: 200}, 'bad-threshold'],
		[{kind: 'latency', target: 'web', above: 0}, 'bad-threshold'],
		[{kind: 'slo', target: 'web', objective: 0.999}, 'bad-objective'],
		[{kind: 'query', query: 'sum(', above: 1}, 'bad-promql'],
		[{kind: 'query', query: 'sum(up) =='}, 'bad-promql'],
		[{kind: 'query', query: 'up == 0'}, 'no-threshold'],
		[{kind: 'exhaustion', target: 'web'}, 'no-volumes'],
		[{kind: 'query', above: 1}, 'no-query'],
		[{kind: 'query', query: 'up'}, 'no-threshold'],
		[{kind: 'query', query: 'up > 1', above: 1}, 'bad-intent'],
		[{kind: 'catalogue', alerts: ['KubePodCrashLoping']}, 'unknown-alert'],
		[{kind: 'slo', target: 'web', format: 'grafana'}, 'grafana-recordings'],
	])('refuses %o', async (input, code) => {
		expect(await of(input)).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
	});
});
