import {normalQuantile} from '../statistics/normal-quantile.ts';

/** Chance that a series which stays as it is shows a change. */
const rate = 0.01;

/** Places that are looked at independently of each other, for each row. */
const looksPerRow = 1;

/** Deviations from which a split is a change, in a series of so many rows. */
export const leastZ = (rows: number) => -normalQuantile(Math.min(0.5, rate / (2 * looksPerRow * Math.max(1, rows))));

/** Chance that a series of so many rows shows a split as clear as this anywhere. */
export const falseAlarmOf = (z: number, rows: number) => Math.min(1, 2 * looksPerRow * rows * normalTail(z));

/** Probability that a standard normal is above a positive value. @see Abramowitz and Stegun 7.1.26, to 1.5e-7 of the scale at zero */
function normalTail(z: number): number {
	const x = z / Math.SQRT2;
	const t = 1 / (1 + 0.3275911 * x);
	const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
	return (series * Math.exp(-x * x)) / 2;
}
