import {power} from './go-math.ts';

/** How values fall into buckets, and the weight below which a bucket counts as empty. */
export type Buckets = {
	readonly count: number;
	readonly bucketOf: (value: number) => number;
	readonly startOf: (bucket: number) => number;
	readonly epsilon: number;
};

const lastIn = (count: number, bucket: number) => Math.max(0, Math.min(count - 1, bucket));

/** Buckets of one size. @see NewLinearHistogramOptions in pkg/recommender/util/histogram_options.go */
export function linearBuckets(maxValue: number, size: number, epsilon: number): Buckets {
	const count = Math.ceil(maxValue / size) + 1;
	return {count, epsilon, bucketOf: value => lastIn(count, Math.trunc(value / size)), startOf: bucket => bucket * size};
}

/** Buckets of which each is larger than the one before by `ratio`. @see NewExponentialHistogramOptions */
export function exponentialBuckets(maxValue: number, firstSize: number, ratio: number, epsilon: number): Buckets {
	const place = (value: number) => Math.log((value * (ratio - 1)) / firstSize + 1) / Math.log(ratio);
	const count = Math.ceil(place(maxValue)) + 1;
	return {
		count,
		epsilon,
		bucketOf: value => (value < firstSize ? 0 : lastIn(count, Math.trunc(place(value)))),
		startOf: bucket => (bucket === 0 ? 0 : (firstSize * (power(ratio, bucket) - 1)) / (ratio - 1)),
	};
}
