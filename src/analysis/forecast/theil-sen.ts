import {normalQuantile} from '../statistics/normal-quantile.ts';
import {percentile} from '../statistics/summary.ts';

export type Point = {readonly atMs: number; readonly value: number};

/** A line through points, in units for each millisecond, with the interval in which its slope lies. */
export type Slope = {
	readonly perMs: number;
	readonly low: number;
	readonly high: number;
	readonly intercept: number;
	readonly fromMs: number;
};

const median = (values: readonly number[]) => percentile(values, 50);

/** What ties take from the variance of Kendall's S. */
function tied(values: readonly number[]): number {
	const sizes = [...Map.groupBy(values, value => value).values()].map(({length}) => length);
	return sizes.reduce((sum, size) => sum + size * (size - 1) * (2 * size + 5), 0);
}

/** How alike neighbours are, 0 to 0.95: what stays above the line for a while is fewer observations than it has points. */
function autocorrelation(residuals: readonly number[]): number {
	const squares = residuals.reduce((sum, each) => sum + each ** 2, 0);
	if (squares === 0) return 0;
	const products = residuals.slice(1).reduce((sum, each, index) => sum + each * (residuals[index] ?? 0), 0);
	return Math.min(0.95, Math.max(0, products / squares));
}

/**
 * The median of the slopes between all pairs of points (Theil, Sen), which a few outliers do not move, with Sen's interval of it by Kendall's S. Its variance is
 * corrected for autocorrelation, since what a program holds is much like what it held a moment ago.
 * @param confidence of the interval, such as 0.99
 * @returns undefined below three moments
 * @see Sen (1968), https://doi.org/10.1080/01621459.1968.10480934; Yue and Wang (2004), https://doi.org/10.1023/B:WARM.0000043140.61082.60
 */
export function theilSen(points: readonly Point[], confidence: number): Slope | undefined {
	const fromMs = points[0]?.atMs ?? 0;
	const slopes: number[] = [];
	points.forEach((one, index) => {
		for (const other of points.slice(index + 1))
			if (other.atMs !== one.atMs) slopes.push((other.value - one.value) / (other.atMs - one.atMs));
	});
	if (points.length < 3 || slopes.length < 3) return undefined;
	const sorted = slopes.toSorted((a, b) => a - b);
	const perMs = median(sorted);
	const intercept = median(points.map(({atMs, value}) => value - perMs * (atMs - fromMs)));
	const residuals = points.map(({atMs, value}) => value - intercept - perMs * (atMs - fromMs));
	const {length: n} = points;
	const alike = autocorrelation(residuals);
	const variance = ((n * (n - 1) * (2 * n + 5) - tied(points.map(({value}) => value))) / 18) * ((1 + alike) / (1 - alike));
	const reach = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(Math.max(0, variance));
	const at = (rank: number, beyond: number) => (rank < 0 || rank >= sorted.length ? beyond : (sorted[rank] ?? beyond));
	return {
		perMs,
		intercept,
		fromMs,
		low: at(Math.floor((sorted.length - reach) / 2) - 1, Number.NEGATIVE_INFINITY),
		high: at(Math.ceil((sorted.length + reach) / 2), Number.POSITIVE_INFINITY),
	};
}
