import {expect, test} from 'vitest';
import {alertCatalogue} from '../../../src/analysis/alert-rules/alert-catalogue.ts';
import {rulesFor} from '../../../src/analysis/alert-rules/intents/rules-for.ts';
import type {Knowledge} from '../../../src/analysis/alert-rules/lints/lint.ts';
import {lintRules} from '../../../src/analysis/alert-rules/lints/lint-rules.ts';
import type {AlertingRule, Rule} from '../../../src/analysis/alert-rules/rule.ts';
import {clusterSeries, intents} from './intents.ts';

const blind: Knowledge = {scrapeMs: 30_000, evaluationMs: 30_000};
const knowing: Knowledge = {
	...blind,
	series: [
		...clusterSeries.map(({labels}) => labels),
		{__name__: 'temperature', room: 'a'},
		{__name__: 'temperature', room: 'b'},
		{__name__: 'node_info', node: 'n1', zone: 'z1'},
	],
	types: {temperature: 'gauge', queue_depth: 'gauge', http_requests: 'counter'},
};

const told = {summary: 'Bad', description: 'It is bad', runbook_url: 'https://wiki.example/bad'};
const alert = (expr: string, more: Partial<AlertingRule> = {}): AlertingRule => ({
	...{alert: 'Bad', expr, labels: {severity: 'warning'}, annotations: told},
	...more,
});
const ids = (rules: readonly Rule[], knowledge = knowing) =>
	lintRules([{name: 'all', rules}], knowledge)
		.map(({id}) => id)
		.filter(id => id !== 'absent/unhandled');

test.each([
	['promql/syntax', 'sum(rate(temperature[5m]) > 1'],
	['metric/unknown', 'temprature > 1'],
	['matcher/label-unknown', 'temperature{floor="1"} > 1'],
	['matcher/value-unknown', 'temperature{room="c"} > 1'],
	['regex/anchored', 'temperature{room=~"^a.*$"} > 1'],
	['regex/plain', 'temperature{room=~"a"} > 1'],
	['regex/all', 'temperature{room=~".*"} > 1'],
	['label/lost', 'sum by (room, floor) (temperature) > 1'],
	['label/lost', 'sum by (pod) (sum by (service) (queue_depth)) > 1'],
	['matching/one-side', 'sum by (service) (queue_depth) / on (pod) (queue_depth > 0) > 1'],
	['matching/no-common-labels', 'sum by (service) (queue_depth) > sum by (pod) (queue_depth)'],
	['matching/many-to-many', 'max by (service) (pool_connections) > on (service) sum by (service, pod) (queue_depth)'],
	['matching/many-to-many', 'pool_connections * on (service) group_left () queue_depth > 1'],
	['comparison/missing', 'sum(temperature)'],
	['comparison/bool', 'temperature > bool 1'],
	['comparison/impossible', 'rate(http_requests_total[5m]) < 0'],
	['comparison/impossible', 'count(temperature) == 0'],
	['comparison/impossible', 'temperature > 5 < 2'],
	['comparison/impossible', 'histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 250'],
	['comparison/impossible', 'histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) * 1000 > 250000'],
	['comparison/always', 'histogram_quantile(0.5, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 0.00001'],
	['comparison/impossible', 'absent(up{job="web"}) == 0'],
	['comparison/always', 'sum by (service) (rate(http_requests_total[5m])) >= 0'],
	['division/unguarded', 'pool_connections / pool_connections_limit > 0.9'],
	['rate/on-gauge', 'rate(temperature[5m]) > 1'],
	['rate/missing', 'sum(http_requests_total) > 100'],
	['rate/missing', 'deriv(http_requests_total[5m]) > 100'],
	['window/too-short', 'rate(http_requests_total[1m]) > 1'],
	['histogram/le-lost', 'histogram_quantile(0.9, sum by (service) (rate(http_request_duration_seconds_bucket[5m]))) > 1'],
])('%s: %s', (id, expr) => {
	expect(ids([alert(expr)])).toEqual([id]);
});

