import type {Metrics, RangeSeries} from '../../../mcp/monitoring/port.ts';
import {type FoundSeries, findSeries, selectorOf} from '../../series/find-series.ts';
import {podPattern} from '../../series/pod-pattern.ts';
import {countsOf, requestGrowth} from '../../series/request-counts.ts';
import type {HistogramSeries, Place, RequestSeries} from '../../series/request-series.ts';
import type {Sampling} from './choose-step.ts';
import {curveOf, type Measured, momentsIn} from './curve.ts';
import type {Subject} from './subject.ts';

type Pods = Extract<Subject, {kind: 'pods'}>;

type Asking = {readonly metrics: Metrics; readonly subject: Pods; readonly sampling: Sampling};

/** How requests went, as far as somebody counts them. */
export type RequestMeasures = {readonly measured: readonly Measured[]; readonly lacking: readonly string[]};

export const quantiles = [0.5, 0.95, 0.99] as const;

export const requestMeasureNames = ['requests', 'errors', ...quantiles.map(each => `latency-p${each * 100}`)] as const;

/** Rows of each moment, as `countsOf` adds them up. */
function rowsByMoment(series: readonly RangeSeries[], {range}: Sampling) {
	const moments = Array.from({length: momentsIn(range)}, (): {labels: RangeSeries['labels']; value: number}[] => []);
	for (const {labels, points} of series)
		for (const {atMs, value} of points) {
			if (Number.isFinite(value)) moments[Math.round((atMs - range.fromMs) / range.stepMs)]?.push({labels, value});
		}
	return moments;
}

/** Who answers requests, as far as a query has to know. */
export type Served = Pick<Pods, 'namespace' | 'names' | 'service'>;

/** Whose series they are at a place: pods', or the Service's by which gateways count. */
export const namesAt = ({by}: Place, {names, service = ''}: Pick<Pods, 'names' | 'service'>) => (by === 'pod' ? names : [service]);

async function counted({metrics, subject, sampling}: Asking, reading: RequestSeries): Promise<readonly Measured[]> {
	const {namespace} = subject;
	const query = requestGrowth(reading, {namespace, names: namesAt(reading.place, subject), growth: 'rate', window: sampling.window});
	const moments = rowsByMoment(await metrics.queryRange(query, sampling.range), sampling).map(rows =>
		rows.length === 0 ? undefined : countsOf(reading, rows),
	);
	const curve = (of: (counts: {readonly total: number; readonly bad: number}) => number | null) => [
		{labels: {}, values: moments.map(counts => (counts === undefined ? null : of(counts)))},
	];
	return [
		{name: 'requests', unit: 'perSecond', query, curves: curve(({total}) => total)},
		// A part of nothing is no number.
		{name: 'errors', unit: 'ratio', query, curves: curve(({total, bad}) => (total > 0 ? bad / total : null))},
	];
}

/** How long answers took, in the unit of the series: classic buckets carry their bounds in `le`, native histograms carry them themselves. */
export function latencyQuery({series, place}: HistogramSeries, subject: Served, quantile: number, window: string): string {
	const rate = `rate(${selectorOf(series, place, subject.namespace, podPattern(namesAt(place, subject)))}[${window}])`;
	return `histogram_quantile(${quantile}, ${series.endsWith('_bucket') ? `sum by (le) (${rate})` : `sum(${rate})`})`;
}

const latencies = ({metrics, subject, sampling: {range, window}}: Asking, reading: HistogramSeries): Promise<readonly Measured[]> =>
	Promise.all(
		quantiles.map(async quantile => {
			const query = latencyQuery(reading, subject, quantile, window);
			const found = (await metrics.queryRange(query, range)).map(series => curveOf(series, range));
			const curves = found.map(({values}) => ({labels: {}, values: values.map(value => (value === null ? null : value * reading.unit))}));
			return {name: `latency-p${quantile * 100}`, unit: 'seconds' as const, query, curves};
		}),
	);

/** What the requests of pods are counted by. */
export const requestSeries = ({metrics, subject}: Pick<Asking, 'metrics' | 'subject'>): Promise<FoundSeries> =>
	findSeries(metrics, {
		...{namespace: subject.namespace, pods: subject.names},
		...(subject.service === undefined ? {} : {service: subject.service}),
		podsFirst: true,
	});

/** Requests, failures and latencies of pods, in the names of the usual libraries and meshes. */
export async function requestMeasures(asking: Asking): Promise<RequestMeasures> {
	const {requests, histogram} = await requestSeries(asking);
	const [counts, times] = await Promise.all([
		requests === undefined ? [] : counted(asking, requests),
		histogram === undefined ? [] : latencies(asking, histogram),
	]);
	return {
		measured: [...counts, ...times],
		lacking: [...(requests === undefined ? ['requests and errors'] : []), ...(histogram === undefined ? ['latency'] : [])],
	};
}
