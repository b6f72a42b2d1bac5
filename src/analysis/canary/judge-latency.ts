import {judgeCounts} from './judge-counts.ts';
import {comparedBound, type Histogram, pooled, quantileOf} from './latency/histogram.ts';
import type {CanaryMetric, Counts, CountsInterval, LatencyInterval, MetricVerdict} from './metric.ts';

/**
 * Judges a quantile of latencies by histograms: an anytime-valid test of how many requests of each side are slower than a bound near that quantile.
 *
 * Given how many requests of both sides are slower than the bound, and no difference, they fall on the canary by its share of the traffic; so the test
 * of two proportions holds, whatever latencies look like. The bound is chosen by both sides alike, which says nothing on which side is slower. That
 * one side is slower is certain before it matters: a canary fails only when its quantile, read from the buckets, is also outside the tolerance.
 * @see Howard and Ramdas 2022 for quantiles at every look; Lindon and others 2022 (arXiv 2205.14762) for canaries
 */
export function judgeLatency(
	metric: CanaryMetric,
	intervals: readonly LatencyInterval[],
	ofStage: readonly LatencyInterval[],
	isAlone = false,
): MetricVerdict {
	const quantile = metric.quantile ?? 0.5;
	const usable = sameBuckets(intervals);
	const all = pooled(usable);
	const bound = comparedBound(all, quantile);
	const counts = (part: readonly LatencyInterval[]) => part.map(interval => slowerThan(interval, bound));
	const values = {canary: quantileOf(all.upperBounds, all.canary, quantile), stable: quantileOf(all.upperBounds, all.stable, quantile)};
	const judged = judgeCounts({...metric, tolerance: 0}, counts(usable), counts(sameBuckets(ofStage)), {
		words: {
			happened: `took longer than ${secondsText(all.upperBounds[bound] ?? Number.POSITIVE_INFINITY)}`,
			test: `sequential test of how many requests are slower than a bound near the ${(quantile * 100).toFixed(0)}th percentile`,
		},
		isAlone,
	});
	const {canary: _canary, stable: _stable, ...verdict} = judged;
	return withinTolerance(
		{...verdict, ...(values.canary !== undefined && {canary: values.canary}), ...(values.stable !== undefined && {stable: values.stable})},
		metric,
	);
}

/** A difference that is certain and too small to matter passes; one that is not, is said in seconds. */
function withinTolerance(judged: MetricVerdict, {tolerance, worse}: CanaryMetric): MetricVerdict {
	const {canary, stable, verdict, reason} = judged;
	if (canary === undefined || stable === undefined || verdict === 'not-enough-data') return judged;
	const isOutside = worse === 'higher' ? canary > stable * (1 + tolerance) : canary < stable * (1 - tolerance);
	const text = `${secondsText(canary)} against ${secondsText(stable)} of the stable version; ${reason}`;
	if (verdict === 'fail' && !isOutside)
		return {...judged, verdict: 'pass', reason: `${text}: different, and within the tolerance of ${(tolerance * 100).toFixed(0)} %`};
	return {...judged, reason: text};
}

/** Requests of both sides above the bound with this index. */
function slowerThan({spanMs, canary, stable}: Histogram & {readonly spanMs: number}, bound: number): CountsInterval {
	const side = (counts: readonly number[]): Counts => ({total: sum(counts), bad: sum(counts.slice(bound + 1))});
	return {kind: 'counts', spanMs, canary: side(canary), stable: side(stable)};
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + Math.max(0, count || 0), 0);

/** Intervals with the buckets of the last one: an application that changes its buckets begins anew. */
function sameBuckets(intervals: readonly LatencyInterval[]): readonly LatencyInterval[] {
	const last = intervals.at(-1)?.upperBounds ?? [];
	return intervals.filter(({upperBounds}) => upperBounds.length === last.length && upperBounds.every((bound, at) => bound === last[at]));
}

/** `42 ms`, `1.5 s`. */
const secondsText = (seconds: number) =>
	!Number.isFinite(seconds)
		? 'the last bucket'
		: seconds < 1
			? `${Number((seconds * 1000).toPrecision(3))} ms`
			: `${Number(seconds.toPrecision(3))} s`;
