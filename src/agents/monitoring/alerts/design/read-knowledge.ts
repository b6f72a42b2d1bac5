import {selectorText} from '../../../../analysis/alert-rules/intents/selector-text.ts';
import type {Knowledge, MetricType} from '../../../../analysis/alert-rules/lints/lint.ts';
import {type Selector, selectorsIn} from '../../../../analysis/alert-rules/promql/expression.ts';
import {PromqlError, parsePromql} from '../../../../analysis/alert-rules/promql/parse-promql.ts';
import {isAlerting, type Rule, type RuleGroup} from '../../../../analysis/alert-rules/rule.ts';
import type {RealSeries} from '../../../../analysis/alert-rules/unit-tests/real-series.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {Unchecked} from '../../../../core/unchecked.ts';
import type {MetricsServer} from '../../../../mcp/monitoring/port.ts';

/** Of one metric: enough to know its labels and values by. */
const mostSeries = 1000;

/** What failed within the last hour still has its series. */
const lately = '1h';

export type ReadKnowledge = {
	readonly knowledge: Knowledge;
	readonly series: readonly RealSeries[];
	readonly notChecked: readonly Unchecked[];
};

type Asking = {readonly metrics: MetricsServer; readonly scrapeMs: number; readonly evaluationMs: number};

/** What the server knows of the metrics that rules ask for: their series, with a usual value of each, and their types. */
export async function readKnowledge(groups: readonly RuleGroup[], {metrics, scrapeMs, evaluationMs}: Asking): Promise<ReadKnowledge> {
	const rules = groups.flatMap(({rules: own}) => own);
	const recorded = new Set(rules.flatMap(rule => (isAlerting(rule) ? [] : [rule.record])));
	const selectors = rules.flatMap(selectorsOf).filter(({metric}) => metric !== undefined && !recorded.has(metric));
	const names = [...new Set(selectors.flatMap(({metric}) => metric ?? []))].sort();
	const read = await Promise.all(
		names.map(name =>
			readMetric(
				name,
				selectors.filter(({metric}) => metric === name),
				metrics,
			),
		),
	);
	const types = Object.fromEntries(read.flatMap(({name, type}) => (type === undefined ? [] : [[name, type]])));
	const series = read.flatMap(each => each.series);
	return {
		knowledge: {series: series.map(({labels}) => labels), types, scrapeMs, evaluationMs},
		series,
		notChecked: read.flatMap(({cut}) => cut ?? []),
	};
}

/** The selectors of a rule; one that cannot be read has none, which the lints tell. */
export function selectorsOf({expr}: Pick<Rule, 'expr'>): readonly Selector[] {
	try {
		return selectorsIn(parsePromql(expr));
	} catch (error) {
		if (!(error instanceof PromqlError)) throw error;
		return [];
	}
}

type ReadMetric = {
	readonly name: string;
	readonly series: readonly RealSeries[];
	readonly type: MetricType | undefined;
	readonly cut?: Unchecked;
};

/** Series that the rules select come first, then others of the metric: only they tell that a label has another value. */
async function readMetric(name: string, selectors: readonly Selector[], metrics: MetricsServer): Promise<ReadMetric> {
	const chosen = [...new Set(selectors.map(selector => selectorText(selector)))].filter(text => text !== name);
	const [type, all, ...own] = await Promise.all([
		typeOf(name, metrics),
		readSeries(name, metrics),
		...chosen.map(text => readSeries(text, metrics)),
	]);
	const bySelf = new Map([...own, all].flatMap(({series}) => series).map(one => [JSON.stringify(Object.entries(one.labels).sort()), one]));
	const cut =
		all.of > mostSeries ? {what: `labels of ${name}`, why: `it has ${all.of} series, of which ${mostSeries} were read`} : undefined;
	return {name, series: [...bySelf.values()], type, ...(cut === undefined ? {} : {cut})};
}

async function readSeries(
	selector: string,
	metrics: MetricsServer,
): Promise<{readonly series: readonly RealSeries[]; readonly of: number}> {
	try {
		const {value, cut} = await metrics.instant(`last_over_time(${selector}[${lately}])`, {bound: {most: mostSeries, beyond: 'cut'}});
		return {
			series: value.map(({labels, value: usual}) => ({labels, ...(Number.isFinite(usual) ? {usual} : {})})),
			of: cut?.of ?? value.length,
		};
	} catch (error) {
		// Native histograms are no numbers: their labels are asked for alone.
		if (!(error instanceof MkcoaError) || error.trouble.code !== 'bad-query') throw error;
		const [now] = await metrics.query('vector(1)');
		const toMs = now?.atMs ?? 0;
		const found = await metrics.series(selector, {fromMs: toMs - 3_600_000, toMs});
		return {series: found.slice(0, mostSeries).map(labels => ({labels})), of: found.length};
	}
}

const known: readonly string[] = ['counter', 'gauge', 'histogram', 'summary'] satisfies readonly MetricType[];

/** As the exporters tell it; what two tell differently nobody knows. */
async function typeOf(name: string, metrics: MetricsServer): Promise<MetricType | undefined> {
	const told = Object.values(await metrics.metadata(name)).flat();
	const types = [...new Set(told.map(({type}) => type))].filter(type => known.includes(type));
	return types.length === 1 ? (types[0] as MetricType) : undefined;
}
