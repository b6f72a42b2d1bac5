import * as z from 'zod';
import {lineChart} from '../../../core/chart/line-chart.ts';
import {boundsOf} from '../../../core/chart/scale.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {age} from '../../../core/text/age.ts';
import {type MeasuredUnit, measuredText, measuredUnits} from '../../../core/text/measured-text.ts';
import {condensed, sparkLine} from '../../../core/text/spark-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';
import {rarityText} from '../anomalies/anomaly-text.ts';

const series = z.object({
	labels: z.record(z.string(), z.string()),
	/** Null where the newest moments have no number. */
	now: z.number().nullable(),
	mean: z.number(),
	least: z.number(),
	most: z.number(),
	mostAt: z.iso.datetime(),
	samples: z.number(),
	/** One for each moment of the range, the oldest first; null where there is none. */
	values: z.array(z.number().nullable()),
	/** What is unlike what came before, the oldest first; the most severe ones alone. */
	anomalies: z.array(
		z.object({
			from: z.iso.datetime(),
			to: z.iso.datetime(),
			/** An episode like it begins once in 10^severity moments of a series that stays as it is. */
			severity: z.number(),
			falseAlarmsPerWeek: z.number(),
			text: z.string(),
		}),
	),
});

const metric = z.object({
	name: z.string(),
	unit: z.enum(measuredUnits),
	/** What the server was asked. */
	query: z.string(),
	/** The largest first. */
	series: z.array(series),
	/** More series there were. */
	leftOut: z.number(),
});

export const metricsSchema = z.object({
	context: z.string(),
	source: z.string(),
	target: refSchema.optional(),
	from: z.iso.datetime(),
	to: z.iso.datetime(),
	stepSeconds: z.number(),
	metrics: z.array(metric),
	notChecked: z.array(uncheckedSchema),
});
export type ToldMetrics = z.output<typeof metricsSchema>;
type ToldMetric = ToldMetrics['metrics'][number];
type ToldSeries = ToldMetric['series'][number];

/** Of the answer in its compact form. */
const compactMoments = 24;

/** The course of each series in a few numbers. */
export const compactMetrics = {
	output: metricsSchema,
	of: (told: ToldMetrics) => ({
		...told,
		metrics: told.metrics.map(each => ({
			...each,
			series: each.series.map(({values, ...one}) => ({
				...one,
				values: condensed(values, compactMoments).map(value => (value === null ? null : Number(value.toPrecision(3)))),
			})),
		})),
	}),
};

const nowText = (value: number | null, unit: MeasuredUnit) => (value === null ? 'none' : measuredText(value, unit));

/** What tells a series from the others in its table: a pod or node by its name alone, whatever port it is scraped at. */
export function labelText({labels}: Pick<ToldSeries, 'labels'>): string {
	const [first, ...others] = Object.entries(labels);
	if (first === undefined) return 'all';
	const [name, value] = first;
	if (others.length > 0)
		return Object.entries(labels)
			.map(pair => pair.join('='))
			.join(' ');
	return name === 'instance' ? value.replace(/:\d+$/, '') : name === 'pod' || name === 'node' ? value : `${name}=${value}`;
}

/** So long the last point is the present still. */
const presentMs = 600_000;

/** How long ago the last point is; 0 where it is as good as now. */
function sinceLast({to, stepSeconds}: ToldMetrics, {nowMs}: View): number {
	const ms = nowMs - Date.parse(to);
	return ms < Math.min(2000 * stepSeconds, presentMs) ? 0 : ms;
}

/** When a moment was, in words, by the last point where that is as good as now. */
function agoOf(iso: string, told: ToldMetrics, view: View): string {
	const ms = Date.parse(told.to) - Date.parse(iso) + sinceLast(told, view);
	return ms <= 0 ? 'now' : `${age(ms)} ago`;
}

/** When something unusual began, what it is, and how seldom chance does the like. */
const anomalyLines = (name: string, {anomalies}: ToldSeries, told: ToldMetrics, view: View) =>
	anomalies.flatMap(({from, to: until, text, severity, falseAlarmsPerWeek}) => {
		const lasted = Date.parse(until) - Date.parse(from);
		const when = view.terminal ? agoOf(from, told, view) : from;
		const long = lasted === 0 ? '' : ` for ${age(lasted)}`;
		return textLines('  ▲ ', `${when}${long}, ${name}: ${text} (severity ${severity.toFixed(1)}: ${rarityText(falseAlarmsPerWeek)})`, view);
	});

const rows = 5;

