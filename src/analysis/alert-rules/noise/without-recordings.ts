import {selectorsIn} from '../promql/expression.ts';
import {parsePromql} from '../promql/parse-promql.ts';
import {isAlerting, type RuleGroup} from '../rule.ts';
import {fits} from '../unit-tests/real-series.ts';

/**
 * An expression in which what rules record stands as what they record it from: new recordings have no past that could be asked for.
 * @throws PromqlError for an expression that cannot be read
 */
export function withoutRecordings(expr: string, groups: readonly RuleGroup[]): string {
	const recordings = groups.flatMap(({rules}) => rules.flatMap(rule => (isAlerting(rule) ? [] : [rule])));
	// From the end, so that what stands before keeps its place.
	return selectorsIn(parsePromql(expr))
		.flatMap(({metric, matchers, at}) => {
			const from = recordings.find(
				({record, labels = {}}) =>
					record === metric && matchers.every(matcher => labels[matcher.label] === undefined || fits(matcher, labels[matcher.label] ?? '')),
			);
			return from === undefined ? [] : [{at, text: `(${withoutRecordings(from.expr, groups)})`}];
		})
		.toSorted((a, b) => b.at.from - a.at.from)
		.reduce((text, {at, text: inner}) => text.slice(0, at.from) + inner + text.slice(at.to), expr);
}
