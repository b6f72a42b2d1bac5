import type {LatencyInterval} from '../../../../analysis/canary/metric.ts';
import {noSeries} from '../../../series/no-series.ts';
import type {ReadingOf} from '../choosing/chosen-metric.ts';
import {countersQuery, type Grown, growthReader} from './counters-at.ts';
import type {PrometheusReader} from './reader.ts';

const countersOf = ({series, place}: ReadingOf<'histogram'>) => ({series, place, keys: ['le']});

export const histogramQuery = (reading: ReadingOf<'histogram'>, namespace: string) => countersQuery(countersOf(reading), namespace);

/**
 * Requests per bucket of both sides since the look before. A new version may have other buckets: only bounds that all pods have
 * can be compared.
 */
export function histogramReader(reading: ReadingOf<'histogram'>, namespace: string): PrometheusReader<LatencyInterval> {
	const read = growthReader({...countersOf(reading), ask: (metrics, promql) => metrics.histograms(promql)}, namespace);
	return async (metrics, sides) => {
		const {spanMs, canary, stable} = await read(metrics, sides);
		const bounds = sharedBounds([...canary, ...stable]);
		if (bounds.length < 2 || bounds.at(-1) !== Number.POSITIVE_INFINITY)
			throw noSeries(`the buckets of ${reading.series} have no bounds that all pods share`);
		const upperBounds = bounds.map(bound => bound * reading.unit);
		return {kind: 'latency', spanMs, upperBounds, canary: perBucket(canary, bounds), stable: perBucket(stable, bounds)};
	};
}

/** Prometheus writes the last bound as `+Inf`, and whole ones as `1` or `1.0`. */
const boundOf = ({values: [le = '']}: Grown) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le));

export function sharedBounds(rows: readonly Grown[]): readonly number[] {
	const ofGroups = [...Map.groupBy(rows, ({group}) => group).values()].map(members => new Set(members.map(boundOf)));
	const [first = new Set<number>(), ...others] = ofGroups;
	return [...first].filter(bound => others.every(bounds => bounds.has(bound))).sort((a, b) => a - b);
}

/** Cumulative counts as counts of each bucket. A scrape is no single moment, so a bucket may be ahead of the next one by a request. */
export function perBucket(rows: readonly Grown[], bounds: readonly number[]): readonly number[] {
	const below = new Map(bounds.map(bound => [bound, 0]));
	for (const row of rows) {
		const bound = boundOf(row);
		const sum = below.get(bound);
		if (sum !== undefined) below.set(bound, sum + row.grown);
	}
	let before = 0;
	return bounds.map(bound => {
		const count = Math.max(0, (below.get(bound) ?? 0) - before);
		before += count;
		return count;
	});
}
