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
export function tellingBound(upperBounds: readonly number[], counts: readonly number[], quantile: number): number {
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

const logit = (part: number) => Math.log(part / (1 - part));

/**
 * Quantile by linear interpolation within its bucket, as Prometheus' `histogram_quantile`; in the last bucket its lower end.
 * @returns seconds; undefined without requests
 */
export function quantileOf(upperBounds: readonly number[], counts: readonly number[], quantile: number): number | undefined {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (total <= 0) return undefined;
	const wanted = quantile * total;
	let below = 0;
	for (const [at, count] of counts.entries()) {
		const [low, high] = [upperBounds[at - 1] ?? 0, upperBounds[at] ?? Number.POSITIVE_INFINITY];
		if (below + count >= wanted && count > 0) return Number.isFinite(high) ? low + ((high - low) * (wanted - below)) / count : low;
		below += count;
	}
	return upperBounds.at(-2);
}
