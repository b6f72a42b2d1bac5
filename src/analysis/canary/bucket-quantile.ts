/**
 * A quantile of a histogram. Inside a bucket values are taken to be spread evenly, as Prometheus' `histogram_quantile` does; what lies in the
 * last bucket counts as its lower bound.
 * @param upperBounds rising, the last one Infinity
 * @param counts per bucket, not cumulative
 * @returns undefined where nothing is counted
 */
export function bucketQuantile(quantile: number, upperBounds: readonly number[], counts: readonly number[]): number | undefined {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (!(total > 0)) return undefined;
	const rank = quantile * total;
	let below = 0;
	for (const [index, count] of counts.entries()) {
		const [lower, upper] = [index === 0 ? 0 : (upperBounds[index - 1] ?? 0), upperBounds[index] ?? Number.POSITIVE_INFINITY];
		if (count > 0 && below + count >= rank)
			return upper === Number.POSITIVE_INFINITY ? lower : lower + ((upper - lower) * (rank - below)) / count;
		below += count;
	}
	return undefined;
}
