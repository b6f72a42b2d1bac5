import {bucketQuantile} from '../../../analysis/canary/bucket-quantile.ts';
import type {CanaryMetric, Interval, LatencyInterval} from '../../../analysis/canary/metric.ts';

/** What one side counted over several looks. */
export type Pooled = {
	/** A ratio, seconds, or the gauge's own unit; undefined where nothing was counted. */
	readonly value: number | undefined;
	/** Requests, or values of a gauge. */
	readonly samples: number;
};

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** One side of several intervals of one metric, together. */
export function pooled({kind, quantile = 0.5}: CanaryMetric, intervals: readonly Interval[], side: 'canary' | 'stable'): Pooled {
	if (kind === 'counts') {
		const counts = intervals.flatMap(interval => (interval.kind === 'counts' ? [interval[side]] : []));
		const samples = sum(counts.map(({total}) => total));
		return {samples, value: samples > 0 ? sum(counts.map(({bad}) => bad)) / samples : undefined};
	}
	if (kind === 'latency') {
		const buckets = inBuckets(
			intervals.filter(interval => interval.kind === 'latency'),
			side,
		);
		return {samples: sum(buckets.counts), value: bucketQuantile(quantile, buckets.upperBounds, buckets.counts)};
	}
	const values = intervals.flatMap(interval => (interval.kind === 'gauge' ? interval[side] : [])).filter(value => Number.isFinite(value));
	return {samples: values.length, value: values.length > 0 ? sum(values) / values.length : undefined};
}

/** Histograms added up in the bounds that all of them have: a pod with other buckets may have come in between. */
function inBuckets(intervals: readonly LatencyInterval[], side: 'canary' | 'stable') {
	const [first, ...others] = intervals.map(({upperBounds}) => upperBounds);
	const shared = (first ?? []).filter(bound => others.every(bounds => bounds.includes(bound)));
	const counts = shared.map(() => 0);
	for (const {upperBounds, [side]: parts} of intervals) {
		for (const [index, bound] of upperBounds.entries()) {
			const at = shared.findIndex(wide => wide >= bound);
			if (at >= 0) counts[at] = (counts[at] ?? 0) + (parts[index] ?? 0);
		}
	}
	return {upperBounds: shared, counts};
}
