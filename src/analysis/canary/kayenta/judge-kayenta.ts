import {count} from '../../../core/text/count.ts';
import {type Classified, classify} from './classify.ts';
import {type KayentaConfig, type KayentaMetric, usualThresholds} from './kayenta-config.ts';
import {replaceNaN, withoutNaN} from './missing-values.ts';
import {withoutOutliers} from './outliers.ts';
import {criticalOf, type GroupScore, lacksData, type ScoredMetric, scoresOf, withoutData} from './scores.ts';

/** Points of one metric on both sides; NaN where one is missing. `labels` are those that both series have. */
export type KayentaSamples = {
	readonly control: readonly number[];
	readonly experiment: readonly number[];
	readonly labels?: {readonly [name: string]: string};
};

/** One pair of series of one metric. A muted one is shown and not scored. */
export type JudgedPair = ScoredMetric &
	Pick<Classified, 'reason' | 'deviation'> & {
		readonly isMuted: boolean;
		readonly samples: KayentaSamples;
		/** How many were compared of the side that has fewer, once missing points and outliers were dealt with; none where all are taken for zero. */
		readonly points: number;
		/** Neither side has a single point, whatever stands for missing ones. */
		readonly isEmpty: boolean;
		/** Critical by the config, whatever became of it; `isCritical` is set only where it failed. */
		readonly isNeeded: boolean;
	};

export type KayentaResult = {
	/** 0 to 100. */
	readonly score: number;
	/** `Nodata` is what Kayenta calls a failure too: half of the metrics or more have no data. */
	readonly verdict: 'Pass' | 'Marginal' | 'Fail' | 'Nodata';
	readonly reason: string;
	readonly groups: readonly GroupScore[];
	readonly metrics: readonly JudgedPair[];
};

/** Settings of NetflixACAJudge that no config holds. */
const judgeSettings = {classifier: 'MannWhitney', tolerance: 0.25, confidence: 0.98} as const;

/**
 * Judges by a Kayenta canary config as its NetflixACAJudge-v1.0 does: Mann-Whitney for each metric, the part that passed for each group,
 * their weighted sum, and thresholds on it.
 * @param samples by the metric's name, one or more pairs of series; a metric without any has no data
 */
export function judgeKayenta(config: KayentaConfig, samples: {readonly [metric: string]: readonly KayentaSamples[]}): KayentaResult {
	const metrics = config.metrics.flatMap(metric => {
		const found = Object.hasOwn(samples, metric.name) ? samples[metric.name] : undefined;
		return (found ?? [{control: [], experiment: []}]).map(pair => judgedPair(metric, pair));
	});
	const scored = metrics.filter(({isMuted}) => !isMuted);
	const {score, groups} = scoresOf(scored, config.classifier.groupWeights);
	return {score, groups, metrics, ...verdictOf(score, scored, config.classifier.scoreThresholds ?? usualThresholds)};
}

function judgedPair(metric: KayentaMetric, samples: KayentaSamples): JudgedPair {
	const clean = cleaned(metric, samples);
	const {class: classified, reason, deviation, isCritical} = classifyMetric(metric, clean);
	const {name, groups, analysisConfigurations} = metric;
	const isEmpty = [...samples.control, ...samples.experiment].every(Number.isNaN);
	return {
		name,
		groups,
		class: classified,
		reason,
		deviation,
		isCritical,
		isMuted: analysisConfigurations.canary.muted,
		samples,
		points: isEmpty ? 0 : Math.min(clean.control.length, clean.experiment.length),
		isEmpty,
		isNeeded: analysisConfigurations.canary.critical,
	};
}

function cleaned({analysisConfigurations: {canary}}: KayentaMetric, {control, experiment}: KayentaSamples): KayentaSamples {
	const {nanStrategy, outliers} = canary;
	const clean = (values: readonly number[]) => {
		const known = nanStrategy === 'remove' ? withoutNaN(values) : replaceNaN(values, 0);
		if (outliers.strategy === 'keep') return known;
		return withoutOutliers(known, {type: 'iqr', factor: outliers.outlierFactor, reduceSensitivity: outliers.reduceSensitivity});
	};
	return {control: clean(control), experiment: clean(experiment)};
}

function classifyMetric({analysisConfigurations: {canary}}: KayentaMetric, {control, experiment}: KayentaSamples): Classified {
	const {effectSize} = canary;
	// Of pairs of values, half of those in which the canary is larger is what no difference looks like.
	const usual = effectSize.measure === 'cles' ? 0.5 : 1;
	const {allowedDecrease = usual, allowedIncrease = usual, criticalDecrease = usual, criticalIncrease = usual} = effectSize;
	return classify(control, experiment, {
		...judgeSettings,
		direction: canary.direction,
		nanStrategy: canary.nanStrategy,
		isCritical: canary.critical,
		mustHaveData: canary.mustHaveData,
		effectSizeMeasure: effectSize.measure,
		effectSizeThresholds: [allowedDecrease, allowedIncrease],
		criticalThresholds: [criticalDecrease, criticalIncrease],
	});
}

function verdictOf(score: number, metrics: readonly JudgedPair[], {pass, marginal}: {readonly pass: number; readonly marginal: number}) {
	const [critical] = criticalOf(metrics);
	if (critical !== undefined) return {verdict: 'Fail', reason: `critical metric ${critical.name} is ${critical.class}`} as const;
	if (lacksData(metrics))
		return {verdict: 'Nodata', reason: `${withoutData(metrics).length} of ${count(metrics.length, 'metric')} have no data`} as const;
	const reason = `score ${score}; ${pass} passes, ${marginal} is marginal`;
	if (score >= pass) return {verdict: 'Pass', reason} as const;
	return {verdict: score >= marginal ? 'Marginal' : 'Fail', reason} as const;
}
