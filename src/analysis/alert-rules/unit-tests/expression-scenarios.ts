import type {ExpressionIntent} from '../intents/intent.ts';
import {type Expression, everyPart, type Selector, selectorsIn} from '../promql/expression.ts';
import {parsePromql} from '../promql/parse-promql.ts';
import {timeShift} from '../promql/time-shift.ts';
import type {Labels} from '../rule.ts';
import {leftLabels} from './left-labels.ts';
import {neededLevels} from './needed-levels.ts';
import {picked, type RealSeries} from './real-series.ts';
import {sharedRatio} from './shared-ratio.ts';
import type {Times} from './times.ts';
import {constant, type Input, rising, type Scenario} from './unit-test.ts';

/** One series for each selector, at a level that lets the expression pass its threshold, and at one that does not. */
export function expressionScenarios(
	{expr, compare, threshold}: ExpressionIntent,
	all: readonly RealSeries[],
	{held}: Times,
): readonly Scenario[] {
	const read = parsePromql(expr);
	const chosen = chosenSeries(read, all);
	const margin = threshold === 0 ? 1 : Math.abs(threshold) / 2;
	const past = compare.startsWith('>') ? margin : -margin;
	const shift = timeShift(expr);
	if (shift === undefined) throw new RangeError('tests cannot be made for an expression of one moment: write them by hand');
	const minutes = held + longestWindow(read) + Math.ceil(shift / 60_000) + 1;
	const shared = sharedRatio(expr, all);
	if (shared !== undefined && threshold > 0 && threshold < 1) return ofRatio(shared, {compare, threshold}, minutes);
	const labels = leftLabels(read, ({at}) => chosen.get(at.from) ?? {});
	const inputs = (target: number): readonly Input[] => {
		const written = neededLevels(read, target).map(({selector, level, isRising}): readonly [string, Input] => {
			const own = chosen.get(selector.at.from) ?? {};
			return [JSON.stringify(own), {labels: own, values: isRising ? rising(0, level * 60, minutes) : constant(level, minutes)}];
		});
		const bySeries = new Map(written);
		const isTorn = written.some(([series, {values}]) => bySeries.get(series)?.values !== values);
		if (isTorn) throw new RangeError('one series would need two values at once: write the tests by hand');
		return [...bySeries.values()];
	};
	return [
		{name: `fires ${compare} ${threshold}`, inputs: inputs(threshold + past), minutes, fires: [{labels, value: threshold + past}]},
		{name: 'stays quiet short of that', inputs: inputs(threshold - past), minutes, fires: []},
	];
}

/** A ratio lies between 0 and 1, and so does what is past its threshold. */
function ofRatio(
	{labels, at}: NonNullable<ReturnType<typeof sharedRatio>>,
	{compare, threshold}: Pick<ExpressionIntent, 'compare' | 'threshold'>,
	minutes: number,
): readonly Scenario[] {
	const [high, low] = [Math.min(1.5 * threshold, (1 + threshold) / 2), threshold / 2].map(part => Number(part.toPrecision(3)));
	const [past, good] = compare.startsWith('>') ? [high, low] : [low, high];
	const inputs = (part: number): readonly Input[] =>
		at(part).map(({labels: own, level, isRising}) => ({
			labels: own,
			values: isRising ? rising(0, level * 60, minutes) : constant(level, minutes),
		}));
	return [
		{name: `fires ${compare} ${threshold}`, inputs: inputs(past ?? 0), minutes, fires: [{labels, value: past ?? 0}]},
		{name: 'stays quiet short of that', inputs: inputs(good ?? 0), minutes, fires: []},
	];
}

/** A series for each selector, by where it stands; those after the first agree with it in the labels that both have, where one does. */
function chosenSeries(read: Expression, all: readonly RealSeries[]): ReadonlyMap<number, Labels> {
	const chosen = new Map<number, Labels>();
	for (const selector of selectorsIn(read)) {
		const [first] = chosen.values();
		const fitting = picked(selector, all).map(({labels}) => labels);
		const own = fitting.find(labels => agrees(labels, first ?? {})) ?? fitting[0];
		if (own === undefined) throw new RangeError(`no series ${nameOf(selector)} is there to build tests on`);
		chosen.set(selector.at.from, own);
	}
	return chosen;
}

const nameOf = ({metric}: Selector) => metric ?? 'of these matchers';

const agrees = (one: Labels, other: Labels) =>
	Object.entries(one).every(([name, value]) => name === '__name__' || other[name] === undefined || other[name] === value);

/** Minutes until every window is full. */
const longestWindow = (read: Expression) =>
	Math.max(
		0,
		...[...everyPart(read)].map(part => (part.kind === 'range' || part.kind === 'subquery' ? Math.ceil((part.windowMs ?? 0) / 60_000) : 0)),
	);
