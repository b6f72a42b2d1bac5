import type {ThresholdIntent} from '../intents/intent.ts';
import {readSelector} from '../intents/selector-text.ts';
import {picked, type RealSeries} from './real-series.ts';
import {type SeriesGroup, seriesGroups} from './series-groups.ts';
import type {Times} from './times.ts';
import {constant, type Input, rising, type Scenario} from './unit-test.ts';

/** A value past the threshold, and one that is not: the usual one, where it keeps the threshold. */
export function thresholdScenarios(intent: ThresholdIntent, all: readonly RealSeries[], {window, held}: Times): readonly Scenario[] {
	const {selector, by, compare, threshold, isCounter} = intent;
	const groups = seriesGroups(picked(readSelector(selector), all), by);
	const [first, ...others] = groups;
	if (first === undefined) throw new RangeError(`no series ${selector} is there to build tests on`);
	const isAbove = compare.startsWith('>');
	const margin = threshold === 0 ? 1 : Math.abs(threshold) / 2;
	const [past, good] = isAbove ? [threshold + margin, threshold - margin] : [threshold - margin, threshold + margin];
	const bad = isCounter ? Math.max(0, past) : past;
	if (isCounter && isSettled[compare](threshold)) {
		throw new RangeError(`a rate is never below 0: ${compare} ${threshold} holds always or never`);
	}
	const minutes = window + held;
	const at = (level: number, group: SeriesGroup) => inputsAt(intent, isCounter ? Math.max(0, level) : level, group, minutes);
	const quietly = (group: SeriesGroup) => at(usualLevel(intent, group) ?? good, group);
	const rest = others.flatMap(quietly);
	return [
		{name: `fires ${compare} ${threshold}`, inputs: [...at(bad, first), ...rest], minutes, fires: [{labels: first.labels, value: bad}]},
		{name: 'stays quiet as usual', inputs: [...quietly(first), ...rest], minutes, fires: []},
	];
}

/** Whether a rate passes a threshold always or never. */
const isSettled = {
	'>': (threshold: number) => threshold < 0,
	'>=': (threshold: number) => threshold <= 0,
	'<': (threshold: number) => threshold <= 0,
	'<=': (threshold: number) => threshold < 0,
} as const;

/** Series of a group that come to `level` together. */
function inputsAt({aggregate, isCounter}: ThresholdIntent, level: number, {series}: SeriesGroup, minutes: number): readonly Input[] {
	const each = aggregate === 'sum' ? level / series.length : level;
	const values = isCounter ? rising(0, each * 60, minutes) : constant(each, minutes);
	return series.map(({labels}) => ({labels, values}));
}

/** What the group comes to as a rule; undefined where that is not known, or is past the threshold. */
function usualLevel({aggregate, compare, threshold}: ThresholdIntent, {series}: SeriesGroup): number | undefined {
	const usual = series[0]?.usual;
	if (usual === undefined || !Number.isFinite(usual)) return undefined;
	const level = aggregate === 'sum' ? usual * series.length : usual;
	const isPast = {'>': level > threshold, '>=': level >= threshold, '<': level < threshold, '<=': level <= threshold}[compare];
	return isPast ? undefined : level;
}
