import type {Before} from '../../../../analysis/canary/evidence/clumped-before.ts';
import type {Counts} from '../../../../analysis/canary/metric.ts';
import type {Metrics, RangeSeries} from '../../../../mcp/monitoring/port.ts';
import {selectorOf} from '../../../series/find-series.ts';
import {noSeries} from '../../../series/no-series.ts';
import {podPattern} from '../../../series/pod-pattern.ts';
import {endLabels, requestEnd} from '../../../series/request-end.ts';
import type {ReadingOf} from '../choosing/chosen-metric.ts';
import type {Arm} from '../sides.ts';
import {type CounterRow, counterGrowth} from './counter-growth.ts';
import {isCount} from './counters-at.ts';
import {tellers, toldOnce} from './told-once.ts';
import {type VersionBefore, versionBefore} from './version-before.ts';

const minuteMs = 60_000;

/** Two hours hold a few of the bursts that come once in half an hour; with one hour one of eight rollouts would have seen none or one of them. */
const beforeMs = 120 * minuteMs;

/** Below that there is nothing to learn. */
const fewestMinutes = 10;

type Row = CounterRow & {readonly name: string; readonly values: readonly string[]};

/**
 * Requests and failed requests of each pod of a version (of the version as a whole, where a gateway counts it) in each of 120 minutes, by one range
 * query. What an earlier version counted under the same name is left out.
 * @param agoMs how long ago these minutes ended
 * @throws MkcoaError `no-series` where there are fewer than ten minutes, and what the metrics server rejects with
 */
export async function readBefore(
	metrics: Metrics,
	reading: ReadingOf<'requests'>,
	namespace: string,
	{arm, agoMs}: {readonly arm: Arm; readonly agoMs: number},
): Promise<Before> {
	const {place, counter} = reading;
	const version = versionBefore(place, arm);
	const nowMs = (await metrics.query('vector(1)'))[0]?.atMs;
	if (nowMs === undefined || version.names.length === 0) throw noSeries(`${metrics.source} has nothing of the time before`);
	const labels = [...new Set([place.keyLabel, ...tellers, 'pod', ...endLabels(reading)])].join(', ');
	const promql = `sum by (${labels}) (${selectorOf(counter, place, namespace, podPattern(version.names))})`;
	const toMs = nowMs - agoMs;
	const fromMs = toMs - beforeMs;
	const series = await metrics.queryRange(promql, {fromMs, toMs, stepMs: minuteMs});
	const moments = Array.from({length: beforeMs / minuteMs + 1}, (_, at) => at);
	const before = minutesOf(linesOf(series, {fromMs, reading, version}), moments, reading);
	const minutes = moments.filter((_, at) => before.some(pod => (pod[at]?.total ?? 0) > 0)).length;
	if (minutes >= fewestMinutes) return before;
	throw noSeries(`${metrics.source} has ${minutes} minutes with requests of it, ${fewestMinutes} are needed`);
}

/** `valueAt` is by minutes since the first moment: times of answers are fractions of milliseconds off. */
type Line = Omit<Row, 'value'> & {readonly valueAt: ReadonlyMap<number, number>};

type Told = {readonly fromMs: number; readonly reading: ReadingOf<'requests'>; readonly version: VersionBefore};

/** The series of each pod, of the first that tells of it. */
function linesOf(series: readonly RangeSeries[], {fromMs, reading, version}: Told): readonly Line[] {
	const {place} = reading;
	const lines = series.map(({labels, points}) => {
		const at = (some: readonly string[]) => some.map(label => labels[label] ?? '');
		const name = labels[place.keyLabel] ?? '';
		const values = at(endLabels(reading));
		const group = [name, ...at([...tellers, 'pod'])].join('\u0000');
		const own = points.filter(({atMs}) => atMs >= version.sinceMs(name));
		const valueAt = new Map(own.map(({atMs, value}) => [Math.round((atMs - fromMs) / minuteMs), value]));
		return {name, group, key: values.join('\u0000'), values, valueAt};
	});
	return toldOnce(
		lines.filter(({name, valueAt}) => version.names.includes(name) && valueAt.size > 0),
		place,
	);
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
