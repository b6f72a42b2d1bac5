import {count} from '../../../core/text/count.ts';
import {type Classified, classify} from './classify.ts';
import {type KayentaConfig, type KayentaMetric, usualThresholds} from './kayenta-config.ts';
import {replaceNaN, withoutNaN} from './missing-values.ts';
import {withoutOutliers} from './outliers.ts';
import {type GroupScore, type ScoredMetric, scoresOf} from './scores.ts';

/** Points of one metric on both sides; NaN where one is missing. */
export type KayentaSamples = {readonly control: readonly number[]; readonly experiment: readonly number[]};

export type KayentaResult = {
	/** 0 to 100. */
	readonly score: number;
	readonly verdict: 'Pass' | 'Marginal' | 'Fail' | 'Nodata';
	readonly reason: string;
	readonly groups: readonly GroupScore[];
	readonly metrics: readonly (ScoredMetric & Pick<Classified, 'reason' | 'deviation'>)[];
};

/** Settings of NetflixACAJudge that no config holds. */
const judgeSettings = {classifier: 'MannWhitney', tolerance: 0.25, confidence: 0.98} as const;

/**
 * Judges by a Kayenta canary config as its NetflixACAJudge-v1.0 does: Mann-Whitney for each metric, the part that passed for each group,
 * their weighted mean, and thresholds on it. Where half of the metrics or more have no data it is no verdict.
 * @param samples by the metric's name; a metric without any has no data
 */
export function judgeKayenta(config: KayentaConfig, samples: {readonly [metric: string]: KayentaSamples}): KayentaResult {
	const metrics = config.metrics.map(metric => {
		const found = Object.hasOwn(samples, metric.name) ? samples[metric.name] : undefined;
		const {class: classified, reason, deviation, isCritical} = classifyMetric(metric, found ?? {control: [], experiment: []});
		return {name: metric.name, groups: metric.groups, class: classified, reason, deviation, isCritical};
	});
	const {score, groups} = scoresOf(metrics, config.classifier.groupWeights);
	return {score, groups, metrics, ...verdictOf(score, metrics, config.classifier.scoreThresholds ?? usualThresholds)};
}

function classifyMetric({analysisConfigurations: {canary}}: KayentaMetric, {control, experiment}: KayentaSamples): Classified {
	const {effectSize, outliers} = canary;
	const clean = (values: readonly number[]) => {
		const known = canary.nanStrategy === 'remove' ? withoutNaN(values) : replaceNaN(values, 0);
		if (outliers.strategy === 'keep') return known;
		return withoutOutliers(known, {type: 'iqr', factor: outliers.outlierFactor, reduceSensitivity: outliers.reduceSensitivity});
	};
	return classify(clean(control), clean(experiment), {
		...judgeSettings,
		direction: canary.direction,
		nanStrategy: canary.nanStrategy,
		isCritical: canary.critical,
		mustHaveData: canary.mustHaveData,
		effectSizeMeasure: effectSize.measure,
		effectSizeThresholds: [effectSize.allowedDecrease, effectSize.allowedIncrease],
		criticalThresholds: [effectSize.criticalDecrease, effectSize.criticalIncrease],
	});
}

function verdictOf(score: number, metrics: readonly ScoredMetric[], {pass, marginal}: {readonly pass: number; readonly marginal: number}) {
	const critical = metrics.filter(metric => metric.isCritical && metric.class !== 'Pass');
	if (critical[0] !== undefined) return {verdict: 'Fail', reason: `critical metric ${critical[0].name} is ${critical[0].class}`} as const;
	const without = metrics.filter(metric => metric.class === 'Nodata');
	if (without.length * 2 >= metrics.length)
		return {verdict: 'Nodata', reason: `${without.length} of ${count(metrics.length, 'metric')} have no data`} as const;
	const reason = `score ${score}; ${pass} passes, ${marginal} is marginal`;
	if (score >= pass) return {verdict: 'Pass', reason} as const;
	return {verdict: score >= marginal ? 'Marginal' : 'Fail', reason} as const;
}
