import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {noMetricsServer} from '../../../mcp/monitoring/demand-server.ts';
import type {Metrics, Range, RangeSeries, SeriesBound} from '../../../mcp/monitoring/port.ts';
import {anomaliesWithin, learntRows, leastSeverity} from '../anomalies/anomalies-within.ts';
import {durationOf, timeText} from '../duration-of.ts';
import {markedMetrics} from '../marked-metrics.ts';
import {chooseSampling, type Sampling} from '../metrics/choose-step.ts';
import {type Collected, collect, measureNames} from '../metrics/collect.ts';
import {bySize, curveOf, type Measured, momentsIn, summaryOf} from '../metrics/curve.ts';
import {gapOf} from '../metrics/gaps.ts';
import {compactMetrics, labelText, metricsSchema, metricsText} from '../metrics/metrics-output.ts';
import {readSubject, type Subject, subjectInput} from '../metrics/subject.ts';
import type {MonitoringPorts} from '../ports.ts';
import {collectPresent} from '../present/collect-present.ts';
import {presentSource} from '../present/without-server.ts';

const input = subjectInput.extend({
	metrics: z
		.array(checkedText(40, /^[a-z][a-z0-9-]*$/, 'expected the name of a metric'))
		.default([])
		.describe(`Some of ${[...new Set([...measureNames.pods, ...measureNames.nodes])].join(', ')}; all if left out`),
	query: checkedText(4000, /\S/, 'expected PromQL').optional().describe('PromQL instead of named metrics'),
	since: timeText.default('1h').describe('How far back to look'),
	step: timeText.optional().describe('Between two points; chosen to suit the time if left out'),
	series: z.number().int().min(1).max(50).default(8).describe('Series of a metric to show, the largest first'),
});
type Input = z.output<typeof input>;

/** Ten times as many as are shown. */
const mostSeries: SeriesBound = {most: 500, beyond: 'cut'};

/** @throws MkcoaError for a name that no metric of the subject has */
function demandNames(names: readonly string[], {kind}: Subject): void {
	const known: readonly string[] = measureNames[kind];
	const wrong = names.find(name => !known.includes(name));
	if (wrong === undefined) return;
	const [close] = nearestNames(wrong, known);
	throw new MkcoaError({
		kind: 'usage',
		code: 'unknown-metric',
		what: `There is no metric ${JSON.stringify(wrong)} of ${kind}`,
		why: `there are ${known.join(', ')}`,
		next: close === undefined ? 'Ask for one of these, or give PromQL with --query' : `Ask for ${close}, or give PromQL with --query`,
	});
}

function whyNoNumber(series: readonly RangeSeries[]): string {
	if (series.length === 0) return 'it answers no series in this time';
	return series.some(({points}) => points.length > 0)
		? 'none of its values in this time is a number: they are NaN or infinite'
		: 'its series have no numbers in this time: around a native histogram put histogram_quantile(0.99, …) or histogram_count(…)';
}

async function byQuery(metrics: Metrics, query: string, {range}: Sampling): Promise<Collected> {
	const series = await metrics.queryRange(query, range);
	const curves = series.map(each => curveOf(each, range)).filter(({values}) => values.some(value => value !== null));
	if (curves.length === 0) return {measured: [], notChecked: [{what: query, why: whyNoNumber(series)}]};
	return {measured: [{name: 'query', unit: 'number', query, curves}], notChecked: []};
}

/** What is shown, and the range of the curves: of those that tell what is unusual it begins earlier. */
type Shown = {readonly range: Range; readonly shown: Range; readonly most: number};

function toldMetric({name, unit, query, curves}: Measured, {shown, most}: Shown) {
	const all = curves.map(curve => ({...curve, shown: curve.values.slice(-momentsIn(shown))}));
	const series = all
		.toSorted((a, b) => bySize(shown)({labels: {}, values: a.shown}, {labels: {}, values: b.shown}))
		.flatMap(({labels, values, shown: part}) => {
			const summary = summaryOf(part, shown);
			if (summary === undefined) return [];
			const {mostAtMs, ...figures} = summary;
			return [{labels, ...figures, mostAt: new Date(mostAtMs).toISOString(), values: [...part], whole: values}];
		});
	return {name, unit, query, series: series.slice(0, most), leftOut: Math.max(0, series.length - most)};
}

