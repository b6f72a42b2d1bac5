import type {CountsInterval} from '../../../../analysis/canary/metric.ts';
import type {Metrics} from '../../../../mcp/monitoring/port.ts';
import {noSeries} from '../../../series/no-series.ts';
import type {ReadingOf} from '../choosing/chosen-metric.ts';
import {metricTrouble, startedAnew} from '../metric-trouble.ts';
import type {Side} from '../placeholders.ts';
import {counterGrowth} from './counter-growth.ts';
import {isCount} from './counters-at.ts';
import {valuesOf} from './query-reader.ts';
import type {PrometheusReader} from './reader.ts';
import {waitingGrowth} from './waiting-growth.ts';

/** The name of one series with its labels, and nothing around it. */
const seriesAlone = /^\s*[A-Za-z_:][\w:]*\s*(?:\{(?:[^{}"'`]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)*\})?\s*$/s;

/**
 * Growth of a named pair of counters: those that the metric is about, and all of them. Of a query that adds series up nobody knows which of them
 * started anew when it falls: that look counts for neither side.
 * @returns a reader that rejects with `no-series` while a side has none, with `started-anew` at a look that is left out
 */
export function ratioReader({bad, total}: ReadingOf<'ratio'>, namespace: string): PrometheusReader<CountsInterval> {
	const grow = counterGrowth();
	const areSeries = [bad, total].every(promql => seriesAlone.test(promql));
	let old: ReadonlySet<string> | undefined;
	const waiting = waitingGrowth();
	const rowsOf = async (metrics: Metrics, side: Side, moment?: number) => {
		const all = await countersOf(metrics, total, {namespace, side, atMs: moment});
		const part = await countersOf(metrics, bad, {namespace, side, atMs: moment ?? all[0]?.atMs});
		return [...all.map(row => ({...row, key: 'total'})), ...part.map(row => ({...row, key: 'bad'}))];
	};
	return async (metrics, {canary, stable}) => {
		const ofCanary = await rowsOf(metrics, canary);
		// Both sides at one moment: a scrape in between would count for one of them only.
		const ofStable = await rowsOf(metrics, stable, ofCanary[0]?.atMs);
		const known = old;
		old ??= new Set(stable.pods);
		const isNew = (group: string) => known !== undefined && !known.has(group);
		const now = {canary: grow(ofCanary, isNew), stable: grow(ofStable, isNew)};
		const anew = areSeries ? undefined : [...now.canary, ...now.stable].find(({isAnew}) => isAnew);
		if (anew !== undefined) throw startedAnew(anew.group);
		waiting.add(now, ofCanary[0]?.atMs ?? ofStable[0]?.atMs);
		if (ofCanary.length === 0 || ofStable.length === 0)
			throw noSeries(`${metrics.source} counts nothing of ${ofCanary.length === 0 ? 'the canary' : 'the stable version'}`);
		const {spanMs, ...both} = waiting.take();
		return {kind: 'counts', spanMs, canary: countsOf(both.canary), stable: countsOf(both.stable)};
	};
}

/** @throws MkcoaError `several-series` where the counters are not told apart by pod: a pod that goes would look like a new start of all */
async function countersOf(metrics: Metrics, promql: string, asked: Parameters<typeof valuesOf>[2]) {
	const samples = (await valuesOf(metrics, promql, asked)).filter(({value}) => isCount(value));
	return samples.map(({labels: {pod}, value, atMs}) => {
		if (pod !== undefined) return {group: pod, value, atMs};
		throw metricTrouble('several-series', {
			what: 'A query of counters does not tell the pods apart',
			why: `the query is ${promql}`,
			next: 'Add them up by pod: sum by (pod) (…)',
		});
	});
}

function countsOf(rows: readonly {readonly key: string; readonly grown: number}[]) {
	const sum = (key: string) => rows.reduce((total, row) => (row.key === key ? total + row.grown : total), 0);
	return {total: sum('total'), bad: Math.min(sum('bad'), sum('total'))};
}
