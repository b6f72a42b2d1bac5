import {MkcoaError} from '../../../../core/error.ts';
import type {Metrics} from '../../../../mcp/monitoring/port.ts';
import {latelyMs} from '../../../series/lately.ts';
import {lastInterval} from '../kayenta/kayenta-range.ts';
import {metricTrouble} from '../metric-trouble.ts';
import {asksForService, filled, type Side} from '../placeholders.ts';
import {valuesOf} from '../reading/query-reader.ts';
import type {ChosenMetric} from './chosen-metric.ts';
import type {WantedMetric} from './read-metrics.ts';

type Named = Extract<WantedMetric, {kind: 'named'}>;

/** The version that serves now, by its pods of now and by the names that its pods had in the last minutes. */
type Serving = {readonly now: Side; readonly lately: Side};

/**
 * Tries a query of the person's own on the version that serves now; where that has no sample yet, on the last minutes.
 * @throws MkcoaError `bad-metric`, `bad-query`, `several-series`
 */
export async function chooseNamed(
	metrics: Metrics,
	{name, promql, of, worse, tolerance}: Named,
	namespace: string,
	{now: side, lately}: Serving,
): Promise<{readonly chosen: ChosenMetric} | {readonly why: string; readonly next: string}> {
	const queries = of === undefined ? [promql] : [promql, of];
	if (side.service === undefined && queries.some(asksForService)) {
		throw metricTrouble('bad-metric', {
			what: `The query of ${name} asks for {{service}}, and no route sends requests to each version by a Service of its own`,
			next: 'Use {{pods}} or {{workload}}',
		});
	}
	for (const query of queries) {
		// A counter of failures may have no series before the first one.
		const isOptional = of !== undefined && query === promql;
		if ((await told(name, () => valuesOf(metrics, query, {namespace, side}))).length > 0 || isOptional) continue;
		if (await wasAnswered(metrics, filled(query, namespace, lately))) continue;
		return {
			why: `${metrics.source} answers nothing to ${filled(query, namespace, side)}`,
			next: 'Try the query in Prometheus, and look at its names and labels',
		};
	}
	const metric = {name, kind: of === undefined ? ('gauge' as const) : ('counts' as const), worse, tolerance};
	const query = queries.join(' of ');
	const reading = of === undefined ? {kind: 'query' as const, promql} : {kind: 'ratio' as const, bad: promql, total: of};
	return {chosen: {metric, reading, query, source: metrics.source}};
}

async function wasAnswered(metrics: Metrics, query: string): Promise<boolean> {
	const found = await metrics.queryRange(query, await lastInterval(metrics, latelyMs));
	return found.some(({points}) => points.some(({value}) => Number.isFinite(value)));
}

async function told<Answer>(name: string, ask: () => Promise<Answer>): Promise<Answer> {
	try {
		return await ask();
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		throw new MkcoaError({...error.trouble, what: `The metric ${name}: ${error.trouble.what}`}, {cause: error});
	}
}
