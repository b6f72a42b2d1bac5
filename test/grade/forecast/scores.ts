import {mean} from '../../../src/analysis/statistics/summary.ts';

/** Symmetric error of one series, in per cent; a step where both are zero has none. */
export const smape = (truth: readonly number[], forecast: readonly number[]): number =>
	mean(truth.map((y, step) => (200 * Math.abs(y - at(forecast, step))) / (Math.abs(y) + Math.abs(at(forecast, step)) || 1)));

/** Mean absolute difference to the value a season before: the unit of the scaled errors. */
export const scaleOf = (training: readonly number[], season: number): number =>
	mean(training.slice(season).map((value, index) => Math.abs(value - at(training, index))));

/** Mean absolute error of one series, in units of what the value a season before is wrong by in the training values. */
export const mase = (training: readonly number[], truth: readonly number[], forecast: readonly number[], season: number): number =>
	mean(truth.map((y, step) => Math.abs(y - at(forecast, step)))) / scaleOf(training, season);

const at = (values: readonly number[], step: number) => values[step] ?? Number.NaN;

/** Both errors of a set, means over its series. */
export type Errors = {readonly smape: number; readonly mase: number};

export const meanErrors = (all: readonly Errors[]): Errors => ({
	smape: mean(all.map(({smape}) => smape)),
	mase: mean(all.map(({mase}) => mase)),
});

/** Overall weighted average of the M4 competition: 1 is what Naive2 reaches on the same series. */
export const owa = (errors: Errors, naive2: Errors): number => (errors.smape / naive2.smape + errors.mase / naive2.mase) / 2;

type Interval = {readonly low: number; readonly high: number};

/** Of one series: the part of its values that lie within their intervals, and how wide these are in the unit of the scaled errors. */
export const coverage = (truth: readonly number[], intervals: readonly Interval[], scale: number) => ({
	kept: mean(truth.map((y, step) => Number(y >= (intervals[step]?.low ?? Number.NaN) && y <= (intervals[step]?.high ?? Number.NaN)))),
	width: mean(intervals.map(({low, high}) => high - low)) / scale,
});
