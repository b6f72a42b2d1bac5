import {burnRules, burnWindows, rateOf} from '../../reliability/burn-rate.ts';
import {durationMs} from '../promql/duration-ms.ts';
import {comparisons, setOperators} from '../promql/expression.ts';
import {parsePromql} from '../promql/parse-promql.ts';
import {withoutComments} from '../promql/without-comments.ts';
import type {AlertingRule, Labels, RuleGroup} from '../rule.ts';
import type {
	AbsenceIntent,
	BurnIntent,
	ExhaustionIntent,
	ExpressionIntent,
	Intent,
	LatencyIntent,
	RatioIntent,
	ThresholdIntent,
} from './intent.ts';
import {readSelector, selectorText} from './selector-text.ts';

/**
 * The rules of an intent: recordings that it needs, then its alerts.
 * @throws RangeError where the intent cannot be kept, such as a part that is no part, with what was expected
 */
export function rulesFor(intent: Intent): RuleGroup {
	switch (intent.kind) {
		case 'threshold':
			return alone(intent, thresholdRule(intent));
		case 'expression':
			return alone(intent, expressionRule(intent));
		case 'ratio':
			return alone(intent, ratioRule(intent));
		case 'latency':
			return alone(intent, latencyRule(intent));
		case 'burn':
			return burnGroup(intent);
		case 'absence':
			return alone(intent, absenceRule(intent));
		case 'exhaustion':
			return alone(intent, exhaustionRule(intent));
	}
}

/** Rates are taken over five minutes: five scrapes of the usual interval of a minute, ten of half a minute. */
const window = '5m';

type Condition = {readonly expr: string; readonly for: string; readonly summary: string; readonly description: string};

const alone = (intent: Exclude<Intent, BurnIntent>, condition: Condition): RuleGroup => ({
	name: intent.name,
	rules: [ruleOf(intent, condition)],
});

const ruleOf = (intent: Exclude<Intent, BurnIntent>, {expr, summary, description, for: usual}: Condition): AlertingRule => ({
	alert: intent.name,
	expr,
	for: intent.for ?? usual,
	labels: {severity: intent.severity, ...intent.labels},
	annotations: {summary: intent.summary ?? summary, description, ...runbookOf(intent)},
});

/** An annotation that is empty is none to Prometheus. */
const runbookOf = ({runbook}: Pick<Intent, 'runbook'>): Labels => (runbook === undefined ? {} : {runbook_url: runbook});

const listed = (labels: readonly string[]) => (labels.length === 0 ? '' : ` by (${labels.join(', ')})`);

/** The labels of an alert in words: `namespace shop, pod web-0`. */
const place = (by: readonly string[]) => (by.length === 0 ? '' : ` of ${by.map(label => `${label} {{ $labels.${label} }}`).join(', ')}`);

/** Braces of a text that is no template. */
const asText = (text: string) => text.replaceAll('{{', '{{ "{{" }}');

const compareWords = {'>': 'above', '>=': 'at or above', '<': 'below', '<=': 'at or below'} as const;

function thresholdRule({selector, isCounter, aggregate, by, compare, threshold}: ThresholdIntent): Condition {
	const read = readSelector(selector);
	const value = isCounter ? `rate(${selectorText(read)}[${window}])` : selectorText(read);
	return {
		expr: `${aggregate}${listed(by)} (${value}) ${compare} ${threshold}`,
		for: '10m',
		summary: `${read.metric} is ${compareWords[compare]} ${threshold}${isCounter ? ' per second' : ''}`,
		description: `${read.metric}${place(by)} is {{ $value | humanize }}${isCounter ? ' per second' : ''}, which is ${compareWords[compare]} ${threshold}.`,
	};
}

function expressionRule({expr: text, compare, threshold}: ExpressionIntent): Condition {
	const read = parsePromql(text);
	const expr = withoutComments(text);
	const isCompared = read.kind === 'binary' && (comparisons.has(read.op) || setOperators.has(read.op));
	if (isCompared) throw new RangeError(`expected an expression without ${read.op}: what it is compared with is told apart`);
	return {
		// The grammar of comparisons binds more loosely than arithmetic: no parentheses are needed.
		expr: `${expr} ${compare} ${threshold}`,
		for: '10m',
		summary: `${asText(expr)} is ${compareWords[compare]} ${threshold}`,
		description: `It is {{ $value | humanize }}, which is ${compareWords[compare]} ${threshold}.`,
	};
}

/** A counter of failures has no series before the first failure: that is none, not unknown. Where nothing is asked there is no ratio. */
function ratioOf(bad: string, total: string, over: string, by: readonly string[]): string {
	const rate = (selector: string) => `sum${listed(by)} (rate(${selectorText(readSelector(selector))}[${over}]))`;
	return `(${rate(bad)} or 0 * ${rate(total)}) / (${rate(total)} > 0)`;
}

function ratioRule({bad, total, by, threshold}: RatioIntent): Condition {
	isPart(threshold, 'threshold');
	return {
		expr: `${ratioOf(bad, total, window, by)} > ${threshold}`,
		for: '10m',
		summary: `Too many of ${readSelector(total).metric} fail`,
		description: `{{ $value | humanizePercentage }}${place(by)} fail, which is more than ${rounded(100 * threshold)}%.`,
	};
}