/** Metrics with what is unusual in each series that is shown. */
function toldMetrics(measured: readonly Measured[], shown: Shown) {
	const metrics = measured.map(each => toldMetric(each, shown)).filter(({series}) => series.length > 0);
	const least = leastSeverity(metrics.reduce((rows, {series}) => rows + series.length * momentsIn(shown.shown), 0));
	return metrics.map(({series, ...metric}) => ({
		...metric,
		series: series.map(({whole, ...one}) => ({
			...one,
			anomalies: [...anomaliesWithin(whole, {range: shown.range, shownFromMs: shown.shown.fromMs, unit: metric.unit, least})],
		})),
	}));
}

/** What the cluster itself tells, where there is no metrics server. @throws MkcoaError as `demandMetrics` where that is nothing, or PromQL is asked */
async function presentMetrics(
	{
		names,
		query,
		subject,
		why,
	}: {readonly names: readonly string[]; readonly query: string | undefined; readonly subject: Subject; readonly why: string},
	{ports, clock}: Context<MonitoringPorts>,
) {
	const found =
		query === undefined ? await collectPresent({cluster: ports.cluster, use: ports.monitoring.use, subject, names, why}) : undefined;
	if (found === undefined || found.measured.length === 0) throw noMetricsServer(why);
	const at = clock.now();
	const range = {fromMs: at, toMs: at, stepMs: 1000};
	return {source: presentSource, range, found};
}

/** Series that are shown in part. */
const gapsIn = (shown: ReturnType<typeof toldMetrics>) =>
	shown.flatMap(({name, series}) =>
		series.flatMap(one => {
			const gap = gapOf(one.values);
			return gap === undefined ? [] : [{what: `${name} of ${labelText(one)} at ${gap}`, why: 'there is no number'}];
		}),
	);

export const metricsCollect = readTool({
	name: 'metrics_collect',
	summary: 'Reads metrics of a workload, a pod or the nodes over time: requests, errors, latency, CPU, memory; or any PromQL',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'metrics'],
	positionals: ['target'],
	input,
	output: metricsSchema,
	text: metricsText,
	compact: compactMetrics,

	async run({target, namespace, metrics: names, query, since, step, series}: Input, context: Context<MonitoringPorts>) {
		const {ports, emit} = context;
		const spanMs = durationOf(since);
		const stepMs = step === undefined ? undefined : durationOf(step);
		if (stepMs !== undefined && stepMs > spanMs)
			throw new MkcoaError({
				kind: 'usage',
				code: 'bad-step',
				what: `A step of ${step} is longer than ${since}`,
				next: 'Take a shorter --step',
			});
		const [{context: name}, subject] = await Promise.all([
			ports.cluster.target(namespace),
			readSubject(ports.cluster, {target, namespace}),
		]);
		demandNames(names, subject);
		const server = await ports.monitoring.metrics();
		if (server.metrics === undefined) {
			const {source, range, found} = await presentMetrics({names, query, subject, why: server.why}, context);
			return told({context: name, source, target: subject.ref, shown: {range, shown: range, most: series}, found, missing: []});
		}
		const metrics = markedMetrics(server.metrics, mostSeries);
		const {source} = metrics;
		emit({kind: 'progress', text: `Asking ${source}`});
		const sampling = await chooseSampling(metrics, spanMs, {stepMs});
		const {range: shown} = sampling;
		const range = {...shown, fromMs: shown.fromMs - learntRows * shown.stepMs};
		const longer = {...sampling, range};
		const found = query === undefined ? await collect({metrics, subject, sampling: longer, names}) : await byQuery(metrics, query, longer);
		const of = query === undefined ? subject.ref : undefined;
		return told({context: name, source, target: of, shown: {range, shown, most: series}, found, missing: metrics.missing()});
	},
});

type Told = {
	readonly context: string;
	readonly source: string;
	/** What was measured; a query is of whatever it selects. */
	readonly target: Subject['ref'];
	readonly shown: Shown;
	readonly found: Collected;
	readonly missing: Collected['notChecked'];
};

function told({context, source, target, shown, found: {measured, notChecked}, missing}: Told) {
	const metrics = toldMetrics(measured, shown);
	return {
		...{context, source},
		...(target === undefined ? {} : {target}),
		from: new Date(shown.shown.fromMs).toISOString(),
		to: new Date(shown.shown.toMs).toISOString(),
		stepSeconds: shown.shown.stepMs / 1000,
		metrics,
		notChecked: [...notChecked, ...missing, ...gapsIn(metrics)],
	};
}
