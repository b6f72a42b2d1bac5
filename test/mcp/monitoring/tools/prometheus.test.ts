import {expect, test} from 'vitest';
import type {MetricsServer, Rule, ScrapeTarget} from '../../../../src/mcp/monitoring/port.ts';
import {prometheusRules} from '../../../../src/mcp/monitoring/tools/prometheus-rules.ts';
import {prometheusSeries} from '../../../../src/mcp/monitoring/tools/prometheus-series.ts';
import {prometheusTargets} from '../../../../src/mcp/monitoring/tools/prometheus-targets.ts';
import {answered, fakeMetrics} from '../../../support/fake-metrics.ts';
import {serverWorld} from '../../../support/server-world.ts';

const nowMs = Date.UTC(2026, 0, 1);
const worldOf = (answers: Partial<MetricsServer>) => serverWorld({monitoring: {metrics: async () => ({metrics: fakeMetrics(answers)})}});

const rule = (name: string, more: Partial<Rule> = {}): Rule => ({
	...{group: 'shop', file: 'shop.yaml', kind: 'alerting', name, query: `${name} > 0`, labels: {severity: 'warning'}},
	...{annotations: {summary: `${name} is wrong`}, forSeconds: 300, keepFiringSeconds: 0, intervalSeconds: 30, state: 'inactive'},
	...{health: 'ok', lastError: '', evaluationSeconds: 0.01},
	...more,
});
const recorded = rule('job:up:sum', {kind: 'recording', state: undefined, labels: {}, annotations: {}, forSeconds: 0, query: 'sum(up)'});
const rules = [
	rule('Quiet'),
	recorded,
	rule('Firing', {state: 'firing', forSeconds: 0, labels: {severity: 'critical'}, annotations: {summary: 'a\u001b[31mred\u001b[0m\nline'}}),
	rule('Broken', {health: 'err', lastError: 'many-to-many matching not allowed'}),
	rule('Waiting', {state: 'pending'}),
];

test('rules are told, those that are broken and those that fire first', async () => {
	const {shown} = await worldOf({rules: async () => rules});
	expect(await shown(prometheusRules, {})).toMatchInlineSnapshot(`
		"4 alerting rules (1 firing) and 1 recording rule in test, 1 of them broken, by Prometheus
		https://prometheus.example
		RULE         STATE       FOR   SEVERITY   GROUP   SAYS
		Broken       broken      5m    warning    shop    many-to-many matching not allowed
		Firing       firing      -     critical   shop    ared line
		Waiting      pending     5m    warning    shop    Waiting is wrong
		Quiet        inactive    5m    warning    shop    Quiet is wrong
		job:up:sum   recording   -     -          shop    sum(up)"
	`);
	expect(await shown(prometheusRules, {}, {width: 40})).toMatchInlineSnapshot(`
		"4 alerting rules (1 firing) and 1
		recording rule in test, 1 of them
		broken, by Prometheus
		https://prometheus.example
		RULE        STATE  FOR  SEVERITY  GROUP 
		            SAYS
		Broken      broken  5m  warning  shop 
		            many-to-many matching not
		            allowed
		Firing      firing  -  critical  shop 
		            ared line
		Waiting     pending  5m  warning  shop 
		            Waiting is wrong
		Quiet       inactive  5m  warning  shop 
		            Quiet is wrong
		job:up:sum  recording  -  -  shop 
		            sum(up)"
	`);
	expect(await shown(prometheusRules, {state: 'pending'}, {terminal: false})).toMatchInlineSnapshot(`
		"RULE	STATE	FOR	SEVERITY	GROUP	SAYS
		Waiting	pending	5m	warning	shop	Waiting is wrong"
	`);
	expect(await shown(prometheusRules, {search: 'FIR', limit: 1})).toMatchInlineSnapshot(`
		"4 alerting rules (1 firing) and 1 recording rule in test, 1 of them broken, by Prometheus
		https://prometheus.example
		RULE     STATE    FOR   SEVERITY   GROUP   SAYS
		Firing   firing   -     critical   shop    ared line"
	`);
	expect(await shown(prometheusRules, {search: 'nothing'})).toMatchInlineSnapshot(`
		"4 alerting rules (1 firing) and 1 recording rule in test, 1 of them broken, by Prometheus
		https://prometheus.example"
	`);
});

const target = (url: string, more: Partial<ScrapeTarget> = {}): ScrapeTarget => ({
	...{pool: 'shop/web', url, labels: {job: 'web'}, health: 'up', lastError: '', lastScrapeMs: nowMs - 12_000},
	...{durationSeconds: 0.012, interval: '30s'},
	...more,
});

test('targets are told, those that are down first', async () => {
	const {shown} = await worldOf({
		targets: async () => [
			target('http://10.0.0.1:8080/metrics'),
			target('http://10.0.0.2:8080/metrics', {health: 'down', lastError: 'connection refused'}),
			target('http://10.0.0.3:8080/metrics', {health: 'unknown', lastScrapeMs: Date.UTC(1, 0, 1)}),
		],
	});
	expect(await shown(prometheusTargets, {})).toMatchInlineSnapshot(`
		"3 targets of test, 1 down, by Prometheus https://prometheus.example
		POOL       URL                            HEALTH    SCRAPED   TOOK    WHY
		shop/web   http://10.0.0.2:8080/metrics   down      12s       12 ms   connection refused
		shop/web   http://10.0.0.3:8080/metrics   unknown             12 ms
		shop/web   http://10.0.0.1:8080/metrics   up        12s       12 ms"
	`);
	expect(await shown(prometheusTargets, {health: 'down'}, {terminal: false})).toMatchInlineSnapshot(`
		"POOL	URL	HEALTH	SCRAPED	TOOK	WHY
		shop/web	http://10.0.0.2:8080/metrics	down	2025-12-31T23:59:48.000Z	0.012	connection refused"
	`);
});

test('metrics are told with what their authors say of them, series by their labels, labels by their values', async () => {
	const asked: unknown[] = [];
	const {shown} = await worldOf({
		labelValues: async (name, choice) => {
			asked.push([name, choice?.selectors]);
			return answered(name === '__name__' ? ['http_requests_total', 'up'] : ['shop', 'bank'], name === 'a' ? {partial: true} : {});
		},
		metadata: async () => ({http_requests_total: [{type: 'counter', help: 'Requests by code.\nAnd more.', unit: ''}]}),
		series: async () => [
			{__name__: 'up', job: 'web'},
			{__name__: 'up', job: 'db'},
		],
	});
	expect(await shown(prometheusSeries, {})).toMatchInlineSnapshot(`
		"METRIC                TYPE      HELP
		http_requests_total   counter   Requests by code. And more.
		up"
	`);
	expect(await shown(prometheusSeries, {selector: 'up', limit: 1})).toMatchInlineSnapshot(`
		"up{job="web"}
		1 row more: --limit shows more"
	`);
	expect(await shown(prometheusSeries, {selector: 'up', label: 'namespace'})).toMatchInlineSnapshot(`
		"shop
		bank"
	`);
	expect(asked).toEqual([
		['__name__', undefined],
		['namespace', ['up']],
	]);
});
