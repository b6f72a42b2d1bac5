import {describe, expect, test} from 'vitest';
import {readCanaryConfig} from '../../../../../src/agents/deploy/metrics/kayenta/read-canary-config.ts';
import {MkcoaError} from '../../../../../src/core/error.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';

const config = (query: JsonObject, more: JsonObject = {}, metric: JsonObject = {}) =>
	JSON.stringify({
		name: 'web',
		metrics: [{name: 'errors', groups: ['all'], query: {type: 'prometheus', ...query}, scopeName: 'default', ...metric}],
		classifier: {groupWeights: {all: 100}},
		...more,
	});
const promqlOf = (query: JsonObject, more: JsonObject = {}, parameters: readonly string[] = []) =>
	readCanaryConfig(config(query, more), {parameters}).metrics[0]?.promql;
const inline = (customInlineTemplate: string) => ({customInlineTemplate});

describe('the query of a metric', () => {
	test.each<[name: string, query: JsonObject, expected: string]>([
		[
			'is what stands behind PromQL:',
			inline(`PromQL:sum(rate(http_requests_total{namespace="\${location}",pod=~"\${scope}"}[1m]))`),
			'sum(rate(http_requests_total{namespace="{{namespace}}",pod=~"{{pods}}"}[1m]))',
		],
		['names pods by their beginning', inline(`PromQL:up{pod=~"\${scope}-.*"}`), 'up{pod=~"{{pods}}"}'],
		['names pods that were scraped by another', inline(`PromQL:up{exported_pod=~"\${scope}-.*"}`), 'up{exported_pod=~"{{pods}}"}'],
		['names a workload by a pattern', inline(`PromQL:up{deployment=~"^\${scope}$"}`), 'up{deployment=~"^{{workload}}$"}'],
		['names one pod', inline(`PromQL:up{pod_name = '\${scope}'}`), 'up{pod_name =~"{{pods}}"}'],
		['names a workload', inline(`PromQL:up{deployment="\${scope}"}`), 'up{deployment="{{workload}}"}'],
		['was escaped by Kayenta', inline('PromQL:up{deployment="$\\{scope}"}'), 'up{deployment="{{workload}}"}'],
		['filters a metric', {metricName: 'cpu', ...inline(`pod=~"\${scope}"`)}, 'avg(cpu{pod=~"{{pods}}"})'],
		[
			'has labels and groups',
			{metricName: 'cpu', labelBindings: ['mode=~"user|system"'], groupByFields: ['mode', 'zone'], ...inline(`pod=~"\${scope}"`)},
			'avg(cpu{pod=~"{{pods}}",mode=~"user|system"}) by (mode,zone)',
		],
		[
			'has no filter, so it is about the pods',
			{metricName: 'cpu', labelBindings: ['mode="user"'], customFilterTemplate: null, resourceType: ''},
			'avg(cpu{pod=~"{{pods}}",namespace="{{namespace}}",mode="user"})',
		],
	])('%s', (_name, query, expected) => expect(promqlOf(query)).toBe(expected));

	test('takes a template of the config and values of variables', () => {
		const templates = {mine: `pod=~"\${scope}",zone="\${zone}"`};
		expect(promqlOf({metricName: 'cpu', customFilterTemplate: 'mine'}, {templates}, ['zone=a=b'])).toBe(
			'avg(cpu{pod=~"{{pods}}",zone="a=b"})',
		);
	});
});

const troubleOf = (text: string, scores?: string) => {
	try {
		return readCanaryConfig(text, {parameters: [], scores});
	} catch (error) {
		return error instanceof MkcoaError ? error.trouble : error;
	}
};

