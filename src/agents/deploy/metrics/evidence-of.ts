import type {Interval, MetricVerdict} from '../../../analysis/canary/metric.ts';
import type {ArmEvidence, CanaryEvidence, MetricEvidence} from '../../../core/canary-evidence.ts';
import type {ChosenMetric} from './choosing/chosen-metric.ts';
import {pooled} from './pooled.ts';

/** One metric with all that its verdict rests on. */
export type JudgedMetric = {
	readonly chosen: ChosenMetric;
	/** Of all looks, in order. */
	readonly intervals: readonly Interval[];
	readonly verdict: MetricVerdict;
	/** Why the newest look had no numbers. */
	readonly missing?: string | undefined;
	/** No look of the present stage had any: the server answers, and has no series. */
	readonly isWithoutSeries?: boolean;
};

/** More looks are put together: a chart shows no more, and a record must not grow with the time that a rollout takes. */
const mostLooks = 48;
const mostNames = 20;

/**
 * A verdict's evidence as numbers: values and samples of both sides, and how the values went from look to look.
 * @param words what pods of the canary tell, from `pod-evidence.ts`
 */
export const canaryEvidence = (
	metrics: readonly JudgedMetric[],
	{canary, stable}: {readonly canary: readonly string[]; readonly stable: readonly string[]},
	words: CanaryEvidence['words'] = [],
): CanaryEvidence => ({
	metrics: metrics.map(metricEvidence),
	pods: {canary: canary.slice(0, mostNames), stable: stable.slice(0, mostNames)},
	words,
});

function metricEvidence({chosen, intervals, verdict, missing}: JudgedMetric): MetricEvidence {
	const {metric, query, source} = chosen;
	const groups = grouped(intervals);
	const arm = (side: 'canary' | 'stable'): ArmEvidence => {
		const all = pooled(metric, intervals, side);
		const value = [verdict[side], all.value].find(Number.isFinite);
		const samples = Math.round(all.samples);
		return {...(value !== undefined && {value}), samples, looks: groups.map(group => pooled(metric, group, side).value ?? null)};
	};
	return {
		...{metric: metric.name, verdict: verdict.verdict, reason: verdict.reason, test: verdict.test},
		...(Number.isFinite(verdict.evidence) && {evidence: verdict.evidence}),
		...(verdict.minutesMore !== undefined && {minutesMore: verdict.minutesMore}),
		...(verdict.before !== undefined && {before: verdict.before}),
		...(verdict.within !== undefined && {within: verdict.within}),
		...{worse: metric.worse, tolerance: metric.tolerance, unit: unitOf(chosen), query, source},
		spanMs: intervals.reduce((sum, {spanMs}) => sum + spanMs, 0),
		canary: arm('canary'),
		stable: arm('stable'),
		...(missing !== undefined && {missing}),
	};
}

/** How full pods are is a part of their limits, too. */
const unitOf = ({metric: {kind}, reading}: ChosenMetric): MetricEvidence['unit'] =>
	kind === 'counts' || reading.kind === 'saturation' ? 'ratio' : kind === 'latency' ? 'seconds' : 'number';

/** Looks one by one, or neighbours together where they are many. */
function grouped(intervals: readonly Interval[]): readonly (readonly Interval[])[] {
	const count = Math.min(mostLooks, intervals.length);
	const edge = (index: number) => Math.floor((index * intervals.length) / count);
	return Array.from({length: count}, (_, index) => intervals.slice(edge(index), edge(index + 1)));
}
