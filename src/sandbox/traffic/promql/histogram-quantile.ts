import {oncePerObject} from '../../../core/once-per-object.ts';
import {labelsKey, without} from './labels.ts';
import type {Element} from './syntax.ts';

/** What a bucket is a part of: the same at each step of a range. */
const histogramOf = oncePerObject((bucket: Element['labels']) => {
	const labels = without(bucket, ['le', '__name__']);
	return {labels, key: labelsKey(labels)};
});

type Bucket = {readonly upper: number; readonly count: number};

/**
 * Estimates a quantile from cumulative `le` buckets, one answer for each set of the other labels. Inside a bucket values are taken to be spread evenly.
 * @param quantile 0 to 1; below answers -Inf, above +Inf, as Prometheus does
 */
export function histogramQuantile(quantile: number, elements: readonly Element[]): readonly Element[] {
	const groups = new Map<string, {labels: Element['labels']; buckets: Bucket[]}>();
	for (const {labels, value} of elements) {
		if (labels.le === undefined) continue;
		const {key, labels: rest} = histogramOf(labels);
		const group = groups.get(key) ?? {labels: rest, buckets: []};
		group.buckets.push({upper: labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le), count: value});
		groups.set(key, group);
	}
	return [...groups.values()].map(({labels, buckets}) => ({labels, value: bucketQuantile(quantile, buckets)}));
}

function bucketQuantile(quantile: number, unsorted: readonly Bucket[]): number {
	if (Number.isNaN(quantile)) return Number.NaN;
	if (quantile < 0) return Number.NEGATIVE_INFINITY;
	if (quantile > 1) return Number.POSITIVE_INFINITY;
	const buckets = unsorted.toSorted((a, b) => a.upper - b.upper);
	const total = buckets.at(-1);
	if (total?.upper !== Number.POSITIVE_INFINITY || buckets.length < 2 || !(total.count > 0)) return Number.NaN;
	const rank = quantile * total.count;
	const index = buckets.findIndex(({count}) => count >= rank);
	const found = buckets[index];
	const before = buckets[index - 1];
	if (found === undefined || found === total) return buckets.at(-2)?.upper ?? Number.NaN;
	if (before === undefined && found.upper <= 0) return found.upper;
	const lower = before?.upper ?? 0;
	const below = before?.count ?? 0;
	return lower + (found.upper - lower) * ((rank - below) / (found.count - below));
}
