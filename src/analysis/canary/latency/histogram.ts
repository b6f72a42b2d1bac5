import {normalQuantile} from '../../statistics/normal-quantile.ts';

/** Counts per bucket of both sides, not cumulative; `upperBounds` in seconds, the last one Infinity. */
export type Histogram = {readonly upperBounds: readonly number[]; readonly canary: readonly number[]; readonly stable: readonly number[]};

/** Sum of histograms with the same buckets. */
export function pooled(histograms: readonly Histogram[]): Histogram {
	const upperBounds = histograms.at(-1)?.upperBounds ?? [];
	const side = (name: 'canary' | 'stable') =>
		upperBounds.map((_, at) => histograms.reduce((sum, histogram) => sum + Math.max(0, histogram[name][at] || 0), 0));
	return {upperBounds, canary: side('canary'), stable: side('stable')};
}

/**
 * Index of the bound that tells most about a quantile: of those with requests on either side of it, the one that the nearest part of the requests is
 * slower than, by odds. Where all are in one bucket it is that bucket's end, above which a worse version would show.
 */
function tellingBound(upperBounds: readonly number[], counts: readonly number[], quantile: number): number {
	const total = counts.reduce((sum, count) => sum + count, 0);
	const last = upperBounds.length - 2;
	let best = {at: Math.max(0, last), distance: Number.POSITIVE_INFINITY};
	let below = 0;
	for (let at = 0; at <= last; at++) {
		below += counts[at] ?? 0;
		const distance = below === 0 ? Number.POSITIVE_INFINITY : below >= total ? 1e9 + at : Math.abs(logit(below / total) - logit(quantile));
		if (distance < best.distance) best = {at, distance};
	}
	return best.at;
}

/**
 * Index of the bound at which two sides are compared by a quantile: the lower one of those that tell most about each side. That says nothing on which
 * side is slower, and yet a side that is much slower does not move it away: of both together it did, and a canary of twenty times the latency passed at
 * p99, because the bound was its own.
 */
export const comparedBound = ({upperBounds, canary, stable}: Histogram, quantile: number) =>
	Math.min(tellingBound(upperBounds, canary, quantile), tellingBound(upperBounds, stable, quantile));

const logit = (part: number) => Math.log(part / (1 - part));

/**
 * Quantile by interpolation within its bucket: between bounds as if the logarithms of the times were normal, which wide buckets bend far less than the
 * straight line of Prometheus' `histogram_quantile`; in the first bucket by that line, in the last its lower end.
 * @returns seconds; undefined without requests
 */
export function quantileOf(upperBounds: readonly number[], counts: readonly number[], quantile: number): number | undefined {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (total <= 0) return undefined;
	let below = 0;
	for (const [at, count] of counts.entries()) {
		const [low, high] = [upperBounds[at - 1] ?? 0, upperBounds[at] ?? Number.POSITIVE_INFINITY];
		if (below + count >= quantile * total && count > 0)
			return within({low, high, from: below / total, to: (below + count) / total, total}, quantile);
		below += count;
	}
	return upperBounds.at(-2);
}

type Bucket = {readonly low: number; readonly high: number; readonly from: number; readonly to: number; readonly total: number};

function within({low, high, from, to, total}: Bucket, quantile: number): number {
	if (!Number.isFinite(high)) return low;
	if (low <= 0) return low + ((high - low) * (quantile - from)) / (to - from);
	// Half a request in the places where none was seen, as nothing is certain.
	const normal = (part: number) => normalQuantile((part * total + 0.5) / (total + 1));
	const part = Math.min(1, Math.max(0, (normal(quantile) - normal(from)) / (normal(to) - normal(from))));
	return low * (high / low) ** part;
}
