import {durationMs, durationText} from '../promql/duration-ms.ts';
import {type Expression, everyPart, type Selector, selectorsIn} from '../promql/expression.ts';
import {isAlerting} from '../rule.ts';
import {carriedLabels, mayCarry} from './carried-labels.ts';
import type {Lint, Said} from './lint.ts';

const ofCounters = new Set(['rate', 'irate', 'increase', 'resets']);
const ofGauges = new Set(['delta', 'idelta', 'deriv', 'predict_linear']);

type Called = {readonly name: string; readonly selector: Selector; readonly windowMs: number | undefined};

/** Functions over a window of a metric itself. */
const windowed = (expression: Expression): readonly Called[] =>
	[...everyPart(expression)].flatMap(part => {
		const range = part.kind === 'call' ? part.args.find(arg => arg.kind === 'range') : undefined;
		return part.kind === 'call' && range?.kind === 'range' && range.of.kind === 'selector'
			? [{name: part.name, selector: range.of, windowMs: range.windowMs}]
			: [];
	});

/** Functions that count on resets, on what goes up and down; and those that do not, on counters. */
export const rateOfCounters: Lint = ({expression}, {typeOf}) =>
	windowed(expression).flatMap(({name, selector: {metric = '', at}}): readonly Said[] => {
		const type = typeOf(metric);
		const said = {field: 'expr', severity: 'error', at} as const;
		if (ofCounters.has(name) && type === 'gauge') {
			const reason = `${metric} is a gauge: ${name} takes every fall for a restart from 0`;
			return [{...said, id: 'rate/on-gauge', reason, remedy: 'Use delta, deriv or avg_over_time.'}];
		}
		if (ofGauges.has(name) && type === 'counter') {
			const reason = `${metric} is a counter: a restart looks to ${name} like a fall to 0`;
			return [{...said, id: 'rate/missing', severity: 'warning', reason, remedy: 'Use rate or increase.'}];
		}
		return [];
	});

/** A counter only tells how long its process has lived, unless it is asked for its rate. */
export const countersRated: Lint = ({rule, expression}, {typeOf}) => {
	if (!isAlerting(rule)) return [];
	const inWindows = new Set(windowed(expression).map(({selector}) => selector));
	const onlyThere = new Set([...everyPart(expression)].flatMap(part => (isPresence(part) ? selectorsIn(part) : [])));
	return selectorsIn(expression)
		.filter(selector => typeOf(selector.metric ?? '') === 'counter' && !inWindows.has(selector) && !onlyThere.has(selector))
		.map(
			({metric, at}): Said => ({
				...{id: 'rate/missing', severity: 'warning', field: 'expr', at},
				reason: `${metric} is a counter, and its value since the start of the process is compared`,
				remedy: 'Use rate or increase over a window.',
			}),
		);
};

const isPresence = (part: Expression) =>
	(part.kind === 'call' && (part.name.startsWith('absent') || part.name === 'timestamp')) ||
	(part.kind === 'aggregation' && ['count', 'group'].includes(part.op));

/** A rate needs two samples; with four scrapes in the window one may fail, and none falls on its edge. */
export const windowLongEnough: Lint = ({expression}, {scrapeMs}) =>
	windowed(expression)
		.filter(({name, windowMs}) => (ofCounters.has(name) || ofGauges.has(name)) && windowMs !== undefined && windowMs < 4 * scrapeMs)
		.map(
			({windowMs = 0, selector: {at}}): Said => ({
				...{id: 'window/too-short', severity: windowMs < 2 * scrapeMs ? 'error' : 'warning', field: 'expr', at},
				reason: `a window of ${durationText(windowMs)} holds ${Math.floor(windowMs / scrapeMs)} scrapes of ${durationText(scrapeMs)}: one that fails leaves no rate`,
				remedy: `Take ${durationText(4 * scrapeMs)} at the least.`,
			}),
		);

/** An alert that fires at the first bad scrape tells of scrapes. */
export const heldLongEnough: Lint = ({rule}, {scrapeMs, evaluationMs}) => {
	if (!isAlerting(rule) || rule.for === undefined) return [];
	const heldMs = durationMs(rule.for);
	if (heldMs === undefined) {
		const reason = `"${rule.for}" is no duration`;
		return [{id: 'for/unreadable', severity: 'error', field: 'for', reason, remedy: 'Write it as 5m or 1h30m.'}];
	}
	const least = Math.max(scrapeMs, evaluationMs);
	if (heldMs === 0 || heldMs > least) return [];
	return [
		{
			...{id: 'for/too-short', severity: 'warning', field: 'for'},
			reason: `${rule.for} is not longer than ${durationText(least)}, in which there is one sample: it waits for nothing`,
			remedy: `Take more than ${durationText(2 * least)}, or leave it out to fire at once.`,
		},
	];
};

/** Quantiles of a classic histogram are made of its buckets, told apart by `le`. */
export const bucketsKept: Lint = ({expression}, facts) =>
	[...everyPart(expression)].flatMap((part): readonly Said[] => {
		if (part.kind !== 'call' || part.name !== 'histogram_quantile') return [];
		const buckets = part.args[1];
		const isClassic = buckets !== undefined && selectorsIn(buckets).some(({metric}) => metric?.endsWith('_bucket'));
		if (!isClassic || mayCarry(carriedLabels(buckets, facts), 'le')) return [];
		const reason = 'le is lost before the quantile is taken: there are no buckets';
		return [{id: 'histogram/le-lost', severity: 'error', field: 'expr', at: buckets.at, reason, remedy: 'Aggregate by le too.'}];
	});
