import type {Labels, Sample} from '../port.ts';
import type {NativeHistogram} from './answers.ts';

/**
 * Every fourth root of 2 from 61 µs to 128 s. Exponential histograms of a schema from 0 on have each power of 2 among their bounds,
 * those from schema 2 on all of these: their buckets fall together without loss.
 */
const bounds = [...Array.from({length: 85}, (_, index) => 2 ** ((index - 56) / 4)), Number.POSITIVE_INFINITY];
const boundText = (bound: number) => (bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound));

/** Roots are computed, so a bound may differ from ours in its last digits. */
const slack = 1 + 1e-9;

/** A native histogram as classic ones are: cumulative counts by upper bound. */
export function asClassic(labels: Labels, atMs: number, {count, buckets = []}: NativeHistogram): readonly Sample[] {
	return bounds.map(bound => {
		const below = buckets.reduce((sum, [, , upper, part]) => (upper <= bound * slack ? sum + part : sum), 0);
		return {labels: {...labels, le: boundText(bound)}, value: bound === Number.POSITIVE_INFINITY ? count : below, atMs};
	});
}
