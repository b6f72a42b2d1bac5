import type {Grade} from '../grade-set.ts';
import {calibration, isKept, type Kept, range} from './calibration.ts';
import {quietKinds, quietSeries} from './quiet-series.ts';

const seriesOfKind = 16;
/** Two weeks of five-minute rows, the history that is learnt from. */
const rows = 4032;
const severities = [2.5, 2.8, 3.3];

/** Whether severities promise too much: series in which nothing happens. A kind is right at a severity where no more episodes begin than promised, but for chance. */
export function quietSet(): Grade {
	const all = Object.entries(quietKinds).flatMap(([nature, kinds]) =>
		Object.entries(kinds).map(([name, kind], at) => {
			const series = Array.from({length: seriesOfKind}, (_, index) => quietSeries(kind, rows, 1000 * (index + 1) + at));
			return {nature, name, judged: calibration(series, severities)};
		}),
	);
	const misses = all.flatMap(({name, judged}) =>
		judged
			.filter(kept => !isKept(kept))
			.map(kept => ({case: `${name} at ${kept.severity}`, expected: `${weekly(kept.promised)} at most`, got: seenText(kept)})),
	);
	const total = all.length * severities.length;
	return {
		right: total - misses.length,
		total,
		misses,
		published: {},
		by: {
			nature: Object.fromEntries(
				[...Map.groupBy(all, ({nature}) => nature)].map(([nature, kinds]) => {
					const judged = kinds.flatMap(kind => kind.judged);
					return [nature, {right: judged.filter(isKept).length, total: judged.length}];
				}),
			),
		},
		notes: [
			'alarms a week of a series, with the range of 95 %, beside what the severity promises',
			...all.flatMap(({name, judged}) => judged.map(kept => `${name} at ${kept.severity}: ${seenText(kept)} of ${weekly(kept.promised)}`)),
		],
	};
}

const weeks = (seriesOfKind * rows) / (7 * 288);
const weekly = (count: number) => (count / weeks).toFixed(2);
const seenText = ({seen}: Kept) => {
	const {low, high} = range(seen);
	return `${weekly(seen)} (${weekly(low)} to ${weekly(high)})`;
};
