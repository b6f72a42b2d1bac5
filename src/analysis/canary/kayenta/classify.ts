import {mean} from '../../statistics/summary.ts';
import {cles, meanRatio} from './effect-size.ts';
import {mannWhitney} from './mann-whitney.ts';
import type {NaNStrategy} from './missing-values.ts';

/** `NodataFailMetric`: no data where data must be. */
export type MetricClass = 'Pass' | 'High' | 'Low' | 'Nodata' | 'NodataFailMetric';

export type ClassifierOptions = {
	readonly classifier: 'MannWhitney' | 'MeanInequality';
	/** Which way is bad. */
	readonly direction: 'increase' | 'decrease' | 'either';
	/** Part of the estimated shift that the interval has to lie beyond. */
	readonly tolerance: number;
	readonly confidence: number;
	readonly effectSizeMeasure: 'meanRatio' | 'cles';
	/** A difference counts only below the first or above the second value of the effect size. */
	readonly effectSizeThresholds: readonly [low: number, high: number];
	/** A critical metric fails everything only below or above these. */
	readonly criticalThresholds: readonly [low: number, high: number];
	readonly nanStrategy: NaNStrategy;
	readonly isCritical: boolean;
	readonly mustHaveData: boolean;
};

/** `deviation` is the mean ratio, experiment over control; NaN where a mean is zero. `isCritical`: it fails the canary whatever the score. */
export type Classified = {readonly class: MetricClass; readonly reason: string; readonly deviation: number; readonly isCritical: boolean};

/**
 * Classifies one metric as Kayenta's NetflixACAJudge does. NaN and outliers were dealt with before.
 * @see Kayenta, MannWhitneyClassifier.scala and MeanInequalityClassifier.scala
 */
export function classify(control: readonly number[], experiment: readonly number[], options: ClassifierOptions): Classified {
	if (control.length === 0 || experiment.length === 0) return withoutData(control, options);
	const {found, deviation} = compare(control, experiment, options);
	if (found === undefined)
		return {class: 'Nodata', reason: 'too few points to tell the two apart', deviation, isCritical: options.isCritical};
	if (found === 'Pass') return {class: 'Pass', reason: 'no difference that counts', deviation, isCritical: false};
	const effect = options.effectSizeMeasure === 'cles' ? cles(control, experiment) : deviation;
	if (!isBeyond(found, effect, options.effectSizeThresholds))
		return {
			class: 'Pass',
			reason: `${found === 'High' ? 'higher' : 'lower'}, by an effect size of ${effect.toPrecision(3)}, which is allowed`,
			deviation,
			isCritical: false,
		};
	const isCritical = options.isCritical && isBeyond(found, effect, options.criticalThresholds);
	const way = found === 'High' ? 'higher' : 'lower';
	return {
		class: found,
		reason: `the canary is ${way} than the stable version${isCritical ? ', and it is critical' : ''}`,
		deviation,
		isCritical,
	};
}

function withoutData(control: readonly number[], options: ClassifierOptions): Classified {
	const reason = `no data of the ${control.length === 0 ? 'stable version' : 'canary'}`;
	if (options.nanStrategy === 'replace') return {class: 'Pass', reason: `${reason}, taken for zero`, deviation: 1, isCritical: false};
	if (options.mustHaveData && !options.isCritical)
		return {class: 'NodataFailMetric', reason: `${reason}, which must be there`, deviation: 1, isCritical: false};
	return {class: 'Nodata', reason, deviation: 1, isCritical: options.isCritical};
}

/** An effect size that cannot be computed limits nothing. */
const isBeyond = (found: 'High' | 'Low', effect: number, [low, high]: readonly [number, number]) =>
	Number.isNaN(effect) || (found === 'High' ? effect >= high : effect <= low);

/** `found` is undefined where the test cannot be computed, as between one point and one other. */
type Compared = {readonly found: 'Pass' | 'High' | 'Low' | undefined; readonly deviation: number};

function compare(control: readonly number[], experiment: readonly number[], options: ClassifierOptions): Compared {
	if (isSame(control, experiment)) return {found: 'Pass', deviation: 1};
	const deviation = meanRatio(control, experiment);
	const ways = options.classifier === 'MeanInequality' ? byMeans(control, experiment) : byRanks(control, experiment, options);
	if (ways === undefined) return {found: undefined, deviation};
	const {isHigh, isLow} = ways;
	if (isHigh && options.direction !== 'decrease') return {found: 'High', deviation};
	return {found: isLow && options.direction !== 'increase' ? 'Low' : 'Pass', deviation};
}

/** Nothing to test where both hold the same values, or one value in all. */
function isSame(control: readonly number[], experiment: readonly number[]): boolean {
	if (new Set([...control, ...experiment]).size === 1) return true;
	const [one, other] = [Float64Array.from(control).sort(), Float64Array.from(experiment).sort()];
	return one.length === other.length && one.every((value, at) => value === other[at]);
}

function byMeans(control: readonly number[], experiment: readonly number[]) {
	const [stable, canary] = [mean(control), mean(experiment)];
	return {isHigh: canary > stable, isLow: canary < stable};
}

function byRanks(control: readonly number[], experiment: readonly number[], {confidence, tolerance}: ClassifierOptions) {
	const {confidenceLower, confidenceUpper, estimate} = mannWhitney(experiment, control, confidence);
	if (Number.isNaN(confidenceLower + confidenceUpper + estimate)) return undefined;
	const allowed = tolerance * Math.abs(estimate);
	return {isHigh: confidenceLower > allowed, isLow: confidenceUpper < -allowed};
}