/** One series: its figures in a line, and its curve below. */
function chartLines({name, unit}: ToldMetric, one: ToldSeries, told: ToldMetrics, view: View): readonly string[] {
	const {from, to} = told;
	const of = Object.keys(one.labels).length === 0 ? '' : ` of ${labelText(one)}`;
	const figures = `${name}${of}: ${nowText(one.now, unit)} ${agoOf(to, told, view)}, ${measuredText(one.mean, unit)} on average, at most ${measuredText(one.most, unit)} (${agoOf(one.mostAt, told, view)})`;
	const near = sinceLast(told, view);
	return [
		...textLines('', figures, view),
		...lineChart({
			values: one.values,
			fromAgoMs: near + Date.parse(to) - Date.parse(from),
			toAgoMs: near,
			label: value => measuredText(value, unit),
			isBinary: unit === 'bytes' || unit === 'bytesPerSecond',
			width: Math.min(view.width, 100),
			rows,
			isPlain: view.isPlain,
			marks: one.anomalies.map(anomaly => ({
				fromAgoMs: near + Date.parse(to) - Date.parse(anomaly.from),
				toAgoMs: near + Date.parse(to) - Date.parse(anomaly.to),
			})),
		}),
		...anomalyLines(name, one, told, view),
	];
}

const leftOutLines = ({leftOut}: Pick<ToldMetric, 'leftOut'>, of = '') =>
	leftOut > 0 ? [`${leftOut} more series${of}: --series shows more`] : [];

/** Many series on one scale, a row for each. */
function tableLines({name, unit, series: all, leftOut}: ToldMetric, told: ToldMetrics, view: View): readonly string[] {
	const scale = boundsOf(all.flatMap(({values}) => values.filter(value => value !== null)));
	const columns = view.width < 60 ? 12 : view.width < 100 ? 16 : 24;
	const table = textTable({
		headers: [
			name.toUpperCase(),
			sinceLast(told, view) === 0 ? 'NOW' : agoOf(told.to, told, view).toUpperCase(),
			'MEAN',
			'MOST',
			'WHEN',
			'COURSE',
		],
		rows: all.map(one => [
			labelText(one),
			nowText(one.now, unit),
			measuredText(one.mean, unit),
			measuredText(one.most, unit),
			agoOf(one.mostAt, told, view),
			sparkLine(condensed(one.values, columns), scale, view.terminal && view.isPlain !== true),
		]),
		view,
	});
	return [...table.split('\n'), ...all.flatMap(one => anomalyLines(labelText(one), one, told, view)), ...leftOutLines({leftOut})];
}

/** Counters that stand still need no picture. */
const nothingLines = ({name, series: all}: ToldMetric, {from, to}: ToldMetrics) => [
	`${name}: none in ${age(Date.parse(to) - Date.parse(from))}${all.length === 1 ? '' : `, in all ${all.length} series`}`,
];

function metricLines(each: ToldMetric, told: ToldMetrics, view: View): readonly string[] {
	const [first, ...others] = each.series;
	if (each.series.every(({least, most}) => least === 0 && most === 0)) return nothingLines(each, told);
	return first !== undefined && others.length === 0 ? chartLines(each, first, told, view) : tableLines(each, told, view);
}

/** Numbers of one moment. */
const presentLines = ({metrics}: ToldMetrics, view: View): readonly string[] =>
	textTable({
		headers: ['METRIC', 'OF', 'NOW'],
		rows: metrics.flatMap(({name, unit, series: all}) => all.map(one => [name, labelText(one), nowText(one.now, unit)])),
		view,
	}).split('\n');

/** In a pipe: a line of tabs for each series, ISO dates, nothing drawn. */
function pipeLines({metrics}: ToldMetrics, view: View): readonly string[] {
	return textTable({
		headers: ['METRIC', 'SERIES', 'UNIT', 'NOW', 'MEAN', 'LEAST', 'MOST', 'MOST AT', 'SAMPLES'],
		rows: metrics.flatMap(({name, unit, series: all}) =>
			all.map(one => [name, labelText(one), unit, one.now ?? '', one.mean, one.least, one.most, one.mostAt, one.samples]),
		),
		view,
	}).split('\n');
}

/** Every metric with its figures and its course. */
export function metricsText(told: ToldMetrics, view: View): string {
	const {context, source, target, from, to, stepSeconds, metrics, notChecked} = told;
	const whose =
		target === undefined
			? context
			: `${target.kind} ${target.namespace === undefined ? '' : `${target.namespace}/`}${target.name} in ${context}`;
	const span = age(Date.parse(to) - Date.parse(from));
	const isPresent = from === to;
	const time = isPresent ? '' : `, the last ${span}, a point each ${age(stepSeconds * 1000)}`;
	const head = metrics.length === 0 ? `Nothing is measured of ${whose}` : `${whose}${time}`;
	const drawn = () => (isPresent ? ['', ...presentLines(told, view)] : metrics.flatMap(each => ['', ...metricLines(each, told, view)]));
	return [
		...textLines('', `${head}: by ${source}`, view),
		...(view.terminal ? drawn() : pipeLines(told, view)),
		...(view.terminal ? [] : metrics.flatMap(each => leftOutLines(each, ` of ${each.name}`))),
		...(view.terminal
			? []
			: metrics.flatMap(({name, series: all}) => all.flatMap(one => anomalyLines(`${name} of ${labelText(one)}`, one, told, view)))),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
