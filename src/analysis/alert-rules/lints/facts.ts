import type {Facts, Knowledge, MetricType} from './lint.ts';

/** Parts of a histogram or summary are counters, but for a summary's quantiles. */
const parts = /_(bucket|count|sum)$/;

/** @param recorded names that the rules record themselves */
export function factsOf({series, types = {}, scrapeMs, evaluationMs}: Knowledge, recorded: ReadonlySet<string>): Facts {
	const byMetric = series === undefined ? undefined : Map.groupBy(series, labels => labels.__name__ ?? '');
	return {
		...{scrapeMs, evaluationMs},
		metrics: byMetric === undefined ? undefined : new Set([...byMetric.keys(), ...recorded]),
		seriesOf: metric => (recorded.has(metric) ? undefined : byMetric?.get(metric)),
		typeOf: metric => typeOf(metric, types),
	};
}

function typeOf(metric: string, types: NonNullable<Knowledge['types']>): MetricType {
	const own = types[metric];
	if (own !== undefined) return own;
	const whole = types[metric.replace(parts, '')];
	if (parts.test(metric) && (whole === 'histogram' || whole === 'summary')) return 'counter';
	// OpenMetrics: the type is told of the name without the ending of counters.
	if (metric.endsWith('_total')) return types[metric.slice(0, -'_total'.length)] ?? 'counter';
	return metric.endsWith('_bucket') ? 'counter' : 'unknown';
}
