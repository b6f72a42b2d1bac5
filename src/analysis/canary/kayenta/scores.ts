import type {MetricClass} from './classify.ts';

export type ScoredMetric = {
	readonly name: string;
	readonly class: MetricClass;
	readonly groups: readonly string[];
	readonly isCritical: boolean;
};

/** Scores are 0 to 100. `hasData` is false where no metric of the group could be judged. */
export type GroupScore = {readonly name: string; readonly score: number; readonly hasData: boolean};

export type Scores = {readonly score: number; readonly groups: readonly GroupScore[]};

/**
 * Kayenta's weighted sum: of each group the part of its metrics that passed, of the groups the sum by weight in per cent. Groups without a weight share
 * what the others leave of 100; a group without data takes nothing away. A critical metric that did not pass makes it 0, and so do half of the metrics
 * or more without data.
 * @see Kayenta, WeightedSumScorer.scala
 */
export function scoresOf(metrics: readonly ScoredMetric[], weights: {readonly [group: string]: number}): Scores {
	const names = [...new Set(metrics.flatMap(({groups}) => groups))];
	const groups = names.map(name =>
		groupScore(
			name,
			metrics.filter(metric => metric.groups.includes(name)),
		),
	);
	const isLost = criticalOf(metrics).length > 0 || lacksData(metrics);
	return {score: isLost ? 0 : rounded(weightedSum(groups, weights)), groups};
}

/** Those that fail it all by themselves. */
export const criticalOf = <Metric extends ScoredMetric>(metrics: readonly Metric[]): readonly Metric[] =>
	metrics.filter(metric => metric.isCritical && metric.class !== 'Pass');

/** Half of the metrics have no data, or more: then nothing is known of the rest either. */
export const lacksData = (metrics: readonly ScoredMetric[]) => withoutData(metrics).length * 2 >= metrics.length;

export const withoutData = (metrics: readonly ScoredMetric[]) => metrics.filter(metric => metric.class === 'Nodata');

function groupScore(name: string, metrics: readonly ScoredMetric[]): GroupScore {
	const judged = metrics.filter(metric => metric.class !== 'Nodata');
	const passed = judged.filter(metric => metric.class === 'Pass');
	return {name, score: judged.length === 0 ? 0 : (passed.length / judged.length) * 100, hasData: judged.length > 0};
}

function weightedSum(groups: readonly GroupScore[], weights: {readonly [group: string]: number}): number {
	const isKnown = ({name}: GroupScore) => Object.hasOwn(weights, name);
	const given = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
	const share = (100 - given) / Math.max(1, groups.filter(group => !isKnown(group)).length);
	const weightOf = (group: GroupScore) => (isKnown(group) ? (weights[group.name] ?? 0) : share);
	return groups.reduce((sum, group) => sum + (group.hasData ? group.score : 100) * (weightOf(group) / 100), 0);
}

const rounded = (score: number) => Math.round(score * 100) / 100;
