import type {BurnIntent, RatioIntent} from '../intents/intent.ts';
import {possibleBurns, rulesFor} from '../intents/rules-for.ts';
import {readSelector} from '../intents/selector-text.ts';
import {madeToFit, picked, type RealSeries} from './real-series.ts';
import {type SeriesGroup, seriesGroups} from './series-groups.ts';
import type {Times} from './times.ts';
import {alertsOf, type Input, rising, type Scenario} from './unit-test.ts';

/** More failures than allowed in one group, few in the others; few in all. */
export function ratioScenarios(intent: RatioIntent, all: readonly RealSeries[], {window, held}: Times): readonly Scenario[] {
	const minutes = window + held;
	const [first, ...others] = requests(intent, all);
	const {threshold} = intent;
	const bad = Number(Math.min(1.5 * threshold, (1 + threshold) / 2).toPrecision(3));
	const few = others.flatMap(group => failing(group, threshold / 2, minutes));
	return [
		{
			name: `fires with ${percent(bad)} failures`,
			inputs: [...failing(first, bad, minutes), ...few],
			minutes,
			fires: [{labels: first.labels, value: bad}],
		},
		{
			name: `stays quiet with ${percent(threshold / 2)} failures`,
			inputs: [...failing(first, threshold / 2, minutes), ...few],
			minutes,
			fires: [],
		},
	];
}

/** For each rule failures that fire it and those that fire more easily, and failures that fire none. */
export function burnScenarios(intent: BurnIntent, all: readonly RealSeries[]): readonly Scenario[] {
	const minutes = 10;
	const [first, ...others] = requests(intent, all);
	const burns = possibleBurns(intent.objective);
	const rules = alertsOf(rulesFor(intent));
	const least = Math.min(...burns.map(({ratio}) => ratio));
	const none = others.flatMap(group => failing(group, least / 2, minutes));
	return [
		...burns.map(({rule, ratio}): Scenario => {
			const next = Math.min(1, ...burns.map(burn => burn.ratio).filter(other => other > ratio));
			// Three digits: of more the server and the test would round the last one in the message each by itself.
			const share = Number(Math.min(1.25 * ratio, (ratio + next) / 2).toPrecision(3));
			const firing = rules.filter((_, index) => (burns[index]?.ratio ?? 1) < share);
			return {
				name: `fires over ${rule.long} with ${percent(share)} failures`,
				inputs: [...failing(first, share, minutes), ...none],
				minutes,
				fires: firing.map(own => ({labels: {slo: intent.slo, ...first.labels}, value: share, rule: own})),
			};
		}),
		{name: `stays quiet with ${percent(least / 2)} failures`, inputs: [...failing(first, least / 2, minutes), ...none], minutes, fires: []},
	];
}

const percent = (part: number) => `${Number((100 * part).toPrecision(4))}%`;

/** The requests of a group: those that fail and are counted among all, those that go well, and counters of failures alone. */
type Requests = Pick<SeriesGroup, 'labels'> & {
	readonly failed: readonly RealSeries[];
	readonly well: readonly RealSeries[];
	readonly apart: readonly RealSeries[];
};

/** Real series; where nothing has failed yet, the series that a first failure would bring. */
function requests({bad, total, by}: Pick<RatioIntent, 'bad' | 'total' | 'by'>, all: readonly RealSeries[]): [Requests, ...Requests[]] {
	const [badOnes, allOnes] = [readSelector(bad), readSelector(total)];
	const failures = picked(badOnes, all);
	const made = seriesGroups(picked(allOnes, all), by).map(({labels, series}): Requests => {
		const here = failures.filter(one => by.every(label => (one.labels[label] ?? '') === (labels[label] ?? ''))).slice(0, 2);
		const invented = here.length > 0 ? here : firstFailure(series, bad);
		const among = picked(allOnes, invented);
		return {
			labels,
			failed: among,
			well: series.filter(one => picked(badOnes, [one]).length === 0),
			apart: invented.filter(one => !among.includes(one)),
		};
	});
	const [first, ...others] = made;
	if (first === undefined) throw new RangeError(`no series ${total} is there to build tests on`);
	return [first, ...others];
}

function firstFailure(series: readonly RealSeries[], bad: string): readonly RealSeries[] {
	const labels = madeToFit(readSelector(bad), series[0]?.labels ?? {});
	if (labels === undefined) throw new RangeError(`no series ${bad} is there, and none could be made up: give one`);
	return [{labels}];
}

/** Counters of a group in which a part of 600 requests a minute fails. */
function failing({failed, well, apart}: Requests, part: number, minutes: number): readonly Input[] {
	const rate = 600;
	const share = (series: readonly RealSeries[], all: number): readonly Input[] =>
		series.map(({labels}) => ({labels, values: rising(0, all / series.length, minutes)}));
	if (apart.length > 0) return [...share(well, rate), ...share(apart, rate * part)];
	if (well.length === 0) throw new RangeError('every series there counts as a failure: there is nothing that goes well');
	return [...share(well, rate * (1 - part)), ...share(failed, rate * part)];
}