function latencyRule({selector, isNative, by, quantile, threshold, unit = 1}: LatencyIntent): Condition {
	isPart(quantile, 'quantile');
	const read = readSelector(selector);
	const rate = isNative
		? `sum${listed(by)} (rate(${selectorText(read)}[${window}]))`
		: `sum${listed([...by, 'le'])} (rate(${selectorText(read, '_bucket')}[${window}]))`;
	return {
		expr: `histogram_quantile(${quantile}, ${rate})${unit === 1 ? '' : ` * ${unit}`} > ${threshold}`,
		for: '10m',
		summary: `${read.metric} is slow`,
		description: `The quantile ${quantile} of ${read.metric}${place(by)} is {{ $value | humanizeDuration }}, which is more than ${threshold} seconds.`,
	};
}

function absenceRule({selector}: AbsenceIntent): Condition {
	const read = readSelector(selector);
	return {
		expr: `absent(${selectorText(read)})`,
		for: '15m',
		summary: `${read.metric} is not told any more`,
		description: `No series ${asText(selectorText(read))} has been there for some time: alerts about it cannot fire.`,
	};
}

/**
 * A line through a few points predicts anything, so the window must be filled by half at the least; and what is nearly empty is left alone.
 */
function exhaustionRule({used, capacity, by, window: over, horizon, from, scrapeMs = 60_000}: ExhaustionIntent): Condition {
	isPart(from, 'from');
	const [overMs, horizonMs] = [durationMs(over), durationMs(horizon)];
	if (overMs === undefined || horizonMs === undefined) throw new RangeError(`expected durations such as 6h but got ${over} and ${horizon}`);
	const [usedText, all] = [selectorText(readSelector(used)), selectorText(readSelector(capacity))];
	const one = (expr: string) => `max${listed(by)} (${expr})`;
	return {
		expr: [
			`${one(usedText)} / (${one(all)} > 0) > ${from}`,
			`${one(`predict_linear(${usedText}[${over}], ${horizonMs / 1000})`)} > ${one(all)}`,
			// At one scrape a minute or fewer; where scrapes are closer it takes less time to trust the line.
			`${one(`count_over_time(${usedText}[${over}])`)} >= ${Math.floor(overMs / (2 * Math.max(60_000, scrapeMs)))}`,
		].join(' and '),
		for: '15m',
		summary: `${readSelector(used).metric} reaches its limit within ${horizon}`,
		description: `{{ $value | humanizePercentage }}${place(by)} is used, and at the pace of the last ${over} all of it will be within ${horizon}.`,
	};
}

/** The recording of a window's part of failed requests. */
const recorded = (over: string) => `slo:error_ratio:rate${over}`;

/**
 * Alerts over two windows each, after the SRE workbook: the long one says that it matters, the short one that it still does. A rule that no share of failures
 * could fire is left out, as those for a fast burn of an objective below 93 %.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
function burnGroup({name, slo, objective, bad, total, by, summary, runbook, labels}: BurnIntent): RuleGroup {
	isPart(objective.objective, 'objective');
	const windows = [...new Set(burnRules.flatMap(({long, short}) => [short, long]))];
	const level = (over: string) => `${recorded(over)}{slo=${JSON.stringify(slo)}}`;
	return {
		name,
		rules: [
			...windows.map(over => ({record: recorded(over), expr: ratioOf(bad, total, over, by), labels: {slo}})),
			...possibleBurns(objective).map(
				({rule, ratio, part}): AlertingRule => ({
					alert: name,
					expr: `${level(rule.long)} > ${ratio} and ${level(rule.short)} > ${ratio}`,
					labels: {severity: rule.asks === 'page' ? 'critical' : 'warning', long: rule.long, short: rule.short, ...labels},
					annotations: {
						summary: summary ?? `The error budget of ${slo} is used up too fast`,
						description: `{{ $value | humanizePercentage }}${place(by)} failed within ${rule.long}: at this pace ${Number((100 * part).toPrecision(3))}% of the budget goes in ${rule.long}.`,
						...runbookOf({runbook}),
					},
				}),
			),
		],
	};
}

/** The burn rules that can fire at all, with the part of failed requests from which they do, and the part of the budget that then goes in the long window. */
export const possibleBurns = (objective: BurnIntent['objective']) =>
	burnRules
		.map(rule => {
			const rate = rateOf(rule, objective);
			return {rule, ratio: rounded(rate * (1 - objective.objective)), part: (rate * burnWindows[rule.long]) / objective.windowSeconds};
		})
		.filter(({ratio}) => ratio < 1);

/** 14.4 × (1 - 0.999) is 0.014400000000000013 to a computer, and 0.0144 to a reader. */
const rounded = (ratio: number) => Number(ratio.toPrecision(6));

function isPart(value: number, what: string) {
	if (!(value > 0 && value < 1)) throw new RangeError(`expected ${what} between 0 and 1 but got ${value}`);
}
