import type {GaugeInterval} from '../../../analysis/canary/metric.ts';
import type {Metrics, Sample} from '../../../mcp/monitoring/port.ts';
import type {ReadingOf} from './chosen-metric.ts';
import {metricTrouble, noSeries} from './metric-trouble.ts';
import {filled, type Side} from './placeholders.ts';
import type {PrometheusReader} from './reader.ts';

/**
 * What a query answers for one side: one value per pod where its series carry a label `pod`, else one value in all.
 * @throws MkcoaError `several-series` where they are more; NaN and infinite values are left out
 */
export async function valuesOf(metrics: Metrics, promql: string, namespace: string, side: Side): Promise<readonly Sample[]> {
	if (side.pods.length === 0) throw noSeries(`${side.workload} has no pods yet`);
	const asked = filled(promql, namespace, side);
	const mine = new Set(side.pods);
	const samples = (await metrics.query(asked)).filter(({labels, value}) => Number.isFinite(value) && isMine(labels.pod, mine));
	const twice = samples.find(({labels: {pod}}, index) => samples.findIndex(other => other.labels.pod === pod) < index);
	if (twice === undefined) return samples;
	const of = twice.labels.pod === undefined ? 'one' : `one for the pod ${twice.labels.pod}`;
	throw metricTrouble('several-series', {
		what: `A query answers several series where ${of} is needed`,
		why: `the query is ${asked}`,
		next: 'Add them up, or take the worst: sum by (pod) (…), or max by (pod) (…)',
	});
}

const isMine = (pod: string | undefined, mine: ReadonlySet<string>) => pod === undefined || mine.has(pod);

/** Values of both sides, read no sooner again than the server has new samples; a look before that has none. */
export function queryReader({promql, everyMs}: ReadingOf<'query'>, namespace: string): PrometheusReader<GaugeInterval> {
	let lastMs: number | undefined;
	return async (metrics, {canary, stable}) => {
		const [ofCanary, ofStable] = [await valuesOf(metrics, promql, namespace, canary), await valuesOf(metrics, promql, namespace, stable)];
		const atMs = ofCanary[0]?.atMs;
		if (atMs === undefined || ofStable.length === 0)
			throw noSeries(`${metrics.source} answers nothing for ${atMs === undefined ? 'the canary' : 'the stable version'}`);
		const spanMs = lastMs === undefined ? 0 : atMs - lastMs;
		if (lastMs !== undefined && spanMs < everyMs) return {kind: 'gauge', spanMs: 0, canary: [], stable: []};
		lastMs = atMs;
		const numbers = (samples: readonly Sample[]) => samples.map(({value}) => value);
		return {kind: 'gauge', spanMs, canary: numbers(ofCanary), stable: numbers(ofStable)};
	};
}
