import {findRoot} from '../../statistics/find-root.ts';
import {normalQuantile} from '../../statistics/normal-quantile.ts';
import {ranksOf} from '../../statistics/ranks.ts';

/** Interval and estimate of how much the experiment lies above the control. */
export type Shift = {readonly confidenceLower: number; readonly confidenceUpper: number; readonly estimate: number};

const uncomputed: Shift = {confidenceLower: Number.NaN, confidenceUpper: Number.NaN, estimate: Number.NaN};

/** Width at which R's `wilcox.test` ends its search. On narrow data the interval's ends are artefacts of it. */
const searchTolerance = 1e-4;

/**
 * Standardised rank sum of `x` moved down by `mu` against `y`, less `quantile`: falls as `mu` grows.
 * Continuity correction towards the middle and correction for ties, as R's `wilcox.test(correct = TRUE)`.
 */
export function wilcoxonDiff(mu: number, quantile: number, x: readonly number[], y: readonly number[]): number {
	const {ranks, ties} = ranksOf([...x.map(value => value - mu), ...y]);
	const [nx, ny] = [x.length, y.length];
	const sum = ranks.slice(0, nx).reduce((total, rank) => total + rank, 0);
	const above = sum - (nx * (nx + 1)) / 2 - (nx * ny) / 2;
	const sigma = Math.sqrt(((nx * ny) / 12) * (nx + ny + 1 - ties / ((nx + ny) * (nx + ny - 1))));
	return (above - Math.sign(above) * 0.5) / sigma - quantile;
}

/**
 * Mann-Whitney's interval of the shift between two samples, as R's `wilcox.test(x, y, conf.int = TRUE, exact = FALSE)` searches it; NaN
 * where it cannot be computed, as between one point and one other.
 * @param confidence 0 to 1
 */
export function mannWhitney(experiment: readonly number[], control: readonly number[], confidence: number): Shift {
	const [x, y] = isConstant(experiment) && isConstant(control) ? [spread(experiment), spread(control)] : [experiment, control];
	const {low, high} = searchRange(x, y);
	if (Number.isNaN(wilcoxonDiff(low, 0, x, y) + wilcoxonDiff(high, 0, x, y))) return uncomputed;
	const end = (quantile: number) => {
		const diff = (mu: number) => wilcoxonDiff(mu, quantile, x, y);
		if (diff(low) <= 0) return low;
		return diff(high) >= 0 ? high : findRoot(diff, low, high, searchTolerance);
	};
	const quantile = normalQuantile((1 - confidence) / 2);
	return {
		confidenceLower: end(-quantile),
		confidenceUpper: end(quantile),
		estimate: findRoot(mu => wilcoxonDiff(mu, 0, x, y), low, high, searchTolerance),
	};
}

/** Below and above it no value of one sample is over or under one of the other. */
export const searchRange = (x: readonly number[], y: readonly number[]) => ({
	low: least(x) - most(y),
	high: most(x) - least(y),
});

const least = (values: readonly number[]) => values.reduce((one, other) => Math.min(one, other));
const most = (values: readonly number[]) => values.reduce((one, other) => Math.max(one, other));
const isConstant = (values: readonly number[]) => new Set(values).size === 1;

/** Where all values of each sample are equal no rank sum has a variance. Kayenta adds random noise of 1e-5 of the value; this adds as much, the same each time. */
const spread = (values: readonly number[]) => values.map((value, at) => value + 1e-5 * value * ((at + 0.5) / values.length - 0.5));
