import type {Selector} from '../promql/expression.ts';
import {parsePromql} from '../promql/parse-promql.ts';

/**
 * Reads `metric{label="value"}`.
 * @throws RangeError where it is anything else
 */
export function readSelector(text: string): Selector & {readonly metric: string} {
	const read = parsePromql(text);
	if (read.kind !== 'selector' || read.metric === undefined) throw new RangeError(`expected a metric with matchers but got ${text}`);
	return {...read, metric: read.metric};
}

/** The selector's text with another name of the metric, as `_bucket` of a histogram. */
export function selectorText({metric, matchers}: Selector, suffix = ''): string {
	const written = matchers.map(({label, op, value}) => `${label}${op}${JSON.stringify(value)}`).join(',');
	return `${metric ?? ''}${suffix}${written === '' ? '' : `{${written}}`}`;
}
