import {expect, test} from 'vitest';
import {exponentialBuckets, linearBuckets} from '../../../../src/analysis/autoscaling/vpa/buckets.ts';
import {
	addDecaying,
	emptyDecaying,
	loadDecaying,
	mergeDecaying,
	savedDecaying,
} from '../../../../src/analysis/autoscaling/vpa/decaying-histogram.ts';
import {
	addSample,
	emptyHistogram,
	type Histogram,
	isEmpty,
	load,
	merge,
	percentileIn,
	saved,
	subtractSample,
} from '../../../../src/analysis/autoscaling/vpa/histogram.ts';

/** Facts of pkg/recommender/util/*_test.go of the Vertical Pod Autoscaler 1.8.1; the function there stands before each table. */
const epsilon = 1e-15;
const tens = linearBuckets(10, 1, epsilon);
const hour = 3_600_000;
const start = 1_234_567_890_000;

type Sample = readonly [value: number, weight: number];
const histogramOf = (samples: readonly Sample[], buckets = tens): Histogram => {
	const histogram = emptyHistogram(buckets);
	for (const [value, weight] of samples) addSample(histogram, value, weight);
	return histogram;
};

const linear = linearBuckets(5, 0.3, 0.001);
const exponential = exponentialBuckets(500, 40, 1.5, 0.001);

/** TestLinearHistogramOptions. */
test.each([
	['count', linear.count, 18],
	['start of 0', linear.startOf(0), 0],
	['start of 17', linear.startOf(17), 5.1],
	['bucket of -1', linear.bucketOf(-1), 0],
	['bucket of 0', linear.bucketOf(0), 0],
	['bucket of 1.3', linear.bucketOf(1.3), 4],
	['bucket of 100', linear.bucketOf(100), 17],
])('linear buckets: %s', (_, found, expected) => expect(found).toBe(expected));

/** TestExponentialHistogramOptions. */
test.each([
	['count', exponential.count, 6],
	['start of 0', exponential.startOf(0), 0],
	['start of 1', exponential.startOf(1), 40],
	['start of 2', exponential.startOf(2), 100],
	['start of 3', exponential.startOf(3), 190],
	['start of 4', exponential.startOf(4), 325],
	['start of 5', exponential.startOf(5), 527.5],
	['bucket of -1', exponential.bucketOf(-1), 0],
	['bucket of 39.99', exponential.bucketOf(39.99), 0],
	['bucket of 40', exponential.bucketOf(40), 1],
	['bucket of 100', exponential.bucketOf(100), 2],
	['bucket of 900', exponential.bucketOf(900), 5],
])('exponential buckets: %s', (_, found, expected) => expect(found).toBe(expected));

/** TestPercentilesEmptyHistogram, TestPercentilesEmptyDecayingHistogram. */
test.each([-0.5, 0, 0.5, 1, 1.5])('of nothing every percentile is 0: %d', part => {
	expect(percentileIn(emptyHistogram(tens), part)).toBe(0);
	expect(percentileIn(emptyDecaying(tens, hour).histogram, part)).toBe(0);
});

/** TestPercentiles. */
test.each([
	[0, 2],
	[0.1, 2],
	[0.2, 3],
	[0.3, 3],
	[0.4, 4],
	[0.5, 4],
	[0.6, 4],
	[0.7, 5],
	[0.8, 5],
	[0.9, 5],
	[1, 5],
])('of 1, 2, 3, 4 by their weight, %d is %d', (part, expected) => {
	const samples = [1, 2, 3, 4].map(value => [value, value] as const);
	expect(percentileIn(histogramOf(samples), part)).toBe(expected);
	// TestNoDecay: at one moment a decaying histogram is as any other.
	const decaying = emptyDecaying(tens, hour);
	for (const [value, weight] of samples) addDecaying(decaying, value, weight, start);
	expect(percentileIn(decaying.histogram, part)).toBe(expected);
});

/** TestPercentileOutOfBounds. */
test('outside 0 to 1 the percentile is the least or the most', () => {
	const tenths = linearBuckets(1, 0.1, epsilon);
	const inner: readonly Sample[] = [
		[0.1, 0.1],
		[0.2, 0.2],
	];
	const ends: readonly Sample[] = [
		[0, 0.1],
		[1, 0.2],
	];
	const both = (samples: readonly Sample[]) => [-0.1, 1.1].map(part => percentileIn(histogramOf(samples, tenths), part));
	expect(both(inner)).toEqual([0.2, expect.closeTo(0.3, 14)]);
	expect(both([...inner, ...ends])).toEqual([0.1, 1]);
});

/** TestEmptyHistogram, TestNonEmptyOnEpsilonAddition. */
test('what weighs less than epsilon is empty', () => {
	const histogram = emptyHistogram(linearBuckets(1, 0.1, epsilon));
	const states = [isEmpty(histogram)];
	addSample(histogram, 0.1, epsilon * 2.5);
	states.push(isEmpty(histogram));
	subtractSample(histogram, 0.1, epsilon);
	states.push(isEmpty(histogram));
	subtractSample(histogram, 0.1, epsilon);
	states.push(isEmpty(histogram));
	expect(states).toEqual([true, false, false, true]);
	const light = histogramOf([[9.9, epsilon * 3]], linearBuckets(1, 0.1, epsilon));
	addSample(light, 0.1, epsilon * 0.3);
	addSample(light, 999.9, epsilon * 0.3);
	expect(isEmpty(light)).toBe(false);
});

/** TestHistogramMerge. */
test('merged is as if all samples had come to one', () => {
	const [one, two, three] = [
		[1, 1],
		[2, 1],
		[3, 1],
	] as const;
	const merged = histogramOf([one, two]);
	merge(merged, histogramOf([two, three]));
	expect(merged).toEqual({...histogramOf([one, two, two, three]), buckets: tens});
});

