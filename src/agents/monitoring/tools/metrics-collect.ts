import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import type {Metrics, Range} from '../../../mcp/monitoring/port.ts';
import {demandMetrics} from '../demand-metrics.ts';
import {durationOf, timeText} from '../duration-of.ts';
import {chooseSampling, type Sampling} from '../metrics/choose-step.ts';
import {type Collected, collect, measureNames} from '../metrics/collect.ts';
import {bySize, curveOf, type Measured, summaryOf} from '../metrics/curve.ts';
import {compactMetrics, metricsSchema, metricsText} from '../metrics/metrics-output.ts';
import {readSubject, type Subject, subjectInput} from '../metrics/subject.ts';
import type {MonitoringPorts} from '../ports.ts';

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

async function byQuery(metrics: Metrics, query: string, {range}: Sampling): Promise<Collected> {
	const curves = (await metrics.queryRange(query, range)).map(series => curveOf(series, range));
	const present = curves.filter(({values}) => values.some(value => value !== null));
	if (present.length === 0) return {measured: [], notChecked: [{what: query, why: 'it answers no series in this time'}]};
	return {measured: [{name: 'query', unit: 'number', query, curves: present}], notChecked: []};
}

function toldMetric({name, unit, query, curves}: Measured, range: Range, most: number) {
	const series = curves.toSorted(bySize(range)).flatMap(({labels, values}) => {
		const summary = summaryOf(values, range);
		if (summary === undefined) return [];
		const {mostAtMs, ...figures} = summary;
		return [{labels, ...figures, mostAt: new Date(mostAtMs).toISOString(), values: [...values]}];
	});
	return {name, unit, query, series: series.slice(0, most), leftOut: Math.max(0, series.length - most)};
}

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

	async run({target, namespace, metrics: names, query, since, step, series}: Input, {ports, emit}: Context<MonitoringPorts>) {
		const spanMs = durationOf(since);
		const stepMs = step === undefined ? undefined : durationOf(step);
		if (stepMs !== undefined && stepMs > spanMs)
			throw new MkcoaError({
				kind: 'usage',
				code: 'bad-step',
				what: `A step of ${step} is longer than ${since}`,
				next: 'Take a shorter --step',
			});
		const [{context}, subject] = await Promise.all([ports.cluster.target(namespace), readSubject(ports.cluster, {target, namespace})]);
		demandNames(names, subject);
		const metrics = await demandMetrics(ports);
		emit({kind: 'progress', text: `Asking ${metrics.source}`});
		const sampling = await chooseSampling(metrics, spanMs, {stepMs});
		const {range} = sampling;
		const {measured, notChecked} =
			query === undefined ? await collect({metrics, subject, sampling, names}) : await byQuery(metrics, query, sampling);
		return {
			context,
			source: metrics.source,
			...(subject.ref === undefined ? {} : {target: subject.ref}),
			from: new Date(range.fromMs).toISOString(),
			to: new Date(range.toMs).toISOString(),
			stepSeconds: range.stepMs / 1000,
			metrics: measured.map(each => toldMetric(each, range, series)),
			notChecked: [...notChecked],
		};
	},
});
