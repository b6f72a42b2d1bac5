import {judgeCounts} from './judge-counts.ts';
import type {CanaryMetric, Interval, MetricVerdict} from './metric.ts';

/** `stageFrom` is the index of the first interval of the present stage: each stage needs traffic of its own to pass. */
export type JudgeOptions = {readonly stageFrom: number};

/**
 * Judges one metric by all that was counted since the canary has traffic.
 * @param intervals in order, of the metric's kind; others are left out
 * @returns `fail` as soon as the evidence is there, at any look; `pass` says what it excludes; else `not-enough-data`
 */
export function judgeMetric(metric: CanaryMetric, intervals: readonly Interval[], {stageFrom}: JudgeOptions): MetricVerdict {
	if (metric.kind === 'counts') {
		const counts = (part: readonly Interval[]) => part.filter(interval => interval.kind === 'counts');
		return judgeCounts(metric, counts(intervals), counts(intervals.slice(stageFrom)));
	}
	return {
		metric: metric.name,
		verdict: 'not-enough-data',
		reason: `${metric.name} is not judged: there is no test for a ${metric.kind}`,
		test: 'none',
		canarySamples: 0,
		stableSamples: 0,
	};
}
