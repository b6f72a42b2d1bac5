import {comparisons} from '../promql/expression.ts';
import {parsePromql} from '../promql/parse-promql.ts';
import type {AlertingRule} from '../rule.ts';
import {expressionScenarios} from './expression-scenarios.ts';
import type {RealSeries} from './real-series.ts';
import {minutesOf, type UnitTest, unitTest} from './unit-test.ts';

/**
 * Tests of a rule that no intent made, such as one of the catalogue: one that fires and one that stays quiet.
 * @throws RangeError where its condition is no comparison with a number, or cannot be turned round, with the reason
 */
export function testsOfRule(rule: AlertingRule, series: readonly RealSeries[]): readonly UnitTest[] {
	const read = parsePromql(rule.expr);
	if (read.kind !== 'binary' || !comparisons.has(read.op) || read.right.kind !== 'number' || !/^[<>]/.test(read.op))
		throw new RangeError('tests cannot be made for a condition that is more than a comparison: write them by hand');
	const {op, left, right} = read;
	const intent = {
		...({kind: 'expression', name: rule.alert, severity: 'warning', runbook: undefined} as const),
		...{expr: rule.expr.slice(left.at.from, left.at.to), compare: op as '>' | '>=' | '<' | '<=', threshold: right.value},
	};
	const scenarios = expressionScenarios(intent, series, {window: 6, held: minutesOf(rule.for)});
	return scenarios.map(scenario => unitTest({name: rule.alert, rules: [rule]}, {...scenario, name: `${rule.alert} ${scenario.name}`}));
}
