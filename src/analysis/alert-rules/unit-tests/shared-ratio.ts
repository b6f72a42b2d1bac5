import {type Expression, type Selector, selectorsIn} from '../promql/expression.ts';
import {parsePromql} from '../promql/parse-promql.ts';
import type {Labels} from '../rule.ts';
import {leftLabels} from './left-labels.ts';
import {neededLevels} from './needed-levels.ts';
import {picked, type RealSeries} from './real-series.ts';

/** What series have to be for a ratio to come to a value: labels, and a level as `neededLevels` tells it. */
type Ratio = {readonly labels: Labels; readonly at: (part: number) => readonly SeriesLevel[]};
type SeriesLevel = {readonly labels: Labels; readonly level: number; readonly isRising: boolean};

/**
 * A part of a whole that it is counted in, as `sum(rate(x{code=~"5.."}[5m])) / sum(rate(x[5m]))` is: one series of the part, and another that only the whole counts.
 * Undefined for any other expression, and where no series are there for it.
 */
export function sharedRatio(expr: string, all: readonly RealSeries[]): Ratio | undefined {
	const read = parsePromql(expr);
	if (read.kind !== 'binary' || read.op !== '/') return undefined;
	const [part, whole] = [sumOf(read.left), sumOf(read.right)];
	if (part === undefined || whole === undefined) return undefined;
	const counted = picked(part, all);
	const leftOf = (side: Expression, labels: Labels) => leftLabels(side, () => labels);
	for (const {labels} of picked(whole, counted))
		for (const rest of picked(whole, all)) {
			if (counted.includes(rest)) continue;
			if (JSON.stringify(leftOf(read.left, labels)) !== JSON.stringify(leftOf(read.right, rest.labels))) continue;
			return {
				labels: leftLabels(read, ({at}) => (at.from === part.at.from ? labels : rest.labels)),
				at: value => [...levels(read.left, value, labels), ...levels(read.right, 1 - value, rest.labels)],
			};
		}
	return undefined;
}

const levels = (side: Expression, value: number, labels: Labels): readonly SeriesLevel[] =>
	neededLevels(side, value).map(({level, isRising}) => ({labels, level, isRising}));

/** The one selector of a sum, also where a guard stands around it. */
function sumOf(side: Expression): Selector | undefined {
	const inner = side.kind === 'binary' && side.op === '>' ? side.left : side;
	const [selector, ...more] = selectorsIn(inner);
	return inner.kind === 'aggregation' && inner.op === 'sum' && more.length === 0 ? selector : undefined;
}
