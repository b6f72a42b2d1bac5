import type {MetricClass} from './classify.ts';

export type ScoredMetric = {
	readonly name: string;
	readonly class: MetricClass;
	readonly groups: readonly string[];
	readonly isCritical: boolean;
};

/** Scores are 0 to 100. `hasData` is false where no metric of the group could be judged; such a group does not count. */
export type GroupScore = {readonly name: string; readonly score: number; readonly hasData: boolean};

export type Scores = {readonly score: number; readonly groups: readonly GroupScore[]};

/**
 * Kayenta's weighted sum: of each group the part of its metrics that passed, of the groups the mean by weight. Groups without a weight share what
 * the others leave of 100. A critical metric that did not pass makes it 0.
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
	if (metrics.some(metric => metric.isCritical && metric.class !== 'Pass')) return {score: 0, groups};
	return {
		score: rounded(
			weightedMean(
				groups.filter(({hasData}) => hasData),
				weights,
			),
		),
		groups,
	};
}

function groupScore(name: string, metrics: readonly ScoredMetric[]): GroupScore {
	const judged = metrics.filter(metric => metric.class !== 'Nodata');
	const passed = judged.filter(metric => metric.class === 'Pass');
	return {name, score: judged.length === 0 ? 0 : (passed.length / judged.length) * 100, hasData: judged.length > 0};
}

function weightedMean(groups: readonly GroupScore[], weights: {readonly [group: string]: number}): number {
	const known = groups.filter(({name}) => Object.hasOwn(weights, name));
	const given = known.reduce((sum, {name}) => sum + (weights[name] ?? 0), 0);
	const share = Math.max(0, 100 - given) / Math.max(1, groups.length - known.length);
	const weightOf = ({name}: GroupScore) => (Object.hasOwn(weights, name) ? (weights[name] ?? 0) : share);
	const total = groups.reduce((sum, group) => sum + weightOf(group), 0);
	return total === 0 ? 0 : groups.reduce((sum, group) => sum + group.score * weightOf(group), 0) / total;
}

const rounded = (score: number) => Math.round(score * 100) / 100;