test.each([
	'temperature{room!=""} > 1',
	'sum by (service) (rate(http_requests_total{code=~"5.."}[5m])) / (sum by (service) (rate(http_requests_total[5m])) > 0) > 0.1',
	'histogram_quantile(0.9, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m]))) > 1',
	'queue_depth * on (service) group_left () (pool_connections > 0) > 1',
	'max by (room) (temperature) > 3 unless on (room) temperature > 5',
	'absent(up{job="web"})',
	'count(temperature) < 2',
	'count(http_requests_total) > 100',
	'max_over_time(temperature[1h:1m]) > 1',
	'label_replace(temperature, "floor", "1", "room", ".") > 1',
	'1 - avg by (service) (pool_connections) > 0.5',
	'time() - timestamp(temperature) > 300',
	'temperature > 1 and temperature < 5',
])('says nothing of %s', expr => {
	expect(ids([alert(expr)])).toEqual([]);
});

test('says nothing of metrics and labels where no series are known', () => {
	expect(ids([alert('whatever{it="is"} > 1'), alert('sum by (a) (b) > on (a) c', {alert: 'Worse'})], blind)).toEqual([]);
});

test('knows what the rules record, and by which labels', () => {
	const rules = [{record: 'room:temperature:max', expr: 'max by (room) (temperature)'}, alert('room:temperature:max{room="a"} > 1')];
	expect(ids(rules)).toEqual([]);
});

test.each([
	['template/label-lost', alert('max(temperature) > 1', {annotations: {...told, summary: 'Room {{ $labels.room }}'}})],
	['template/value-in-label', alert('temperature > 1', {labels: {severity: 'warning', now: '{{ $value }}'}})],
	['severity/missing', alert('temperature > 1', {labels: {}})],
	['severity/unknown', alert('temperature > 1', {labels: {severity: 'sev1'}})],
	['runbook/missing', alert('temperature > 1', {annotations: {summary: 'Bad', description: 'Bad'}})],
	['summary/missing', alert('temperature > 1', {annotations: {description: 'Bad', runbook_url: 'u'}})],
	['description/missing', alert('temperature > 1', {annotations: {summary: 'Bad', runbook_url: 'u'}})],
	['for/too-short', alert('temperature > 1', {for: '30s'})],
	['for/unreadable', alert('temperature > 1', {for: 'soon'})],
])('%s', (id, rule) => {
	expect(ids([rule])).toEqual([id]);
});

test('a label of the rule itself may stand in a text', () => {
	expect(
		ids([alert('max(temperature) > 1', {labels: {severity: 'info', team: 'a'}, annotations: {...told, summary: '{{ $labels.team }}'}})]),
	).toEqual([]);
});

test('finds rules that are there twice, and one condition under two names', () => {
	expect(ids([alert('temperature > 1'), alert('temperature > 2')])).toEqual(['duplicate/name']);
	expect(ids([alert('temperature > 1'), alert('temperature>1', {alert: 'Worse'})])).toEqual(['duplicate/condition']);
});

test('asks once for each metric whether its absence would be told', () => {
	const about = (rules: readonly Rule[]) => lintRules([{name: 'all', rules}], blind).filter(({id}) => id === 'absent/unhandled');
	expect(about([alert('temperature > 1'), alert('temperature > 2', {labels: {severity: 'critical'}})])).toHaveLength(1);
	expect(about([alert('temperature > 1'), alert('absent(temperature)', {alert: 'Gone'})])).toEqual([]);
});

test('says where it is: the place is that of the wrong part', () => {
	const expr = 'sum by (room) (temperature{room=~"^a"}) > 1';
	const [found] = lintRules([{name: 'all', rules: [alert(expr)]}], knowing);
	expect(expr.slice(found?.at?.from, found?.at?.to)).toBe('room=~"^a"');
});

test('the catalogue and the rules of intents are clean', () => {
	expect(lintRules(alertCatalogue(), blind)).toEqual([]);
	const grave = lintRules(intents.map(rulesFor), knowing).filter(({severity}) => severity !== 'info');
	expect(grave).toEqual([]);
});
