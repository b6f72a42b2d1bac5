import type {ClumpedBefore} from './evidence/clumped-before.ts';
import {judgeCounts} from './judge-counts.ts';
import {judgeGauge} from './judge-gauge.ts';
import {judgeLatency} from './judge-latency.ts';
import type {CanaryMetric, Interval, MetricVerdict} from './metric.ts';

export type JudgeOptions = {
	/** Index of the first interval of the present stage: each stage needs traffic of its own to pass. */
	readonly stageFrom: number;
	/** The stable version's share of this stage is none, whatever its health checks count: only its numbers of before can be compared. */
	readonly isAlone?: boolean | undefined;
	/** Of counts, how the stable version's clumped before the rollout; where it is not known, nothing is taken for granted. */
	readonly before?: ClumpedBefore | undefined;
};

/**
 * Judges one metric by all that was counted since the canary has traffic.
 * @param intervals in order, of the metric's kind; others are left out
 * @returns `fail` as soon as the evidence is there, at any look; `pass` says what it excludes; else `not-enough-data`
 */
export function judgeMetric(
	metric: CanaryMetric,
	intervals: readonly Interval[],
	{stageFrom, isAlone, before}: JudgeOptions,
): MetricVerdict {
	const ofStage = intervals.slice(stageFrom);
	switch (metric.kind) {
		case 'counts':
			return judgeCounts(metric, only(intervals, 'counts'), only(ofStage, 'counts'), {isAlone, before});
		case 'latency':
			return judgeLatency(metric, only(intervals, 'latency'), only(ofStage, 'latency'), isAlone);
		case 'gauge':
			return judgeGauge(metric, only(intervals, 'gauge'), only(ofStage, 'gauge'), isAlone);
	}
}

function only<Kind extends Interval['kind']>(intervals: readonly Interval[], kind: Kind): readonly Extract<Interval, {kind: Kind}>[] {
	return intervals.filter((interval): interval is Extract<Interval, {kind: Kind}> => interval.kind === kind);
}
