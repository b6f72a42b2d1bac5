import {canonicalJson} from '../../../core/json.ts';
import type {Labels, RangeSeries} from '../port.ts';
import {numberOf, type WirePoint} from './answers.ts';
import {badRange} from './range-pieces.ts';

type Points = RangeSeries['points'];

/** Of a range query: about 200 MB, once read. */
const mostValues = 2_000_000;

/**
 * Joins the pieces of a range into series.
 * @returns `add`, which answers how many series there are by now, and `series`, in the order of time
 * @throws MkcoaError `bad-range` for more values than anybody holds
 */
export function joinedSeries() {
	const found = new Map<string, {readonly labels: Labels; readonly points: {atMs: number; value: number}[]}>();
	let values = 0;
	return {
		add(piece: readonly {readonly metric: Labels; readonly values?: readonly WirePoint[] | undefined}[]): number {
			for (const {metric, values: given = []} of piece) {
				values += given.length;
				if (values > mostValues) throw badRange(`its answer has more than ${mostValues} values`, 'Add series up, or take a longer step');
				const key = canonicalJson(metric);
				const series = found.get(key) ?? {labels: metric, points: []};
				for (const [seconds, text] of given) series.points.push({atMs: seconds * 1000, value: numberOf(text)});
				found.set(key, series);
			}
			return found.size;
		},
		series: (): readonly RangeSeries[] => [...found.values()].map(({labels, points}) => ({labels, points: inOrder(points)})),
	};
}

/** What stands between may mix up pieces of several servers: in the order of time, and the last word on each moment. */
function inOrder(points: readonly Points[number][]): Points {
	const isOrdered = points.every(({atMs}, index) => index === 0 || atMs > (points[index - 1]?.atMs ?? 0));
	if (isOrdered) return points;
	return [...new Map(points.map(point => [point.atMs, point])).values()].toSorted((a, b) => a.atMs - b.atMs);
}
