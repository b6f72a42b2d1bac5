import type {CanaryMetric, CountsInterval, MetricVerdict} from './metric.ts';
import {judgeCanary} from './verdict.ts';

/** Judges counts of failed requests; `ofStage` are the last of `intervals`. */
export function judgeCounts(metric: CanaryMetric, intervals: readonly CountsInterval[], ofStage: readonly CountsInterval[]): MetricVerdict {
	const sideOf = ({total, bad}: CountsInterval['canary']) => ({requests: total, errors: metric.worse === 'higher' ? bad : total - bad});
	const judged = judgeCanary({
		intervals: intervals.map(({canary, stable}) => ({canary: sideOf(canary), stable: sideOf(stable)})),
		earlier: intervals.length - ofStage.length,
		canaryPods: {wanted: 1, ready: 1, restarts: 0},
		stuck: [],
		overdue: false,
	});
	return {
		metric: metric.name,
		verdict: judged.verdict,
		reason: judged.reason,
		test: 'sequential test of two proportions',
		...(judged.evidence !== undefined && {evidence: judged.evidence}),
		...(judged.canaryErrorRatio !== undefined && {canary: judged.canaryErrorRatio}),
		...(judged.stableErrorRatio !== undefined && {stable: judged.stableErrorRatio}),
		canarySamples: judged.canaryRequests ?? 0,
		stableSamples: judged.stableRequests ?? 0,
	};
}
