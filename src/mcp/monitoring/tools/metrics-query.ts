import * as z from 'zod';
import {boundsOf} from '../../../core/chart/scale.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {age} from '../../../core/text/age.ts';
import {condensed, sparkLine} from '../../../core/text/spark-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import {demandMetrics, demandServer} from '../demand-server.ts';
import {labelsText, shortLabels} from '../model/labels-text.ts';
import {sampleValue, toldValue, valueText} from '../model/sample-value.ts';
import type {Answered, RangeSeries, Sample} from '../port.ts';
import {remarkLines, toldRemarks} from '../remarks.ts';
import {command, limitField, type OnMonitoring, readOnly, remarksSchema, spanField, spanOf} from '../tool-input.ts';

/** Points of one series that an answer holds. */
const mostPoints = 300;
const usualPoints = 60;
/** Series that the server sends; of these the largest are told. */
const mostSeries = 500;

const input = z.object({
	query: checkedText(4000, /\S/, 'expected a query').describe("PromQL; with vendor, a query in the vendor's language"),
	since: spanField.optional().describe('Asks for a range that goes so far back; for this moment if left out'),
	step: spanField.optional().describe('Between two points of a range'),
	vendor: z.boolean().default(false).describe('Asks Datadog or New Relic'),
	limit: limitField(20),
});
type Input = z.output<typeof input>;

const row = z.object({
	labels: z.record(z.string(), z.string()),
	/** Of a moment; of a range the newest one. */
	value: sampleValue,
	mean: sampleValue.optional(),
	least: sampleValue.optional(),
	most: sampleValue.optional(),
	/** Of a range: seconds since 1970, and the value. */
	points: z.array(z.tuple([z.number(), sampleValue])).optional(),
});
const output = z.object({
	context: z.string(),
	source: z.string(),
	at: z.iso.datetime(),
	from: z.iso.datetime().optional(),
	stepSeconds: z.number().optional(),
	rows: z.array(row),
	...remarksSchema,
});
type Output = z.output<typeof output>;
type Row = z.output<typeof row>;

export const metricsQuery = readTool({
	name: 'metrics_query',
	summary: 'Asks Prometheus by PromQL for this moment or a range, or a vendor in its own language',
	effect: 'read',
	annotations: readOnly,
	command: command('query'),
	positionals: ['query'],
	input,
	output,
	async run(wish: Input, context: OnMonitoring): Promise<Output> {
		const {context: name} = await context.ports.cluster.target(undefined);
		return {context: name, ...(await (wish.vendor ? ofVendor(wish, context) : ofPrometheus(wish, context)))};
	},
	text: queryText,
	compact: {
		output,
		of: told => ({
			...told,
			rows: told.rows.map(({points, ...each}) => ({...each, ...(points === undefined ? {} : {points: few(points)})})),
		}),
	},
});

async function ofPrometheus({query, since, step, limit}: Input, {ports, clock, emit}: OnMonitoring) {
	const metrics = await demandMetrics(ports.monitoring);
	emit({kind: 'progress', text: `Asking ${metrics.source}`});
	const bound = {most: mostSeries, beyond: 'cut'} as const;
	if (since === undefined) {
		const {value, ...remarks} = await metrics.instant(query, {bound});
		return momentOf(metrics.source, value, remarks, {limit, nowMs: clock.now()});
	}
	const stepMs = stepFor(spanOf(since), step === undefined ? undefined : spanOf(step));
	// What is measured is dated by the server.
	const nowMs = ((await metrics.query('vector(time())'))[0]?.value ?? 0) * 1000;
	const toMs = Math.floor(nowMs / stepMs) * stepMs;
	const range = {fromMs: toMs - Math.floor(spanOf(since) / stepMs) * stepMs, toMs, stepMs};
	return rangeOf(metrics.source, await metrics.range(query, range, bound), range, limit);
}

async function ofVendor({query, since = '1h', step, limit}: Input, {ports, clock, emit}: OnMonitoring) {
	if (step !== undefined) throw badStep('The vendor chooses the step', 'Leave out --step');
	const vendor = await demandServer('vendor of metrics', ports.monitoring.vendor);
	emit({kind: 'progress', text: `Asking ${vendor.source}`});
	const [toMs, spanMs] = [clock.now(), spanOf(since)];
	return rangeOf(vendor.source, await vendor.range(query, {fromMs: toMs - spanMs, toMs}), {fromMs: toMs - spanMs, toMs}, limit);
}

const stepsMs = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400].map(seconds => seconds * 1000);

