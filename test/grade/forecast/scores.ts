import {mean} from '../../../src/analysis/statistics/summary.ts';

/** Symmetric error of one series, in per cent; a step where both are zero has none. */
export const smape = (truth: readonly number[], forecast: ArrayLike<number>): number =>
	mean(truth.map((y, step) => (200 * Math.abs(y - at(forecast, step))) / (Math.abs(y) + Math.abs(at(forecast, step)) || 1)));

/** Mean absolute error of one series, in units of what the value a season before is wrong by in the training values. */
export function mase(training: readonly number[], truth: readonly number[], forecast: ArrayLike<number>, season: number): number {
	const before = mean(training.slice(season).map((value, index) => Math.abs(value - (training[index] ?? Number.NaN))));
	return mean(truth.map((y, step) => Math.abs(y - at(forecast, step)))) / before;
}

const at = (values: ArrayLike<number>, step: number) => values[step] ?? Number.NaN;

/** Both errors of a set, means over its series. */
export type Errors = {readonly smape: number; readonly mase: number};

/** Overall weighted average of the M4 competition: 1 is what Naive2 reaches on the same series. */
export const owa = (errors: Errors, naive2: Errors): number => (errors.smape / naive2.smape + errors.mase / naive2.mase) / 2;
