import type {AbsenceIntent} from '../intents/intent.ts';
import {readSelector} from '../intents/selector-text.ts';
import type {Labels} from '../rule.ts';
import {picked, type RealSeries} from './real-series.ts';
import type {Times} from './times.ts';
import {constant, type Scenario} from './unit-test.ts';

/** Series that were never there, series that end, and series that go on. */
export function absenceScenarios({selector}: AbsenceIntent, all: readonly RealSeries[], {held}: Times): readonly Scenario[] {
	const read = readSelector(selector);
	const there = picked(read, all).slice(0, 2);
	if (there.length === 0) throw new RangeError(`no series ${selector} is there to build tests on`);
	const minutes = held + 6;
	const fires = [{labels: absentLabels(read.matchers), value: 1}];
	return [
		{name: 'fires where there never was one', inputs: [], minutes, fires},
		{name: 'fires after the last has ended', inputs: there.map(({labels}) => ({labels, values: `1x2 stale _x${minutes}`})), minutes, fires},
		{
			name: 'stays quiet while one goes on',
			inputs: there.map(({labels, usual = 1}) => ({labels, values: constant(usual, minutes)})),
			minutes,
			fires: [],
		},
	];
}

/** `absent` tells the labels that are matched exactly, and once. */
const absentLabels = (matchers: ReturnType<typeof readSelector>['matchers']): Labels =>
	Object.fromEntries(
		matchers
			.filter(({label, op, value}) => op === '=' && value !== '' && matchers.filter(other => other.label === label).length === 1)
			.map(({label, value}) => [label, value]),
	);
