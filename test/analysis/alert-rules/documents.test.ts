import {expect, test} from 'vitest';
import {alertCatalogue} from '../../../src/analysis/alert-rules/alert-catalogue.ts';
import {alertmanagerConfig} from '../../../src/analysis/alert-rules/documents/alertmanager-config.ts';
import {grafanaRuleGroup} from '../../../src/analysis/alert-rules/documents/grafana-rule-group.ts';
import {prometheusRule, ruleFile} from '../../../src/analysis/alert-rules/documents/prometheus-rule.ts';
import {rulesFor} from '../../../src/analysis/alert-rules/intents/rules-for.ts';
import {amtoolComplaint, amtoolPath} from '../../grade/alerts/promtool.ts';
import {intents} from './intents.ts';

const intent = (name: string) => rulesFor(intents.find(one => one.name === name) ?? (intents[0] as never));

test('writes rules as the operator reads them, and as Prometheus does', () => {
	const groups = [intent('WebGone')];
	expect(ruleFile(groups)).toEqual({groups});
	expect(prometheusRule({name: 'web', namespace: 'shop', labels: {release: 'prometheus'}}, groups)).toEqual({
		apiVersion: 'monitoring.coreos.com/v1',
		kind: 'PrometheusRule',
		metadata: {name: 'web', namespace: 'shop', labels: {release: 'prometheus'}},
		spec: {groups},
	});
});

test('a rule of Grafana fires for every sample that the expression leaves, also for a 0', () => {
	const group = grafanaRuleGroup(intent('TargetDown'), {folderUid: 'shop', datasourceUid: 'prom'});
	expect(group).toMatchObject({title: 'TargetDown', folderUid: 'shop', interval: 60});
	expect(group.rules).toHaveLength(1);
	expect(group.rules[0]).toMatchObject({
		...{title: 'TargetDown', folderUID: 'shop', ruleGroup: 'TargetDown', condition: 'threshold', for: '10m', noDataState: 'OK'},
		data: [
			{refId: 'query', datasourceUid: 'prom', model: {expr: 'max by (job, instance) (up{job="web"}) < 1', instant: true}},
			{
				refId: 'prometheus_math',
				datasourceUid: '__expr__',
				model: {type: 'math', expression: 'is_number($query) || is_nan($query) || is_inf($query)'},
			},
			{refId: 'threshold', model: {type: 'threshold', expression: 'prometheus_math', conditions: [{evaluator: {type: 'gt', params: [0]}}]}},
		],
		labels: {severity: 'warning'},
	});
	expect(JSON.stringify(group)).toContain('{{ $values.query.Value | humanize }}');
});

test('titles are different where names are not, and recordings need a place', () => {
	const burn = intent('ShopErrorBudgetBurn');
	expect(() => grafanaRuleGroup(burn, {folderUid: 'f', datasourceUid: 'p'})).toThrow('slo:error_ratio:rate5m');
	const {rules} = grafanaRuleGroup(burn, {folderUid: 'f', datasourceUid: 'p', recordTo: 'p'});
	expect(new Set(rules.map(({title}) => title)).size).toBe(rules.length);
	expect(rules[0]).toMatchObject({record: {metric: 'slo:error_ratio:rate5m', from: 'query', target_datasource_uid: 'p'}});
});

const receivers = {critical: 'pager', warning: 'chat'};

test('routes by severity to the receivers that are named, and tells nobody of the rest', () => {
	const {route, receivers: made} = alertmanagerConfig(receivers);
	expect(route).toMatchObject({
		receiver: 'nobody',
		routes: [
			{matchers: ['severity="critical"'], receiver: 'pager'},
			{matchers: ['severity="warning"'], receiver: 'chat'},
		],
	});
	expect(made).toEqual([{name: 'nobody'}, {name: 'pager'}, {name: 'chat'}]);
	expect(alertmanagerConfig({}).receivers).toEqual([{name: 'nobody'}]);
	expect(alertmanagerConfig({critical: 'nobody', warning: 'nobody'}).receivers).toEqual([{name: 'nobody'}]);
});

test('inhibitions name alerts that there are, and no alert silences itself', () => {
	const names = new Set(alertCatalogue().flatMap(({rules}) => rules.flatMap(rule => ('alert' in rule ? [rule.alert] : []))));
	const named = alertmanagerConfig(receivers).inhibit_rules.map(({source_matchers, target_matchers}) => ({
		sources: namesIn(source_matchers),
		targets: namesIn(target_matchers),
	}));
	expect(named.flatMap(({sources, targets}) => [...sources, ...targets]).filter(name => !names.has(name))).toEqual([]);
	expect(named.filter(({sources, targets}) => sources.some(name => targets.includes(name)))).toEqual([]);
	expect(named.filter(({sources}) => sources.length > 0).length).toBeGreaterThan(10);
});

const namesIn = (matchers: readonly string[]) =>
	matchers.filter(text => text.startsWith('alertname')).flatMap(text => text.replace(/^alertname=~?"|"$/g, '').split('|'));

const amtool = amtoolPath();
test.skipIf(amtool === undefined).each([[receivers], [{}], [{critical: 'a', warning: 'a', info: 'a'}]])(
	'amtool is content with %o',
	named => {
		expect(amtoolComplaint(amtool ?? '', alertmanagerConfig(named))).toBeUndefined();
	},
);
test.skipIf(amtool === undefined)('amtool would complain of a receiver that is missing', () => {
	expect(amtoolComplaint(amtool ?? '', {...alertmanagerConfig(receivers), receivers: []})).toContain('undefined receiver');
});