describe('what cannot be judged is refused with the metric and a remedy', () => {
	test.each<[name: string, text: string, what: RegExp, next: RegExp]>([
		['no JSON', 'name: web', /is no JSON/, /spin canary/],
		['another source', config({type: 'stackdriver'}), /errors comes from stackdriver/, /left out is not judged/],
		['another source by its old name', config({type: null, serviceType: 'newrelic'}), /errors comes from newrelic/, /Prometheus/],
		[
			'a template that is not there',
			config({metricName: 'cpu', customFilterTemplate: 'gone'}),
			/errors uses the template gone/,
			/customFilterTemplate/,
		],
		[
			'a variable without a value',
			config(inline(`PromQL:up{zone="\${zone}",pod=~"\${scope}"}`)),
			/errors asks for \$\{zone\}/,
			/--kayenta-params zone=VALUE/,
		],
		['a computed variable', config(inline(`PromQL:up{app="\${scope?lower_case}"}`)), /errors cannot be read/, /customInlineTemplate/],
		['a directive', config(inline('<#if scope??>PromQL:up</#if>')), /errors cannot be read/, /customInlineTemplate/],
		[
			'a pattern that fits both versions',
			config(inline(`PromQL:up{instance=~"\${scope}-.*"}`)),
			/errors cannot be read/,
			/customInlineTemplate/,
		],
		['pods left out', config(inline(`PromQL:up{pod!~"\${scope}"}`)), /errors cannot be read/, /customInlineTemplate/],
		['the same query for both', config(inline('PromQL:sum(up)')), /errors asks the same for both versions/, /placeholder/],
		['machines', config({metricName: 'cpu', resourceType: 'gce_instance'}), /errors is asked for by machines/, /resourceType/],
		['nothing to ask for', config({}), /errors has no metricName/, /metricName|Name it/],
		['an old filter', config({customFilter: 'a'}), /errors has a customFilter/, /customInlineTemplate/],
		['another judge', config({metricName: 'cpu'}, {judge: {name: 'StaticBaselineJudge-v1.0'}}), /judge StaticBaselineJudge/, /copy/],
		['another scope', config({metricName: 'cpu'}, {}, {scopeName: 'database'}), /errors has a scope of its own/, /default/],
		['no metrics', config({}, {metrics: []}), /does not fit at metrics/, /canary\.md/],
		[
			'a limit that is no number',
			config({metricName: 'cpu'}, {}, {analysisConfigurations: {canary: {effectSize: {allowedIncrease: 'much'}}}}),
			/at metrics\.0\.analysis.*allowedIncrease/,
			/canary\.md/,
		],
		[
			'weights of nothing',
			config({metricName: 'cpu'}, {classifier: {groupWeights: {all: 60, other: 40}}}),
			/best score is 60, and 95 passes/,
			/add up to 100/,
		],
		['weights over 100', config({metricName: 'cpu'}, {classifier: {groupWeights: {all: 120}}}), /more than 100/, /add up to 100/],
		['no groups', config({metricName: 'cpu'}, {}, {groups: []}), /best score is 0/, /add up to 100/],
	])('%s', (_name, text, what, next) => {
		expect(troubleOf(text)).toMatchObject({kind: 'usage', what: expect.stringMatching(what), next: expect.stringMatching(next)});
	});

	test('thresholds that cross', () => {
		expect(troubleOf(config({metricName: 'cpu'}), '70,90')).toMatchObject({what: 'The scores 70,90 cannot be meant'});
	});
});

test('thresholds are those that were asked for, then those of the config, then the usual ones', () => {
	const own = config({metricName: 'cpu'}, {classifier: {groupWeights: {all: 100}, scoreThresholds: {pass: 80, marginal: 50}}});
	const thresholds = (text: string, scores?: string) => readCanaryConfig(text, {parameters: [], scores}).classifier.scoreThresholds;
	expect([thresholds(own, '90,60'), thresholds(own), thresholds(config({metricName: 'cpu'}))]).toEqual([
		{pass: 90, marginal: 60},
		{pass: 80, marginal: 50},
		{pass: 95, marginal: 75},
	]);
});
