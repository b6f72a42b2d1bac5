import type {LatencyIntent} from '../intents/intent.ts';
import {readSelector} from '../intents/selector-text.ts';
import type {Labels} from '../rule.ts';
import {picked, type RealSeries} from './real-series.ts';
import {type SeriesGroup, seriesGroups} from './series-groups.ts';
import type {Times} from './times.ts';
import {constant, type Input, rising, type Scenario} from './unit-test.ts';

/** All durations in one bucket above the threshold, or in one below it. */
export function latencyScenarios(intent: LatencyIntent, all: readonly RealSeries[], {window, held}: Times): readonly Scenario[] {
	const {selector, isNative, by, threshold: seconds, unit = 1} = intent;
	// Buckets are in the unit of the histogram.
	const own = {...intent, threshold: seconds / unit};
	const read = readSelector(selector);
	const metric = isNative ? read.metric : `${read.metric}_bucket`;
	const [first, ...others] = seriesGroups(everySet(picked({...read, metric}, all)), by);
	if (first === undefined) throw new RangeError(`no series ${metric} is there to build tests on`);
	const minutes = window + held;
	const histogram = isNative ? nativeHistogram(own) : classicHistogram(own, boundsOf(picked({...read, metric}, all)));
	const inputs = (group: SeriesGroup, isSlow: boolean) =>
		group.series.slice(0, 1).flatMap(one => histogram.inputs(one.labels, isSlow, minutes));
	const rest = others.flatMap(group => inputs(group, false));
	return [
		{
			name: `fires above ${seconds} s`,
			inputs: [...inputs(first, true), ...rest],
			minutes,
			fires: [{labels: first.labels, value: histogram.slowValue * unit}],
		},
		{name: 'stays quiet when it is quick', inputs: [...inputs(first, false), ...rest], minutes, fires: []},
	];
}

type Histogram = {readonly slowValue: number; readonly inputs: (labels: Labels, isSlow: boolean, minutes: number) => readonly Input[]};

/** The sets of labels without `le`. */
const everySet = (series: readonly RealSeries[]): readonly RealSeries[] => {
	const sets = series.map(({labels: {le: _, ...labels}}) => ({labels}));
	return [...new Map(sets.map(set => [JSON.stringify(set.labels), set])).values()];
};

const boundsOf = (series: readonly RealSeries[]): readonly string[] => {
	const written = new Set(series.flatMap(({labels: {le}}) => (le === undefined ? [] : [le])));
	return [...written].sort((one, other) => boundOf(one) - boundOf(other));
};

const boundOf = (le: string) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le));

/** Within a bucket Prometheus takes durations to be spread evenly; what is in the last one counts as its lower bound. */
function classicHistogram({quantile, threshold, unit = 1}: LatencyIntent, written: readonly string[]): Histogram {
	const bounds = written.map(boundOf);
	const valueIn = (index: number) => {
		const [lower, upper] = [bounds[index - 1] ?? 0, bounds[index] ?? Number.POSITIVE_INFINITY];
		return upper === Number.POSITIVE_INFINITY ? lower : lower + (upper - lower) * quantile;
	};
	const slow = bounds.findIndex((_, index) => (bounds[index - 1] ?? 0) >= threshold && valueIn(index) > threshold);
	if (slow === -1)
		throw new RangeError(
			`no bucket lies above ${threshold * unit} s (the last ends at ${(bounds.at(-2) ?? 0) * unit} s): the alert could never fire`,
		);
	if (valueIn(0) > threshold)
		throw new RangeError(
			`no bucket lies below ${threshold * unit} s (the first ends at ${(bounds[0] ?? 0) * unit} s): the alert would always fire`,
		);
	return {
		slowValue: valueIn(slow),
		inputs: (labels, isSlow, minutes) =>
			written.map((le, index) => ({
				labels: {...labels, le},
				values: index >= (isSlow ? slow : 0) ? rising(0, 600, minutes) : constant(0, minutes),
			})),
	};
}

/**
 * Buckets of schema 0 end at powers of two; within one, durations are taken to be spread evenly over its logarithm.
 * @see https://prometheus.io/docs/specs/native_histograms/
 */
function nativeHistogram({quantile, threshold}: LatencyIntent): Histogram {
	const slow = Math.ceil(Math.log2(threshold)) + 1;
	const quick = Math.floor(Math.log2(threshold)) - 1;
	return {
		slowValue: 2 ** (slow - 1) * 2 ** quantile,
		inputs: (labels, isSlow, minutes) => {
			const index = isSlow ? slow : quick;
			const sample = (count: number) => `{{schema:0 sum:${count * 2 ** index} count:${count} offset:${index} buckets:[${count}]}}`;
			return [{labels, values: `${sample(600)}+${sample(600)}x${minutes}`}];
		},
	};
}
