import type {ArmEvidence, CanaryEvidence, MetricEvidence} from '../canary-evidence.ts';
import {age} from './age.ts';
import {amountText} from './amount-text.ts';
import {count, someOf} from './count.ts';
import {condensed, type Scale, sparkLine} from './spark-line.ts';
import {hanging, indented, type Line, span, type Tone} from './styled.ts';
import {padStart, padText} from './text-width.ts';
import {podWordLines} from './word-lines.ts';

type Layout = {
	/** Columns that no line exceeds; Infinity in a pipe. */
	readonly width: number;
	/** Whether bars may be drawn; else digits stand for heights. */
	readonly unicode: boolean;
	/** `bad`: also test and query of metrics that did not pass, and what the pods say; `all`: of every metric. */
	readonly detail: 'short' | 'bad' | 'all';
	/** What stands above: a reason that is part of it is not said again. */
	readonly told?: string;
};

const marks: {readonly [verdict in MetricEvidence['verdict']]: readonly [string, Tone]} = {
	pass: ['✓ ', 'good'],
	fail: ['✗ ', 'bad'],
	'not-enough-data': ['- ', 'warn'],
};

/** Wider charts say no more. */
const mostColumns = 48;

/** What a verdict rests on: both versions by each metric as numbers and a small chart, and in detail the test, the query and the pods' words. */
export function evidenceLines({metrics, pods, words}: CanaryEvidence, layout: Layout): readonly Line[] {
	const named = (label: string, names: readonly string[]) =>
		names.length === 0 ? [] : hanging([span(padText(label, labelWidth), 'dim')], someOf(names), layout);
	return [
		...metrics.flatMap(metric => metricLines(metric, layout)),
		...(layout.detail !== 'short'
			? [...named('canary', pods.canary), ...named('stable', pods.stable), ...words.flatMap(pod => podWordLines(pod, layout.width))]
			: []),
	];
}

const labelWidth = 8;

function metricLines(metric: MetricEvidence, layout: Layout): readonly Line[] {
	const [mark, tone] = marks[metric.verdict];
	const {reason, missing, minutesMore} = metric;
	const said = layout.told?.includes(reason) ? '' : `: ${reason}`;
	const more = minutesMore === undefined ? '' : `; about ${count(minutesMore, 'minute')} more at this traffic`;
	const gap = missing === undefined || layout.told?.includes(missing) ? '' : `; nothing is counted now: ${missing}`;
	const inner = {...layout, width: layout.width - 2};
	const hasFacts = layout.detail === 'all' || (layout.detail === 'bad' && metric.verdict !== 'pass');
	return [
		...hanging([span(mark, tone)], `${metric.metric}${said}${more}${gap}`, {
			width: layout.width,
			tone: metric.verdict === 'fail' ? 'bad' : 'plain',
		}),
		...indented([...chartLines(metric, inner), ...(hasFacts ? factLines(metric, inner.width) : [])], 2),
	];
}

/** Both versions under each other on one scale. On a narrow screen the bars go below the numbers. */
function chartLines(metric: MetricEvidence, {width, unicode}: Layout): readonly Line[] {
	const {canary, stable, unit} = metric;
	const numbers = [canary, stable].map(({value}) => (value === undefined ? '-' : amountText(value, unit)));
	const samples = [canary, stable].map(arm => `of ${arm.samples}`);
	const [valueWidth, sampleWidth] = [numbers, samples].map(texts => Math.max(...texts.map(({length}) => length)));
	const heads = (['canary', 'stable'] as const).map((label, at) => [
		span(padText(label, labelWidth), 'dim'),
		span(padStart(numbers[at] ?? '', valueWidth ?? 0), 'strong'),
		span(` ${padText(samples[at] ?? '', sampleWidth ?? 0)}`, 'dim'),
	]);
	const scale = scaleOf(metric);
	if (scale === undefined) return heads;
	const headWidth = labelWidth + (valueWidth ?? 0) + 1 + (sampleWidth ?? 0);
	const isBeside = width - headWidth - 2 >= 16;
	const columns = Math.min(mostColumns, isBeside ? width - headWidth - 2 : width - labelWidth);
	const bars = (arm: ArmEvidence, tone: Tone) => span(sparkLine(condensed(arm.looks, columns), scale, unicode), tone);
	const charts = [bars(canary, metric.verdict === 'fail' ? 'bad' : 'accent'), bars(stable, 'plain')];
	const lead = span(' '.repeat(isBeside ? headWidth + 2 : labelWidth));
	const rows = heads.flatMap((head, at) => {
		const chart = charts[at] ?? span('');
		return isBeside ? [[...head, span('  '), chart]] : [head, [lead, chart]];
	});
	return [...rows, ...hanging([lead], legend(metric, scale, unicode), {width, tone: 'dim'})];
}

/** From zero where nothing is below it, so that a small difference looks small. */
function scaleOf({canary, stable}: MetricEvidence): Scale | undefined {
	const values = [...canary.looks, ...stable.looks].filter(value => value !== null);
	if (values.length === 0) return undefined;
	return {bottom: Math.min(0, ...values), top: Math.max(0, ...values)};
}

function legend({unit, spanMs, canary, stable}: MetricEvidence, {bottom, top}: Scale, unicode: boolean): string {
	const looks = Math.max(canary.looks.length, stable.looks.length);
	const [low, high] = [bottom, top].map(value => amountText(value, unit));
	const over = looks < 2 ? '' : `, ${age(spanMs)}`;
	return `${low} to ${high}${unicode ? '' : ' as 0 to 9'}${over}`;
}

/** A query that names many pods is told whole in the output alone. */
const mostQuery = 240;

function factLines({test, evidence, worse, tolerance, query, source, before}: MetricEvidence, width: number): readonly Line[] {
	const odds = evidence === undefined ? '' : `, evidence ${evidence < 0.01 ? 'below 0.01' : Number(evidence.toPrecision(3))} to 1`;
	const spared = tolerance === 0 ? '' : `, up to ${amountText(tolerance, 'ratio')} does not matter`;
	const fact = (label: string, text: string) => hanging([span(padText(label, labelWidth), 'dim')], text, {width});
	return [
		...fact('test', `${test}${odds}; ${worse === 'either' ? 'higher or lower' : worse} is worse${spared}`),
		...(before === undefined ? [] : fact('before', before)),
		...fact('query', query.length <= mostQuery ? query : `${query.slice(0, mostQuery)}…`),
		...fact('from', source),
	];
}
