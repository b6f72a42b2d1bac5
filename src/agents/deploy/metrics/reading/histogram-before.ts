import type {LatencyInterval} from '../../../../analysis/canary/metric.ts';
import type {Metrics, Sample} from '../../../../mcp/monitoring/port.ts';
import {selectorOf} from '../../../series/find-series.ts';
import {noSeries} from '../../../series/no-series.ts';
import {podPattern} from '../../../series/pod-pattern.ts';
import type {Place} from '../../../series/request-series.ts';
import type {ReadingOf} from '../choosing/chosen-metric.ts';
import type {Arm} from '../sides.ts';
import type {Grown} from './counters-at.ts';
import {perBucket, sharedBounds} from './histogram-reader.ts';
import {tellers, toldOnce} from './told-once.ts';
import {versionBefore} from './version-before.ts';

const longestMs = 2 * 3_600_000;

/** A version that served alone for less has no time before. */
const shortestMs = 600_000;

/**
 * Requests per bucket of one version in the two hours before, or since it serves alone, as Prometheus estimates them: what a canary that serves alone
 * is compared with where this run saw nothing of that version.
 * @param agoMs how long ago the time before ended
 * @throws MkcoaError `no-series`, and what the metrics server rejects with
 */
export async function histogramBefore(
	metrics: Metrics,
	reading: ReadingOf<'histogram'>,
	namespace: string,
	{arm, agoMs}: {readonly arm: Arm; readonly agoMs: number},
): Promise<LatencyInterval> {
	const {series, place, unit} = reading;
	const {names, aloneSinceMs} = versionBefore(place, arm);
	const nowMs = (await metrics.query('vector(1)'))[0]?.atMs;
	const rangeMs = nowMs === undefined ? 0 : Math.min(longestMs, nowMs - agoMs - aloneSinceMs);
	const nothing = noSeries(`${metrics.source} has nothing of the time before`);
	if (rangeMs < shortestMs || names.length === 0) throw nothing;
	const range = `[${seconds(rangeMs)}]${agoMs < 1000 ? '' : ` offset ${seconds(agoMs)}`}`;
	const labels = [...new Set(['le', place.keyLabel, ...tellers, 'pod'])].join(', ');
	const selector = selectorOf(series, place, namespace, podPattern(names));
	const samples = await metrics.histograms(`sum by (${labels}) (increase(${selector}${range}))`);
	const rows = toldOnce(
		samples.map(sample => rowOf(sample, place)).filter(({name}) => names.includes(name)),
		place,
	);
	const bounds = sharedBounds(rows);
	if (bounds.length < 2 || bounds.at(-1) !== Number.POSITIVE_INFINITY) throw nothing;
	const canary = bounds.map(() => 0);
	return {kind: 'latency', spanMs: 0, upperBounds: bounds.map(bound => bound * unit), canary, stable: perBucket(rows, bounds)};
}

const seconds = (ms: number) => `${Math.floor(ms / 1000)}s`;

function rowOf({labels, value}: Sample, {keyLabel}: Place): Grown & {readonly name: string} {
	const name = labels[keyLabel] ?? '';
	const group = [name, ...[...tellers, 'pod'].map(label => labels[label] ?? '')].join('\u0000');
	return {name, group, values: [labels.le ?? ''], grown: value, isAnew: false};
}
