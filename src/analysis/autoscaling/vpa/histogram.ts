import type {Buckets} from './buckets.ts';

/** Weights by bucket. It changes in place: a sample comes every minute for each container. */
export type Histogram = {
	readonly buckets: Buckets;
	readonly weights: Float64Array;
	total: number;
	/** The first and the last bucket that is not empty. */
	first: number;
	last: number;
};

/** As the VerticalPodAutoscalerCheckpoint has it. */
export type HistogramCheckpoint = {readonly totalWeight: number; readonly bucketWeights: {readonly [bucket: string]: number}};

/** The weight of the heaviest bucket in a checkpoint. */
const maxCheckpointWeight = 10_000;

export const emptyHistogram = (buckets: Buckets): Histogram => ({
	buckets,
	weights: new Float64Array(buckets.count),
	total: 0,
	first: buckets.count - 1,
	last: 0,
});

const weightIn = ({weights}: Histogram, bucket: number) => weights[bucket] ?? 0;

export const isEmpty = (histogram: Histogram): boolean => weightIn(histogram, histogram.first) < histogram.buckets.epsilon;

export function addSample(histogram: Histogram, value: number, weight: number): void {
	const {buckets, weights} = histogram;
	const bucket = buckets.bucketOf(value);
	const sum = weightIn(histogram, bucket) + weight;
	weights[bucket] = sum;
	histogram.total += weight;
	if (sum < buckets.epsilon) return;
	histogram.first = Math.min(histogram.first, bucket);
	histogram.last = Math.max(histogram.last, bucket);
}

const lessened = (value: number, by: number, epsilon: number) => (value - by < epsilon ? 0 : value - by);

export function subtractSample(histogram: Histogram, value: number, weight: number): void {
	const {buckets, weights} = histogram;
	const bucket = buckets.bucketOf(value);
	histogram.total = lessened(histogram.total, weight, buckets.epsilon);
	weights[bucket] = lessened(weightIn(histogram, bucket), weight, buckets.epsilon);
	trim(histogram);
}

function trim(histogram: Histogram): void {
	const {epsilon, count} = histogram.buckets;
	while (weightIn(histogram, histogram.first) < epsilon && histogram.first < count - 1) histogram.first++;
	while (weightIn(histogram, histogram.last) < epsilon && histogram.last > 0) histogram.last--;
}

export function scale(histogram: Histogram, factor: number): void {
	for (let bucket = histogram.first; bucket <= histogram.last; bucket++) histogram.weights[bucket] = weightIn(histogram, bucket) * factor;
	histogram.total *= factor;
	trim(histogram);
}

/** Adds what another one holds; both have the same buckets. */
export function merge(histogram: Histogram, other: Histogram): void {
	for (let bucket = other.first; bucket <= other.last; bucket++)
		histogram.weights[bucket] = weightIn(histogram, bucket) + weightIn(other, bucket);
	histogram.total += other.total;
	histogram.first = Math.min(histogram.first, other.first);
	histogram.last = Math.max(histogram.last, other.last);
}

/**
 * The end of the bucket in which the percentile falls; 0 for an empty histogram.
 * @param part 0 to 1
 */
export function percentileIn(histogram: Histogram, part: number): number {
	if (isEmpty(histogram)) return 0;
	const {buckets, first, last, total} = histogram;
	let bucket = first;
	for (let sum = 0; bucket < last; bucket++) {
		sum += weightIn(histogram, bucket);
		if (sum >= part * total) break;
	}
	return buckets.startOf(Math.min(bucket + 1, buckets.count - 1));
}

/** Weights as whole numbers; what is too light beside the heaviest falls away. */
export function saved(histogram: Histogram): HistogramCheckpoint {
	const {weights, first, last, total} = histogram;
	const ratio = maxCheckpointWeight / weights.subarray(first, last + 1).reduce((most, weight) => Math.max(most, weight), 0);
	const bucketWeights: {[bucket: string]: number} = {};
	for (let bucket = first; bucket <= last; bucket++) {
		const weight = Math.floor(weightIn(histogram, bucket) * ratio + 0.5);
		if (weight > 0) bucketWeights[bucket] = weight;
	}
	return {totalWeight: total, bucketWeights};
}

/**
 * Adds what a checkpoint holds.
 * @throws RangeError where it does not fit the buckets; nothing is changed then
 */
export function load(histogram: Histogram, {totalWeight, bucketWeights}: HistogramCheckpoint): void {
	const entries = Object.entries(bucketWeights).map(([bucket, weight]) => [Number(bucket), weight] as const);
	const sum = entries.reduce((whole, [, weight]) => whole + weight, 0);
	const stray = entries.find(([bucket]) => !(bucket >= 0 && bucket < histogram.buckets.count));
	if (totalWeight < 0) throw new RangeError(`A checkpoint's total weight cannot be negative: ${totalWeight}`);
	if (stray !== undefined) throw new RangeError(`A checkpoint has bucket ${stray[0]}, of ${histogram.buckets.count}`);
	if (sum === 0) return;
	for (const [bucket, weight] of entries) {
		histogram.weights[bucket] = weightIn(histogram, bucket) + weight * (totalWeight / sum);
		histogram.first = Math.min(histogram.first, bucket);
		histogram.last = Math.max(histogram.last, bucket);
	}
	histogram.total += totalWeight;
	trim(histogram);
}
