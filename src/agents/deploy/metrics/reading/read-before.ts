import type {Before} from '../../../../analysis/canary/evidence/clumped-before.ts';
import type {Counts} from '../../../../analysis/canary/metric.ts';
import type {Metrics, RangeSeries} from '../../../../mcp/monitoring/port.ts';
import type {ReadingOf} from '../choosing/chosen-metric.ts';
import {selectorOf} from '../choosing/find-series.ts';
import {noSeries} from '../metric-trouble.ts';
import type {Side} from '../placeholders.ts';
import {podPattern} from '../pod-pattern.ts';
import {type CounterRow, counterGrowth} from './counter-growth.ts';
import {isCount} from './counters-at.ts';
import {endLabels, requestEnd} from './request-end.ts';

const minuteMs = 60_000;

/** Two hours hold a few of the bursts that come once in half an hour; with one hour one of eight rollouts would have seen none or one of them. */
const beforeMs = 120 * minuteMs;

/** So many pods tell how errors come; with all of a large version's the answer would be megabytes. */
const mostPods = 50;

/** Below that there is nothing to learn. */
const fewestMinutes = 10;

/** Who told the value: a pod that several jobs scrape counts once. */
const tellers = ['job', 'instance'] as const;

type Row = CounterRow & {readonly name: string; readonly values: readonly string[]};

/**
 * Requests and failed requests of each pod of a version (of the version as a whole, where a gateway counts it) in each of the last 120 minutes, by one
 * range query.
 * @throws MkcoaError `no-series` where there are fewer than ten minutes, and what the metrics server rejects with
 */
export async function readBefore(metrics: Metrics, reading: ReadingOf<'requests'>, namespace: string, side: Side): Promise<Before> {
	const {place, counter} = reading;
	const names = place.by === 'pod' ? side.pods.slice(0, mostPods) : side.service === undefined ? [] : [side.service];
	const toMs = (await metrics.query('vector(1)'))[0]?.atMs;
	if (toMs === undefined || names.length === 0) throw noSeries(`${metrics.source} has nothing of the time before`);
	const keys = endLabels(reading);
	const labels = [...new Set([place.keyLabel, ...tellers, 'pod', ...keys])].join(', ');
	const promql = `sum by (${labels}) (${selectorOf(counter, place, namespace, podPattern(names))})`;
	const fromMs = toMs - beforeMs;
	const series = await metrics.queryRange(promql, {fromMs, toMs, stepMs: minuteMs});
	const moments = Array.from({length: beforeMs / minuteMs + 1}, (_, at) => at);
	const rows = rowsAt(series, fromMs, reading).filter(({name}) => names.includes(name));
	const before = minutesOf(rows, moments, reading);
	const minutes = moments.filter((_, at) => before.some(pod => (pod[at]?.total ?? 0) > 0)).length;
	if (minutes >= fewestMinutes) return before;
	throw noSeries(`${metrics.source} has ${minutes} minutes with requests of it, ${fewestMinutes} are needed`);
}

/** `valueAt` is by minutes since the first moment: times of answers are fractions of milliseconds off. */
type Line = Omit<Row, 'value'> & {readonly valueAt: ReadonlyMap<number, number>};

/** The series of each pod, of the first that tells of it. */
function rowsAt(series: readonly RangeSeries[], fromMs: number, reading: ReadingOf<'requests'>): readonly Line[] {
	const {place} = reading;
	const lines = series.map(({labels, points}) => {
		const at = (some: readonly string[]) => some.map(label => labels[label] ?? '');
		const name = labels[place.keyLabel] ?? '';
		const values = at(endLabels(reading));
		const group = [name, ...at([...tellers, 'pod'])].join('\u0000');
		const valueAt = new Map(points.map(({atMs, value}) => [Math.round((atMs - fromMs) / minuteMs), value]));
		return {name, group, key: values.join('\u0000'), values, valueAt};
	});
	if (place.by === 'service') return lines;
	const told = new Map<string, string>();
	for (const {name, group} of lines) if (group < (told.get(name) ?? '\uffff')) told.set(name, group);
	return lines.filter(({name, group}) => told.get(name) === group);
}

/** One row of minutes for each name. What was there at the first moment counts from there. */
function minutesOf(lines: readonly Line[], moments: readonly number[], reading: ReadingOf<'requests'>): Before {
	const grow = counterGrowth();
	const end = requestEnd(reading);
	const perMinute = moments.map(minute => {
		const rows = lines.flatMap(({valueAt, ...line}): readonly Row[] => {
			const value = valueAt.get(minute);
			return value === undefined || !isCount(value) ? [] : [{...line, value}];
		});
		return Map.groupBy(
			grow(rows, () => false),
			({name}) => name,
		);
	});
	return [...new Set(lines.map(({name}) => name))].map(name =>
		perMinute.map((grown): Counts => {
			const ended = (grown.get(name) ?? []).map(row => ({end: end(row.values), grown: row.grown}));
			const sum = (counts: (how: string) => boolean) => ended.reduce((all, one) => (counts(one.end) ? all + one.grown : all), 0);
			return {total: sum(how => how !== 'nobodys'), bad: sum(how => how === 'failed')};
		}),
	);
}
