import {expect, test} from 'vitest';
import type {Intent} from '../../../src/analysis/alert-rules/intents/intent.ts';
import {rulesFor} from '../../../src/analysis/alert-rules/intents/rules-for.ts';
import {testsFor} from '../../../src/analysis/alert-rules/unit-tests/tests-for.ts';
import {promtoolComplaint, promtoolPath, promtoolTests} from '../../grade/alerts/promtool.ts';
import {clusterSeries, intents} from './intents.ts';

const promtool = promtoolPath();
const named = intents.map(intent => [intent.name, intent] as const);

test.skipIf(promtool === undefined).each(named)('promtool passes the rules of %s, and the tests that come with them', (_name, intent) => {
	const group = rulesFor(intent);
	const {tests, ...document} = testsFor(intent, clusterSeries, 'rules.yaml');
	expect(promtoolComplaint(promtool ?? '', [group])).toBeUndefined();
	expect(Object.fromEntries(promtoolTests(promtool ?? '', [group], {...document, tests}))).toEqual({});
});

test.each(named)('one test of %s fires and one stays quiet', (_name, intent) => {
	const {tests} = testsFor(intent, clusterSeries, 'rules.yaml');
	const firing = tests.filter(({alert_rule_test: checks}) => checks.some(({exp_alerts}) => exp_alerts.length > 0));
	expect(firing.length).toBeGreaterThan(0);
	expect(tests.length).toBeGreaterThan(firing.length);
	expect(new Set(tests.map(({name}) => name)).size).toBe(tests.length);
});

// A rule that never fires passes every test that expects silence: the tests have to notice what is wrong with a rule.
test.skipIf(promtool === undefined).each([
	['never fires', (expr: string) => `(${expr}) and on () (vector(1) < 0)`],
	['always fires', () => 'vector(1)'],
])('the tests that come with a rule fail for one that %s', (_what, spoil) => {
	for (const name of ['QueueDeep', 'RequestsFail', 'RequestsSlow', 'WebGone']) {
		const intent = intents.find(one => one.name === name) as Intent;
		const group = rulesFor(intent);
		const spoilt = {...group, rules: group.rules.map(rule => ({...rule, expr: spoil(rule.expr)}))};
		expect(promtoolTests(promtool ?? '', [spoilt], testsFor(intent, clusterSeries, 'rules.yaml')).size).toBeGreaterThan(0);
	}
});
