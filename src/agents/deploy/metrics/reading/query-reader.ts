import type {GaugeInterval} from '../../../../analysis/canary/metric.ts';
import type {Metrics, Sample} from '../../../../mcp/monitoring/port.ts';
import {noSeries} from '../../../series/no-series.ts';
import type {ReadingOf} from '../choosing/chosen-metric.ts';
import {metricTrouble} from '../metric-trouble.ts';
import {filled, type Side} from '../placeholders.ts';
import {freshValues, lastScrapes} from './fresh-values.ts';
import type {PrometheusReader} from './reader.ts';

/**
 * What a query answers for one side: one value per pod where its series carry a label `pod`, else one value in all.
 * @throws MkcoaError `several-series` where they are more; NaN and infinite values are left out
 */
export async function valuesOf(
	metrics: Metrics,
	promql: string,
	{namespace, side, atMs}: {readonly namespace: string; readonly side: Side; readonly atMs?: number | undefined},
): Promise<readonly Sample[]> {
	if (side.pods.length === 0) throw noSeries(`${side.workload} has no pods yet`);
	const asked = filled(promql, namespace, side);
	const mine = new Set(side.pods);
	const samples = (await metrics.query(asked, atMs)).filter(({labels, value}) => Number.isFinite(value) && isMine(labels.pod, mine));
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

/** Values of both sides at one moment, each as often as its pods are scraped. */
export function queryReader({promql}: ReadingOf<'query'>, namespace: string): PrometheusReader<GaugeInterval> {
	const fresh = freshValues();
	let lastMs: number | undefined;
	return async (metrics, {canary, stable}) => {
		const ofCanary = await valuesOf(metrics, promql, {namespace, side: canary});
		const atMs = ofCanary[0]?.atMs;
		if (atMs === undefined) throw noSeries(`${metrics.source} answers nothing for the canary`);
		const ofStable = await valuesOf(metrics, promql, {namespace, side: stable, atMs});
		if (ofStable.length === 0) throw noSeries(`${metrics.source} answers nothing for the stable version`);
		const scrapes = await lastScrapes(metrics, {namespace, pods: [...canary.pods, ...stable.pods], atMs});
		const spanMs = atMs - (lastMs ?? atMs);
		lastMs = atMs;
		return {
			...{kind: 'gauge', spanMs},
			canary: fresh('canary', canary.pods, ofCanary, scrapes),
			stable: fresh('stable', stable.pods, ofStable, scrapes),
		};
	};
}
