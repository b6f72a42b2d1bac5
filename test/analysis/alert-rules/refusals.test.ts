import {expect, test} from 'vitest';
import type {Intent, LatencyIntent, RatioIntent} from '../../../src/analysis/alert-rules/intents/intent.ts';
import {rulesFor} from '../../../src/analysis/alert-rules/intents/rules-for.ts';
import {testsFor} from '../../../src/analysis/alert-rules/unit-tests/tests-for.ts';
import {clusterSeries, intents} from './intents.ts';

const named = <Kind extends Intent>(name: string) => intents.find(one => one.name === name) as Kind;
const ratio = named<RatioIntent>('RequestsFail');
const latency = named<LatencyIntent>('RequestsSlow');
const own = {kind: 'expression', name: 'Own', severity: 'info', runbook: 'r', compare: '>', threshold: 1} as const;

test.each<[string, () => unknown]>([
	['expected threshold between 0 and 1 but got 5', () => rulesFor({...ratio, threshold: 5})],
	['expected quantile between 0 and 1 but got 99', () => rulesFor({...latency, quantile: 99})],
	['expected a metric with matchers but got sum(x)', () => rulesFor({...ratio, total: 'sum(x)'})],
	['expected an expression without >', () => rulesFor({...own, expr: 'x > 3'})],
	['no series nothing is there', () => testsFor({...ratio, total: 'nothing', bad: 'nothing'}, clusterSeries, 'r.yaml')],
	['the alert could never fire', () => testsFor({...latency, threshold: 60}, clusterSeries, 'r.yaml')],
	['the alert would always fire', () => testsFor({...latency, threshold: 0.01}, clusterSeries, 'r.yaml')],
	[
		'a rate is never below 0: <= -1 holds always or never',
		() => testsFor({...named('NoRequests'), threshold: -1} as Intent, clusterSeries, 'r.yaml'),
	],
	['tests cannot be made for an expression with count', () => testsFor({...own, expr: 'count(queue_depth)'}, clusterSeries, 'r.yaml')],
	['an expression of one moment', () => testsFor({...own, expr: 'queue_depth @ 1609746000'}, clusterSeries, 'r.yaml')],
	['one series would need two values at once', () => testsFor({...own, expr: 'queue_depth / queue_depth'}, clusterSeries, 'r.yaml')],
])('%s', (reason, make) => {
	expect(make).toThrow(reason);
});

test('a burn that no share of failures could reach has no alert', () => {
	const rates = (objective: number) =>
		rulesFor({...named('ShopErrorBudgetBurn'), objective: {objective, windowSeconds: 30 * 86_400}} as Intent).rules.flatMap(rule =>
			'alert' in rule ? [rule.expr.match(/> ([\d.]+)/)?.[1]] : [],
		);
	expect(rates(0.999)).toEqual(['0.0144', '0.006', '0.003', '0.001']);
	expect(rates(0.9)).toEqual(['0.6', '0.3', '0.1']);
});

test('a volume that is seldom measured is trusted by as many samples as there can be', () => {
	const fills = named<Extract<Intent, {kind: 'exhaustion'}>>('PoolFills');
	const least = (intent: Intent) => /count_over_time.* >= (\d+)$/.exec(rulesFor(intent).rules[0]?.expr ?? '')?.[1];
	expect([undefined, 15_000, 60_000, 300_000].map(scrapeMs => least(scrapeMs === undefined ? fills : {...fills, scrapeMs}))).toEqual([
		...['30', '30', '30', '6'],
	]);
});

test('a message tells the part of the budget that really goes, and round numbers', () => {
	const descriptions = (intent: Intent) =>
		rulesFor(intent).rules.flatMap(rule => ('alert' in rule ? [rule.annotations.description ?? ''] : []));
	const week = {...named('ShopErrorBudgetBurn'), objective: {objective: 0.999, windowSeconds: 7 * 86_400}} as Intent;
	expect(descriptions(week).map(text => /[\d.]+% of the budget goes in \d+\w/.exec(text)?.[0])).toEqual([
		'2% of the budget goes in 1h',
		'5% of the budget goes in 6h',
		'14.3% of the budget goes in 1d',
		'42.9% of the budget goes in 3d',
	]);
	expect(descriptions({...ratio, threshold: 0.07})[0]).toContain('more than 7%.');
});
