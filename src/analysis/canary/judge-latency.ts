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
	const ofCanary = isAlone ? pooled(sameBuckets(ofStage)) : all;
	const values = {
		canary: timeAt(ofCanary.upperBounds, ofCanary.canary, quantile),
		stable: timeAt(all.upperBounds, all.stable, quantile),
	};
	const boundText = secondsText(all.upperBounds[bound] ?? Number.POSITIVE_INFINITY);
	const judged = judgeCounts({...metric, tolerance: 0}, counts(usable), counts(sameBuckets(ofStage)), {
		words: {
			happened: `took longer than ${boundText}`,
			missed: `took ${boundText} or less`,
			test: `sequential test of how many requests are slower than a bound near the ${(quantile * 100).toFixed(0)}th percentile`,
		},
		isAlone,
		...(isWithin(values, metric) && {harmless: `different, and within the tolerance of ${(metric.tolerance * 100).toFixed(0)} %`}),
	});
	// What is bounded is how many requests are slow, not how slow they are.
	const {canary: _canary, stable: _stable, within: _within, ...verdict} = judged;
	return inSeconds(verdict, values);
}

/** A quantile in seconds; `isOver` where it lies in the last bucket, so that it is at least so much and nobody knows how much. */
type Time = {readonly seconds: number; readonly isOver: boolean};
type Times = {readonly canary: Time | undefined; readonly stable: Time | undefined};

function timeAt(upperBounds: readonly number[], counts: readonly number[], quantile: number): Time | undefined {
	const seconds = quantileOf(upperBounds, counts, quantile);
	return seconds === undefined ? undefined : {seconds, isOver: isInLast(counts, quantile)};
}

const isInLast = (counts: readonly number[], quantile: number) => sum(counts.slice(0, -1)) < quantile * sum(counts);

/** Whether a difference, however certain, is too small to matter: only two known times can tell. */
function isWithin({canary, stable}: Times, {tolerance, worse}: CanaryMetric): boolean {
	if (canary === undefined || stable === undefined || canary.isOver || stable.isOver) return false;
	return worse === 'higher' ? canary.seconds <= stable.seconds * (1 + tolerance) : canary.seconds >= stable.seconds * (1 - tolerance);
}

/** What is decided is also said in seconds. */
function inSeconds(judged: MetricVerdict, {canary, stable}: Times): MetricVerdict {
	const known = {...judged, ...(canary && {canary: canary.seconds}), ...(stable && {stable: stable.seconds})};
	if (canary === undefined || stable === undefined || judged.verdict === 'not-enough-data') return known;
	return {...known, reason: `${timeText(canary)} against ${timeText(stable)} of the stable version; ${judged.reason}`};
}

const timeText = ({seconds, isOver}: Time) => `${isOver ? 'more than ' : ''}${secondsText(seconds)}`;

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
