import {percentile} from '../statistics/summary.ts';
import {type Point, theilSen} from './theil-sen.ts';

/** What a series does: it rises, or there is nothing to tell of the time to come. */
export type Trend =
	| {
			readonly kind: 'rising';
			/** The floor of the series grows by so much, and by this little or much at the ends of the interval. */
			readonly perMs: number;
			readonly lowPerMs: number;
			readonly highPerMs: number;
			/** Where its peaks are now. */
			readonly level: number;
			readonly samples: number;
			readonly spanMs: number;
	  }
	| {readonly kind: 'none'; readonly why: string}
	| {readonly kind: 'too-few'; readonly samples: number; readonly spanMs: number};

/** How sure it must be that a series rises at all. */
const confidence = 0.99;

/** Below that nothing is learned. */
const fewestPoints = 32;
const leastSpanMs = 3_600_000;

/** Points that are seen as one: a garbage collector lets memory rise and fall, and its floor tells whether something is kept. */
const inBlock = 4;

/** Each quarter of the time must add this part of what it would add to an even rise. */
const evenPart = 0.25;

/** Of a size, the last ones whole: what is left over is of the beginning. */
function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
	const from = items.length % size;
	return Array.from({length: Math.floor(items.length / size)}, (_, index) => items.slice(from + index * size, from + (index + 1) * size));
}

/** The lowest point of each block: saw-teeth, caches that are emptied and logs that are rotated have a floor. */
const floorOf = (points: readonly Point[]): readonly Point[] =>
	chunks(points, inBlock).flatMap(block => block.toSorted((a, b) => a.value - b.value).slice(0, 1));

/** Whether every quarter of the time adds its part: a step, or a start that has come to rest, is no trend. */
function risesThroughout(floor: readonly Point[]): boolean {
	const quarters = chunks(floor, Math.floor(floor.length / 4)).slice(-4);
	const levels = quarters.map(quarter =>
		percentile(
			quarter.map(({value}) => value),
			50,
		),
	);
	const rises = levels.slice(1).map((level, index) => level - (levels[index] ?? level));
	const even = ((levels.at(-1) ?? 0) - (levels[0] ?? 0)) / rises.length;
	return even > 0 && rises.every(rise => rise >= evenPart * even);
}

/**
 * What a series does.
 * @param points in the order of time
 * @param sinceMs what was before counts for nothing: the container was started anew, the disk was cleared
 */
export function trendOf(points: readonly Point[], sinceMs = Number.NEGATIVE_INFINITY): Trend {
	const own = points.filter(({atMs, value}) => atMs >= sinceMs && Number.isFinite(value));
	const spanMs = (own.at(-1)?.atMs ?? 0) - (own[0]?.atMs ?? 0);
	if (own.length < fewestPoints || spanMs < leastSpanMs) return {kind: 'too-few', samples: own.length, spanMs};
	const floor = floorOf(own);
	if (!risesThroughout(floor)) return {kind: 'none', why: 'it does not rise all the time'};
	const slope = theilSen(floor, confidence);
	if (slope === undefined || slope.low <= 0) return {kind: 'none', why: 'its rise is no more than chance'};
	const last = own.slice(-inBlock).map(({value}) => value);
	return {
		kind: 'rising',
		perMs: slope.perMs,
		lowPerMs: slope.low,
		highPerMs: slope.high,
		level: Math.max(...last),
		samples: own.length,
		spanMs,
	};
}
