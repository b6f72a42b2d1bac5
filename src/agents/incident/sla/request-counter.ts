import type {Counts} from '../../../analysis/reliability/burn-rate.ts';
import type {Metrics, RangeSeries} from '../../../mcp/monitoring/port.ts';
import {countsOf, requestCounts, requestGrowth} from '../../series/request-counts.ts';
import type {RequestSeries} from '../../series/request-series.ts';

/** Counts requests of one objective. */
export type RequestCounter = {
	/** Undefined where the server has none of that time. */
	readonly over: (window: string) => Promise<Counts | undefined>;
	/** One after another, the oldest first; null for a time without requests. */
	readonly history: (range: History) => Promise<readonly (Counts | null)[]>;
};

type History = {readonly toMs: number; readonly stepSeconds: number; readonly steps: number};

const momentsOf = ({toMs, stepSeconds, steps}: History) =>
	Array.from({length: steps}, (_, index) => toMs - (steps - 1 - index) * stepSeconds * 1000);
const rangeOf = (history: History) => ({
	fromMs: momentsOf(history)[0] ?? history.toMs,
	toMs: history.toMs,
	stepMs: history.stepSeconds * 1000,
});

/** Values of each moment: times of answers are fractions of milliseconds off. */
const at = (series: readonly RangeSeries[], moment: number) =>
	series.flatMap(({labels, points}) => {
		const point = points.find(({atMs, value}) => Math.abs(atMs - moment) < 1000 && Number.isFinite(value));
		return point === undefined ? [] : [{labels, value: point.value}];
	});

/** By the counters that were found for a Service. */
export function countersOfService(
	metrics: Metrics,
	reading: RequestSeries,
	{namespace, names}: {readonly namespace: string; readonly names: readonly string[]},
): RequestCounter {
	const asked = (window: string) => ({namespace, names, growth: 'increase' as const, window});
	return {
		over: window => requestCounts(metrics, reading, asked(window)),
		async history(range) {
			const series = await metrics.queryRange(requestGrowth(reading, asked(`${range.stepSeconds}s`)), rangeOf(range));
			return momentsOf(range).map(moment => {
				const rows = at(series, moment);
				return rows.length === 0 ? null : countsOf(reading, rows);
			});
		},
	};
}

const sumOf = (rows: readonly {readonly value: number}[]) =>
	rows.length === 0 ? undefined : rows.reduce((sum, {value}) => (Number.isFinite(value) ? sum + value : sum), 0);

/** All requests less those answered well; a query that answers nothing where nothing was answered well counts as none. */
function countsFrom(good: number | undefined, total: number | undefined): Counts | undefined {
	return total === undefined ? undefined : {total, bad: Math.min(total, Math.max(0, total - (good ?? 0)))};
}

/** By a person's own queries. */
export function countersOfQueries(metrics: Metrics, good: string, total: string): RequestCounter {
	const over = (promql: string, window: string) => promql.replaceAll('$window', window);
	return {
		async over(window) {
			const [well, all] = await Promise.all([metrics.query(over(good, window)), metrics.query(over(total, window))]);
			return countsFrom(sumOf(well), sumOf(all));
		},
		async history(range) {
			const window = `${range.stepSeconds}s`;
			const [well, all] = await Promise.all([good, total].map(promql => metrics.queryRange(over(promql, window), rangeOf(range))));
			return momentsOf(range).map(moment => countsFrom(sumOf(at(well ?? [], moment)), sumOf(at(all ?? [], moment))) ?? null);
		},
	};
}