function stepFor(spanMs: number, asked: number | undefined): number {
	const stepMs = asked ?? stepsMs.find(step => step >= spanMs / usualPoints) ?? Math.ceil(spanMs / usualPoints);
	if (stepMs > spanMs) throw badStep('The step is longer than the time', 'Take a shorter --step');
	if (spanMs / stepMs <= mostPoints) return stepMs;
	throw badStep(`That would be more than ${mostPoints} points of a series`, 'Take a longer --step, or a shorter --since');
}

const badStep = (what: string, next: string) => new MkcoaError({kind: 'usage', code: 'bad-step', what, next});

type Remarks = Omit<Answered<unknown>, 'value'>;

/** In the order of the server: a query may sort. */
function momentOf(
	source: string,
	samples: readonly Sample[],
	remarks: Remarks,
	{limit, nowMs}: {readonly limit: number; readonly nowMs: number},
): Omit<Output, 'context'> {
	const rows = samples.slice(0, limit).map(({labels, value}) => ({labels: shortLabels(labels), value: toldValue(value)}));
	const at = samples[0]?.atMs ?? nowMs;
	return {source, at: new Date(at).toISOString(), rows, ...toldRemarks(remarks, rows.length, samples.length)};
}

type Span = {readonly fromMs: number; readonly toMs: number; readonly stepMs?: number};

function rangeOf(
	source: string,
	{value: all, ...remarks}: Answered<readonly RangeSeries[]>,
	{fromMs, toMs, stepMs}: Span,
	limit: number,
): Omit<Output, 'context'> {
	const measured = all.filter(({points}) => points.length > 0);
	const rows = measured
		.map(series => ({series, figures: figuresOf(series)}))
		.toSorted((a, b) => b.figures.mean - a.figures.mean || 0)
		.slice(0, limit)
		.map(({series: {labels, points}, figures: {last, mean, least, most}}) => ({
			...{labels: shortLabels(labels), value: toldValue(last), mean: toldValue(mean), least: toldValue(least), most: toldValue(most)},
			points: points.slice(-mostPoints).map(({atMs, value}): [number, Row['value']] => [atMs / 1000, toldValue(value)]),
		}));
	return {
		...{source, at: new Date(toMs).toISOString(), from: new Date(fromMs).toISOString(), rows},
		...(stepMs === undefined ? {} : {stepSeconds: stepMs / 1000}),
		...toldRemarks(remarks, rows.length, measured.length),
	};
}

function figuresOf({points}: RangeSeries) {
	const values = points.map(({value}) => value).filter(Number.isFinite);
	const sum = values.reduce((total, value) => total + value, 0);
	const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
		Number.POSITIVE_INFINITY,
		Number.NEGATIVE_INFINITY,
	] as [number, number]);
	if (values.length === 0) return {last: points.at(-1)?.value ?? Number.NaN, mean: Number.NaN, least: Number.NaN, most: Number.NaN};
	return {last: points.at(-1)?.value ?? Number.NaN, mean: sum / values.length, least, most};
}

const fewPoints = 24;

/** Every so many-th point, the newest among them. */
function few(points: NonNullable<Row['points']>) {
	const every = Math.ceil(points.length / fewPoints);
	return points.filter((_, index) => (points.length - 1 - index) % every === 0);
}

const numbers = (points: NonNullable<Row['points']>) => points.map(([, value]) => (typeof value === 'number' ? value : null));

function queryText(told: Output, view: View): string {
	const {context, source, at, from, rows} = told;
	const span = from === undefined ? '' : `, the last ${age(Date.parse(at) - Date.parse(from))}`;
	const head = rows.length === 0 ? `No series in ${context}${span}, by ${source}` : `${context}${span}, by ${source}`;
	return [
		...(view.terminal || rows.length === 0 ? textLines('', head, view) : []),
		...tableOf(told, view),
		...remarkLines(told, view),
	].join('\n');
}

function tableOf({rows, from}: Output, view: View): readonly string[] {
	if (rows.length === 0) return [];
	const written = (value: Row['value'] | undefined) => (value === undefined ? '' : view.terminal ? valueText(value) : value);
	if (from === undefined)
		return textTable({headers: ['SERIES', 'VALUE'], rows: rows.map(each => [labelsText(each.labels), written(each.value)]), view}).split(
			'\n',
		);
	const scale = boundsOf(rows.flatMap(({points = []}) => numbers(points).filter(value => value !== null)));
	const columns = view.width < 60 ? 12 : 24;
	return textTable({
		headers: ['SERIES', 'NOW', 'MEAN', 'LEAST', 'MOST', ...(view.terminal ? ['COURSE'] : [])],
		rows: rows.map(({labels, value, mean, least, most, points = []}) => [
			labelsText(labels),
			...[value, mean, least, most].map(written),
			...(view.terminal ? [sparkLine(condensed(numbers(points), columns), scale, view.isPlain !== true)] : []),
		]),
		view,
	}).split('\n');
}
