import type {Labels} from '../rule.ts';
import type {RealSeries} from './real-series.ts';

/** Series that one alert is about: they have the same values of its labels. */
export type SeriesGroup = {readonly labels: Labels; readonly series: readonly RealSeries[]};

/** So many are enough to show that one fires and another does not, and that several are put together. */
const [mostGroups, mostSeries] = [2, 4];

/** The first groups of series, by the labels that alerts are told apart by. */
export function seriesGroups(all: readonly RealSeries[], by: readonly string[]): readonly SeriesGroup[] {
	const groups = Map.groupBy(all, ({labels}) => JSON.stringify(by.map(label => labels[label] ?? '')));
	return [...groups.values()].slice(0, mostGroups).map(series => ({
		labels: only(series[0]?.labels ?? {}, by),
		series: series.slice(0, mostSeries),
	}));
}

const only = (labels: Labels, names: readonly string[]): Labels =>
	Object.fromEntries(names.flatMap(name => (labels[name] === undefined || labels[name] === '' ? [] : [[name, labels[name]]])));
