import type {ExhaustionIntent} from '../intents/intent.ts';
import {readSelector} from '../intents/selector-text.ts';
import {picked, type RealSeries} from './real-series.ts';
import {type SeriesGroup, seriesGroups} from './series-groups.ts';
import type {Times} from './times.ts';
import {constant, type Input, minutesOf, rising, type Scenario} from './unit-test.ts';

/** Use that grows to the limit within the horizon; the same use that does not grow; the same growth far from the limit. */
export function exhaustionScenarios(intent: ExhaustionIntent, all: readonly RealSeries[], {held}: Times): readonly Scenario[] {
	const {used, capacity, by, from} = intent;
	const [first] = seriesGroups(picked(readSelector(used), all), by);
	const limits = picked(readSelector(capacity), all);
	const limit = first === undefined ? undefined : limits.find(({labels}) => by.every(label => labels[label] === first.labels[label]));
	if (first === undefined || limit === undefined) throw new RangeError(`no series ${used} beside ${capacity} is there to build tests on`);
	const minutes = minutesOf(intent.window) + held + 2;
	const all100 = limit.usual !== undefined && limit.usual > 0 ? limit.usual : 100;
	// So high when the alert has to begin, and half as fast again as the horizon asks for.
	const begin = all100 * (from + 0.3 * (1 - from));
	const slope = (1.5 * (all100 - begin)) / minutesOf(intent.horizon);
	const end = begin + slope * (held + 2);
	const inputs = (values: string): readonly Input[] => [
		{labels: usedBy(first), values},
		{labels: limit.labels, values: constant(all100, minutes)},
	];
	return [
		{
			name: 'fires when it would be full within the horizon',
			inputs: inputs(rising(end - slope * minutes, slope, minutes)),
			minutes,
			fires: [{labels: first.labels, value: end / all100}],
		},
		{name: 'stays quiet while use does not grow', inputs: inputs(constant(begin, minutes)), minutes, fires: []},
		{
			name: 'stays quiet far from the limit',
			inputs: inputs(rising(0.9 * from * all100 - slope * minutes, slope, minutes)),
			minutes,
			fires: [],
		},
	];
}

const usedBy = ({series}: SeriesGroup) => series[0]?.labels ?? {};
