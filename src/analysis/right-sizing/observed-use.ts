/** What the containers of one name used, over all pods that ran in the time. Cores and bytes. */
export type ContainerUse = {
	readonly name: string;
	readonly pods: number;
	readonly samples: number;
	/** The percentile of each pod, and of those the largest. */
	readonly cpuPercentile: number;
	readonly cpuMean: number;
	readonly cpuPeak: number;
	readonly memoryPeak: number;
	/** Times that a container was killed for its memory, as far as its pods still tell. */
	readonly oomKills: number;
	/** Part of its CPU periods in which it was held back; undefined where nobody counts that. */
	readonly throttled?: number | undefined;
};

/** One look at a workload over some time. */
export type Observed = {
	/** Whose numbers these are, for people. */
	readonly source: string;
	/** Between the first sample and the last. */
	readonly coveredMs: number;
	readonly percentile: number;
	readonly containers: readonly ContainerUse[];
};

export type Series = {
	readonly pod: string;
	readonly container: string;
	readonly points: readonly {readonly atMs: number; readonly value: number}[];
};

/** The nearest-rank percentile, 0 to 100: a value that was there, never one between two. Of nothing it is 0. */
export function percentileOf(values: readonly number[], percentile: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] ?? 0;
}

const valuesOf = (series: readonly Series[]) => series.flatMap(({points}) => points.map(({value}) => value));
const highest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);

/**
 * Sums up series of CPU (cores) and memory (bytes) by container.
 * @see KRR's simple strategy: the percentile of each pod, then the largest over pods
 */
export function sumUp(cpu: readonly Series[], memory: readonly Series[], percentile: number): Pick<Observed, 'coveredMs' | 'containers'> {
	const times = [...cpu, ...memory].flatMap(({points}) => points.map(({atMs}) => atMs));
	const names = [...new Set([...cpu, ...memory].map(({container}) => container))].sort();
	const containers = names.map(name => {
		const [own, bytes] = [cpu.filter(({container}) => container === name), memory.filter(({container}) => container === name)];
		const values = valuesOf(own);
		return {
			name,
			pods: new Set([...own, ...bytes].map(({pod}) => pod)).size,
			samples: Math.min(values.length, valuesOf(bytes).length),
			cpuPercentile: highest(
				own.map(({points}) =>
					percentileOf(
						points.map(({value}) => value),
						percentile,
					),
				),
			),
			cpuMean: values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length,
			cpuPeak: highest(values),
			memoryPeak: highest(valuesOf(bytes)),
			oomKills: 0,
		};
	});
	const first = times.reduce((least, atMs) => Math.min(least, atMs), Number.POSITIVE_INFINITY);
	return {coveredMs: times.length === 0 ? 0 : highest(times) - first, containers};
}
