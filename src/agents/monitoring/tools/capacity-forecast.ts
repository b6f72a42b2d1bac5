import * as z from 'zod';
import {forecast} from '../../../analysis/time-series/forecast.ts';
import type {Forecast} from '../../../analysis/time-series/forecast-result.ts';
import {timeToLimit} from '../../../analysis/time-series/time-to-limit.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import {durationOf, timeText} from '../duration-of.ts';
import {countsUp} from '../forecast/counts-up.ts';
import {forecastSchema, forecastText} from '../forecast/forecast-output.ts';
import {demandMarkedMetrics} from '../marked-metrics.ts';
import {chooseSampling, type Sampling} from '../metrics/choose-step.ts';
import {collect, measureNames} from '../metrics/collect.ts';
import {curveOf, type Measured, momentsIn} from '../metrics/curve.ts';
import {gapOf, sinceFirst} from '../metrics/gaps.ts';
import {readSubject, type Subject, subjectInput} from '../metrics/subject.ts';
import {together} from '../metrics/together.ts';
import type {MonitoringPorts} from '../ports.ts';

const input = subjectInput.extend({
	metric: checkedText(40, /^[a-z][a-z0-9-]*$/, 'expected the name of a metric')
		.default('cpu')
		.describe(`One of ${[...new Set([...measureNames.pods, ...measureNames.nodes])].join(', ')}`),
	query: checkedText(4000, /\S/, 'expected PromQL').optional().describe('PromQL of one series instead of a named metric'),
	ahead: timeText.default('24h').describe('How far ahead'),
	since: timeText.default('14d').describe('How much of the past to learn from'),
	limit: z.number().optional().describe('Value that must not be passed, in the unit of the metric (bytes, cores, a ratio of 1)'),
});
type Input = z.output<typeof input>;

/** So many points of the past tell a week in quarters of an hour; more only take longer. */
const mostPoints = 1344;

/** Too little of the time to come to be a curve, and more than anybody can know. */
const [fewestSteps, mostSteps] = [1, 1000];

async function measuredBy(
	{query, metric}: Input,
	{metrics, subject, sampling}: {metrics: Metrics; subject: Subject; sampling: Sampling},
): Promise<Measured> {
	if (query !== undefined) {
		const curves = (await metrics.queryRange(query, sampling.range)).map(series => curveOf(series, sampling.range));
		if (curves.length > 1)
			throw refused(
				'several-series',
				`The query answers ${curves.length} series`,
				'Add them up, or select one: a forecast is of one series',
			);
		return {name: 'query', unit: 'number', query, curves};
	}
	const known: readonly string[] = measureNames[subject.kind];
	if (!known.includes(metric))
		throw refused(
			'unknown-metric',
			`There is no metric ${metric} of ${subject.kind}`,
			`Ask for one of ${known.join(', ')}, or give PromQL with --query`,
		);
	const {measured, notChecked} = await collect({metrics, subject, sampling, names: [metric]});
	const [found] = measured;
	if (found !== undefined) return found;
	throw refused(
		'nothing-measured',
		`Nobody measures ${metric} of it`,
		'See what is measured with: mkcoa monitor metrics',
		notChecked[0]?.why,
	);
}

const refused = (code: string, what: string, next: string, why?: string) =>
	new MkcoaError({kind: 'usage', code, what, ...(why === undefined ? {} : {why}), next});

const counterWords = (metric: string) =>
	`${metric} is a counter, which begins anew with each process: what it does by the second tells more, as in sum(rate(${metric}[5m]))`;

type Made = Extract<Forecast, {kind: 'forecast'}>;

function limitOf({steps}: Made, limit: number | undefined, {now, stepSeconds}: {readonly now: number; readonly stepSeconds: number}) {
	if (limit === undefined) return undefined;
	const {low, mid, high, probability} = timeToLimit(steps, limit, now <= limit ? 'rising' : 'falling');
	const inSeconds = (step: number | null) => (step === null ? null : step * stepSeconds);
	return {value: limit, lowSeconds: inSeconds(low), midSeconds: inSeconds(mid), highSeconds: inSeconds(high), probability};
}

export const capacityForecast = readTool({
	name: 'capacity_forecast',
	summary: 'Forecasts a metric with its bounds, beside what repeating the past would say, and when a limit is reached',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'forecast'],
	positionals: ['target'],
	input,
	output: forecastSchema,
	text: forecastText,

	async run(asked: Input, {ports, emit}: Context<MonitoringPorts>) {
		const {target, namespace, ahead, since, limit, metric, query} = asked;
		const [aheadMs, sinceMs] = [durationOf(ahead), durationOf(since)];
		const [{context}, subject] = await Promise.all([ports.cluster.target(namespace), readSubject(ports.cluster, {target, namespace})]);
		const metrics = await demandMarkedMetrics(ports);
		emit({kind: 'progress', text: `Asking ${metrics.source}`});
		const sampling = await chooseSampling(metrics, sinceMs, {points: mostPoints});
		const {range} = sampling;
		const horizon = Math.min(mostSteps, Math.max(fewestSteps, Math.ceil(aheadMs / range.stepMs)));
		const measured = await measuredBy(asked, {metrics, subject, sampling});
		const past = sinceFirst(together(measured));
		if (past.length === 0)
			throw refused(
				'nothing-measured',
				`${query ?? metric} has no samples`,
				`See what there is with: mkcoa observe series. What is younger than a step of ${range.stepMs / 1000} s is not seen: take a shorter --since for that`,
				`Of the last ${since} ${metrics.source} has no number for it`,
			);
		emit({kind: 'progress', text: `Trying models on the past of ${measured.name}`});
		const made = forecast(past, {horizon, stepSeconds: range.stepMs / 1000});
		if (made.kind === 'refused')
			throw new MkcoaError({
				kind: 'environment',
				code: 'not-enough-data',
				what: `${measured.name === 'query' ? 'The query' : metric} cannot be forecast`,
				why: made.why,
				next: 'Look less far ahead with --ahead, or let more be measured first',
			});
		const stepSeconds = range.stepMs / 1000;
		const now = past.findLast(value => value !== null) ?? 0;
		const end = limitOf(made, limit ?? (measured.unit === 'ratio' && subject.kind === 'nodes' ? 1 : undefined), {now, stepSeconds});
		const gap = gapOf(past);
		const counter = query === undefined ? undefined : countsUp(query);
		const missed = momentsIn(range) - past.length;
		return {
			context,
			source: metrics.source,
			// A query is of whatever it selects.
			...(subject.ref === undefined || query !== undefined ? {} : {target: subject.ref}),
			...{metric: measured.name, unit: measured.unit, query: measured.query, at: new Date(range.toMs).toISOString(), stepSeconds},
			past: [...past],
			steps: made.steps.map(step => ({...step})),
			models: made.models.map(model => ({...model})),
			seasonsSeconds: made.seasons.map(season => season * stepSeconds),
			backTest: {...made.backTest},
			beatsNaive: made.beatsNaive,
			...(end === undefined ? {} : {limit: end}),
			reasons: [
				...made.reasons,
				...(counter === undefined ? [] : [counterWords(counter)]),
				...(missed > 1 ? [`${metrics.source} has samples of a part of the last ${since} only`] : []),
			],
			notChecked: [...metrics.missing(), ...(gap === undefined ? [] : [{what: gap, why: 'there is no number'}])],
		};
	},
});