/** TestHistogramSaveToCheckpoint* and TestHistogramLoadFromCheckpoint. */
test.each<[string, readonly Sample[], number, Readonly<Record<string, number>>]>([
	['nothing', [], 0, {}],
	['one', [[1, 1]], 1, {1: 10_000}],
	[
		'one that is too light beside another',
		[
			[1, 1],
			[2, 100_000],
		],
		100_001,
		{2: 10_000},
	],
	[
		'three',
		[
			[1, 1],
			[2, 10_000],
			[3, 50],
		],
		10_051,
		{1: 1, 2: 10_000, 3: 50},
	],
])('a checkpoint of %s', (_, samples, totalWeight, bucketWeights) => {
	expect(saved(histogramOf(samples))).toEqual({totalWeight, bucketWeights});
});

test('a checkpoint spreads its total weight over its buckets', () => {
	const histogram = emptyHistogram(tens);
	load(histogram, {totalWeight: 6, bucketWeights: {0: 1, 1: 2}});
	expect([histogram.total, histogram.weights[0], histogram.weights[1]]).toEqual([6, 2, 4]);
});

/** TestHistogramLoadFromCheckpointReturnsError*. */
test.each([
	['a negative bucket', {totalWeight: 1, bucketWeights: {'-1': 1}}],
	['a bucket too many', {totalWeight: 1, bucketWeights: {99: 1}}],
	['a negative weight', {totalWeight: -1, bucketWeights: {}}],
])('a checkpoint with %s is refused, and changes nothing', (_, checkpoint) => {
	const histogram = histogramOf([[1, 1]]);
	expect(() => load(histogram, checkpoint)).toThrow(RangeError);
	expect(histogram).toEqual({...histogramOf([[1, 1]]), buckets: tens});
});

/** TestHistogramIsNotEmptyAfterSavingAndLoadingCheckpointsWithBoundaryValues (autoscaler issue 7726). */
test('a bucket that falls below epsilon by rounding does not make a loaded histogram empty', () => {
	const histogram = histogramOf([
		[1, epsilon],
		[2, 10_000 * epsilon - epsilon],
	]);
	const again = emptyHistogram(tens);
	load(again, saved(histogram));
	expect([isEmpty(histogram), isEmpty(again)]).toEqual([false, false]);
});

/** TestSimpleDecay, TestLongtermDecay. */
test.each([
	{samples: [2, 1000, 0, 1, 1, 20], parts: [0.999, 1], expected: [2, 3]},
	{samples: [2, 1, 0, 1, 1, 101], parts: [1], expected: [2]},
])('a heavy sample decays beside a later one: $samples', ({samples: [v1 = 0, w1 = 0, h1 = 0, v2 = 0, w2 = 0, h2 = 0], parts, expected}) => {
	const decaying = emptyDecaying(tens, hour);
	addDecaying(decaying, v1, w1, start + h1 * hour);
	addDecaying(decaying, v2, w2, start + h2 * hour);
	expect(parts.map(part => percentileIn(decaying.histogram, part))).toEqual(expected);
});

/** TestDecayingHistogramPercentiles. */
test.each([
	[0, 2],
	[0.02, 2],
	[0.03, 3],
	[0.1, 3],
	[0.11, 4],
	[0.34, 4],
	[0.35, 5],
	[1, 5],
])('of four samples a half-life apart, %d is %d', (part, expected) => {
	const decaying = emptyDecaying(tens, hour);
	for (const value of [1, 2, 3, 4]) addDecaying(decaying, value, value, start + (value - 1) * hour);
	expect(percentileIn(decaying.histogram, part)).toBe(expected);
});

/** TestDecayingHistogramMerge. */
test('decaying histograms with two references merge', () => {
	const of = (samples: readonly (readonly [value: number, hours: number])[]) => {
		const decaying = emptyDecaying(tens, hour);
		for (const [value, hours] of samples) addDecaying(decaying, value, 1, start + hours * hour);
		return decaying;
	};
	const [one, other] = [
		[
			[1, 0],
			[2, 1],
		],
		[
			[2, 2],
			[3, 1],
		],
	] as const;
	const merged = of(one);
	mergeDecaying(merged, of(other));
	const expected = of([...other, ...one].toSorted((a, b) => b[1] - a[1]));
	expect(merged.referenceMs).toBe(expected.referenceMs);
	for (const [bucket, weight] of expected.histogram.weights.entries()) expect(merged.histogram.weights[bucket]).toBeCloseTo(weight, 14);
	// The other way round it is the same, and the one that is merged in stays as it was.
	const [later, earlier] = [of(other.map(([value, hours]) => [value, hours + 500] as const)), of(one)];
	const before = structuredClone(savedDecaying(earlier));
	mergeDecaying(later, earlier);
	expect(savedDecaying(earlier)).toEqual(before);
});

/** TestDecayingHistogramSaveToCheckpoint, TestDecayingHistogramLoadFromCheckpoint. */
test('a checkpoint keeps the reference', () => {
	const decaying = emptyDecaying(tens, hour);
	addDecaying(decaying, 2, 1, start + 100 * hour);
	const checkpoint = savedDecaying(decaying);
	expect(checkpoint.referenceMs).toBe(Math.round((start + 100 * hour) / hour) * hour);
	const again = emptyDecaying(tens, hour);
	loadDecaying(again, {totalWeight: 6, bucketWeights: {0: 1}, referenceMs: Date.UTC(2018, 0, 2, 3, 4, 5)});
	expect([again.referenceMs, isEmpty(again.histogram)]).toEqual([Date.UTC(2018, 0, 2, 3, 4, 5), false]);
});
