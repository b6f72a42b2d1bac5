import type {Matcher, Selector} from '../promql/expression.ts';
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

type Written = {readonly metric: string | undefined; readonly matchers: readonly Omit<Matcher, 'at'>[]};

/** The selector's text with another name of the metric, as `_bucket` of a histogram. Names that OpenTelemetry brings, such as `http.requests`, stand in quotes. */
export function selectorText({metric = '', matchers}: Written, suffix = ''): string {
	const name = `${metric}${suffix}`;
	const isPlain = name === '' || /^[a-zA-Z_:][\w:]*$/.test(name);
	const written = [
		...(isPlain ? [] : [JSON.stringify(name)]),
		...matchers.map(({label, op, value}) => `${/^[a-zA-Z_]\w*$/.test(label) ? label : JSON.stringify(label)}${op}${JSON.stringify(value)}`),
	].join(',');
	return `${isPlain ? name : ''}${written === '' ? '' : `{${written}}`}`;
}
